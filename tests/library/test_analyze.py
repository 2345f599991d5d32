"""`cnnlib.analyze` of a model, of a function that builds one, and of a name."""

import subprocess
import sys

import keras
import pytest
from keras import layers

import cnnlib
from cnnlib import models
from cnnlib.analysis import without_weights


def small(side=8, classes=2):
    inputs = keras.Input((side, side, 1))
    x = layers.GlobalAveragePooling2D()(layers.Conv2D(3, 3)(inputs))
    return keras.Model(inputs, layers.Dense(classes)(x), name="small")


def figures(analysis):
    shapes = [layer.output_shape for layer in analysis.layers]
    return repr(analysis), shapes, analysis.trainable_params, analysis.training_bytes()


def test_a_builder_and_its_options_give_the_figures_of_the_model():
    assert figures(cnnlib.analyze(small)) == figures(cnnlib.analyze(small()))
    options = {"batch_size": 4, "dtype": "mixed_float16"}
    found = cnnlib.analyze(small, side=9, classes=5, **options)
    assert figures(found) == figures(cnnlib.analyze(small(9, 5), **options))


@pytest.mark.parametrize(
    ("name", "builder", "options"),
    [
        ("ResNetCIFAR", models.ResNetCIFAR, {"depth": 8, "input_shape": (16, 16, 1)}),
        (
            "keras.applications:MobileNet",
            keras.applications.MobileNet,
            {"weights": None, "input_shape": (32, 32, 3), "classes": 3},
        ),
    ],
)
def test_a_name_stands_for_its_builder(name, builder, options):
    built = builder(**options, name="net")
    expected = figures(cnnlib.analyze(built))
    assert figures(cnnlib.analyze(name, **options, name="net")) == expected
    assert figures(cnnlib.analyze(builder, **options, name="net")) == expected


def test_a_builder_without_an_input_shape_leaves_it_to_the_analysis():
    def build_open():
        inputs = keras.Input((None, None, 3))
        return keras.Model(inputs, layers.Conv2D(4, 3)(inputs))

    found = cnnlib.analyze(build_open, input_shape=(6, 6, 3))
    assert found.layers[-1].output_shape == (1, 4, 4, 4)
    with pytest.raises(ValueError, match=r"^`input_shape` is needed"):
        cnnlib.analyze(build_open)


def test_a_saved_model_with_the_book_s_layers_is_read_in_a_fresh_process(tmp_path):
    path = tmp_path / "lenet.keras"
    models.LeNet5().save(path)
    program = f"import cnnlib; print(cnnlib.analyze({str(path)!r}).params)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) == 60_840


def test_what_is_built_by_name_gets_no_values():
    model = without_weights(small)
    assert [weight.shape for weight in model.weights] == [w.shape for w in small().weights]
    assert not any(weight._initializer is None for weight in model.weights)
    assert small()(keras.ops.ones((1, 8, 8, 1))).shape == (1, 2)  # others still get theirs


@pytest.mark.parametrize(
    ("model", "options", "error", "message"),
    [
        (3, {}, TypeError, "`model` must be a keras.Model, a function .*, or a name. Received: 3"),
        (layers.Dense(3, name="d"), {}, TypeError, "`model` must be a keras.Model, .*Dense name=d"),
        (lambda: 3, {}, TypeError, "`build` must return a keras.Model. Received: 3"),
        ("ResNet51", {}, ValueError, "`model` must be one of .*'ResNet50'.* Received: 'ResNet51'"),
        (
            "keras.applications:VGG17",
            {},
            ValueError,
            "`model` must be one of .*'keras.applications:VGG16'.* Received: ",
        ),
        ("missing.keras", {}, ValueError, "`model` must be a file that exists. Received: 'missing"),
        ("ResNet50", {"colour": 3}, TypeError, "`options` of ResNet50 are depth, .*: colour=3"),
        ("ResNet50", {"dtype": "float8"}, ValueError, "`dtype` must be one of 'float64', .*"),
    ],
)
def test_what_cannot_be_analysed_is_named(model, options, error, message):
    with pytest.raises(error, match=f"^{message}"):
        cnnlib.analyze(model, **options)


def test_a_built_model_takes_no_options():
    with pytest.raises(TypeError, match=r"^`options` of a model that is built are none. Received"):
        cnnlib.analyze(small(), classes=3)
