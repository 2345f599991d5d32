import json
from pathlib import Path

import keras
import pytest
from keras import layers

import cnnlib
from cnnlib.__main__ import main


@pytest.fixture
def saved(tmp_path):
    """Return the path of a small model's file, and the model."""
    model = keras.Sequential(
        [
            layers.Input((None, None, 3), name="picture"),
            layers.Conv2D(4, 3, name="edges"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(2),
        ]
    )
    path = tmp_path / "small.keras"
    model.save(path)
    return str(path), model


def test_report_prints_the_table_of_a_saved_model(saved, capsys):
    path, model = saved
    assert main(["report", path, "--input-shape", "8x8x3", "--batch", "2"]) == 0
    written = capsys.readouterr().out
    assert written.rstrip("\n") == str(cnnlib.analyze(model, batch_size=2, input_shape=(8, 8, 3)))
    assert "edges" in written


def test_report_as_json_holds_the_same_figures(saved, capsys):
    path, model = saved
    assert main(["report", path, "--input-shape", "8X8X3", "--dtype", "float16", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    analysis = cnnlib.analyze(model, input_shape=(8, 8, 3), dtype="float16")
    for name in ("params", "trainable_params", "macs", "flops", "inference_bytes"):
        assert found[name] == getattr(analysis, name)
    assert found["training_bytes"] == analysis.training_bytes()
    assert [layer["name"] for layer in found["layers"]] == [row.name for row in analysis.layers]
    assert sum(layer["macs"] for layer in found["layers"]) == analysis.macs


@pytest.mark.parametrize(
    ("name", "params"), [("keras.applications:MobileNet", 4_253_864), ("SqueezeNet", 1_248_424)]
)
def test_report_knows_models_by_name(name, params, capsys):
    assert main(["report", name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["params"] == params


def test_report_builds_a_named_model_at_the_shape_asked_for(capsys):
    assert main(["report", "keras.applications:VGG16", "--input-shape", "64x64x3"]) == 0
    assert "1 × 64 × 64 × 64" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["rapport"],
        ["report"],
        ["report", "missing.keras"],
        ["report", "NoSuchNet"],
        ["report", "keras.applications:NoSuchNet"],
        ["report", "torchvision:resnet50"],
        ["report", "keras.applications:MobileNet", "--input-shape", "3by3"],
        ["report", "keras.applications:MobileNet", "--input-shape", "8x8x3"],
        ["report", "keras.applications:MobileNet", "--batch", "0"],
        ["report", "keras.applications:MobileNet", "--batch", "many"],
        ["report", "keras.applications:MobileNet", "--dtype", "int4"],
    ],
)
def test_bad_input_is_one_line_and_status_2(arguments, capsys):
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = stop.code
    printed = capsys.readouterr()
    assert status == 2
    assert printed.out == ""
    assert printed.err.startswith("cnnlib: ")
    assert printed.err.count("\n") == 1


def test_a_saved_model_that_needs_a_shape_says_so(saved, capsys):
    assert main(["report", saved[0]]) == 2
    assert "`input_shape` is needed: 'picture' leaves sizes open" in capsys.readouterr().err


@pytest.mark.parametrize("damage", [b"", b"not a zip file", None])
def test_a_damaged_file_is_reported(saved, damage, tmp_path, capsys):
    whole = Path(saved[0]).read_bytes()
    path = tmp_path / "damaged.keras"
    path.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert main(["report", str(path)]) == 2
    printed = capsys.readouterr().err
    assert printed.count("\n") == 1
    assert "cannot be loaded" in printed
