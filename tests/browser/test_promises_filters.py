"""The promises of "Filters and feature maps"."""

import re

import numpy as np
import pytest
from browsing import settle
from hands import numbers, signs
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

temple = Try("foundations/filters", 1)
edge = Try("foundations/filters", 2)
window = Try("foundations/filters", 3)
lines = Try("foundations/filters", 4)
even = Try("foundations/filters", 5)
detector = Try("foundations/filters", 6)
threshold = Try("foundations/filters", 7)
cameraman = Try("foundations/filters", 8)
learning = Try("foundations/filters", 9)
noisy = Try("foundations/filters", 10)

WINDOWS = 128 - 2  # of 3x3 pixels, along one side


def answer(explorer, row, column, half=1):
    """Point at the window of a neuron, `half` pixels to its middle; return what it answers."""
    explorer.point("Picture", (row + half + 0.5) / 128, (column + half + 0.5) / 128)
    for wanted, axis, back, on in ((row, 0, "Up", "Down"), (column, 1, "Left", "Right")):
        away = wanted - neuron(explorer)[axis]
        assert abs(away) <= 1  # the pointer moves by whole pixels of the screen
        explorer.key("Picture", *[f"Arrow{on if away > 0 else back}"] * abs(away))
    return numbers(explorer.words())[-1]


def neuron(explorer):
    """The row and the column of the neuron that is shown."""
    found = re.search(r"row (\d+), column (\d+):", explorer.words())
    return [int(index) for index in found.groups()]


def colour(explorer, row, column):
    """The colour of a neuron on the map, as red minus blue."""
    red, _, blue = explorer.pixels("Feature map")[row, column].astype(int)
    return red - blue


def active(explorer):
    """Which neurons of the map are drawn in any other colour than most are."""
    pixels = explorer.pixels("Feature map")
    silent = np.median(pixels.reshape(-1, 3), axis=0)
    return (pixels != silent).any(axis=-1)


def weight(explorer, row, column):
    return explorer.explorer.get_by_role("gridcell", name=f"row {row}, column {column}:")


def type_weight(explorer, row, column, value):
    """Choose a weight and type a number into it."""
    weight(explorer, row, column).click()
    for key in (*str(value), "Enter"):
        explorer.page.keyboard.press(key)
    settle(explorer.page)


@temple.step(1, "4567550b")
def test_answers_cancel_in_the_sky_and_are_red_or_blue_at_the_walls(explorer):
    for row, column in ((5, 90), (12, 63), (20, 110)):
        assert abs(answer(explorer, row, column)) < 0.1
    assert answer(explorer, 60, 60) > 2
    assert colour(explorer, 60, 60) > 100
    assert answer(explorer, 60, 0) < -2
    assert colour(explorer, 60, 0) < -100
    explorer.press("Slide the window")
    assert "The window slides" in explorer.words()
    assert "Neuron" not in explorer.words()  # what the caption said of it would be stale
    explorer.press("Pause")
    assert neuron(explorer) != [60, 0]


@temple.step(2, "3a113d39")
def test_sobel_y_sees_roofs_for_walls_and_a_gaussian_an_unsharp_photograph(explorer):
    wall, roof = (60, 60), (34, 3)
    assert abs(answer(explorer, *wall)) > 3 * abs(answer(explorer, *roof))
    explorer.choose("Kernel", "sobel y")
    assert abs(answer(explorer, *roof)) > 3 * abs(answer(explorer, *wall))
    explorer.choose("Kernel", "gaussian")
    explorer.set("Kernel size", 11)
    explorer.choose("Map drawn in", "grey")
    blurred = explorer.pixels("Feature map")
    assert np.ptp(blurred, axis=-1).max() == 0
    sharp = explorer.pixels("Picture")[5:-5, 5:-5, 0]
    assert np.corrcoef(sharp.ravel(), blurred[..., 0].ravel())[0, 1] > 0.9
    across = [np.abs(np.diff(one.astype(int))).mean() for one in (sharp, blurred[..., 0])]
    assert across[1] < across[0] / 2


@temple.step(3, "1303b5ad")
def test_one_weight_gives_the_photograph_and_two_make_an_edge_filter(explorer):
    explorer.press("Reset")
    explorer.press("Zeros")
    assert not active(explorer).any()
    weight(explorer, 1, 1).hover()
    middle = weight(explorer, 1, 1).bounding_box()
    x, y = middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2
    explorer.page.mouse.down()
    explorer.page.mouse.move(x, y - 120, steps=6)
    explorer.page.mouse.up()
    settle(explorer.page)
    assert weight(explorer, 1, 1).inner_text() == "1"
    red, blue = signs(explorer.pixels("Feature map"))
    assert red > 0.6
    assert blue == 0
    type_weight(explorer, 1, 0, -1)
    assert abs(colour(explorer, 12, 63)) < 20  # the sky
    assert abs(colour(explorer, 60, 60)) > 100  # the wall


def turned(explorer, angle):
    """Turn the edge; return the neuron's answer."""
    explorer.set("Turn, degrees", angle)
    return float(re.search(r"answers (−?\d\.\d+)", explorer.words())[1].replace("−", "-"))


@edge.step(1, "b42930a2")
def test_light_from_below_is_not_answered(explorer):
    assert turned(explorer, 0) == 4
    assert turned(explorer, 90) == 0


@edge.step(2, "d27638ae")
def test_light_from_the_left_is_the_opposite_of_light_from_the_right(explorer):
    assert turned(explorer, 180) == -4
    assert turned(explorer, 45) == 3
    assert turned(explorer, 24) == 4
    assert turned(explorer, 25) < 4


PAINTED = "(all) => all.map(({ style }) => style.fill === 'rgb(255, 255, 255)')"


def painted(explorer):
    """Which of the window's pixels are bright."""
    return np.array(explorer.view.locator("rect[style]").evaluate_all(PAINTED)).reshape(5, 5)


def pixel(explorer, row, column):
    """Where on the screen a pixel of the window is, which is brought there."""
    explorer.view.locator("svg").evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    box = explorer.view.locator("rect[style]").nth(5 * row + column).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@window.step(1, "8f1e9cee")
def test_a_window_that_is_bright_under_the_line_gets_the_largest_answer(explorer):
    assert explorer.shows("3 of 5")
    explorer.page.mouse.click(*pixel(explorer, 1, 2))
    explorer.key("Window", *["ArrowDown"] * 2, "Space")
    assert explorer.shows("5 of 5")
    assert explorer.shows("No window gets a larger answer")
    assert painted(explorer)[:, 2].all()
    assert painted(explorer).sum() == 7


@window.step(2, "f5b7ffab")
def test_an_even_window_gets_as_much_as_the_line(explorer):
    rows = np.argwhere(~painted(explorer))[:, 0]
    for row in np.unique(rows):
        dark = np.flatnonzero(~painted(explorer)[row])
        explorer.page.mouse.move(*pixel(explorer, row, dark[0]))
        explorer.page.mouse.down()
        for column in range(dark[0], 5):
            explorer.page.mouse.move(*pixel(explorer, row, column), steps=3)
        explorer.page.mouse.up()
        settle(explorer.page)
    assert painted(explorer).all()
    assert explorer.shows("5 of 5")


@window.step(3, "117e9e7c")
def test_a_line_less_its_mean_does_not_answer_to_an_even_window(explorer):
    explorer.choose("Kernel", "line less its mean")
    assert explorer.shows("0 of 4")
    for row, column in np.argwhere(painted(explorer)):
        if column != 2:
            explorer.page.mouse.click(*pixel(explorer, row, column))
    settle(explorer.page)
    assert painted(explorer).sum() == 5
    assert explorer.shows("4 of 4")


def change_of_lines(explorer):
    """How the change of the vertical line's map compares, across and down."""
    change = {}
    for line in ("vertical line", "horizontal line"):
        explorer.choose("Kernel", line)
        grey = explorer.pixels("Feature map")[..., 0].astype(float)
        change[line] = [abs(np.diff(grey, axis=axis)).mean() for axis in (1, 0)]
    return np.divide(change["vertical line"], change["horizontal line"])


@lines.step(1, "3bcc874a")
def test_posts_and_terraces_survive_the_line_that_runs_along_them(explorer):
    assert "7×7" in explorer.words()
    across, down = change_of_lines(explorer)
    assert across > 1.2
    assert down < 0.85


@lines.step(2, "7da1a134")
def test_each_line_keeps_the_change_across_it(explorer):
    explorer.choose("Picture", "flower")
    across, down = change_of_lines(explorer)
    assert across > 1.2
    assert down < 0.85


def even_answer(explorer):
    return numbers(explorer.words())[-1]


@even.step(1, "a1a98753")
def test_an_even_area_is_answered_in_proportion(explorer):
    answers = [even_answer(explorer) for _ in explorer.slide("Brightness", 1)]
    assert answers == pytest.approx([0.35 * n for n in range(11, 21)], abs=0.006)
    assert answers[-1] == 7


@even.step(2, "6cfb3b5f")
def test_sums_of_one_and_zero_keep_brightness_and_nothing(explorer):
    explorer.choose("Kernel", "gaussian")
    for brightness in (0.3, 1):
        explorer.set("Brightness", brightness)
        assert even_answer(explorer) == brightness
    explorer.choose("Kernel", "sobel x")
    for brightness in (0.3, 1):
        explorer.set("Brightness", brightness)
        assert even_answer(explorer) == 0


@even.step(3, "0c8f5bcc")
def test_of_an_even_area_sobels_neuron_answers_the_bias(explorer):
    explorer.set("Bias", 1)
    for brightness in (0, 0.6):
        explorer.set("Brightness", brightness)
        assert even_answer(explorer) == 1


@detector.step(1, "69033c65")
def test_the_line_detector_is_silent_in_the_sky(explorer):
    assert abs(answer(explorer, 10, 90, half=3)) < 0.05
    red, blue = signs(explorer.pixels("Feature map")[:20, 70:])
    assert (red, blue) == (0, 0)
    red, blue = signs(explorer.pixels("Feature map"))
    assert red > 0.05
    assert blue > 0.05


@detector.step(2, "30545233")
def test_an_even_area_answers_with_the_bias(explorer):
    explorer.set("Bias", 1)
    assert signs(explorer.pixels("Feature map")[:20, 70:])[0] > 0.95


@threshold.step(1, "3567a2ab")
def test_a_lower_bias_moves_the_hill_and_silences_most_neurons(explorer):
    assert explorer.shows("61 %")
    shares = [numbers(explorer.words())[-1]]
    for _ in explorer.slide("Bias", -0.5):
        shares.append(numbers(explorer.words())[-1])
    assert shares == sorted(shares, reverse=True)
    assert explorer.shows("6 % of the neurons")
    tallest = "(all) => Math.min(...all.map((one) => one.getBoundingClientRect().y))"
    bars = explorer.view.locator("rect.cnn-excites")
    assert bars.evaluate_all(tallest) > explorer.view.locator("rect.cnn-cell").evaluate_all(tallest)


@threshold.step(2, "357e023e")
def test_the_strongest_edges_are_two_in_a_hundred(explorer):
    explorer.set("Bias", -1)
    assert explorer.shows("2 % of the neurons")
    explorer.set("Bias", 1)
    assert explorer.shows("99 % of the neurons")


@cameraman.step(1, "c5274616")
def test_the_bias_is_a_threshold_for_the_rectified_map(explorer):
    left = {b: active(explorer).sum() for b in explorer.slide("Bias", -2) if b % 0.5 == 0}
    assert left[-1] == pytest.approx(463, abs=40)  # the weakest may be too faint to be told
    assert left[-2] == pytest.approx(81, abs=5)
    assert explorer.words().endswith(" 81 of 15,876 neurons are active.")
    assert signs(explorer.pixels("Feature map"))[0] < 0.003  # the scale did not shrink with them
    values = list(left.values())
    assert values == sorted(values, reverse=True)
    assert list(explorer.slide("Bias", 2))[-1] == 2
    rectified = explorer.pixels("Feature map")
    explorer.tick("ReLU", False)
    whole = explorer.pixels("Feature map")
    explorer.tick("ReLU")
    assert 0 < (rectified != whole).any(axis=-1).sum() <= 82


@cameraman.step(2, "e5fe829a")
def test_the_turned_kernel_finds_the_other_edges(explorer):
    explorer.set("Bias", -0.5)
    before = active(explorer)
    explorer.press("Turn 180°")
    after = active(explorer)
    assert after.mean() > 0.03
    assert not (before & after).any()


def error(explorer):
    return numbers(explorer.words())[1]


@learning.step(1, "e69c5674")
def test_the_weights_become_sobels_step_by_step(explorer):
    def weights():
        labels = explorer.view.locator(".cnn-label").all_text_contents()[:9]
        return np.array([float(one.replace("−", "-")) for one in labels]).reshape(3, 3)

    found = {}
    for step in (0, 5, 10, 50, 100):
        explorer.set("Step", step)
        found[step] = error(explorer), weights()
    assert (found[5][1][:, 0] < -0.3).all()
    assert (found[5][1][:, 2] > 0.1).all()
    assert found[10][0] == pytest.approx(2, abs=0.05)
    assert found[10][0] > found[5][0]
    assert abs(found[50][1][:, 1]).max() < 0.15 < abs(found[10][1][:, 1]).max()
    assert abs(found[100][1] - [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]).max() < 0.025


@learning.step(2, "de39253e")
def test_without_momentum_the_error_crawls(explorer):
    explorer.set("Step", 300)
    assert "the error is below 0.0001" in explorer.words()
    explorer.set("Momentum", 0)
    errors = []
    for step in range(0, 301, 50):
        explorer.set("Step", step)
        errors.append(error(explorer))
    assert errors == sorted(errors, reverse=True)
    assert numbers(explorer.words())[2] == pytest.approx(0.12, abs=0.005)


@learning.step(3, "39066168")
def test_a_rate_a_little_too_high_has_no_bounds(explorer):
    before = error(explorer)
    explorer.set("Learning rate", 0.12)
    assert before / 2 < error(explorer) < before
    explorer.set("Learning rate", 0.13)
    assert re.search(r"error is \d\.\de\+20", explorer.words())


@noisy.step(1, "1ac43c5f")
def test_noise_twice_as_strong_as_the_maps_is_rounded_away_in_every_run(explorer):
    before = numbers(explorer.words())[2]
    explorer.set("Noise", 2)
    assert numbers(explorer.words())[2] == pytest.approx(2 * before, abs=0.011)
    assert explorer.shows("Rounded, 20 of 20 runs give Sobel's kernel")


@noisy.step(2, "0d795bf1")
def test_two_runs_survive_ten_times_as_much_noise_as_signal(explorer):
    explorer.set("Noise", 10)
    assert numbers(explorer.words())[-1] == 0.96
    assert explorer.shows("Rounded, 2 of 20 runs give Sobel's kernel")
    assert explorer.view.locator("circle.cnn-excites").count() == 2
