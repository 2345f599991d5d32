"""The functions of seeing on every kind of model: what they leave as it is, take and refuse."""

import keras
import numpy as np
import pytest
from keras import Input, Model, Sequential, layers
from seen_networks import PICTURE, RANDOM, branched, linear, pooling

from cnnlib import seeing

CALLS = {
    "feature_maps": lambda model: seeing.feature_maps(model, PICTURE),
    "occlusion": lambda model: seeing.occlusion(model, PICTURE, 1, 5),
    "saliency": lambda model: seeing.saliency(model, PICTURE, 1),
    "guided_gradients": lambda model: seeing.guided_gradients(model, PICTURE, 1),
    "deconvnet": lambda model: seeing.deconvnet(model, PICTURE, 1),
    "class_activation_map": lambda model: seeing.class_activation_map(model, PICTURE, 1),
    "grad_cam": lambda model: seeing.grad_cam(model, PICTURE, 1),
    "feature_visualization": lambda model: seeing.feature_visualization(model, 1, steps=2),
    "deep_dream": lambda model: seeing.deep_dream(model, PICTURE, "low", steps=2, octaves=1),
}


def test_every_public_name_is_called_here():
    assert sorted(CALLS) == sorted(seeing.__all__)


@pytest.mark.parametrize("name", CALLS)
def test_the_model_and_the_picture_stay_as_they_are(name):
    model = pooling(layers.Dropout(0.5), layers.Dense(3, "softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    weights, config, picture = model.get_weights(), model.get_config(), PICTURE.copy()
    inside = [dict(vars(layer)) for layer in model.layers]
    nodes = [len(layer._inbound_nodes) for layer in model.layers]
    predicted = model.predict(PICTURE[np.newaxis], verbose=0)
    CALLS[name](model)
    for before, after in zip(weights, model.get_weights(), strict=True):
        np.testing.assert_array_equal(before, after)
    assert model.get_config() == config
    assert [len(layer._inbound_nodes) for layer in model.layers] == nodes
    for layer, before in zip(model.layers, inside, strict=True):
        assert vars(layer).keys() == before.keys()
        assert getattr(layer, "activation", None) is before.get("activation")
        assert layer.trainable
    assert model.optimizer.iterations == 0
    np.testing.assert_array_equal(model.predict(PICTURE[np.newaxis], verbose=0), predicted)
    np.testing.assert_array_equal(PICTURE, picture)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_pictures_of_any_channels_and_of_bytes_are_taken_as_they_are(channels):
    model = Sequential([Input((3, 3, channels)), layers.Flatten(), layers.Dense(2, "softmax")])
    pixels = RANDOM.integers(0, 256, (3, 3, channels)).astype("uint8")
    scores = pixels.reshape(-1).astype("float32") @ model.layers[-1].kernel.numpy()
    lost = seeing.occlusion(model, pixels, 1, 3, value=0)
    np.testing.assert_allclose(lost, [[scores[1]]], rtol=1e-4)
    assert seeing.saliency(model, pixels, 1).shape == (3, 3, channels)


def test_a_model_of_half_precision_has_float32_results():
    keras.config.set_dtype_policy("mixed_float16")
    try:
        model = pooling(layers.Dense(3, "softmax"))
    finally:
        keras.config.set_dtype_policy("float32")
    for name, call in CALLS.items():
        found = call(model)
        for one in found.values() if name == "feature_maps" else [found]:
            assert one.dtype == np.float32
            assert np.isfinite(one).all()


def test_pictures_of_any_size_go_where_the_model_takes_them():
    model = Sequential([Input((None, None, 1)), layers.Conv2D(2, 3, name="conv")])
    model.add(layers.GlobalAveragePooling2D())
    picture = np.ones((11, 8, 1))
    assert seeing.saliency(model, picture, 1).shape == (11, 8, 1)
    assert seeing.deep_dream(model, picture, "conv", steps=1, high=2).shape == (11, 8, 1)
    with pytest.raises(ValueError, match=r"`start` must be given .* Received: None"):
        seeing.feature_visualization(model, 1)


TWO_INPUTS = Model(
    inputs := [Input((6, 7, 2)), Input((6, 7, 2))], layers.Flatten()(layers.Add()(inputs))
)


@pytest.mark.parametrize(
    ("call", "error", "argument"),
    [
        (lambda: seeing.saliency("digits", PICTURE, 0), TypeError, "model"),
        (lambda: seeing.saliency(Sequential([layers.Dense(2)]), PICTURE, 0), ValueError, "model"),
        (lambda: seeing.saliency(TWO_INPUTS, PICTURE, 0), ValueError, "model"),
        (lambda: seeing.saliency(linear(), "cat", 0), TypeError, "picture"),
        (lambda: seeing.saliency(linear(), PICTURE > 0, 0), TypeError, "picture"),
        (lambda: seeing.saliency(linear(), PICTURE[np.newaxis], 0), ValueError, "picture"),
        (lambda: seeing.saliency(linear(), PICTURE[..., :1], 0), ValueError, "picture"),
        (lambda: seeing.saliency(linear(), PICTURE / 0, 0), ValueError, "picture"),
        (lambda: seeing.saliency(linear(), PICTURE, 3), ValueError, "target"),
        (lambda: seeing.saliency(linear(), PICTURE, -1), ValueError, "target"),
        (lambda: seeing.saliency(linear(), PICTURE, 1.0), TypeError, "target"),
        (lambda: seeing.saliency(linear(), PICTURE, "dense"), TypeError, "target"),
        (lambda: seeing.saliency(linear(), PICTURE, ("conv", 0)), ValueError, "target"),
        (lambda: seeing.saliency(linear(), PICTURE, ("dense", 0, 1)), TypeError, "target"),
        (lambda: seeing.feature_maps(linear(), PICTURE, ["conv"]), ValueError, "layers"),
        (lambda: seeing.occlusion(linear(), PICTURE, 0, 7), ValueError, "size"),
        (lambda: seeing.occlusion(linear(), PICTURE, 0, 2, 0), ValueError, "stride"),
        (lambda: seeing.occlusion(linear(), PICTURE, 0, 2, value="red"), TypeError, "value"),
        (lambda: seeing.occlusion(linear(), PICTURE, 0, 2, value=[1] * 3), ValueError, "value"),
        (
            lambda: seeing.occlusion(linear(), PICTURE, 0, 2, probability=1),
            TypeError,
            "probability",
        ),
        (lambda: seeing.class_activation_map(linear(), PICTURE, 0), ValueError, "model"),
        (lambda: seeing.class_activation_map(branched(), PICTURE, 0), ValueError, "model"),
        (lambda: seeing.grad_cam(linear(), PICTURE, 0), ValueError, "target"),
        (lambda: seeing.grad_cam(branched(), PICTURE, 0, "dense"), ValueError, "layer"),
        (lambda: seeing.grad_cam(branched(), PICTURE, ("first", 0), "pool"), ValueError, "layer"),
        (lambda: seeing.feature_visualization(linear(), 0, steps=-1), ValueError, "steps"),
        (lambda: seeing.feature_visualization(linear(), 0, rate=0), ValueError, "rate"),
        (lambda: seeing.feature_visualization(linear(), 0, decay=2), ValueError, "decay"),
        (lambda: seeing.feature_visualization(linear(), 0, low=255), ValueError, "high"),
        (lambda: seeing.feature_visualization(linear(), 0, seed=0.5), TypeError, "seed"),
        (lambda: seeing.feature_visualization(linear(), 0, start=PICTURE[1:]), ValueError, "start"),
        (lambda: seeing.deep_dream(linear(), PICTURE, "conv"), ValueError, "layer"),
        (lambda: seeing.deep_dream(linear(), PICTURE, "dense"), ValueError, "octaves"),
        (lambda: seeing.deep_dream(branched(), PICTURE, "pool", octaves=9), ValueError, "octaves"),
        (lambda: seeing.deep_dream(branched(), PICTURE, "pool", zoom=1), ValueError, "zoom"),
    ],
)
def test_wrong_arguments_are_named(call, error, argument):
    with np.errstate(divide="ignore"), pytest.raises(error, match=rf"^`{argument}` .*Received: "):
        call()


def test_channels_first_and_other_back_ends_are_refused(monkeypatch):
    model = Sequential([Input((2, 6, 7)), layers.Conv2D(2, 1, data_format="channels_first")])
    with pytest.raises(ValueError, match=r"^`model` must have its channels last\. Received: "):
        seeing.feature_maps(model, PICTURE)
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    with pytest.raises(RuntimeError, match=r"KERAS_BACKEND=tensorflow .* Received: jax"):
        seeing.saliency(linear(), PICTURE, 0)
