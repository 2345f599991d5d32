"""The promises of "The convolution family"."""

import pytest
from hands import numbers
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

family = Try("foundations/convolution_family", 1)
segment = Try("foundations/convolution_family", 2)
tone = Try("foundations/convolution_family", 3)
slices = Try("foundations/convolution_family", 4)
dilated = Try("foundations/convolution_family", 5)
checkerboard = Try("foundations/convolution_family", 6)
separable = Try("foundations/convolution_family", 7)
costs = Try("foundations/convolution_family", 8)

OUTPUTS = "Outputs"
WIRES = "(all) => all.map((one) => ['x2', 'y2'].map((name) => Number(one.getAttribute(name))))"


def wires(explorer):
    """Where the wires of the chosen output end in the drawing, as (x, y)."""
    return explorer.view.locator("line.cnn-wire").evaluate_all(WIRES)


def channels(explorer):
    """The heights of the rows of channels that the chosen output reads."""
    return sorted({y for _, y in wires(explorer)})


def spread(explorer):
    """How far the wires of the chosen output reach from left to right."""
    ends = [x for x, _ in wires(explorer)]
    return max(ends) - min(ends)


def places(explorer):
    """What the four kinds of places get, where ones went in."""
    return numbers(explorer.words().partition("places get")[2].rstrip("."))


@family.step(1, "57be4900")
def test_each_group_of_maps_reads_a_group_of_channels(explorer):
    read = []
    for _ in range(6):
        read.append(channels(explorer))
        explorer.key(OUTPUTS, "ArrowDown")
    upper, lower = read[0], read[-1]
    assert read == [upper] * 3 + [lower] * 3
    assert len(upper) == len(lower) == 3
    assert max(upper) < min(lower)


@family.step(2, "55d6954d")
def test_members_differ_in_the_channels_and_places_that_they_read(explorer):
    grouped, weights = len(wires(explorer)), explorer.bar("weights")
    explorer.choose("Kind", "plain")
    assert len(wires(explorer)) == 2 * grouped
    assert explorer.bar("weights") == 2 * weights
    explorer.choose("Kind", "depthwise")
    assert "in 1 channel." in explorer.words()
    assert len(channels(explorer)) == 1
    explorer.choose("Kind", "1×1")
    assert "1 place in 6 channels" in explorer.words()
    assert len(channels(explorer)) == len(wires(explorer)) == 6


@family.step(3, "bd32de96")
def test_a_transposed_convolution_reaches_outputs_unevenly(explorer):
    explorer.choose("Kind", "transposed")
    explorer.set("Stride", 2)
    assert explorer.shows("9×9×6 → 18×18×6")
    counts = explorer.view.locator("text.cnn-label").all_text_contents()
    assert counts == ["1", *"12" * 8, "1"]


@family.step(4, "b5f6d1bb")
def test_a_third_dimension_costs_and_changes_no_wiring(explorer):
    before = wires(explorer), explorer.bar("weights"), explorer.bar("multiply-adds")
    explorer.choose("Dimensions", "3")
    assert wires(explorer) == before[0]
    assert explorer.bar("weights") == 3 * before[1]
    assert explorer.bar("multiply-adds") == 3 * 9 * before[2]


def heard(explorer):
    """The answer of the window where it lies."""
    return numbers(explorer.words())[-1]


@segment.step(1, "e823825a")
def test_half_a_period_on_the_answer_has_the_other_sign(explorer):
    assert heard(explorer) == 0.99
    explorer.key("Window", *["ArrowRight"] * 6)
    assert "Samples 44 to 68" in explorer.words()
    assert heard(explorer) == -1


@segment.step(2, "0e2f5342")
def test_a_slower_tone_is_answered_by_a_fifth(explorer):
    explorer.set("First sample", 200)
    for start in explorer.slide("First sample", 275):
        assert abs(heard(explorer)) <= 0.22, start
    explorer.set("First sample", 301)
    for start in explorer.slide("First sample", 375):
        assert abs(heard(explorer)) <= 0.22, start


@slices.step(1, "afafa9a9")
def test_the_ball_comes_and_goes_and_the_rod_stays(explorer):
    explorer.set("Slice", 1)
    matter = [numbers(explorer.words())[1]]
    for _ in range(21):
        explorer.key("Slices", "ArrowRight")
        matter.append(numbers(explorer.words())[1])
    rod = matter[0]
    assert [index for index, cells in enumerate(matter, 1) if cells > rod] == list(range(4, 15))
    assert matter[3:9] == sorted(matter[3:9])
    assert {*matter[:3], *matter[14:]} == {rod}


@slices.step(2, "8b1a8738")
def test_the_ball_begins_in_red_and_ends_in_blue_and_the_rod_has_no_edge(explorer):
    for index, colour in ((4, "cnn-excites"), (14, "cnn-inhibits")):
        explorer.set("Slice", index)
        edges = explorer.view.locator("rect.cnn-excites, rect.cnn-inhibits")
        found = edges.evaluate_all(
            "(all) => all.map((one) => [one.getAttribute('class'), one.y.baseVal.value])"
        )
        assert {kind for kind, _ in found} == {colour}
        assert max(y for _, y in found) < 22 + 17 * 12  # the rod's rows are 17 to 19


def answer(explorer):
    """The height of what comes out, in per cent of the tone's."""
    return numbers(explorer.words().partition(" with ")[2])[0]


@tone.step(1, "195db517")
def test_a_kernel_of_two_periods_is_deaf_to_half_its_pitch(explorer):
    assert explorer.value("Pitch of the tone") == 12
    for _ in explorer.slide("Pitch of the tone", 5):
        assert explorer.shows("its own pitch is 10")
    assert answer(explorer) == 0


@tone.step(2, "421bd00e")
def test_a_kernel_of_one_period_can_hardly_tell_tones_apart(explorer):
    explorer.set("Periods of the kernel", 1)
    assert answer(explorer) == 83


@tone.step(3, "93b4bdc3")
def test_a_long_kernel_knows_its_tone(explorer):
    for periods, left in ((4, 22), (2, 70)):
        explorer.set("Periods of the kernel", periods)
        explorer.set("Pitch of the tone", 10)
        assert answer(explorer) == 100
        explorer.set("Pitch of the tone", 12)
        assert answer(explorer) == left


@dilated.step(1, "e8076753")
def test_dilation_spreads_the_wires_and_adds_no_weight(explorer):
    weights, narrow = explorer.bar("weights"), spread(explorer)
    for dilation in explorer.slide("Dilation", 3):
        assert spread(explorer) == pytest.approx(dilation * narrow)
        assert explorer.bar("weights") == weights


@checkerboard.step(1, "be11c383")
def test_ones_become_squares_of_three_kinds(explorer):
    assert sorted(set(places(explorer))) == [0.44, 0.89, 1.78]


@checkerboard.step(2, "dea509b0")
def test_sizes_that_the_stride_divides_have_no_pattern(explorer):
    contrast = {3: max(places(explorer)) - min(places(explorer))}
    for size in range(4, 8):
        explorer.key("Left and right", "ArrowRight")
        assert f"{size}×{size} weights" in explorer.words()
        contrast[size] = max(places(explorer)) - min(places(explorer))
    assert contrast[4] == contrast[6] == 0
    assert contrast[3] > contrast[5] > contrast[7] > 0.1


@checkerboard.step(3, "9ce18a9a")
def test_binomial_weights_give_an_even_grey_at_every_size(explorer):
    explorer.choose("Weights", "binomial")
    for _ in explorer.slide("Kernel size", 3):
        assert places(explorer) == pytest.approx([1] * 4)
    assert "3×3 weights, binomial" in explorer.words()


@checkerboard.step(4, "0b20adfe")
def test_repeating_values_first_leaves_no_pattern(explorer):
    explorer.choose("Weights", "all alike")
    explorer.choose("How", "repeat each value")
    assert places(explorer) == pytest.approx([1] * 4)
    for _ in explorer.slide("Kernel size", 7):
        assert places(explorer) == pytest.approx([1] * 4)


@separable.step(1, "5d689f33")
def test_a_separable_convolution_has_two_storeys_and_fewer_weights(explorer):
    assert len(wires(explorer)) == 6 + 6 * 3  # one place in each channel, three for each of these
    assert "first each channel on its own, then all channels" in explorer.words()
    for cost in ("weights", "multiply-adds"):
        assert explorer.bar(cost) < explorer.bar(f"{cost}, plain") / 3


def of_plain(explorer, name):
    """The weights of a layer in per cent of the plain one's."""
    labels = explorer.view.locator("text").all_text_contents()
    return numbers(labels[labels.index(name) + 1])[-1]


@costs.step(1, "7e76d303")
def test_many_maps_leave_a_separable_layer_a_ninth(explorer):
    assert of_plain(explorer, "separable") == 11.9
    explorer.set("Maps", 512)
    assert of_plain(explorer, "separable") == 11.3
    assert of_plain(explorer, "1×1") == 11.1


@costs.step(2, "21aa5d8c")
def test_a_larger_kernel_leaves_it_less(explorer):
    explorer.set("Kernel size", 7)
    assert of_plain(explorer, "separable") == 2.24
