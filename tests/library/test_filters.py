import numpy as np
import pytest
from scipy import ndimage
from skimage.filters import laplace, prewitt_h, prewitt_v, sobel_h, sobel_v

from cnnlib import filters

PICTURE = np.random.default_rng(3).standard_normal((20, 24))
EVERY = [(name, size) for name in filters.names() for size in filters.SIZES[name]]


def respond(kernel, picture=PICTURE):
    """Return the kernel's map as a neural network computes it, where it fits."""
    return ndimage.correlate(picture, kernel)[5:-5, 5:-5]


@pytest.mark.parametrize(("name", "size"), EVERY)
def test_every_named_kernel_has_its_size_and_sum(name, size):
    kernel = filters.named(name, size)
    assert kernel.shape == (size, size)
    assert kernel.dtype == np.float32
    if name in ("vertical_line", "horizontal_line"):
        total = size
    elif name.startswith(("sobel", "prewitt", "laplacian")):
        total = 0
    else:
        total = 1
    assert kernel.sum(dtype="float64") == pytest.approx(total, abs=1e-6)


@pytest.mark.parametrize(("name", "size"), EVERY)
def test_every_kernel_is_a_new_writable_array(name, size):
    expected = filters.named(name, size)
    filters.named(name, size)[:] = 9
    np.testing.assert_array_equal(filters.named(name, size), expected)
    assert expected.flags.c_contiguous


def test_usual_sizes():
    usual = {name: len(filters.named(name)) for name in filters.names()}
    assert usual.pop("vertical_line") == usual.pop("horizontal_line") == 7
    assert usual.pop("gaussian") == usual.pop("unsharp") == 5
    assert set(usual.values()) == {3}


@pytest.mark.parametrize("size", [3, 7, 8])
def test_lines_hold_one_line_through_the_centre(size):
    vertical, horizontal = filters.vertical_line(size), filters.horizontal_line(size)
    np.testing.assert_array_equal(vertical, horizontal.T)
    np.testing.assert_array_equal(np.flatnonzero(vertical[0]), [(size - 1) // 2])
    assert (vertical == vertical[0]).all()


@pytest.mark.parametrize("size", range(1, 12))
def test_identity_gives_the_picture_back_with_same_padding(size):
    from cnnlib import ops

    image = PICTURE[None, :, :, None]
    kernel = filters.identity(size)[:, :, None, None]
    np.testing.assert_array_equal(ops.conv2d(image, kernel, padding="same"), image)


def test_derivatives_agree_with_scipy():
    for axis, (sobel, prewitt) in {
        1: (filters.sobel_x(), filters.prewitt_x()),
        0: (filters.sobel_y(), filters.prewitt_y()),
    }.items():
        expected = ndimage.sobel(PICTURE, axis)[5:-5, 5:-5]
        np.testing.assert_allclose(respond(sobel), expected, atol=1e-12)
        expected = ndimage.prewitt(PICTURE, axis)[5:-5, 5:-5]
        np.testing.assert_allclose(respond(prewitt), expected, atol=1e-12)
    expected = ndimage.laplace(PICTURE)[5:-5, 5:-5]
    np.testing.assert_allclose(respond(filters.laplacian()), expected, atol=1e-12)


def test_derivatives_agree_with_scikit_image_up_to_its_scale_and_sign():
    for ours, theirs, scale in [
        (filters.sobel_x(), sobel_v, 4),
        (filters.sobel_y(), sobel_h, 4),
        (filters.prewitt_x(), prewitt_v, 3),
        (filters.prewitt_y(), prewitt_h, 3),
        (filters.laplacian(), laplace, -1),
    ]:
        expected = scale * theirs(PICTURE)[5:-5, 5:-5]
        np.testing.assert_allclose(respond(ours), expected, atol=1e-12)


def test_derivatives_answer_positively_from_dark_to_bright():
    ramp = np.tile(np.arange(24.0), (20, 1))
    for name in ("sobel_x", "prewitt_x"):
        assert (respond(filters.named(name), ramp) > 0).all()
        assert (respond(filters.named(name), ramp[:, ::-1]) < 0).all()
    for name in ("sobel_y", "prewitt_y"):
        assert (respond(filters.named(name), ramp.T) > 0).all()
        np.testing.assert_array_equal(respond(filters.named(name), ramp), 0)


def test_larger_sobel_kernels_smooth_the_smaller_ones():
    blur = np.outer([1, 2, 1], [1, 2, 1])
    for size in (3, 5, 7, 9):
        smoothed = ndimage.convolve(np.pad(filters.sobel_x(size), 1), blur, mode="constant")
        np.testing.assert_array_equal(filters.sobel_x(size + 2), smoothed)


def test_blurs_agree_with_scipy():
    expected = ndimage.uniform_filter(PICTURE, 5)[5:-5, 5:-5]
    np.testing.assert_allclose(respond(filters.mean(5)), expected, atol=1e-6)
    expected = ndimage.gaussian_filter(PICTURE, 0.9, radius=4)[5:-5, 5:-5]
    np.testing.assert_allclose(respond(filters.gaussian(9, 0.9)), expected, atol=1e-6)


def test_gaussian_takes_its_usual_sigma_from_its_size():
    np.testing.assert_array_equal(filters.gaussian(5), filters.gaussian(5, sigma=1.1))
    np.testing.assert_array_equal(filters.gaussian(3), filters.gaussian(3, sigma=0.8))
    np.testing.assert_array_equal(filters.gaussian(2), 0.25)
    assert filters.gaussian(4, sigma=1e-3).tolist() == np.pad([[0.25] * 2] * 2, 1).tolist()


@pytest.mark.parametrize("name", ["mean", "gaussian", "laplacian", "sharpen", "unsharp"])
def test_isotropic_kernels_have_the_square_s_symmetries(name):
    kernel = filters.named(name)
    np.testing.assert_array_equal(kernel, kernel.T)
    np.testing.assert_array_equal(kernel, kernel[::-1])


def test_sharpening_takes_a_blur_away():
    np.testing.assert_array_equal(filters.sharpen(), [[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
    row = np.array([1, 4, 6, 4, 1])
    blur = 2 * filters.identity(5) - filters.unsharp()
    np.testing.assert_array_equal(256 * blur, np.outer(row, row))


def test_emboss_is_the_identity_plus_an_odd_derivative():
    relief = filters.emboss() - filters.identity()
    np.testing.assert_array_equal(relief, -relief[::-1, ::-1])


@pytest.mark.parametrize(
    ("name", "size", "error", "message"),
    [
        ("sobel", None, ValueError, r"^`name` must be one of 'vertical_line', .*Received: 'sobel'"),
        ("named", None, ValueError, r"^`name` must be one of .*Received: 'named'"),
        (3, None, TypeError, r"^`name` .*Received: 3"),
        (["mean"], None, TypeError, r"^`name` .*Received: "),
        ("sobel_x", 4, ValueError, r"^`size` of sobel_x must be odd, 3 to 31\. Received: 4$"),
        ("sobel_y", 1, ValueError, r"^`size` of sobel_y must be odd, 3 to 31\. Received: 1$"),
        ("emboss", 5, ValueError, r"^`size` of emboss must be 3\. Received: 5$"),
        ("unsharp", 3, ValueError, r"^`size` of unsharp must be 5\. Received: 3$"),
        ("mean", 0, ValueError, r"^`size` .*Received: 0$"),
        ("mean", 32, ValueError, r"^`size` of mean must be 1 to 31\. Received: 32$"),
        ("mean", 3.0, TypeError, r"^`size` .*Received: 3.0$"),
        ("emboss", True, TypeError, r"^`size` .*Received: True$"),
    ],
)
def test_wrong_names_and_sizes_say_what_is_allowed(name, size, error, message):
    with pytest.raises(error, match=message):
        filters.named(name, size)


@pytest.mark.parametrize(
    ("sigma", "error"),
    [(0, ValueError), (-1.0, ValueError), (float("nan"), ValueError), ("1", TypeError)],
)
def test_wrong_sigma_is_named(sigma, error):
    with pytest.raises(error, match=r"^`sigma` .*Received: "):
        filters.gaussian(3, sigma)
