import base64
import io
import json

import numpy as np
import pytest
from gallery import EXPLORERS
from ipywidgets.widgets.widget import _remove_buffers
from PIL import Image

from cnnlib import explorers, filters, geometry, ops
from cnnlib.explorers import *  # noqa: F403  (reprs are evaluated)
from cnnlib.explorers import ConvolutionExplorer, PaddingExplorer
from cnnlib.explorers._modules import front_end
from cnnlib.explorers._pictures import SIDE, shared


@pytest.mark.parametrize("explorer", EXPLORERS)
def test_settings_rebuild_the_explorer(explorer):
    settings = explorer().settings()
    assert explorer(**settings).settings() == settings


@pytest.mark.parametrize("explorer", EXPLORERS)
def test_repr_is_stable_and_can_be_evaluated(explorer):
    assert repr(explorer()) == repr(explorer())
    assert eval(repr(explorer())).settings() == explorer().settings()


@pytest.mark.parametrize("explorer", EXPLORERS)
def test_front_end_is_one_module_without_imports(explorer):
    source = explorer.View._esm
    assert source.count("export default") == 1
    assert "\nimport " not in source
    assert "\nexport function" not in source


def test_front_end_keeps_each_shared_module_once():
    assert front_end("convolution/view.js").count("function conv2d(") == 1


@pytest.mark.parametrize("explorer", EXPLORERS)
def test_static_figure_accompanies_the_widget_only_while_the_book_is_built(explorer, monkeypatch):
    monkeypatch.delenv("CNNLIB_STATIC_FIGURES", raising=False)
    made = explorer()
    assert "text/html" not in made._repr_mimebundle_()
    monkeypatch.setenv("CNNLIB_STATIC_FIGURES", "1")
    bundle = made._repr_mimebundle_()
    assert f'data-cnn-model="{made.model_id}"' in bundle["text/html"]
    assert "<svg" in bundle["text/html"]
    with Image.open(io.BytesIO(base64.b64decode(bundle["image/png"]))) as still:
        assert still.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
        assert len(still.convert("RGB").getcolors(still.width * still.height)) > 4
    assert bundle["text/plain"] == repr(made)


def test_an_explorer_of_another_edition_is_refused_in_a_sentence():
    with pytest.raises(ImportError, match="has no SawtoothExplorer") as refused:
        from cnnlib.explorers import SawtoothExplorer  # noqa: F401
    assert refused.value._render_traceback_() == [str(refused.value)]
    assert "restart the kernel" in str(refused.value)
    assert not hasattr(explorers, "sawtooth")


def test_pictures_are_shared_between_explorers():
    first, second = ConvolutionExplorer(), ConvolutionExplorer(picture="flower")
    assert first.pictures["temple"] is second.pictures["temple"] is shared("temple")


def test_closed_pictures_are_made_anew():
    old = shared("moon")  # no explorer shows it: other tests' explorers stay whole
    old.close()
    assert shared("moon") is not old
    assert len(shared("moon").pixels) == SIDE * SIDE


@pytest.mark.parametrize(
    ("settings", "error", "argument"),
    [
        ({"kernel": [1, 2, 3]}, ValueError, "kernel"),
        ({"kernel": np.ones((2, 3))}, ValueError, "kernel"),
        ({"kernel": np.ones((12, 12))}, ValueError, "kernel"),
        ({"kernel": [[np.nan]]}, ValueError, "kernel"),
        ({"kernel": [[1, 2], [3]]}, TypeError, "kernel"),
        ({"kernel": "sobel"}, ValueError, "kernel"),
        ({"stride": 0}, ValueError, "stride"),
        ({"stride": 1.5}, TypeError, "stride"),
        ({"dilation": True}, TypeError, "dilation"),
        ({"padding": "full"}, ValueError, "padding"),
        ({"padding": 1}, TypeError, "padding"),
        ({"bias": "much"}, TypeError, "bias"),
        ({"bias": 9}, ValueError, "bias"),
        ({"relu": 1}, TypeError, "relu"),
        ({"picture": "lena"}, ValueError, "picture"),
        ({"picture": [[0, 1]]}, TypeError, "picture"),
        ({"picture": None}, TypeError, "picture"),
        ({"picture": np.zeros((4, 4), "int64")}, TypeError, "picture"),
        ({"picture": np.zeros(4, "uint8")}, ValueError, "picture"),
        ({"picture": np.zeros((4, 4, 2), "uint8")}, ValueError, "picture"),
        ({"picture": np.zeros((0, 4), "uint8")}, ValueError, "picture"),
        ({"picture": np.full((4, 4), 2.0)}, ValueError, "picture"),
        ({"colour": "red"}, TypeError, "colour"),
    ],
)
def test_wrong_arguments_are_named(settings, error, argument):
    with pytest.raises(error, match=rf"`{argument}`(.|\n)* Received: "):
        ConvolutionExplorer(**settings)


@pytest.mark.parametrize(
    ("settings", "argument"),
    [({"width": 0}, "width"), ({"padding": "reflect"}, "padding"), ({"neuron": -1}, "neuron")],
)
def test_wrong_padding_settings_are_named(settings, argument):
    with pytest.raises(ValueError, match=rf"`{argument}` .* Received: "):
        PaddingExplorer(**settings)


def test_a_picture_of_the_readers_own_is_scaled_down_and_kept():
    large = np.zeros((600, 300, 3), "uint8")
    large[:300] = 255
    explorer = ConvolutionExplorer(picture=large, kernel="identity")
    assert explorer.image().shape == (128, 64)
    assert explorer.image()[0, 0] == 1
    np.testing.assert_array_equal(
        ConvolutionExplorer(picture=explorer.settings()["picture"]).image(), explorer.image()
    )


def test_a_kernel_of_the_readers_own_is_kept():
    kernel = np.float32([[1, -2], [0.5, 3]])
    explorer = ConvolutionExplorer(kernel=kernel)
    np.testing.assert_array_equal(explorer.weights(), kernel)
    np.testing.assert_array_equal(explorer.settings()["kernel"], kernel)
    assert explorer.settings()["size"] == 2


@pytest.mark.parametrize("name", filters.names())
def test_presets_are_the_named_kernels(name):
    np.testing.assert_allclose(
        ConvolutionExplorer(kernel=name).weights(), filters.named(name), atol=1e-6
    )


def test_a_kernel_that_cannot_have_the_size_gets_zeros_around_it():
    weights = ConvolutionExplorer(kernel="emboss", size=5).weights()
    np.testing.assert_array_equal(weights[1:4, 1:4], filters.emboss())
    assert np.count_nonzero(weights) == np.count_nonzero(filters.emboss())


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"kernel": "vertical_line", "stride": 3, "padding": "valid", "bias": -0.5, "relu": True},
        {"kernel": "gaussian", "size": 11, "dilation": 2},
        {"kernel": "mean", "size": 4, "stride": 2, "picture": "flower"},
        {"kernel": "sobel_y", "stride": 2, "dilation": 3},
    ],
)
def test_compute_is_tensorflow_on_the_settings(settings):
    explorer = ConvolutionExplorer(**settings)
    s = explorer.settings()
    expected = ops.conv2d(
        explorer.image()[None, :, :, None],
        explorer.weights()[:, :, None, None],
        strides=s["stride"],
        padding=s["padding"],
        dilations=s["dilation"],
    )[0, :, :, 0]
    expected = expected + s["bias"]
    if s["relu"]:
        expected = np.maximum(expected, 0)
    np.testing.assert_allclose(explorer.compute(), expected, atol=1e-4)


@pytest.mark.parametrize("padding", ["valid", "same", "explicit"])
def test_padding_explorer_adds_up_windows(padding):
    explorer = PaddingExplorer(width=13, height=9, kernel=4, stride=3, padding=padding, zeros=2)
    rule = 2 if padding == "explicit" else padding
    zeros = [geometry.pad_amounts(n, 4, 3, rule) for n in (9, 13)]
    framed = np.pad(explorer.image(), zeros)
    windows = np.lib.stride_tricks.sliding_window_view(framed, (4, 4))[::3, ::3]
    np.testing.assert_array_equal(explorer.compute(), windows.sum(axis=(2, 3)))


@pytest.mark.parametrize("picture", ["temple", np.full((4, 4), 7, "uint8")])
def test_view_state_is_json_and_bytes(picture):
    explorer = ConvolutionExplorer(picture=picture)
    plain, _, buffers = _remove_buffers(explorer.view.get_state())
    json.dumps(plain)
    shown_and_restored_by_reset = [bytes(explorer.own_pixels)] * 2
    assert [bytes(one) for one in buffers] == shown_and_restored_by_reset


def test_a_disabled_setting_leaves_the_map_as_it_is():
    for settings in ({"padding": "valid"}, {"dilation": 3}):
        one = ConvolutionExplorer(kernel="sharpen", size=1, stride=3)
        other = ConvolutionExplorer(kernel="sharpen", size=1, stride=3, **settings)
        (name,) = settings
        assert getattr(one.view, f"{name}_off")
        np.testing.assert_array_equal(one.compute(), other.compute())
