"""The small figures of AlexNet's chapter draw what Python computes, and that is the paper's."""

import keras
import numpy as np
import pytest

import cnnlib
from cnnlib import experiments
from cnnlib.explorers import (
    ActivationsExplorer,
    DropoutCommitteeExplorer,
    ErrorCurvesExplorer,
    LightingExplorer,
    OverlappingPoolingExplorer,
    ResponseNormalizationExplorer,
    TwoTowersExplorer,
)

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_outputs_and_slopes_are_tensorflows(words):
    made = [
        ActivationsExplorer(sum=a, layers=n) for a, n in ((1.0, 1), (-1.0, 3), (0.5, 8), (3.0, 2))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        relu, tanh = explorer.compute().values()
        expected = [explorer.sum, relu[0], 100 * relu[1], tanh[0], 100 * tanh[1]]
        assert numbers[:5] == pytest.approx(expected, rel=0.006)


def test_the_page_normalizes_as_the_layer_does(shown):
    made = [
        ResponseNormalizationExplorer(),
        ResponseNormalizationExplorer(largest=1000, reach=0, beta=0.5),
        ResponseNormalizationExplorer(largest=300, reach=5, k=1.0, alpha="0.01"),
    ]
    page, boxes = shown(*made)
    assert page.errors == []
    for explorer, box in zip(made, boxes, strict=True):
        heights = box.locator("rect.cnn-cell").evaluate_all(
            "all => all.map((one) => Number(one.getAttribute('height')))"
        )
        after = explorer.compute()
        tall = np.maximum(1, 78 * after / after.max())
        assert heights[12:] == pytest.approx(tall, abs=0.01)


@pytest.mark.parametrize("wiring", ["paper", "joined", "apart"])
def test_the_towers_have_the_parameters_of_the_layers(wiring, shown):
    explorer = TwoTowersExplorer(wiring=wiring)
    parameters, macs, traffic = explorer.compute()
    page, (box,) = shown(explorer)
    assert page.errors == []
    title = box.locator(".cnn-title").inner_text()
    assert f"{parameters:,} parameters, {macs:,} MACs; {traffic:,} numbers" in title
    if wiring != "apart":
        model = cnnlib.analyze({"paper": "AlexNet", "joined": "AlexNetSingle"}[wiring])
        assert (parameters, macs) == (model.params, model.macs)


def test_two_networks_side_by_side_have_the_parameters_of_two_halves():
    tower = keras.Sequential([keras.Input((227, 227, 3))])
    for maps, kernel, stride, pooled in (
        *((48, 11, 4, True), (128, 5, 1, True)),
        *((192, 3, 1, False), (192, 3, 1, False), (128, 3, 1, True)),
    ):
        padding = "valid" if stride > 1 else "same"
        tower.add(keras.layers.Conv2D(maps, kernel, stride, padding))
        if pooled:
            tower.add(keras.layers.MaxPooling2D(3, 2))
    tower.add(keras.layers.Flatten())
    tower.add(keras.layers.Dense(2048))
    tower.add(keras.layers.Dense(2048))
    whole = 2 * tower.count_params() + 4096 * 1000 + 1000
    assert TwoTowersExplorer(wiring="apart").compute()[0] == whole


@pytest.mark.parametrize(("size", "place"), [(3, 4), (2, 5), (1, 5), (5, 6), (3, 12)])
def test_the_answer_is_in_as_many_windows_as_tensorflow_says(size, place, shown):
    explorer = OverlappingPoolingExplorer(size=size, place=place)
    pooled = explorer.compute()
    page, (box,) = shown(explorer)
    assert page.errors == []
    lit = box.locator("rect.cnn-cell").evaluate_all(
        "all => all.map((one) => one.classList.contains('cnn-lit'))"
    )
    assert lit[13:] == (pooled > 0).tolist()


def test_windows_of_two_and_three_make_as_many_maps_pixels():
    sizes = {cnnlib.geometry.output_size(55, window, 2) for window in (2, 3)}
    assert sizes == {27}


def test_the_light_is_what_numpy_adds(words):
    made = [
        LightingExplorer(first=0.3),
        LightingExplorer(first=0.0, second=-0.2, third=0.3),
        LightingExplorer(first=-0.1, times="unit"),
        LightingExplorer(first=0.05, times="bytes"),
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[:3] == pytest.approx(explorer.compute(), abs=0.051)


def test_principal_colours_are_those_of_a_singular_value_decomposition():
    from cnnlib.explorers.lighting import NAME, SIDE, principal

    pixels = cnnlib.data.picture(NAME, SIDE).reshape(-1, 3).astype(float)
    values, colours = principal()
    _, sizes, rows = np.linalg.svd(pixels - pixels.mean(axis=0), full_matrices=False)
    assert values == pytest.approx(sizes**2 / (len(pixels) - 1))
    assert np.abs((rows * colours).sum(axis=1)) == pytest.approx(1)


def test_halved_outputs_are_the_geometric_mean_of_all_members(words):
    made = [DropoutCommitteeExplorer(strength=s, member=m) for s, m in ((1.0, 5), (3.0, 15))]
    for explorer, numbers in zip(made, words(*made), strict=True):
        mean, geometric, halved = (100 * share for share in explorer.compute())
        assert geometric == pytest.approx(halved)
        assert numbers[2:5] == pytest.approx([mean, geometric, halved], abs=0.051)


def test_the_curves_are_those_that_are_stored(words):
    stored = experiments.results("saturation").set_index(["variant", "seed"])
    made = [ErrorCurvesExplorer(setup=a, seed=s) for a in ("2012", "today") for s in (0, 4)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        for name, (steps, error) in explorer.compute().items():
            run = stored.loc[(f"{name}, {explorer.setup}", explorer.seed)]
            assert error == run["curve"][-1]
            assert steps in numbers
            assert run["steps"] == steps if error <= 25 else np.isnan(run["steps"])
