"""The small figures of the chapter on seeing show what Keras and `cnnlib.seeing` compute."""

import numpy as np
import pytest
from browsing import settle

from cnnlib import experiments
from cnnlib.experiments.agreement import METHODS
from cnnlib.explorers import (
    ClassMapExplorer,
    DreamExplorer,
    LikedPictureExplorer,
    LinearSaliencyExplorer,
    OcclusionExplorer,
    PointingExplorer,
    RandomLayersExplorer,
    RectifierExplorer,
    SwitchedOffExplorer,
)
from cnnlib.explorers.linear_saliency import weights
from cnnlib.explorers.pointing import MEASURES

pytest_plugins = ("browser_fixtures", "figure_fixtures")

DONE = "(box) => !box.innerText.includes('still climbing')"


@pytest.fixture
def finished(shown):
    """Gives what explorers say when they have come to the end of their films."""

    def read(*made):
        page, boxes = shown(*made)
        for box in boxes:
            page.wait_for_function(DONE, arg=box.element_handle(), timeout=60_000)
        assert page.errors == []
        return [box.get_by_role("status").inner_text() for box in boxes]

    return read


def test_of_a_linear_network_the_gradient_is_its_weights(words):
    made = [LinearSaliencyExplorer(picture=one, digit=two) for one, two in ((3, 3), (3, 8), (8, 3))]
    for explorer, numbers in zip(made, words(*made), strict=True):
        score, gradient = explorer.compute()
        np.testing.assert_allclose(gradient, weights()[..., explorer.digit], atol=1e-6)
        assert numbers[:3] == pytest.approx([explorer.picture, explorer.digit, score], abs=0.006)


def test_a_square_takes_from_the_probability_what_seeing_says(words, shown):
    how = [{}, {"size": 16, "shade": "white", "digit": 3}, {"picture": 5, "size": 4, "digit": 0}]
    made = [OcclusionExplorer(**one) for one in how]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        lost = found["map"][explorer.row // 2, explorer.column // 2]
        # "Picture 0, a 1. The probability of 8: 99 % ..., 12 % with the square at row 8, column 8"
        assert numbers[0] == explorer.picture
        assert numbers[3:5] == pytest.approx(
            [100 * found["probability"], 100 * (found["probability"] - lost)], abs=0.51
        )
    page, (box,) = shown(made[0])
    box.get_by_label("Every place").check()
    page.wait_for_function("(box) => /289 of 289/.test(box.innerText)", arg=box.element_handle())
    most = box.get_by_role("status").inner_text().split(" is ")[-1].split()[0]
    assert float(most) == pytest.approx(100 * made[0].compute()["map"].max(), abs=0.51)


@pytest.mark.parametrize("given", [-1.0, 0.0, 1.5])
def test_three_rules_let_pass_what_python_says(given, words):
    made = [RectifierExplorer(given=given, back=back) for back in (-1.5, 0.0, 2.0)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers == pytest.approx([explorer.back, *explorer.compute().values()])


def test_a_weighted_sum_of_maps_is_that_of_keras(words):
    own = np.linspace(-2, 3, 16).round(1).tolist()
    how = [{}, {"picture": 3, "digit": 7}, {"picture": 1, "digit": 2, "weights": own}]
    made = [ClassMapExplorer(**one) for one in how]
    for explorer, numbers in zip(made, words(*made), strict=True):
        summed, score = explorer.compute()
        place = np.unravel_index(summed.argmax(), summed.shape)
        said = numbers if explorer.weights else numbers[1:]
        assert tuple(said[:2]) == place
        assert said[2] == pytest.approx(score, abs=0.02)


@pytest.mark.parametrize("layer", ["conv1", "conv3", "digit"])
def test_noise_climbs_as_in_keras(layer, finished):
    made = [LikedPictureExplorer(layer=layer, digit=5, which=6, step=step) for step in (0, 1, 12)]
    for explorer, text in zip(made, finished(*made), strict=True):
        _, strength = explorer.compute()
        said = float(text.split(" is ")[1].split(";")[0].replace("−", "-"))
        assert said == pytest.approx(strength, rel=0.02, abs=0.02)


@pytest.mark.parametrize("layer", ["conv1", "conv4"])
def test_a_dream_is_that_of_keras(layer, finished):
    made = [DreamExplorer(layer=layer, frame=frame) for frame in (0, 1, 10)]
    for explorer, text in zip(made, finished(*made), strict=True):
        said = float(text.split(" is ")[1].split()[0])
        assert said == pytest.approx(explorer.compute()[1], rel=0.02)


def test_random_layers_agree_as_computed(words, shown):
    made = [
        RandomLayersExplorer(method=method, random=random, picture=1)
        for method in ("gradient", "guided", "grad_cam")
        for random in (0, 3)
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[-1] == pytest.approx(explorer.compute()[1], abs=0.006)
        assert explorer.random or numbers[-1] == 1
    page, (box,) = shown(made[5])
    settle(page)
    drawn = box.locator("canvas").nth(2).evaluate("(one) => [one.width, one.height]")
    assert drawn == list(made[5].compute()[0].shape)


def test_what_was_measured_is_shown(words):
    stored = experiments.results("agreement").set_index(["variant", "seed"])
    made = [PointingExplorer(measure=measure, seed=seed) for measure in MEASURES for seed in (0, 2)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        expected = [stored.loc[(one, explorer.seed), explorer.measure] for one in METHODS]
        assert list(explorer.compute().values()) == expected
        assert numbers[1:] == pytest.approx(expected, abs=0.51 if max(expected) > 1 else 0.006)
    stored = experiments.results("switched_off").set_index(["variant", "seed"])
    made = [SwitchedOffExplorer(off=off, seed=seed) for off, seed in ((0, 0), (4, 1), (16, 2))]
    for explorer, numbers in zip(made, words(*made), strict=True):
        expected = [
            stored.loc[(order, explorer.seed), "curve"][explorer.off] for order in explorer.runs
        ]
        assert numbers[3:] == pytest.approx(expected, abs=0.06)
