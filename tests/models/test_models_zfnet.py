import keras
import numpy as np
import pytest
from building import without_weights

import cnnlib
from cnnlib import models


def fit_a_batch(name, size, **options):
    """Train a narrow network on 16 symbols until its loss is halved; return it and its losses."""
    data = cnnlib.data.load("symbols", classes=4, size=32, count=40)
    images = np.kron(data.x_train[:16] / np.float32(255), np.ones((1, 2, 2, 1), "float32"))
    images = images[:, :size, :size]
    keras.utils.set_random_seed(1)
    model = models.build(name, width=0.1, input_shape=images.shape[1:], classes=4, **options)
    model.compile("adam", "sparse_categorical_crossentropy", run_eagerly=True)
    model.optimizer.learning_rate = 3e-3
    losses = [float(model.train_on_batch(images, data.y_train[:16]))]
    while losses[-1] > losses[0] / 2 and len(losses) < 60:
        losses.append(float(model.train_on_batch(images, data.y_train[:16])))
    return model, images, losses


def test_maps_have_the_sides_of_figure_3():
    rows = {layer.name: layer for layer in cnnlib.analyze(without_weights("ZFNet")).layers}
    names = ("conv1", "pool1", "conv2", "pool2", "conv3", "conv4", "conv5", "pool5")
    assert [rows[name].output_shape[1:] for name in names] == [
        *((110, 110, 96), (55, 55, 96), (26, 26, 256), (13, 13, 256)),
        *((13, 13, 384), (13, 13, 384), (13, 13, 256), (6, 6, 256)),
    ]


def test_first_layers_are_finer_than_alexnets_and_the_rest_is_alike():
    zf, alex = (
        {layer.name: layer for layer in cnnlib.analyze(without_weights(name)).layers}
        for name in ("ZFNet", "AlexNetSingle")
    )
    differ = {name for name, row in alex.items() if row.params != zf[name].params}
    assert differ == {"conv1"}
    assert zf["conv1"].receptive_field.size < alex["conv1"].receptive_field.size


def test_53_pixels_leave_one_place():
    assert without_weights("ZFNet", input_shape=(53, 53, 3), classes=0).output_shape[1:3] == (1, 1)


def test_a_narrow_network_fits_a_batch():
    model, images, losses = fit_a_batch("ZFNet", 53, dropout=0.1)
    assert losses[-1] < losses[0] / 2, losses
    np.testing.assert_allclose(np.sum(model(images[:2]), axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"input_shape": (52, 53, 3)}, ValueError, "`input_shape` .* at least 53"),
        ({"input_shape": (None, None, 3)}, ValueError, "`input_shape` .* known"),
        ({"width": 5}, ValueError, "`width`"),
        ({"dropout": -0.1}, ValueError, "`dropout`"),
        ({"classes": 1.5}, TypeError, "`classes`"),
    ],
)
def test_wrong_options_are_named(options, error, message):
    with pytest.raises(error, match=rf"^{message}.*Received: "):
        models.build("ZFNet", **options)
