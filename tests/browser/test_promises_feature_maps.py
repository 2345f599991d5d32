"""The promises of "Stacks of feature maps"."""

import numpy as np
import pytest
from hands import numbers, signs
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

stack = Try("foundations/feature_maps", 1)

MAPS = ("0: vertical edges", "1: red against green", "2: blue more", "3: bright spots")
EDGES, RED = MAPS[:2]
PLACE = "(all) => all.map((one) => ['x', 'y'].map((name) => Number(one.getAttribute(name))))"


def windows(explorer):
    """Where the window stands in each channel, as [x, y]."""
    return explorer.view.locator("rect.cnn-window").evaluate_all(PLACE)


def weights(explorer):
    """The weights of the chosen map in the chosen channel, as they are read aloud."""
    cells = explorer.explorer.get_by_role("gridcell")
    return cells.evaluate_all("(all) => all.map((one) => one.ariaLabel)")


@stack.step(1, "04222ce5")
def test_three_sums_of_the_same_nine_pixels_meet_in_one_answer(explorer):
    first, *others = windows(explorer)
    assert others == [first] * 2
    [said] = explorer.view.get_by_text("z = ").all_inner_texts()
    red, green, blue, bias, answer = numbers(said)
    sums = [numbers(one)[0] for one in explorer.view.get_by_text("sum ").all_inner_texts()]
    assert sums == [red, green, blue]
    assert red + green + blue + bias == pytest.approx(answer, abs=0.01)


@stack.step(2, "9f23bbff")
def test_neurons_at_one_place_share_their_inputs(explorer):
    places, kernels = [], []
    for title in MAPS:
        explorer.point(title, 0.4, 0.6)
        places.append(windows(explorer))
        kernels.append(weights(explorer))
    assert places == [places[0]] * 4
    assert all(one != other for i, one in enumerate(kernels) for other in kernels[:i])


@stack.step(3, "e0c65392")
def test_neurons_of_one_map_share_their_weights(explorer):
    places, kernels = [], []
    for down, across in ((0.2, 0.3), (0.5, 0.8), (0.9, 0.1)):
        explorer.point(RED, down, across)
        places.append(windows(explorer))
        kernels.append(weights(explorer))
    assert all(one != other for i, one in enumerate(places) for other in places[:i])
    assert kernels == [kernels[0]] * 3


@stack.step(4, "7f2422b4")
def test_weights_that_cancel_see_colour_and_not_brightness(explorer):
    explorer.choose("Picture", "astronaut")
    red, blue = signs(explorer.pixels(RED))
    assert red > 0.1 > 0.01 > blue
    assert min(signs(explorer.pixels(EDGES))) > 0.1
    explorer.choose("Edit its weights for", "green")
    explorer.explorer.get_by_role("gridcell", name="row 1, column 1: −1").click()
    explorer.set("Weight in row 1, column 1", 0)
    assert signs(explorer.pixels(RED))[0] > red + 0.1


@stack.step(5, "255459a7")
def test_a_bias_belongs_to_one_map(explorer):
    explorer.tick("ReLU")
    before = {title: explorer.pixels(title) for title in MAPS}
    start = explorer.value("Bias of the map, value")
    assert list(explorer.slide("Bias of the map", start - 0.5))
    changed = {title: (explorer.pixels(title) != before[title]).any() for title in MAPS}
    assert changed == {title: np.bool_(title == RED) for title in MAPS}
