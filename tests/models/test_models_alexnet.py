import keras
import numpy as np
import pytest
from building import without_weights

import cnnlib
from cnnlib import models


def fit_a_batch(name, size, **options):
    """Train a narrow network on 16 symbols until its loss is halved; return it and its losses."""
    data = cnnlib.data.load("symbols", classes=4, size=32, count=40)
    images = np.kron(data.x_train[:16] / np.float32(255), np.ones((1, 3, 3, 1), "float32"))
    images = images[:, :size, :size]
    keras.utils.set_random_seed(1)
    model = models.build(name, width=0.1, input_shape=images.shape[1:], classes=4, **options)
    model.compile("adam", "sparse_categorical_crossentropy", jit_compile=True)
    model.optimizer.learning_rate = 3e-3
    losses = [float(model.train_on_batch(images, data.y_train[:16]))]
    while losses[-1] > losses[0] / 2 and len(losses) < 60:
        losses.append(float(model.train_on_batch(images, data.y_train[:16])))
    return model, images, losses


def rows(name):
    return {layer.name: layer for layer in cnnlib.analyze(without_weights(name)).layers}


def test_every_layer_has_the_parameters_of_the_paper():
    parameters = {name: row.params for name, row in rows("AlexNet").items() if row.params}
    assert parameters == {
        **{"conv1": 34_944, "conv2": 307_456, "conv3": 885_120, "conv4": 663_936},
        **{"conv5": 442_624, "fc6": 37_752_832, "fc7": 16_781_312, "fc": 4_097_000},
    }


def test_towers_halve_the_kernels_of_conv2_conv4_and_conv5():
    two, one = rows("AlexNet"), rows("AlexNetSingle")
    halved = {name for name in one if one[name].macs and one[name].macs == 2 * two[name].macs}
    assert halved == {"conv2", "conv4", "conv5"}


def test_maps_have_the_sides_of_the_paper():
    table = rows("AlexNet")
    sides = [table[kind].output_shape[1] for kind in ("conv1", "conv2", "conv3", "pool5")]
    assert sides == [55, 27, 13, 6]
    assert [name for name in table if name.startswith("norm")] == ["norm1", "norm2"]


def test_67_pixels_leave_one_place():
    assert without_weights("AlexNet", input_shape=(67, 67, 3), classes=0).output_shape[1:3] == (
        1,
        1,
    )


def test_a_narrow_network_fits_a_batch_when_compiled():
    model, images, losses = fit_a_batch("AlexNet", 67, dropout=0.1)
    assert losses[-1] < losses[0] / 2, losses
    np.testing.assert_allclose(
        model.predict(images[:2], verbose=0), model(images[:2]), rtol=1e-3, atol=1e-5
    )


def test_tanh_takes_the_place_of_every_rectifier():
    model = without_weights("AlexNet", activation="tanh", input_shape=(67, 67, 3))
    functions = [
        layer.activation.__name__ for layer in model.layers if hasattr(layer, "activation")
    ]
    assert functions == ["tanh"] * 7 + ["linear"]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"input_shape": (66, 67, 3)}, ValueError, "`input_shape` .* at least 67"),
        ({"input_shape": (None, None, 3)}, ValueError, "`input_shape` .* known"),
        ({"towers": 3}, ValueError, "`towers`"),
        ({"width": 0}, ValueError, "`width`"),
        ({"activation": "gelu"}, ValueError, "`activation`"),
        ({"dropout": 1}, ValueError, "`dropout`"),
        ({"classes": -1}, ValueError, "`classes`"),
    ],
)
def test_wrong_options_are_named(options, error, message):
    with pytest.raises(error, match=rf"^{message}.*Received: "):
        models.build("AlexNet", **options)
