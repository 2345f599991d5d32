import keras
import numpy as np
import pytest

import cnnlib
from cnnlib import models
from cnnlib.models.lenet import C3_TABLE, MAPLoss, nearest_accuracy


@pytest.fixture(scope="module")
def symbols():
    data = cnnlib.data.load("symbols", classes=4, size=32, count=40)
    return data.x_train[:16] / np.float32(255), data.y_train[:16]


@pytest.fixture(scope="module")
def fitted(symbols):
    """Return LeNet-5, trained on one batch with the paper's loss until it knows it."""
    keras.utils.set_random_seed(1)
    model = models.LeNet5(classes=4)
    model.compile("adam", MAPLoss(), metrics=[nearest_accuracy], run_eagerly=True)
    losses = []
    while len(losses) < 80 and (not losses or losses[-1] > losses[0] / 4):
        losses.append(model.train_on_batch(*symbols)[0])
    return model, losses


def test_every_layer_has_the_papers_parameters_and_connections():
    analysis = cnnlib.analyze(models.LeNet5())
    rows = {layer.name: layer for layer in analysis.layers}
    parameters = {name: row.trainable_params for name, row in rows.items() if row.params}
    assert parameters == {
        **{"C1": 156, "S2": 12, "C3": 1516, "S4": 32, "C5": 48_120, "F6": 10_164},
        "output": 0,
    }
    assert rows["output"].params == 840
    # The paper counts one connection per input of a unit and one for its bias.
    connections = {
        name: rows[name].other.macs + rows[name].other.bias + rows[name].other.pooling
        for name in parameters
    }
    assert connections == {
        **{"C1": 122_304, "S2": 5_880, "C3": 151_600, "S4": 2_000, "C5": 48_120},
        **{"F6": 10_164, "output": 840},
    }
    assert sum(connections.values()) == 340_908


def test_the_modern_form_differs_in_c3_pooling_and_output():
    rows = {layer.name: layer for layer in cnnlib.analyze(models.LeNet5Modern()).layers}
    assert {name: row.params for name, row in rows.items() if row.params} == {
        **{"C1": 156, "C3": 2416, "C5": 48_120, "F6": 10_164, "fc": 850},
    }
    assert sum(row.macs for row in rows.values()) == 416_520


def test_c3_sees_three_maps_then_four_then_all():
    assert [len(seen) for seen in C3_TABLE] == [3] * 6 + [4] * 9 + [6]
    uses = np.bincount([i for seen in C3_TABLE for i in seen])
    assert uses.tolist() == [10] * 6


@pytest.mark.parametrize("name", ["LeNet5", "LeNet5Modern"])
@pytest.mark.parametrize(("size", "c5"), [(28, 1), (30, 1), (32, 1), (44, 4)])
def test_small_digits_are_padded_and_larger_images_widen_c5(name, size, c5):
    body = models.build(name, input_shape=(size, size, 1), classes=0)
    assert body.output_shape == (None, c5, c5, 120)
    padded = {layer.name: layer.padding for layer in body.layers if layer.name == "pad"}
    zeros = (32 - size) // 2
    assert padded == ({"pad": ((zeros, zeros), (zeros, zeros))} if size < 32 else {})


def test_outputs_are_distances_from_f6_to_the_bitmaps(symbols):
    model = models.LeNet5()
    f6 = keras.Model(model.input, model.get_layer("F6").output)(symbols[0])
    bitmaps = np.reshape(cnnlib.layers.DIGITS, (10, 84))
    expected = ((np.asarray(f6)[:, None] - bitmaps) ** 2).sum(axis=-1)
    np.testing.assert_allclose(model(symbols[0]), expected, rtol=1e-4)


def test_map_loss_is_equation_9():
    distances = np.array([[3.0, 90, 5], [40, 2, 60]], "float32")
    right, margin = np.array([2, 0]), 4.0
    expected = [
        row[label] + np.log(np.exp(-margin) + np.exp(-row).sum())
        for row, label in zip(distances.astype("float64"), right, strict=True)
    ]
    loss = MAPLoss(margin)
    np.testing.assert_allclose(loss.call(right, distances), expected, rtol=1e-5)
    assert MAPLoss.from_config(loss.get_config()).margin == margin
    assert np.array(nearest_accuracy(np.array([[0], [0]]), distances)).tolist() == [1, 0]


def test_the_papers_loss_teaches_a_batch_of_symbols(fitted, symbols):
    model, losses = fitted
    assert losses[-1] < losses[0] / 4, losses
    predicted = np.argmin(model.predict(symbols[0], verbose=0), axis=1)
    assert np.mean(predicted == symbols[1]) > 0.8


def test_a_saved_network_comes_back_with_its_loss(fitted, symbols, tmp_path):
    model, _ = fitted
    model.save(tmp_path / "lenet.keras")
    loaded = keras.saving.load_model(tmp_path / "lenet.keras")
    assert isinstance(loaded.loss, MAPLoss)
    np.testing.assert_array_equal(loaded(symbols[0]), model(symbols[0]))


@pytest.mark.parametrize(
    ("name", "options", "error", "message"),
    [
        ("LeNet5", {"classes": 11}, ValueError, "`classes` must be from 0 to 10"),
        ("LeNet5", {"classes": -1}, ValueError, "`classes`"),
        ("LeNet5", {"input_shape": (27, 28, 1)}, ValueError, "`input_shape` .* at least 28"),
        ("LeNet5", {"input_shape": (None, 32, 1)}, ValueError, "`input_shape`"),
        ("LeNet5", {"pooling": "max"}, TypeError, "`options`"),
        ("LeNet5Modern", {"pooling": "sum"}, ValueError, "`pooling`"),
        ("LeNet5Modern", {"activation": "softmax"}, ValueError, "`activation`"),
        ("LeNet5Modern", {"classes": 2.5}, TypeError, "`classes`"),
    ],
)
def test_wrong_options_are_named(name, options, error, message):
    with pytest.raises(error, match=rf"^{message}.*Received: "):
        models.build(name, **options)


def test_a_margin_is_above_zero():
    with pytest.raises(ValueError, match=r"^`margin` .*Received: 0"):
        MAPLoss(0)
