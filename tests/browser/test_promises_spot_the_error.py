"""The promises of the lab "Spot the error"."""

import re

import numpy as np
from hands import numbers
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

(
    fewer,
    edge,
    even,
    flip,
    moving,
    tape,
    matrix,
    stack,
    window,
    block,
    same,
    memory,
    holes,
    dense,
) = (Try("labs/spot_the_error", number) for number in range(1, 15))


@fewer.step(1, "02dbebb8")
def test_the_figure_counts_the_parameters_of_both_networks(explorer):
    counted = {}
    explorer.key("Networks", "Home")
    for _ in range(40):
        title, _, said = explorer.words().partition("(across). ")[2].partition(": ")
        counted[title] = said
        explorer.key("Networks", "ArrowRight")
    assert " and 60,965,224." in counted["AlexNet"]
    assert " and 6,998,552." in counted["GoogLeNet"]


@edge.step(1, "2b1b97ae")
def test_an_edge_that_the_sum_does_not_see(explorer):
    explorer.set("Direction, degrees", -45)
    assert explorer.words().endswith("across 0.71, down −0.71, their sum 0, strength 1.")


@even.step(1, "b60832e6")
def test_only_the_even_window_moves_the_dot(explorer):
    middles = {}
    for size in (9, 10, 11):
        explorer.set("Window", size)
        middles[size] = numbers(explorer.words().partition("middle at")[2])[0]
    assert middles == {9: 20, 10: 19.5, 11: 20}


@flip.step(1, "791168c5")
def test_the_first_weight_meets_the_last_pixel(explorer):
    assert explorer.words().endswith("the kernel lies on the row as it is written.")
    explorer.choose("Formula", "convolution")
    assert "The wires cross" in explorer.words()
    wires = explorer.view.locator("line.cnn-lit").evaluate_all(
        "all => all.map((one) => [+one.getAttribute('x1'), +one.getAttribute('x2')])"
    )
    assert [top for top, _ in wires] == sorted(top for top, _ in wires)
    assert [bottom for _, bottom in wires] == sorted((b for _, b in wires), reverse=True)


def map_bars(explorer):
    """How high the bars of the map are, from left to right."""
    return explorer.view.locator("svg .cnn-excites").evaluate_all(
        "all => all.slice(0, 32).map((one) => +one.getAttribute('height'))"
    )


@moving.step(1, "0a2e0d51")
def test_the_map_moves_with_the_thing(explorer):
    before, said = map_bars(explorer), numbers(explorer.words())
    explorer.set("Place", explorer.value("Place") + 2)
    assert map_bars(explorer) == before[-2:] + before[:-2]
    assert numbers(explorer.words())[-2:] == said[-2:]
    assert numbers(explorer.words())[-3] == said[-3] + 2


@tape.step(1, "b532d3c8")
def test_the_weight_gets_a_gradient_through_each_pixel(explorer):
    explorer.set("Operations played back", 4)
    said = explorer.words()
    assert "15 through q" in said
    assert "10 through p, together 25." in said


def comes_back(explorer, rows):
    """How many rows of the matrix have weights at both ends of a line of the picture."""
    found = 0
    explorer.key("Matrix", *["ArrowUp"] * rows)
    for _ in range(rows):
        [said] = explorer.view.get_by_text(re.compile(r"^\d+·.* = ")).all_inner_texts()
        columns = {(int(pixel) - 1) % 4 for pixel in re.findall(r"(\d+)·", said)}
        found += {0, 3} <= columns
        explorer.key("Matrix", "ArrowDown")
    return found


@matrix.step(1, "63561b02")
def test_only_circular_rows_come_back_at_the_other_end(explorer):
    assert comes_back(explorer, 4) == 0
    explorer.choose("Padding", "circular")
    assert comes_back(explorer, 16) > 0


@stack.step(1, "e47cc1e6")
def test_every_layer_adds_two_pixels(explorer):
    seen = [numbers(explorer.words())[3:5]]
    for _ in explorer.slide("Layers of 3×3", 4):
        seen.append(numbers(explorer.words())[3:5])
    assert [side for side, _ in seen] == [3, 5, 7, 9]
    assert f"with {4 * 9} weights" in explorer.words()


@window.step(1, "a96f19df")
def test_a_window_slides_and_does_not_grow(explorer):
    firsts = []
    for _ in range(4):
        first, last = re.search(r"columns (\d+) to (\d+)", explorer.words()).groups()
        assert int(last) - int(first) == 2
        firsts.append(int(first))
        explorer.key("One row", "ArrowRight")
    assert firsts == [0, 2, 4, 6]


@block.step(1, "92bf7291")
def test_maps_below_and_above_are_two_axes(explorer):
    assert "3·3·3 = 27 weights" in explorer.words()
    explorer.set("Maps below", 2)
    assert "= 18 weights" in explorer.words()
    assert "8 such kernels" in explorer.words()
    explorer.set("Maps above", 7)
    assert "= 18 weights" in explorer.words()
    assert "7 such kernels" in explorer.words()


@same.step(1, "3450bd65")
def test_same_padding_with_a_stride_makes_the_output_smaller(explorer):
    assert "5×7 → 5×7" in explorer.words()
    explorer.set("Stride", 2)
    assert "5×7 → 3×4" in explorer.words()
    assert "zeros: 1 left, 1 right, 1 above, 1 below" in explorer.words()


@memory.step(1, "3c367430")
def test_the_second_layer_needs_the_most(explorer):
    held = [numbers(explorer.words())[-1]]
    assert explorer.words().count(" + ") == 1
    for _ in explorer.slide("Layer", 3):
        assert explorer.words().count(" + ") == 1
        held.append(numbers(explorer.words())[-1])
    assert held[1] == max(held) == 9_000_000


def weights(explorer):
    """How many weights the convolution has, and how many the dense layer."""
    written = explorer.view.locator(".cnn-true-bar b").all_inner_texts()
    return [number for one in written for number in numbers(one)]


@holes.step(1, "a8aaa2f9")
def test_a_kernel_of_rate_four_skips_three_cells_between_neighbours(explorer):
    explorer.set("Dilation", 4)
    middles = explorer.view.locator("rect.cnn-cell.cnn-lit").evaluate_all(
        "(all) => all.map((one) => one.x.baseVal.value)"
    )
    pitch = 32
    assert np.diff(middles).tolist() == [4 * pitch, 4 * pitch]


@dense.step(1, "7fb69976")
def test_a_smaller_picture_spares_weights_of_the_dense_layer_only(explorer):
    (shared, before), side = weights(explorer), explorer.value("Side of the picture")
    explorer.set("Side of the picture", side / 2)
    assert weights(explorer) == [shared, before / 4]
