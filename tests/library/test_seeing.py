"""What a network sees, against networks small enough to know it beforehand."""

import keras
import numpy as np
import pytest
from keras import Input, Model, Sequential, layers
from seen_networks import PICTURE, WEIGHTS, branched, linear, one_relu, pooling, subclass

from cnnlib import seeing
from cnnlib.layers import scaled_tanh


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
