import numpy as np
import pytest
from cases import DILATIONS, KERNELS, STRIDES, arrays, convolution_cases, tensorflow_result

from cnnlib import ops

CASES = convolution_cases()
TOLERANCE = 1e-5

RNG = np.random.default_rng(7)
IMAGES = RNG.standard_normal((2, 9, 8, 4)).astype("float32")
KERNEL = RNG.standard_normal((3, 2, 4, 6)).astype("float32") / 5


def test_cases_cover_every_combination():
    seen = {(c["padding"], c["stride"], c["dilation"], c["kernel_h"], c["kernel_w"]) for c in CASES}
    for padding in ("valid", "same"):
        for stride in STRIDES:
            for dilation in DILATIONS:
                assert {(padding, stride, dilation, size, size) for size in KERNELS} <= seen
    assert len(CASES) >= 320
    assert any(c["kernel_h"] != c["kernel_w"] for c in CASES)
    assert {1, 2, 3, 4} == {c["in_channels"] for c in CASES} == {c["out_channels"] for c in CASES}


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("stride", STRIDES)
def test_conv2d_agrees_with_tensorflow_on_every_case(padding, stride):
    cases = [c for c in CASES if c["padding"] == padding and c["stride"] == stride]
    errors = []
    for case in cases:
        ours = ops.conv2d(*arrays(case), stride, padding, case["dilation"])
        theirs = tensorflow_result(case)
        assert ours.shape == theirs.shape, case
        assert ours.dtype == theirs.dtype, case
        errors.append(np.abs(ours - theirs).max())
    worst = int(np.argmax(errors))
    assert errors[worst] <= TOLERANCE, f"{errors[worst]:.2e} in {cases[worst]}"


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_grouped_convolution_agrees_with_tensorflow(groups):
    import tensorflow as tf

    kernels = KERNEL[:, :, : 4 // groups, :4]
    theirs = tf.nn.conv2d(IMAGES, kernels, [1, 2, 1, 1], "SAME").numpy()
    ours = ops.conv2d(IMAGES, kernels, (2, 1), "same", groups=groups)
    np.testing.assert_allclose(ours, theirs, atol=TOLERANCE, rtol=0)


def test_unequal_strides_dilations_and_explicit_padding_agree_with_tensorflow():
    import tensorflow as tf

    theirs = tf.nn.conv2d(
        IMAGES, KERNEL, [1, 1, 1, 1], [[0, 0], [2, 1], [0, 3], [0, 0]], dilations=[1, 2, 3, 1]
    ).numpy()
    ours = ops.conv2d(IMAGES, KERNEL, padding=((2, 1), (0, 3)), dilations=(2, 3))
    np.testing.assert_allclose(ours, theirs, atol=TOLERANCE, rtol=0)


def test_strides_have_three_forms():
    expected = ops.conv2d(IMAGES, KERNEL, (2, 2))
    for strides in (2, [2, 2], [1, 2, 2, 1], np.array([2, 2])):
        np.testing.assert_array_equal(ops.conv2d(IMAGES, KERNEL, strides), expected)
    assert ops.conv2d(IMAGES, KERNEL, [1, 3, 1, 1]).shape == (2, 3, 7, 6)


def test_explicit_padding_is_the_same_on_both_sides():
    expected = ops.conv2d(np.pad(IMAGES, ((0, 0), (2, 2), (2, 2), (0, 0))), KERNEL)
    np.testing.assert_array_equal(ops.conv2d(IMAGES, KERNEL, padding=2), expected)
    np.testing.assert_array_equal(ops.conv2d(IMAGES, KERNEL, padding=[[2, 2], [2, 2]]), expected)


def test_results_are_float32_or_wider():
    image = np.full((1, 3, 3, 1), 200, "uint8")
    ones = np.ones((3, 3, 1, 1), "uint8")
    output = ops.conv2d(image, ones)
    assert output.dtype == np.float32
    assert output.item() == 1800
    assert ops.conv2d(image, ones.astype("float64")).dtype == np.float64
    assert ops.average_pool2d(image, 3).dtype == np.float32
    assert ops.max_pool2d(image, 3).dtype == np.uint8
    assert ops.conv2d(image.tolist(), ones.tolist()).item() == 1800


def test_the_arguments_are_left_as_they_were():
    images, kernels = IMAGES.copy(), KERNEL.copy()
    ops.conv2d(images, kernels, padding="same")[:] = 0
    ops.max_pool2d(images, 1)[:] = 0
    ops.average_pool2d(images, 1)[:] = 0
    np.testing.assert_array_equal(images, IMAGES)
    np.testing.assert_array_equal(kernels, KERNEL)


@pytest.mark.parametrize("kind", ["max", "average"])
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("strides", [None, 1, (2, 3)])
@pytest.mark.parametrize("size", [1, 2, 3, (3, 2), [1, 2, 4, 1], 5])
def test_pooling_agrees_with_tensorflow(kind, size, strides, padding):
    import tensorflow as tf

    ours, theirs = {
        "max": (ops.max_pool2d, tf.nn.max_pool2d),
        "average": (ops.average_pool2d, tf.nn.avg_pool2d),
    }[kind]
    images = IMAGES - 5  # all negative, so that a padding of zeros would win
    expected = theirs(images, size, size if strides is None else strides, padding.upper()).numpy()
    result = ours(images, size, strides, padding)
    assert result.dtype == np.float32
    np.testing.assert_allclose(result, expected, atol=TOLERANCE, rtol=0)


def test_pooling_with_explicit_padding_ignores_the_padding():
    images = np.arange(-4, 0).reshape(1, 2, 2, 1)
    corners = [[-4, -3], [-2, -1]]
    assert ops.max_pool2d(images, 2, padding=1)[0, :, :, 0].tolist() == corners
    assert ops.average_pool2d(images, 2, padding=1)[0, :, :, 0].tolist() == corners


@pytest.mark.parametrize(
    ("changes", "error", "name"),
    [
        ({"images": IMAGES[0]}, ValueError, "images"),
        ({"images": IMAGES[:0]}, ValueError, "images"),
        ({"images": IMAGES.astype(str)}, TypeError, "images"),
        ({"images": IMAGES > 0}, TypeError, "images"),
        ({"images": "temple"}, TypeError, "images"),
        ({"kernels": KERNEL[:, :, 0, 0]}, ValueError, "kernels"),
        ({"kernels": KERNEL[:0]}, ValueError, "kernels"),
        ({"kernels": KERNEL.astype(complex)}, TypeError, "kernels"),
        ({"kernels": KERNEL[:, :, :3]}, ValueError, "kernels"),
        ({"kernels": np.ones((10, 1, 4, 1))}, ValueError, "kernels"),
        ({"kernels": np.ones((1, 9, 4, 1))}, ValueError, "kernels"),
        ({"strides": 0}, ValueError, "strides"),
        ({"strides": 1.5}, TypeError, "strides"),
        ({"strides": (1, 0)}, ValueError, "strides"),
        ({"strides": (1, 2, 2)}, ValueError, "strides"),
        ({"strides": [2, 2, 2, 1]}, ValueError, "strides"),
        ({"strides": "2"}, TypeError, "strides"),
        ({"padding": "full"}, ValueError, "padding"),
        ({"padding": -1}, ValueError, "padding"),
        ({"padding": 0.5}, TypeError, "padding"),
        ({"padding": (1, 1)}, ValueError, "padding"),
        ({"padding": ((1, 1), (1,))}, ValueError, "padding"),
        ({"padding": ((1, 1), (1, -1))}, ValueError, "padding"),
        ({"dilations": 0}, ValueError, "dilations"),
        ({"dilations": 8}, ValueError, "kernels"),
        ({"groups": 0}, ValueError, "groups"),
        ({"groups": 3}, ValueError, "groups"),
        ({"groups": 2}, ValueError, "kernels"),
    ],
)
def test_wrong_convolution_arguments_are_named(changes, error, name):
    with pytest.raises(error, match=rf"(?s)^`{name}` .*Received: "):
        ops.conv2d(**{"images": IMAGES, "kernels": KERNEL} | changes)


@pytest.mark.parametrize("pool", [ops.max_pool2d, ops.average_pool2d])
@pytest.mark.parametrize(
    ("changes", "error", "name"),
    [
        ({"images": IMAGES[0]}, ValueError, "images"),
        ({"images": IMAGES.astype(str)}, TypeError, "images"),
        ({"size": 0}, ValueError, "size"),
        ({"size": 10}, ValueError, "size"),
        ({"size": None}, TypeError, "size"),
        ({"strides": 0}, ValueError, "strides"),
        ({"padding": "reflect"}, ValueError, "padding"),
        ({"padding": 2}, ValueError, "padding"),
    ],
)
def test_wrong_pooling_arguments_are_named(pool, changes, error, name):
    with pytest.raises(error, match=rf"(?s)^`{name}` .*Received: "):
        pool(**{"images": IMAGES, "size": 2} | changes)
