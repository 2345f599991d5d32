"""The live network's explorer in Python: what it takes, what it refuses, what Keras says of it."""

import json

import keras
import numpy as np
import pytest
from keras import layers

from cnnlib import live
from cnnlib.explorers import LiveNetworkExplorer

RANDOM = np.random.default_rng(0)
PICTURES = RANDOM.normal(size=(6, 8, 8, 1)).astype("float32")
CLASSES = np.array([0, 1, 2, 0, 1, 2])


@pytest.fixture(scope="module")
def model():
    """A small network without a softmax of its own."""
    parts = [keras.Input((8, 8, 1)), layers.Conv2D(2, 3, name="conv"), layers.Flatten()]
    return keras.Sequential([*parts, layers.Dense(3, name="class")])


def test_a_keras_model_and_what_is_exported_of_it_are_the_same(model):
    one = LiveNetworkExplorer(model, PICTURES, CLASSES, ["a", "b", "c"])
    other = LiveNetworkExplorer(live.export(model), PICTURES, CLASSES, ["a", "b", "c"])
    assert one.compute() == other.compute()
    assert one.network.weights == other.network.weights


def test_the_repr_of_ones_own_network_names_it_and_the_shape_of_its_pictures(model):
    said = repr(LiveNetworkExplorer(live.export(model), PICTURES, CLASSES))
    assert f"model=<Exported {model.name!r}: 4 layers, 478 bytes>" in said
    assert "pictures=<array of shape (6, 8, 8, 1)>" in said
    assert repr(CLASSES) in said


def test_probabilities_are_those_of_the_model(model):
    explorer = LiveNetworkExplorer(model, PICTURES, CLASSES, picture=2)
    expected = keras.ops.softmax(model.predict(PICTURES[2:3], verbose=0))[0]
    found = list(explorer.compute()["probabilities"].values())
    np.testing.assert_allclose(found, expected, atol=0.02)  # pictures are kept as bytes


def test_explorers_of_one_network_share_it_and_those_of_two_their_pictures(model):
    assert LiveNetworkExplorer().network is LiveNetworkExplorer(turn=5).network
    one, same = (LiveNetworkExplorer(live.export(model), PICTURES, CLASSES) for _ in range(2))
    assert one.network is same.network
    parts = [keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(3)]
    other = LiveNetworkExplorer(keras.Sequential(parts), PICTURES.copy(), CLASSES)
    assert one.network is not other.network
    assert one.network.pictures is other.network.pictures
    another = LiveNetworkExplorer(model, PICTURES / 2, CLASSES)  # the same bytes for other values
    assert another.network.pictures is not one.network.pictures


@pytest.mark.parametrize("name", ["digits", "symbols"])
def test_a_network_of_the_book_with_its_pictures_takes_less_than_250_kilobytes(name):
    network = LiveNetworkExplorer(name).network
    graph = json.dumps(network.graph)
    assert len(graph) + len(network.weights) + len(network.pictures.pixels) < 250_000


def test_handed_over_weights_are_those_that_python_computes_with(model):
    explorer = LiveNetworkExplorer(model, PICTURES, CLASSES)
    explorer.view.weights = bytes(4 * explorer._network.numbers.size)
    assert list(explorer.compute()["probabilities"].values()) == pytest.approx([1 / 3] * 3)


def test_a_picture_of_the_readers_own_is_kept(model):
    drawn = np.full((8, 8, 1), 9, "uint8")
    explorer = LiveNetworkExplorer(model, PICTURES, CLASSES, picture=drawn)
    np.testing.assert_array_equal(explorer.settings()["picture"], drawn)


@pytest.mark.parametrize(
    ("wrong", "error", "argument"),
    [
        ({"pictures": PICTURES[:, :4]}, ValueError, "pictures"),
        ({"pictures": None}, ValueError, "pictures"),
        ({"classes": CLASSES[:3]}, ValueError, "classes"),
        ({"classes": CLASSES + 1}, ValueError, "classes"),
        ({"names": ["a", "b"]}, ValueError, "names"),
        ({"picture": 6}, ValueError, "picture"),
        ({"picture": np.zeros((8, 8, 1))}, ValueError, "picture"),
        ({"turn": 181}, ValueError, "turn"),
        ({"edits": [{"layer": "nowhere", "map": 0}]}, ValueError, "edits"),
        ({"edits": [{"layer": "conv", "map": 2}]}, ValueError, "edits"),
        ({"edits": [{"layer": "conv", "input": 0}]}, ValueError, "edits"),
        ({"edits": [{"layer": "conv", "slice": [0, 0]}]}, ValueError, "edits"),
        (
            {"edits": [{"layer": "conv", "weight": "kernel", "at": [0, 0, 0], "value": 1}]},
            ValueError,
            "edits",
        ),
    ],
)
def test_wrong_arguments_are_named(model, wrong, error, argument):
    given = {"model": model, "pictures": PICTURES, "classes": CLASSES} | wrong
    with pytest.raises(error, match=rf"`{argument}`(.|\n)* Received: "):
        LiveNetworkExplorer(**given)


@pytest.mark.parametrize("wrong", [[16, 0], [0, 3], [0, -1], [0], "01", [0, 0.5]])
def test_a_connection_that_is_not_there_is_refused(wrong):
    LiveNetworkExplorer("lenet", edits=[{"layer": "C3", "slice": [0, 2]}])
    with pytest.raises(ValueError, match=r"`edits` .* Received: "):
        LiveNetworkExplorer("lenet", edits=[{"layer": "C3", "slice": wrong}])


def test_where_outputs_are_distances_the_smallest_counts():
    explorer = LiveNetworkExplorer("lenet")
    found = explorer.compute()
    network = explorer._network
    distances = explorer.in_keras().predict(network.values(network.pictures), verbose=0)
    assert found["right"] == np.sum(distances.argmin(-1) == network.labels)
    assert list(found["distances"].values()) == pytest.approx(distances[0].tolist(), rel=1e-4)


def test_a_network_beside_another_sees_its_picture():
    first = LiveNetworkExplorer("lenet", picture=7, turn=20)
    second = first.beside("lenet_modern")
    assert (second.picture, second.turn) == (7, 20)
    with pytest.raises(ValueError, match=r"`model` .* Received: \(16, 16, 1\)"):
        first.beside("digits")


def test_an_unknown_network_is_refused():
    with pytest.raises(ValueError, match=r"`model` .* Received: 'letters'"):
        LiveNetworkExplorer("letters")
