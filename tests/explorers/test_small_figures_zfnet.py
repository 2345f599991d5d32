"""The small figures of ZF Net's chapter draw what Python computes."""

import numpy as np
import pytest
from hands import signs

from cnnlib import experiments
from cnnlib.experiments.first_layer import NETWORKS
from cnnlib.explorers import (
    DeconvnetExplorer,
    FirstLayersExplorer,
    GratingExplorer,
    UnpoolingExplorer,
)
from cnnlib.explorers.deconvnet import LAYERS
from cnnlib.explorers.first_layers import MEASURES, kernels

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def said(count):
    """A number of stripes in the figure's words."""
    if not count:
        return "nothing but grey" if count is None else "no stripe"
    return "1 stripe" if count == 1 else f"{count} stripes"


def test_a_stride_shows_the_stripes_that_a_fourier_transform_finds(shown):
    made = [GratingExplorer(waves=waves, shift=shift) for shift in (0, 2) for waves in range(25)]
    page, boxes = shown(*made)
    assert page.errors == []
    for explorer, box in zip(made, boxes, strict=True):
        found = explorer.compute()
        words = box.get_by_role("status").inner_text()
        assert words.endswith(f"of 2 shows {said(found[2])}; one of 4 shows {said(found[4])}.")


@pytest.mark.parametrize("switches", ["kept", "lost"])
def test_what_comes_back_through_pooling_is_what_numpy_finds(switches, words):
    made = [UnpoolingExplorer(place=place, switches=switches) for place in range(5)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        picture, pooled, back = explorer.compute()
        there, right = np.count_nonzero(back), np.count_nonzero((back == picture) & (back > 0))
        assert np.count_nonzero(pooled) == there
        assert numbers == [np.count_nonzero(picture), there, right, there - right]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_map_answers_in_the_page_as_in_keras(layer, words):
    made = [DeconvnetExplorer(layer=layer, which=which) for which in (1, 5, LAYERS[layer])]
    for explorer, numbers in zip(made, words(*made), strict=True):
        _, answers, _ = explorer.compute()
        assert numbers[0] == explorer.which
        assert numbers[5:7] == pytest.approx([answers[0], answers[-1]], rel=0.01, abs=0.02)


@pytest.mark.parametrize("layer", ["conv1", "conv2", "conv4"])
def test_what_is_sent_back_has_the_signs_of_cnnlib_s(layer, shown):
    explorer = DeconvnetExplorer(layer=layer, which=3)
    page, (box,) = shown(explorer)
    page.wait_for_function("(box) => /Nine of 200/.test(box.innerText)", arg=box.element_handle())
    _, _, sent = explorer.compute()
    size = explorer.fields[layer][0]
    if size >= 40:
        drawn = signs(canvas(box, 1))
        expected = np.stack([one / np.abs(one).max() for one in sent])
        shares = [(expected > 0.2).mean(), (expected < -0.2).mean()]
        assert drawn == pytest.approx(shares, abs=0.06)
    else:
        assert canvas(box, 1).shape[:2] == (3 * size + 2,) * 2


def canvas(box, number):
    """The pixels of a canvas of a figure."""
    import base64
    import io

    from hands import PNG
    from PIL import Image

    data = box.locator("canvas").nth(number).evaluate(PNG)
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"))


@pytest.mark.parametrize("measure", MEASURES)
def test_what_was_measured_is_shown(measure, shown):
    stored = experiments.results("first_layer").set_index(["variant", "seed"])
    explorer = FirstLayersExplorer(measure=measure, seed=2)
    _, (box,) = shown(explorer)
    words = box.get_by_role("status").inner_text()
    for network in NETWORKS:
        value = stored.loc[(network, 2), measure]
        assert explorer.compute()[network] == value
        assert f"{network} {value:.1f} %" in words


def test_the_kernels_are_those_that_were_stored(shown):
    for network in ("7×7, stride 4", "11×11, stride 4, loud"):
        _, (box,) = shown(FirstLayersExplorer(network=network, seed=2))
        side = NETWORKS[network]["kernel"]
        pixels = canvas(box, 0)
        assert pixels.shape[:2] == (4 * (side + 1) - 1, 6 * (side + 1) - 1)
        tile = pixels[side + 1 : 2 * side + 1, :side].astype(int)  # the seventh kernel
        kernel = kernels(network, 2)[6]
        red = tile[..., 0] - tile[..., 2]
        assert np.corrcoef(red.ravel(), kernel.ravel())[0, 1] > 0.9
