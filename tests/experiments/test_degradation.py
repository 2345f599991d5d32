"""A unit that the experiment "degradation" takes out hands on what it reads."""

import keras
import numpy as np
import pytest

from cnnlib.experiments import degradation


@pytest.fixture(params=[False, True], ids=["plain", "residual"])
def model(request):
    """A network of eight layers with numbers in its normalizations as training leaves them."""
    model = degradation.build(8, request.param)
    random = np.random.default_rng(0)
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.set_weights([random.uniform(0.2, 2, part.shape) for part in layer.get_weights()])
    return model


@pytest.mark.parametrize("unit", degradation.unit_names(8))
def test_without_its_layers_a_unit_hands_on_every_pixel_or_every_second_one(model, unit):
    names = [layer.name for layer in model.layers]
    first = next(f"{unit}_conv1{end}" for end in ("_pad", "") if f"{unit}_conv1{end}" in names)
    ends = model.get_layer(first).input, model.get_layer(f"{unit}_relu").output
    whole = keras.Model(model.input, ends)
    picture = np.random.default_rng(1).uniform(0, 255, (2, 16, 16, 1))
    _, before = map(np.asarray, whole(picture))
    with degradation.removed(model, unit):
        read, handed = map(np.asarray, whole(picture))
    stride = read.shape[1] // handed.shape[1]
    assert np.allclose(handed[..., : read.shape[-1]], read[:, ::stride, ::stride], atol=1e-5)
    assert np.allclose(handed[..., read.shape[-1] :], 0, atol=1e-5)
    _, after = map(np.asarray, whole(picture))
    assert np.array_equal(before, after)
