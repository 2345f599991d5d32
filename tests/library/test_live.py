"""A small Keras model is exported for the page, or refused with what is allowed."""

import json
import zlib

import keras
import numpy as np
import pytest
from keras import layers

import cnnlib
from cnnlib import live


def small(*body, shape=(8, 8, 1)):
    return keras.Sequential([keras.Input(shape), *body])


@pytest.fixture(scope="module")
def digits():
    keras.utils.set_random_seed(0)
    return small(
        layers.Conv2D(3, 3, activation="relu", use_bias=False, name="conv"),
        layers.Flatten(),
        layers.Dense(4, activation="softmax", name="out"),
    )


def test_the_graph_says_what_each_layer_reads_computes_and_weighs(digits):
    graph = live.export(digits).graph
    assert json.loads(json.dumps(graph)) == graph
    picture, conv, flatten, out = graph["layers"]
    assert picture == {
        "name": picture["name"],
        "kind": "InputLayer",
        "inputs": [],
        "shape": [8, 8, 1],
        "config": {},
        "weights": [],
    }
    assert conv == {
        "name": "conv",
        "kind": "Conv2D",
        "inputs": [picture["name"]],
        "shape": [6, 6, 3],
        "config": {
            "kernel_size": [3, 3],
            "strides": [1, 1],
            "padding": "valid",
            "dilation_rate": [1, 1],
            "activation": "relu",
            "groups": 1,
        },
        "weights": [{"name": "kernel", "shape": [3, 3, 1, 3]}],
    }
    assert flatten["shape"] == [108]
    assert out["config"] == {"activation": "softmax"}
    assert [one["name"] for one in out["weights"]] == ["kernel", "bias"]


def test_the_weights_are_float16_in_kerass_order(digits):
    graph, weights, _ = live.export(digits)
    expected = np.concatenate([weight.ravel() for weight in digits.get_weights()])
    np.testing.assert_array_equal(np.frombuffer(weights, "<f2"), expected.astype("float16"))
    assert graph["crc32"] == zlib.crc32(weights)


def test_a_nested_model_is_exported_layer_by_layer():
    inner = small(layers.Conv2D(2, 3, name="conv"), layers.ReLU(name="relu"))
    inner.name = "block"
    graph = live.export(small(inner, layers.GlobalAveragePooling2D(name="mean"))).graph
    assert [one["name"] for one in graph["layers"][1:]] == ["block/conv", "block/relu", "mean"]


def test_the_accuracy_before_and_after_rounding_is_measured():
    model = small(layers.Flatten(), layers.Dense(2, use_bias=False), shape=(1, 1, 1))
    model.layers[-1].set_weights([np.array([[1.0, 1.0001]])])  # the same in float16
    accuracy = live.export(model, np.array([1.0, -1.0]).reshape(2, 1, 1, 1), [1, 0]).accuracy
    assert accuracy == live.Accuracy(float32=1.0, float16=0.5, changed=1)
    assert live.export(model).accuracy is None
    assert model.get_weights()[0][0, 1] == np.float32(1.0001)  # the model itself is not rounded


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("LeNet5", {}),
        ("LeNet5Modern", {}),
        ("ResNetCIFAR", {"depth": 8}),
        ("SEResNetCIFAR", {"depth": 8}),
        ("HighwayNet", {}),
    ],
)
def test_small_architectures_of_the_book_can_be_exported(name, options):
    model = cnnlib.models.build(name, **options)
    graph, weights, _ = live.export(model)
    assert len(weights) == 2 * model.count_params()
    assert graph["layers"][-1]["shape"] == [10]


def test_layers_of_lenet_5_say_what_they_read_and_how():
    graph = live.export(cnnlib.models.LeNet5()).graph
    layer = {one["name"]: one for one in graph["layers"]}
    pooling = {"pool_size": [2, 2], "strides": [2, 2], "activation": "scaled_tanh"}
    assert layer["S2"]["config"] == pooling
    assert [one["name"] for one in layer["S2"]["weights"]] == ["coefficient", "bias"]
    table = layer["C3"]["config"]
    assert table["connections"][6] == [0, 1, 2, 3]
    assert (table["kernel_size"], table["strides"]) == ([5, 5], [1, 1])
    assert layer["C3"]["weights"][0] == {"name": "kernel", "shape": [5, 5, 60]}
    assert layer["output"]["weights"] == [{"name": "centers", "shape": [10, 84]}]


def test_of_distances_the_smallest_is_counted_as_the_networks_answer():
    parts = [layers.Flatten(), cnnlib.layers.RBFOutput([[1.0], [3.0]])]
    model = small(*parts, shape=(1, 1, 1))
    accuracy = live.export(model, np.reshape([0.0, 4.0], (2, 1, 1, 1)), [0, 1]).accuracy
    assert accuracy == live.Accuracy(float32=1.0, float16=1.0, changed=0)


REFUSED = {
    "a layer that the page lacks": (
        lambda: small(layers.Conv2D(2, 3), layers.SpatialDropout2D(0.1, name="drop")),
        r"`model` may be made of Conv2D, .*Received: SpatialDropout2D 'drop'",
    ),
    "an operation that is no layer": (
        lambda: keras.Model(x := keras.Input((8, 8, 1)), x + 1),
        r"`model` may be made of Conv2D, .*Received: Add 'add",
    ),
    "an activation that the page lacks": (
        lambda: small(layers.Conv2D(2, 3, activation="gelu", name="conv")),
        r"activations linear, .*Received: <function gelu .* in 'conv'|scaled_tanh, .*gelu",
    ),
    "too many weights": (
        lambda: small(layers.Flatten(), layers.Dense(3000)),
        r"at most 120,000 weights, 240 kB in float16. Received: 195,000 in ",
    ),
    "too many multiply-adds": (
        lambda: small(layers.Conv2D(100, 5, padding="same"), shape=(128, 128, 1)),
        r"at most 30,000,000 multiply-adds for a picture. Received: 40,960,000 in ",
    ),
    "two inputs": (
        lambda: keras.Model([x := keras.Input((8, 8, 1)), y := keras.Input((8, 8, 1))], x + y),
        r"one input and one output. Received: 2 and 1",
    ),
    "an input that is no picture": (
        lambda: keras.Sequential([keras.Input((8,)), layers.Dense(2)]),
        r"images of \(height, width, channels\), all given. Received: \(8,\)",
    ),
    "pictures of any size": (
        lambda: small(layers.Conv2D(1, 3), shape=(None, None, 1)),
        r"all given. Received: \(None, None, 1\)",
    ),
    "a model that is not built": (
        lambda: keras.Sequential([layers.Dense(2)], name="later"),
        r"begin it with keras.Input\(shape\). Received: 'later'",
    ),
    "another axis": (
        lambda: small(layers.BatchNormalization(axis=1, name="norm")),
        r"along its last axis. Received: 1 in 'norm'",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_page_cannot_run_is_refused_by_name(case):
    build, message = REFUSED[case]
    with pytest.raises(ValueError, match=message):
        live.export(build())


def test_a_layer_with_weights_runs_once():
    shared = layers.Conv2D(1, 3, padding="same", name="shared")
    x = keras.Input((8, 8, 1))
    with pytest.raises(ValueError, match=r"once. Received: 'shared', called 2 times"):
        live.export(keras.Model(x, shared(shared(x))))


def test_weights_beyond_float16_are_refused(digits):
    model = keras.models.clone_model(digits)
    model.layers[0].kernel.assign(np.full((3, 3, 1, 3), 1e5))
    with pytest.raises(ValueError, match=r"below 65,504.*Received: 100000.0 in 'conv'"):
        live.export(model)


def test_something_else_than_a_model_is_refused():
    with pytest.raises(TypeError, match=r"`model` must be a keras.Model. Received: 'LeNet5'"):
        live.export("LeNet5")


@pytest.mark.parametrize(
    ("pictures", "classes", "message"),
    [
        (np.zeros((2, 9, 9, 1)), [0, 0], r"`pictures` must be \[count, 8, 8, 1\]"),
        (np.zeros((2, 8, 8, 1)), [0], r"`classes` must be 2 class numbers. Received: \(1,\)"),
        (np.zeros((2, 8, 8, 1)), None, r"`classes` must be 2 class numbers. Received: None"),
        (None, [0], r"`pictures` must be .* Received: None"),
    ],
)
def test_pictures_that_do_not_suit_the_model_are_refused(digits, pictures, classes, message):
    with pytest.raises(ValueError, match=message):
        live.export(digits, pictures, classes)
