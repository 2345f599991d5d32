"""The promises of "Stacks of feature maps"."""

import numpy as np
import pytest
from hands import numbers
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

stack = Try("foundations/feature_maps", 1)
corner = Try("foundations/feature_maps", 2)
block = Try("foundations/feature_maps", 3)
axes = Try("foundations/feature_maps", 4)
colour = Try("foundations/feature_maps", 5)
pixel = Try("foundations/feature_maps", 6)
order = Try("foundations/feature_maps", 7)

MAPS = ("0: vertical edges", "1: red against green", "2: blue more", "3: bright spots")
EDGES, RED = MAPS[:2]
MIDDLE = "Weight for green in row 1, column 1"
WHITE = (18.5 / 48, 35.5 / 48)  # the space shuttle
PLACE = "(all) => all.map((one) => ['x', 'y'].map((name) => Number(one.getAttribute(name))))"


def hues(pixels):
    """Return how much of a map is clearly ochre (negative), and how much purple (positive)."""
    green, blue = pixels[..., 1].astype(int), pixels[..., 2].astype(int)
    return float((green > blue + 30).mean()), float((blue > green + 30).mean())


def windows(explorer):
    """Where the window stands in each channel, as [x, y]."""
    return explorer.view.locator("rect.cnn-window").evaluate_all(PLACE)


def answer(explorer):
    """The sum with its bias, as the line below the channels says it."""
    [said] = explorer.view.get_by_text("z = ").all_inner_texts()
    return numbers(said)[-1]


def weights(explorer):
    """The weights of the chosen map in the chosen channel, as they are read aloud."""
    cells = explorer.explorer.get_by_role("gridcell")
    return cells.evaluate_all("(all) => all.map((one) => one.ariaLabel)")


@stack.step(1, "ec519255")
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


@stack.step(4, "255459a7")
def test_a_bias_belongs_to_one_map(explorer):
    explorer.tick("ReLU")
    before = {title: explorer.pixels(title) for title in MAPS}
    start = explorer.value("Bias of the map, value")
    assert list(explorer.slide("Bias of the map", start - 0.5))
    changed = {title: (explorer.pixels(title) != before[title]).any() for title in MAPS}
    assert changed == {title: np.bool_(title == RED) for title in MAPS}


@corner.step(1, "09371bb7")
def test_the_bias_leaves_the_corner_alone(explorer):
    assert explorer.shows("8 neurons")
    explorer.set("Bias of the map above", -1)
    assert explorer.shows("1 neuron of the map above answers, the strongest with 1.")
    explorer.set("Bias of the map above", -2)
    assert explorer.shows("0 neurons")


@block.step(1, "392ef4a2")
def test_maps_below_make_the_block_deeper(explorer):
    assert explorer.shows("= 111 parameters")
    explorer.set("Maps below", 8)
    assert explorer.shows("= 219 parameters")
    assert explorer.view.locator("rect.cnn-block").count() == 8 + 1
    assert explorer.view.locator("rect.cnn-other").count() == 2


@block.step(2, "54abe6b9")
def test_maps_above_need_blocks_of_their_own(explorer):
    explorer.set("Maps above", 6)
    assert explorer.shows("= 438 parameters")
    assert explorer.view.locator("rect.cnn-block").count() == 8 + 1
    assert "6 such kernels, each with a bias" in explorer.words()


@axes.step(1, "8cecd003")
def test_swapped_axes_are_no_error(explorer):
    assert "4 maps, each reads 8 channels." in explorer.words()
    explorer.tick("Swap the last two axes")
    assert explorer.shows("No error, but 8 maps in 2 groups")
    assert "8 maps, each reads 4 channels in 2 groups." in explorer.words()


@axes.step(2, "83910ee0")
def test_maps_that_do_not_divide_the_channels_are_refused(explorer):
    explorer.set("Maps above", 5)
    assert explorer.shows("InvalidArgumentError: 5 does not divide 8")


@axes.step(3, "e5cdb3ab")
def test_with_as_many_maps_as_channels_nothing_looks_wrong(explorer):
    explorer.set("Maps above", 8)
    assert explorer.shows("No error, and nothing looks wrong")
    assert "8 maps, each reads 8 channels." in explorer.words()


@colour.step(1, "5adb7acd")
def test_weights_that_cancel_see_colour_and_not_brightness(explorer):
    ochre, purple = hues(explorer.pixels(RED))
    assert purple > 0.1 > 0.01 > ochre
    assert min(hues(explorer.pixels(EDGES))) > 0.1
    green = explorer.explorer.get_by_role("grid", name="for green")
    green.get_by_role("gridcell", name="row 1, column 1: −1").click()
    explorer.set(MIDDLE, 0)
    assert hues(explorer.pixels(RED))[1] > purple + 0.1


@colour.step(2, "8e287620")
def test_at_a_white_place_the_answer_is_zero_only_where_the_weights_cancel(explorer):
    explorer.point(RED, *WHITE)
    assert answer(explorer) > 0.5
    explorer.set(MIDDLE, -1)
    assert answer(explorer) == pytest.approx(0, abs=0.1)


@pixel.step(1, "7725589d")
def test_a_weight_of_minus_one_for_red_tells_plants_apart(explorer):
    line = explorer.view.locator("path.cnn-curve")
    told, lines = [], []
    for red in (0, -1):
        explorer.set("Weight of red", red)
        told.append(numbers(explorer.words())[-1])
        lines.append(line.get_attribute("d"))
    assert told == [67.1, 99.6]
    assert lines[0] != lines[1]


@order.step(1, "d8cd720d")
def test_weights_that_stay_meet_other_maps(explorer):
    assert numbers(explorer.words())[-1] == 1.1
    explorer.set("Maps moved by", 1)
    assert numbers(explorer.words())[-1] == -1.2
    assert explorer.shows("instead of 1.1")


@order.step(2, "637d7cd1")
def test_weights_that_follow_leave_the_answer_as_it_was(explorer):
    explorer.tick("The weights follow")
    for moved in range(4):
        explorer.set("Maps moved by", moved)
        assert numbers(explorer.words())[-1] == 1.1
