"""The receptive-field explorer: its JavaScript, its presets and its measurement."""

import numpy as np
import pytest
from node import run

from cnnlib import geometry
from cnnlib.explorers import ReceptiveFieldExplorer
from cnnlib.explorers.receptive_field.stacks import STACKS, trace

PADDINGS = ("valid", "same", 0, 1, 2)
TRACE = "return data.map(({ n, layers }) => ops.traceStack(n, layers));"
NEURON = """
    return data.map(({ n, layers, neuron }) => {
      const rows = ops.traceStack(n, layers);
      const layer = rows.length - 1;
      return {
        fields: ops.fieldsBelow(rows, layers, layer, neuron),
        own: ops.fieldOf(rows[layer], neuron),
        shares: Array.from(ops.sharesBelow(rows, layers, layer, neuron)[0]),
      };
    });
"""


def random_layer(rng):
    return {
        "name": "",
        "kind": "pooling" if rng.random() < 0.3 else "convolution",
        "kernel": int(rng.integers(1, 6)),
        "stride": int(rng.integers(1, 4)),
        "padding": PADDINGS[rng.integers(len(PADDINGS))],
        "dilation": int(rng.integers(1, 4)),
    }


def random_stacks(count, seed=0):
    """Stacks of 1 to 5 layers with several neurons in the last, one of which is chosen."""
    rng = np.random.default_rng(seed)
    while count:
        n, layers = (
            int(rng.integers(12, 49)),
            [random_layer(rng) for _ in range(rng.integers(1, 6))],
        )
        rows = trace(n, layers)
        if len(rows) == len(layers) + 1 and rows[-1][0] > 1:
            count -= 1
            yield {"n": n, "layers": layers, "neuron": int(rng.integers(rows[-1][0]))}


CASES = list(random_stacks(200))


def keras_model(n, layers):
    import keras

    x = image = keras.layers.Input((n, n, 1))
    for layer in layers:
        padding = layer["padding"]
        if layer["dilation"] > 1 or not isinstance(padding, str):
            sides = geometry.pad_amounts(
                x.shape[1], *(layer[name] for name in ("kernel", "stride", "padding", "dilation"))
            )
            x, padding = keras.layers.ZeroPadding2D((sides, sides))(x), "valid"
        if layer["kind"] == "pooling" and layer["dilation"] == 1:
            x = keras.layers.MaxPooling2D(layer["kernel"], layer["stride"], padding)(x)
        else:
            span = layer["dilation"] * (layer["kernel"] - 1) + 1  # Keras: stride or dilation
            x = keras.layers.Conv2D(1, span, layer["stride"], padding)(x)
    return keras.Model(image, x)


def test_sizes_and_fields_equal_geometry():
    for case, rows in zip(CASES, run(TRACE, CASES, "receptive_field/math.js"), strict=True):
        expected = trace(case["n"], case["layers"])
        assert len(rows) == len(expected)
        for row, (outputs, field) in zip(rows, expected, strict=True):
            assert row["outputs"] == outputs
            assert (row["size"], row["jump"], row["padding"]) == field
            assert row["centre"] == (field.size - 1) / 2 - field.padding


def test_fields_equal_the_analysis_of_a_keras_model():
    from cnnlib import analyze

    for case, found in zip(CASES, run(NEURON, CASES, "receptive_field/math.js"), strict=True):
        field = analyze(keras_model(case["n"], case["layers"])).receptive_field()
        (first, last), _ = field.cells(case["neuron"], case["neuron"])
        assert found["fields"][0] == found["own"] == [first, last]


def test_shares_of_paths_are_the_gradient_in_tensorflow():
    for case, found in zip(CASES, run(NEURON, CASES, "receptive_field/math.js"), strict=True):
        neuron = dict.fromkeys(("row", "column"), case["neuron"])
        explorer = ReceptiveFieldExplorer(case["layers"], side=case["n"], **neuron)
        expected = np.outer(found["shares"], found["shares"])
        np.testing.assert_allclose(explorer.compute(), expected, atol=1e-12)


def test_a_stack_ends_where_it_no_longer_fits():
    layers = [{"kernel": 3, "stride": 2, "padding": "valid", "dilation": 1}] * 5
    assert [
        row["outputs"]
        for row in run(TRACE, [{"n": 12, "layers": layers}], "receptive_field/math.js")[0]
    ] == [12, 5, 2]


def test_shrinking_a_picture_averages_its_pixels():
    pixels = np.random.default_rng(0).random((128, 128)).astype("float32")
    picture = {"data": pixels.ravel().tolist(), "shape": [128, 128, 1]}
    body = "return data.sides.map((side) => Array.from(ops.shrink(data.picture, side).data));"
    half, whole = run(body, {"picture": picture, "sides": [32, 200]}, "receptive_field/math.js")
    expected = pixels.reshape(32, 4, 32, 4).mean((1, 3))
    np.testing.assert_allclose(np.reshape(half, (32, 32)), expected, atol=1e-6)
    np.testing.assert_array_equal(np.reshape(whole, (128, 128)), pixels)


@pytest.mark.parametrize("name", ["LeNet5", "AlexNet", "ZFNet", "VGG16", "GoogLeNet", "ResNet50"])
def test_presets_are_the_books_models(name):
    from cnnlib import analyze

    found = analyze(name)
    _, side, layers = STACKS[name]
    assert found.model.input_shape[1] == side
    reports = {report.name: report for report in found.layers}
    rows = trace(side, layers)
    assert len(rows) == len(layers) + 1
    for layer, (outputs, field) in zip(layers, rows[1:], strict=True):
        report = reports[layer["name"]]
        assert report.output_shape[1] == outputs
        if not report.receptive_field.whole:
            found = report.receptive_field
            assert (found.size[0], found.stride[0], found.padding[0]) == field


def test_presets_of_no_model():
    _, side, layers = STACKS["dilated"]
    assert trace(side, layers)[-1] == (side, (67, 1, 33))
    assert len(trace(STACKS["small"][1], STACKS["small"][2])) == 6


@pytest.mark.parametrize(
    ("stack", "error", "words"),
    [
        ("LeNet6", ValueError, "`stack`"),
        (5, TypeError, "`stack`"),
        ([3], TypeError, "`stack`"),
        ([], ValueError, "`stack`"),
        ([{"stride": 2}], ValueError, r"`stack\[0\]`"),
        ([{"kernel": 3, "strides": 2}], ValueError, r"`stack\[0\]`"),
        ([{"kernel": 3, "kind": "dense"}], ValueError, r"`stack\[0\]`"),
        ([{"kernel": 3}, {"kernel": 12}], ValueError, r"`stack\[1\]\['kernel'\]`"),
        ([{"kernel": 3, "padding": "full"}], ValueError, "`padding`"),
        ([{"kernel": 3, "padding": 6}], ValueError, r"`stack\[0\]\['padding'\]`"),
    ],
)
def test_wrong_stacks_are_named(stack, error, words):
    with pytest.raises(error, match=rf"{words}(.|\n)* Received: "):
        ReceptiveFieldExplorer(stack)


def test_a_neuron_that_is_not_there_is_named():
    with pytest.raises(ValueError, match=r"`column` .* Received: 5"):
        ReceptiveFieldExplorer("LeNet5", layer=4, column=5)


def test_a_stack_of_the_readers_own_is_kept():
    stack = [{"kernel": 3}, {"kernel": 2, "stride": 2, "kind": "pooling", "name": "pool"}]
    explorer = ReceptiveFieldExplorer(stack, side=20, row=1)
    again = ReceptiveFieldExplorer(**explorer.settings())
    assert again.settings() == explorer.settings()
    assert again.layers[1]["name"] == "pool"
    assert (explorer.settings()["layer"], explorer.settings()["row"]) == (2, 1)


@pytest.mark.parametrize("name", STACKS)
def test_every_preset_has_a_figure(name):
    assert "<svg" in ReceptiveFieldExplorer(name).figure().svg
