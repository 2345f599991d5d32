from importlib.metadata import files

import numpy as np
import pytest
from skimage import data as skimage_data
from sklearn.datasets import load_sample_image

from cnnlib.data import images, picture, pictures


@pytest.mark.parametrize("name", pictures())
def test_every_picture_opens_in_colour_and_in_grey(name):
    whole = picture(name)
    assert whole.dtype == np.uint8
    assert whole.ndim == 3
    assert whole.shape[2] == 3
    assert picture(name, grey=True).shape == whole.shape[:2]
    assert picture(name, size=128).shape == (128, 128, 3)
    assert picture(name, size=128, grey=True).shape == (128, 128)
    assert np.ptp(picture(name, size=128, grey=True)) > 60


def test_every_picture_is_in_the_installed_wheels():
    shipped = {str(file) for wheel in ("scikit-image", "scikit-learn") for file in files(wheel)}
    assert set(images._FILES.values()) <= shipped


def test_pictures_are_those_of_their_libraries():
    np.testing.assert_array_equal(picture("astronaut"), skimage_data.astronaut())
    np.testing.assert_array_equal(picture("camera", grey=True), skimage_data.camera())
    np.testing.assert_array_equal(picture("temple"), load_sample_image("china.jpg"))
    np.testing.assert_array_equal(picture("flower"), load_sample_image("flower.jpg"))


def test_a_grey_photograph_has_three_equal_channels():
    camera = picture("camera")
    np.testing.assert_array_equal(camera, np.repeat(camera[:, :, :1], 3, axis=2))


def test_grey_is_the_luma_of_itu_r_601():
    luma = picture("astronaut") @ np.array([0.299, 0.587, 0.114])
    assert np.abs(picture("astronaut", grey=True) - luma).max() <= 1


def test_size_cuts_the_centred_square():
    temple = picture("temple")
    side, width = temple.shape[:2]
    left = (width - side) // 2
    np.testing.assert_array_equal(picture("temple", size=side), temple[:, left : left + side])


def test_scaling_down_is_antialiased():
    # The board's squares are 25 pixels wide: at 4x4 pixels each covers as much black as white.
    tiny = picture("chessboard", size=4, grey=True)
    assert tiny.min() > 100
    assert tiny.max() < 155


def test_every_call_returns_its_own_array():
    first = picture("coins", size=32)
    expected = first.copy()
    first[:] = 0
    np.testing.assert_array_equal(picture("coins", size=32), expected)


@pytest.mark.parametrize(
    ("arguments", "error", "name"),
    [
        ({"name": "lena"}, ValueError, "name"),
        ({"name": 3}, TypeError, "name"),
        ({"name": ["temple"]}, TypeError, "name"),
        ({"name": "temple", "size": 0}, ValueError, "size"),
        ({"name": "temple", "size": 428}, ValueError, "size"),
        ({"name": "temple", "size": 64.0}, TypeError, "size"),
        ({"name": "temple", "size": (64, 64)}, TypeError, "size"),
        ({"name": "temple", "grey": "yes"}, TypeError, "grey"),
    ],
)
def test_wrong_arguments_are_named(arguments, error, name):
    with pytest.raises(error, match=rf"^`{name}` .*Received: "):
        picture(**arguments)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ValueError, match="'temple', 'flower', 'camera'"):
        picture("lena")
