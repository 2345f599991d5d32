"""What a network sees, against networks small enough to know it beforehand."""

import keras
import numpy as np
import pytest
from keras import Input, Model, Sequential, layers

from cnnlib import seeing
from cnnlib.layers import scaled_tanh

RANDOM = np.random.default_rng(0)
PICTURE = RANDOM.normal(size=(6, 7, 2)).astype("float32")
WEIGHTS = RANDOM.normal(size=(6, 7, 2, 3)).astype("float32")


def linear(last=None):
    """A network whose scores are sums of pixels times `WEIGHTS`."""
    dense = layers.Dense(3, last, name="dense")
    model = Sequential([Input((6, 7, 2)), layers.Flatten(name="flat"), dense])
    dense.set_weights([WEIGHTS.reshape(-1, 3), np.array([1.0, 2, 3])])
    return model


def one_relu(kernel, **options):
    """1x1 convolutions: of two channels to a ReLU unit each, weighted with `kernel`, to one."""
    model = Sequential(
        [
            Input((2, 2, 2)),
            layers.Conv2D(2, 1, use_bias=False, name="hidden", **options),
            layers.Conv2D(1, 1, use_bias=False, name="sum"),
        ]
    )
    model.get_layer("hidden").set_weights([np.eye(2).reshape(1, 1, 2, 2)])
    model.get_layer("sum").set_weights([np.reshape(kernel, (1, 1, 2, 1))])
    return model


def pooling(*ends, filters=4):
    """Convolutions, global average pooling, then other layers."""
    keras.utils.set_random_seed(1)
    return Sequential(
        [
            Input((6, 7, 2)),
            layers.Conv2D(5, 3, activation="relu", name="low"),
            layers.BatchNormalization(name="norm"),
            layers.Conv2D(filters, 2, activation="relu", name="high"),
            layers.GlobalAveragePooling2D(name="mean"),
            *ends,
        ]
    )


def branched():
    """A functional model around another, with a shortcut, rectifiers as layers, and a softmax."""
    keras.utils.set_random_seed(2)
    x = inner_inputs = Input((4, 5, 6))
    x = layers.ReLU(name="relu")(layers.Conv2D(6, 3, padding="same", name="conv")(x))
    block = Model(inner_inputs, layers.Add(name="add")([inner_inputs, x]), name="block")
    inputs = Input((6, 7, 2), name="picture")
    x = layers.Conv2D(6, 3, name="first")(inputs)
    x = layers.MaxPooling2D(2, name="pool")(keras.ops.relu(block(x)))
    x = layers.Dropout(0.5)(layers.Flatten()(x))
    return Model(inputs, layers.Softmax(name="softmax")(layers.Dense(3, name="dense")(x)))


class Subclass(Model):
    def __init__(self):
        super().__init__()
        self.inner = linear("softmax")

    def call(self, x):
        return self.inner(x)


def subclass():
    model = Subclass()
    model(PICTURE[np.newaxis])
    return model


def slope_by_differences(function, picture, step=1e-2):
    slopes = np.zeros_like(picture)
    for place in np.ndindex(picture.shape):
        change = np.zeros_like(picture)
        change[place] = step
        slopes[place] = (function(picture + change) - function(picture - change)) / (2 * step)
    return slopes


# ---------------------------------------------------------------- scores and their gradients


@pytest.mark.parametrize("last", [None, "softmax", "sigmoid", "tanh", scaled_tanh])
def test_saliency_of_a_linear_network_is_its_weights_whatever_follows_them(last):
    for target in (0, 2, ("dense", 2), np.int64(2)):
        channel = target[1] if isinstance(target, tuple) else target
        found = seeing.saliency(linear(last), PICTURE, target)
        np.testing.assert_allclose(found, WEIGHTS[..., channel], atol=1e-6)


@pytest.mark.parametrize(
    "end",
    [layers.Softmax, lambda: layers.Activation("softmax"), lambda: keras.ops.softmax],
)
def test_a_softmax_of_its_own_is_left_out_too(end):
    base = linear()
    model = Model(base.inputs, end()(base.outputs[0]))
    found = seeing.saliency(model, PICTURE, 1)
    np.testing.assert_allclose(found, WEIGHTS[..., 1], atol=1e-6)


def test_of_a_subclass_and_of_a_model_in_a_model_the_score_is_found_as_well():
    wrapped = Sequential([Input((6, 7, 2)), linear("softmax")])
    for model in (subclass(), wrapped):
        found = seeing.saliency(model, PICTURE, 1)
        np.testing.assert_allclose(found, WEIGHTS[..., 1], atol=1e-6)


def test_saliency_is_how_the_score_changes():
    model = branched()
    scores = Model(model.inputs[0], model.get_layer("dense").output)
    expected = slope_by_differences(lambda x: scores(x[np.newaxis]).numpy()[0, 2], PICTURE, 1e-3)
    np.testing.assert_allclose(seeing.saliency(model, PICTURE, 2), expected, atol=2e-3)


def test_a_map_s_saliency_is_that_of_its_strongest_cell():
    model = pooling(layers.Dense(3))
    maps = Model(model.inputs[0], model.get_layer("low").output)(PICTURE[np.newaxis])[0, ..., 1]
    row, column = np.unravel_index(np.argmax(maps), maps.shape)
    expected = np.zeros_like(PICTURE)
    kernel = model.get_layer("low").kernel[..., 1].numpy()
    expected[row : row + 3, column : column + 3] = kernel
    np.testing.assert_allclose(seeing.saliency(model, PICTURE, ("low", 1)), expected, atol=1e-6)
    relu = one_relu([1.0, 1.0], activation="relu")
    dark = -np.arange(1.0, 9).reshape(2, 2, 2)  # the ReLU is 0 everywhere: its sum counts
    assert np.argwhere(seeing.saliency(relu, dark, ("hidden", 0))).tolist() == [[0, 0, 0]]


# Of each pixel the first channel is -1 or 1, the second 1: at the first pixel its unit is off.
SIGNS = np.ones((2, 2, 2))
SIGNS[0, 0, 0] = -1


@pytest.mark.parametrize(
    "options",
    [{"activation": "relu"}, {"activation": "relu6"}, {"activation": layers.ReLU()}],
)
@pytest.mark.parametrize(
    ("function", "at_the_first_pixel"),
    [
        # the score's weights are 3 and -2; unit 0 is off, unit 1 on
        (seeing.saliency, [0, -2]),
        (seeing.guided_gradients, [0, 0]),
        (seeing.deconvnet, [3, 0]),
    ],
)
def test_a_relu_s_way_back_is_that_of_the_rule(options, function, at_the_first_pixel):
    model = one_relu([3.0, -2.0], **options)
    picture = SIGNS.copy()
    picture[0, 0, 1] = 1e-3
    picture[:, 1] = picture[1] = -9  # the strongest cell is the first pixel's: 0 - 0.002 or less
    picture[1, :, 1] = picture[0, 1, 1] = 5
    found = function(model, picture, 0)
    assert found[0, 0].tolist() == at_the_first_pixel
    assert not found[1].any()
    assert not found[0, 1].any()


def test_guided_and_deconvnet_differ_from_the_gradient_only_at_rectifiers():
    for function in (seeing.guided_gradients, seeing.deconvnet):
        for options in ({"activation": "tanh"}, {"activation": layers.LeakyReLU()}):
            model = one_relu([3.0, -2.0], **options)
            found = function(model, SIGNS, 0)
            np.testing.assert_array_equal(found, seeing.saliency(model, SIGNS, 0))


def rectified(model, picture, target, mask):
    """The gradient through `branched`, layer by layer, with a rule at its two rectifiers."""
    block, ops = model.get_layer("block"), keras.ops
    conv = block.get_layer("conv")
    first = model.get_layer("first")(picture[np.newaxis]).numpy()
    inside = conv(first).numpy()
    added = first + np.maximum(inside, 0)
    pooled = ops.max_pool(np.maximum(added, 0), 2).numpy()
    weights = model.get_layer("dense").kernel.numpy()[:, target]
    back = np.zeros_like(added)
    for (row, column, channel), weight in np.ndenumerate(weights.reshape(pooled.shape[1:])):
        window = np.maximum(added, 0)[
            0, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2, channel
        ]
        y, x = np.unravel_index(window.argmax(), (2, 2))
        back[0, 2 * row + y, 2 * column + x, channel] += weight
    back = mask(back, added)
    branch = mask(back, inside)
    back = back + ops.conv_transpose(branch, conv.kernel, padding="same").numpy()
    return ops.conv_transpose(back, model.get_layer("first").kernel).numpy()[0]


@pytest.mark.parametrize(
    ("function", "mask"),
    [
        (seeing.saliency, lambda back, seen: back * (seen > 0)),
        (seeing.guided_gradients, lambda back, seen: np.maximum(back, 0) * (seen > 0)),
        (seeing.deconvnet, lambda back, seen: np.maximum(back, 0)),
    ],
)
def test_the_rules_reach_rectifiers_that_are_layers_operations_or_inside_a_model(function, mask):
    model = branched()
    expected = rectified(model, PICTURE, 1, mask)
    np.testing.assert_allclose(function(model, PICTURE, 1), expected, atol=1e-5)


# ---------------------------------------------------------------- occlusion


@pytest.mark.parametrize("last", [None, "softmax"])
@pytest.mark.parametrize(("size", "stride"), [(1, 1), (2, 1), (3, 2), (6, 1)])
def test_occlusion_of_a_linear_network_is_the_weights_times_what_was_covered(size, stride, last):
    found = seeing.occlusion(linear(last), PICTURE, 1, size, stride, value=0)
    share = (PICTURE * WEIGHTS[..., 1]).sum(-1)
    windows = np.lib.stride_tricks.sliding_window_view(share, (size, size))
    np.testing.assert_allclose(found, windows[::stride, ::stride].sum((2, 3)), atol=1e-5)


def test_the_square_has_the_picture_s_mean_colour_or_the_one_that_is_given():
    share = WEIGHTS[..., 0]
    mean = PICTURE.mean((0, 1))
    for value, colour in ((None, mean), (0.5, [0.5, 0.5]), ([1, 2], [1, 2])):
        found = seeing.occlusion(linear(), PICTURE, 0, 1, value=value)
        np.testing.assert_allclose(found, ((PICTURE - colour) * share).sum(-1), atol=1e-5)


def test_occlusion_can_measure_the_probability():
    model = linear("softmax")
    found = seeing.occlusion(model, PICTURE, 1, 6, value=0, probability=True)
    covered = np.stack([PICTURE, PICTURE])
    covered[0, :, :6] = covered[1, :, 1:] = 0
    whole, *left = model.predict(np.stack([PICTURE, *covered]), verbose=0)[:, 1]
    np.testing.assert_allclose(found[0], whole - np.array(left), atol=1e-6)


def test_occlusion_in_parts_is_the_same(monkeypatch):
    expected = seeing.occlusion(branched(), PICTURE, ("block/conv", 3), 2)
    monkeypatch.setattr("cnnlib.seeing._signals._NUMBERS", 4 * PICTURE.size)
    found = seeing.occlusion(branched(), PICTURE, ("block/conv", 3), 2)
    np.testing.assert_allclose(found, expected, atol=1e-6)


# ---------------------------------------------------------------- maps


def test_feature_maps_are_what_the_layers_give():
    model = branched()
    found = seeing.feature_maps(model, PICTURE)
    assert [*found][:4] == ["first", "block/conv", "block/relu", "block/add"]
    np.testing.assert_allclose(found["softmax"], model(PICTURE[np.newaxis])[0], atol=1e-6)
    pooled = Model(model.inputs[0], model.get_layer("pool").output)(PICTURE[np.newaxis])[0]
    np.testing.assert_allclose(found["pool"], pooled, atol=1e-6)
    assert [*seeing.feature_maps(model, PICTURE, ["pool", "first"])] == ["pool", "first"]


@pytest.mark.parametrize(
    "ends",
    [
        lambda: [layers.Dense(3, name="last")],
        lambda: [layers.Dense(3, "softmax", name="last")],
        lambda: [layers.Dropout(0.4), layers.Dense(3, name="last"), layers.Softmax()],
    ],
)
def test_a_class_activation_map_s_mean_and_the_bias_are_the_score(ends):
    model = pooling(*ends())
    bias = model.get_layer("last").bias
    bias.assign([1, 2, 3])
    found = seeing.class_activation_map(model, PICTURE, 2)
    low, mean = (model.get_layer(name) for name in ("mean", "last"))
    scores = low.output @ mean.kernel + bias
    score = Model(model.inputs[0], scores)(PICTURE[np.newaxis])[0, 2]
    assert found.shape == (3, 4)
    assert found.mean() + 3 == pytest.approx(float(score), abs=1e-5)


def test_grad_cam_is_the_positive_class_activation_map_by_the_number_of_cells():
    model = pooling(layers.Dense(3, "softmax"))
    for target in range(3):
        expected = np.maximum(seeing.class_activation_map(model, PICTURE, target), 0) / 12
        found = seeing.grad_cam(model, PICTURE, target)
        np.testing.assert_allclose(found, expected, atol=1e-6)
    assert found.any()


def test_grad_cam_sums_the_maps_of_any_layer():
    model = branched()
    maps = seeing.feature_maps(model, PICTURE)["first"]
    head = Model(model.layers[1].output, model.get_layer("dense").output)
    slopes = slope_by_differences(lambda x: head(x[np.newaxis]).numpy()[0, 1], maps)
    found = seeing.grad_cam(model, PICTURE, 1, "first")
    np.testing.assert_allclose(found, np.maximum(maps @ slopes.mean((0, 1)), 0), atol=2e-3)
    assert seeing.grad_cam(model, PICTURE, 1).shape == (2, 2)


# ---------------------------------------------------------------- ascent


def test_feature_visualization_of_a_linear_filter_comes_to_the_filter_s_direction():
    grey, options = 5, {"jitter": 0, "decay": 0.2, "low": -45, "high": 55}
    found = seeing.feature_visualization(linear("softmax"), ("dense", 1), **options)
    weights = WEIGHTS[..., 1].ravel()
    seen = (found - grey).ravel()
    assert seen @ weights / np.linalg.norm(seen) / np.linalg.norm(weights) > 0.999
    # rate / decay: where a step's gain is what it loses
    assert np.abs(seen).mean() == pytest.approx(100 * 0.02 / 0.2, rel=1e-3)
    assert found.dtype == np.float32


def test_a_map_is_excited_everywhere_and_jitter_shifts_what_excites_it():
    model = pooling(layers.Dense(3))
    options = {"low": -1, "high": 1, "steps": 9}
    for jitter in (0, 3):
        found = seeing.feature_visualization(model, ("high", 0), jitter=jitter, **options)
        again = seeing.feature_visualization(model, ("high", 0), jitter=jitter, **options)
        np.testing.assert_array_equal(found, again)
        before, after = (
            seeing.feature_maps(model, x)["high"][..., 0].mean() for x in (0 * PICTURE, found)
        )
        assert after > before + 0.1
        assert np.abs(found).max() <= 1
    other = seeing.feature_visualization(model, ("high", 0), jitter=3, seed=1, **options)
    assert not np.array_equal(found, other)


def test_a_unit_that_nothing_moves_stays_grey():
    model = linear()
    model.get_layer("dense").kernel.assign(np.zeros((84, 3)))
    found = seeing.feature_visualization(model, 0)
    np.testing.assert_allclose(found, 127.5, atol=0.01)


def test_deep_dream_moves_a_linear_layer_s_values_away_from_0():
    model = Sequential([Input((9, 12, 1)), layers.Conv2D(1, 1, use_bias=False, name="conv")])
    model.get_layer("conv").kernel.assign(np.full((1, 1, 1, 1), -2.0))
    picture = np.full((9, 12, 1), 10.0)
    options = {"steps": 1, "octaves": 1, "rate": 0.01, "jitter": 4, "low": -50, "high": 50}
    np.testing.assert_allclose(seeing.deep_dream(model, picture, "conv", **options), 11, atol=1e-5)
    # 10 at three sizes, each begun with what the smaller one added
    options |= {"octaves": 3}
    np.testing.assert_allclose(seeing.deep_dream(model, picture, "conv", **options), 13, atol=1e-4)
    options |= {"steps": 10, "rate": 0.05}
    np.testing.assert_allclose(seeing.deep_dream(model, picture, "conv", **options), 50, atol=1e-4)


def test_deep_dream_strengthens_a_layer_of_a_network_that_fixes_its_size():
    model = pooling(layers.Dense(3, "softmax"))
    options = {"low": -3, "high": 3, "octaves": 2, "zoom": 1.2, "jitter": 1}
    found = seeing.deep_dream(model, PICTURE.clip(-3, 3), "norm", **options)
    before, after = (
        np.square(seeing.feature_maps(model, x)["norm"]).sum() for x in (PICTURE, found)
    )
    assert found.shape == PICTURE.shape
    assert after > 1.1 * before


# ---------------------------------------------------------------- every model, unchanged

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


# ---------------------------------------------------------------- errors

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
