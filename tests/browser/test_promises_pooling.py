"""The promises of "Pooling and invariance"."""

import re

import pytest
from hands import numbers
from promises import Try

from cnnlib.explorers import PoolingExplorer

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

first = Try("foundations/pooling", 1)
border = Try("foundations/pooling", 2)
directions = Try("foundations/pooling", 3)
damping = Try("foundations/pooling", 4)
turned = Try("foundations/pooling", 5)
bars = Try("foundations/pooling", 6)
line = Try("foundations/pooling", 7)

PATHS = "(all) => all.map((one) => one.getAttribute('d'))"
EDGES, STRIDE = "what is pooled", "stride alone"
MAX, AVERAGE, DEPTHWISE = "max pooling", "average pooling", "depthwise max"


@first.step(1, "cf1d3f94")
def test_pooling_halves_a_shift_by_one_pixel_and_a_stride_alone_does_not(explorer):
    assert explorer.bar(EDGES) == 99
    assert explorer.bar(MAX) == pytest.approx(99 / 2, abs=5)
    assert explorer.bar(AVERAGE) == pytest.approx(99 / 2, abs=5)
    assert explorer.bar(STRIDE) == 99


@first.step(2, "c0612b5d")
def test_max_pooling_climbs_with_the_shift_and_the_edge_map_soon_has_nowhere_to_climb(explorer):
    pooled, edges = {1: explorer.bar(MAX)}, {1: explorer.bar(EDGES)}
    for shift in explorer.slide("Move right, pixels", 8):
        pooled[shift], edges[shift] = explorer.bar(MAX), explorer.bar(EDGES)
    climbing = [pooled[shift] for shift in range(1, 9)]
    assert climbing[:4] == [53, 75, 91, 106]
    assert climbing == sorted(climbing)
    assert edges[2] == 135
    assert max(edges.values()) < 141
    drawn = explorer.view.locator("path.cnn-curve").evaluate_all(PATHS)
    assert [path.count("L") for path in drawn] == [14] * 4
    colours = [
        explorer.view.locator(drawn).evaluate_all(f"(all) => all.map((one) => {style})")
        for drawn, style in (
            (".cnn-fill", "getComputedStyle(one).backgroundColor"),
            ("path.cnn-curve", "getComputedStyle(one).stroke"),
        )
    ]
    assert colours[0] == colours[1]
    assert len(set(colours[0])) == 4


@first.step(3, "1618f984")
def test_overlapping_windows_damp_more_and_windows_of_one_pixel_nothing(explorer):
    explorer.set("Move right, pixels", 1)
    explorer.set("Size of the window", 8)
    assert explorer.value("Stride") == 4
    assert (explorer.bar(MAX), explorer.bar(AVERAGE)) == (39, 30)
    explorer.set("Size of the window", 1)
    assert explorer.bar(MAX) == explorer.bar(AVERAGE) == explorer.bar(STRIDE)


@first.step(4, "cf42df42")
def test_a_pooled_cell_shows_its_window_and_the_value_that_has_won(explorer):
    explorer.set("Size of the window", 4)
    row, column = 12, 9  # of 31x31
    explorer.point("Pooled,", (row + 0.5) / 31, (column + 0.5) / 31)
    pooled = PoolingExplorer().compute()
    [said] = explorer.view.get_by_text("the largest of 16 values wins").all_inner_texts()
    largest, _, before = numbers(said)
    assert largest == pytest.approx(pooled["after"][row, column], abs=0.006)
    assert before == pytest.approx(pooled["before"][row, column], abs=0.006)
    assert largest != before
    picture = explorer.drawing("Picture").bounding_box()
    window = explorer.view.locator(".cnn-window").bounding_box()
    middle = window["y"] + window["height"] / 2 - picture["y"]
    assert middle / picture["height"] == pytest.approx((1 + 4 * row + 2) / 128, abs=0.01)


@border.step(1, "345f0e3a")
def test_a_padded_cell_is_left_out(explorer):
    assert "maximum −1, mean −4 / 2 = −2. With a zero" in explorer.words()
    assert numbers(explorer.words())[-2:] == [0, -1.33]


@border.step(2, "249f5aac")
def test_inside_the_row_no_cell_is_padded(explorer):
    explorer.set("Neuron", 1)
    assert explorer.shows("No padded cell")
    assert "−6 / 3" in explorer.words()


@border.step(3, "8fca14a5")
def test_a_larger_window_reaches_over_the_border(explorer):
    explorer.set("Size of the window", 5)
    assert explorer.shows("1 padded cell in the window: left out")
    assert "maximum 4, mean −2 / 4" in explorer.words()


@directions.step(1, "02e9d809")
def test_the_largest_of_eight_hardly_depends_on_the_direction(explorer):
    explorer.set("Direction, degrees", 0)
    answers = [numbers(explorer.words())]
    while answers[-1][0] < 90:
        explorer.key("Patch", "ArrowRight")
        answers.append(numbers(explorer.words()))
    assert answers[-1][1] == 0
    largest = [one[-1] for one in answers]
    assert (min(largest), max(largest)) == (0.96, 1.06)


@directions.step(2, "6d7a87a2")
def test_four_maps_do_not_see_an_edge_that_is_bright_above(explorer):
    explorer.set("Maps", 4)
    explorer.set("Direction, degrees", 270)
    assert explorer.words().endswith("the largest of 4 maps 0.00.")


SHARE = re.compile(r"changes by (\d+) %")


def changes(explorer):
    """What is said of: what is pooled, a stride alone, average, max, max of larger windows."""
    return [int(share) for share in SHARE.findall(explorer.words())]


@damping.step(1, "e5772e28")
def test_both_poolings_damp_a_pixel_and_a_stride_alone_does_not(explorer):
    assert explorer.words().startswith("Moved right by 1 pixel:")
    assert changes(explorer) == [96, 93, 51, 50, 36]
    before = changes(explorer)
    for _ in explorer.slide("Steps", 8):
        now = changes(explorer)
        assert all(one >= other for one, other in zip(now[2:], before[2:], strict=True))
        before = now
    assert "Moved right by 4 pixels:" in explorer.words()
    assert before[2:] == [124, 108, 79]


@damping.step(2, "bbac3597")
def test_of_pixels_the_mean_is_steadier_at_every_shift(explorer):
    explorer.choose("What is pooled", "pixels")
    assert changes(explorer)[2:4] == [57, 68]
    for steps in range(1, 17):
        explorer.set("Steps", steps)
        average, largest = changes(explorer)[2:4]
        assert average < largest


@damping.step(3, "09625b76")
def test_a_turn_leaves_them_in_the_same_order(explorer):
    explorer.choose("What is pooled", "edges")
    explorer.choose("Movement", "turned")
    explorer.set("Steps", 4)
    assert "Turned by 4 degrees" in explorer.words()
    assert changes(explorer) == [116, 116, 89, 79, 62]


@turned.step(1, "be9b5bdb")
def test_turns_and_zooms_show_less_after_pooling(explorer):
    assert (explorer.bar(EDGES), explorer.bar(MAX)) == (113, 71)
    explorer.set("Turn, degrees", 0)
    explorer.set("Zoom", 1.1)
    assert (explorer.bar(EDGES), explorer.bar(MAX)) == (111, 68)


@turned.step(2, "cdd2e44f")
def test_depthwise_pooling_damps_a_turn_less_than_max_pooling(explorer):
    explorer.set("Zoom", 1)
    explorer.set("Turn, degrees", 4)
    assert not explorer.view.get_by_text(DEPTHWISE, exact=True).count()
    explorer.choose("How", DEPTHWISE)
    assert explorer.bar(DEPTHWISE) == 91 > explorer.bar(MAX)
    explorer.set("Turn, degrees", 45)
    assert explorer.bar(DEPTHWISE) == 134


@turned.step(3, "6e5665c4")
def test_a_global_average_hardly_notices_the_turn(explorer):
    explorer.set("Turn, degrees", 4)
    explorer.choose("How", "global average")
    assert explorer.bar("global average") == 9


def jump(explorer):
    """How much the pooled row has changed since the pixel before."""
    return numbers(explorer.words())[-1]


def kept(explorer):
    """Which share of their strongest answers one, four and eight filters keep."""
    return [int(share) for share in re.findall(r"keeps (\d+) %", explorer.words())]


@bars.step(1, "d5bb411d")
def test_one_filter_falls_silent_and_four_lose_half(explorer):
    explorer.set("Turn, degrees", 90)
    assert kept(explorer)[:2] == [0, 52]


@bars.step(2, "c42be8ef")
def test_eight_filters_hardly_depend_on_the_angle(explorer):
    found = [kept(explorer)[2] for _ in explorer.slide("Turn, degrees", 180)]
    found += [kept(explorer)[2] for _ in explorer.slide("Turn, degrees", 0)]
    assert min(found) == 93


@line.step(1, "c682bb26")
def test_inside_its_window_a_line_moves_unseen(explorer):
    assert {jump(explorer) for _ in explorer.slide("Move the line", 11)} == {0}


@line.step(2, "53bfc77d")
def test_over_the_border_everything_changes(explorer):
    before = numbers(explorer.words())[2:8]
    explorer.set("Move the line", 12)
    after = numbers(explorer.words())[2:8]
    assert (before, after) == ([0, 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0])


@line.step(3, "a9e26f7c")
def test_the_mean_jumps_less_and_a_blurred_maximum_by_a_half_at_most(explorer):
    explorer.choose("How", "mean")
    assert jump(explorer) == 0.25
    explorer.choose("How", "maximum, blurred")
    explorer.set("Move the line", 8)
    assert max(jump(explorer) for _ in explorer.slide("Move the line", 16)) == 0.5
