"""The promises of "From the visual cortex to CNNs"."""

import re

import pytest
from hands import numbers
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

PAGE = "foundations/history"
timeline, orientation, dense, shuffled, curves, fit = (Try(PAGE, number) for number in range(1, 7))


def known(explorer):
    """How many of the five ideas are not pale."""
    ideas = explorer.view.get_by_role("listitem")
    return sum("unknown" not in (idea.get_attribute("class") or "") for idea in ideas.all())


def year(explorer):
    return int(re.search(r", (\d{4}),", explorer.words())[1])


@timeline.step(1, "22824567")
def test_by_1987_all_five_ideas_are_known(explorer):
    seen = {year(explorer): known(explorer)}
    for _ in range(6):
        explorer.key("Timeline", "ArrowRight")
        seen[year(explorer)] = known(explorer)
    assert seen == {1958: 0, 1959: 1, 1962: 2, 1968: 2, 1980: 4, 1981: 4, 1987: 5}
    while "AlexNet" not in explorer.words():
        explorer.key("Timeline", "ArrowRight")
    assert year(explorer) - 1987 == 25


@timeline.step(2, "fad542fa")
def test_machines_are_deep_blue_twice_and_a_graphics_card(explorer):
    explorer.choose("Show", "machines")
    explorer.key("Timeline", "Home")
    told = []
    for _ in range(3):
        told.append((year(explorer), explorer.view.inner_text()))
        explorer.key("Timeline", "ArrowRight")
    assert [when for when, _ in told] == [1996, 1997, 2004]
    assert "wins one game against the world champion, and loses the match" in told[0][1]
    assert "In May the improved machine wins the rematch, by searching" in told[1][1]
    assert "20 times as fast" in told[2][1]


@orientation.step(1, "9d7e761e")
def test_upright_the_bar_gets_the_full_answer(explorer):
    spikes = explorer.view.locator(".cnn-spike")
    assert (numbers(explorer.words())[1], spikes.count()) == (25, 5)
    while numbers(explorer.words())[0] > 0:
        explorer.key("Bar", "ArrowLeft")
    assert (numbers(explorer.words())[1], spikes.count()) == (100, 20)


@orientation.step(2, "0df20fc2")
def test_across_the_neuron_is_silent(explorer):
    while numbers(explorer.words())[0] > -90:
        explorer.key("Bar", "ArrowLeft")
    assert numbers(explorer.words())[1] == 0
    assert explorer.shows("silence")
    cells = explorer.view.locator("rect.cnn-excites, rect.cnn-inhibits").evaluate_all(
        "(all) => all.map((one) => [one.getAttribute('class'), one.y.baseVal.value])"
    )
    rows = sorted({y for _, y in cells})[2:5]  # across the middle the bar lies on three rows
    under = [kind for kind, y in cells if y in rows]
    assert (under.count("cnn-excites"), under.count("cnn-inhibits")) == (3, 18)


@dense.step(1, "9c4036b6")
def test_ten_million_weights_are_a_bar_of_250_metres(explorer):
    assert "100×100×1 = 10,000 inputs" in explorer.words()
    assert explorer.shows("dense: 10,000,000, a bar of 250 m")
    assert explorer.shows("convolution: 400, a bar of 1 cm")
    track, fill = (
        explorer.view.locator(f".cnn-true-bar .cnn-{part}").last.bounding_box()
        for part in ("track", "fill")
    )
    assert fill["width"] > track["width"]


@dense.step(2, "ec88bdb0")
def test_a_colour_picture_has_150528_inputs(explorer):
    explorer.set("Side of the picture", 224)
    explorer.set("Channels", 3)
    assert explorer.shows("150,528 weights for each neuron")
    assert explorer.shows("dense: 150,528,000, a bar of 1.25 km")


@dense.step(3, "49bc054f")
def test_the_convolutions_weights_do_not_depend_on_the_picture(explorer):
    bars = set()
    for side in (32, 100, 224):
        explorer.set("Side of the picture", side)
        assert explorer.shows("convolution: 1,200, a bar of 1 cm")
        bars.add(numbers(explorer.words())[5])
    assert len(bars) == 3


@dense.step(4, "c024b342")
def test_the_convolution_takes_two_fifths_of_the_multiply_adds(explorer):
    assert explorer.shows("convolution 60,211,200, dense 150,528,000")
    assert pytest.approx(0.4) == 60_211_200 / 150_528_000


def dense_answer(explorer):
    return numbers(explorer.words())[-4]


@shuffled.step(1, "26f4fd60")
def test_the_neuron_answers_most_to_a_three(explorer):
    answers = {3: dense_answer(explorer)}
    for digit in range(4, 10):
        explorer.key("Digit", "ArrowRight")
        answers[digit] = dense_answer(explorer)
    explorer.set("Digit", 0)
    for digit in range(3):
        answers[digit] = dense_answer(explorer)
        explorer.key("Digit", "ArrowRight")
    assert answers[3] == max(answers.values()) == 1.79
    near = [digit for digit, answer in answers.items() if answer > 1]
    assert sorted(near) == [3, 9]


@shuffled.step(2, "2cd75f0a")
def test_shuffling_changes_windows_and_not_the_dense_neuron(explorer):
    explorer.set("Digit", 3)
    assert numbers(explorer.words())[-1] == 0.80
    explorer.tick("Shuffle the pixels")
    assert dense_answer(explorer) == 1.79
    assert numbers(explorer.words())[-1] == 0.61


def from_all(explorer):
    """Per cent right from all pictures, of the dense and the convolutional network."""
    return numbers(explorer.words().split("pictures: ")[-1])


@curves.step(1, "632fbd95")
def test_shuffling_costs_the_convolutional_network_alone(explorer):
    assert from_all(explorer) == [97.0, 97.7]
    explorer.choose("Digits", "pixels shuffled")
    assert from_all(explorer) == [97.0, 95.9]


@curves.step(2, "62364e3b")
def test_as_they_are_both_need_as_many_pictures(explorer):
    explorer.choose("Digits", "as they are")
    assert "For 90 % right: dense 120 pictures, convolutional 126 pictures" in explorer.words()


@curves.step(3, "c8098141")
def test_anywhere_the_convolutional_network_needs_half(explorer):
    explorer.choose("Digits", "anywhere")
    explorer.set("Wanted right, %", 40)
    assert "dense 612 pictures, convolutional 297 pictures" in explorer.words()


def errors(explorer):
    return numbers(explorer.words())[-2:]


@fit.step(1, "3f7b216b")
def test_eight_parameters_learn_eight_examples_by_heart(explorer):
    assert explorer.words().startswith("8 parameters fitted to 8 examples")
    assert errors(explorer) == [0.00, 7.05]


@fit.step(2, "81cbea25")
def test_four_parameters_generalise_better(explorer):
    explorer.key("Fit", *["ArrowDown"] * 4)
    assert explorer.value("Parameters") == 4
    assert errors(explorer) == [0.18, 0.25]


@fit.step(3, "6e22ff6b")
def test_with_forty_examples_eight_parameters_do_no_harm(explorer):
    explorer.set("Parameters", 8)
    explorer.set("Examples", 40)
    assert errors(explorer) == pytest.approx([0.20, 0.20], abs=0.005)
