"""The promises of "Receptive fields"."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hands import numbers
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

stack = Try("foundations/receptive_fields", 1)
patch = Try("foundations/receptive_fields", 2)
overlap = Try("foundations/receptive_fields", 3)
small = Try("foundations/receptive_fields", 4)
paths = Try("foundations/receptive_fields", 5)
published = Try("foundations/receptive_fields", 6)
noticed = Try("foundations/receptive_fields", 7)
joined = Try("foundations/receptive_fields", 8)
branches = Try("foundations/receptive_fields", 9)
bell = Try("foundations/receptive_fields", 10)
learned = Try("foundations/receptive_fields", 11)
winner = Try("foundations/receptive_fields", 12)

FIELD, JUMP, KERNEL = "Field below, pixels", "Jump, pixels", "Kernel size"
SIDE = "Layers from the side"
LIT = """(rows) => rows.flatMap((row) => row.getAttribute("d").split("M").slice(1).map((cell) => [
  ...cell.split(/[,Hh]/).slice(0, 2).map(Number), Number(row.getAttribute("fill-opacity"))]))"""


def field(explorer):
    """The size of the field of the neuron that is shown."""
    return int(re.search(r"field (\d+)", explorer.words())[1])


def columns(explorer):
    """The first and the last column that the neuron sees."""
    seen = re.search(r"columns (−?\d+) to (−?\d+)", explorer.words()).groups()
    return [int(one.replace("−", "-")) for one in seen]


def lit(explorer, name):
    """The lit cells of the row with this name in the drawing from the side, as (x, opacity)."""
    label = float(explorer.view.get_by_text(name, exact=True).first.get_attribute("y"))
    cells = explorer.view.locator(".cnn-row-lit").evaluate_all(LIT)
    height = min((y for _, y, _ in cells), key=lambda y: abs(y + 8 - label))
    return sorted((x, light) for x, y, light in cells if y == height)


def spacing(cells):
    """The distance between neighbours among the lit cells of a row."""
    [step] = {round(after - before, 1) for (before, _), (after, _) in pairwise(cells)}
    return step


@stack.step(1, "1d83db2d")
def test_each_neuron_of_the_top_row_has_a_window_of_its_own(explorer):
    explorer.key(SIDE, "Home")
    starts = []
    for _ in range(8):
        first, last = columns(explorer)
        assert last - first + 1 == 18
        starts.append(first)
        explorer.key(SIDE, "ArrowRight")
    assert starts == list(range(0, 32, 4))
    explorer.press("Slide the neuron")
    explorer.press("Pause")
    assert explorer.shows("18×18 pixels")


@stack.step(2, "3c93fa98")
def test_fields_shrink_from_layer_to_layer_and_the_sums_say_how(explorer):
    explorer.click("conv3")
    assert field(explorer) == 18
    for below, sum_ in (
        (10, "8 + (2 − 1) · 2 = 10"),
        (8, "4 + (3 − 1) · 2 = 8"),
        (4, "3 + (2 − 1) · 1 = 4"),
        (3, "1 + (3 − 1) · 1 = 3"),
        (1, "1: a pixel sees itself"),
    ):
        explorer.key(SIDE, "ArrowDown")
        assert field(explorer) == below
        assert explorer.beside("field") == sum_
        if below > 1:
            assert all(explorer.beside(name) for name in ("jump", "padding", "centre"))
    assert re.search(r"Pixel \((\d+), (\d+)\) sees row \1 and column \2 ", explorer.words())


@stack.step(3, "978a5741")
def test_layers_added_above_grow_the_field_until_none_fits(explorer):
    explorer.click("conv3")
    for size in (26, 34, 42):
        explorer.press("Add a layer above")
        assert field(explorer) == size
    assert "picture of 48×48" in explorer.words()
    explorer.press("Add a layer above")
    assert explorer.shows("does not fit")


@stack.step(4, "28fd5bd1")
def test_without_the_first_pooling_the_top_neuron_sees_less(explorer):
    explorer.press("Reset")
    assert field(explorer) == 18
    explorer.click("pool1")
    explorer.press("Remove")
    assert explorer.words().startswith("conv3: ")
    assert field(explorer) == 10
    assert explorer.value("Kernel") == 3


@patch.step(1, "79e7a3c8")
def test_the_patch_grows_from_a_spot_to_an_eye_and_its_fur(explorer):
    layer, sides = int(explorer.value("Layer of VGG16")), {}
    assert layer == 3
    while layer < 14:
        sides[layer] = numbers(explorer.words())[-1]
        explorer.key("Cat", "ArrowRight")
        layer += 1
    assert explorer.value("Layer of VGG16") == 14
    assert (sides[3], sides[6], sides[10]) == (6, 16, 44)
    assert numbers(explorer.words())[-1] == 100
    shown = explorer.view.locator("svg svg").nth(1).get_attribute("viewBox")
    assert shown.split()[2:] == ["100", "100"]


def together(explorer):
    """How many pixels the fields below span, as the title sums them up."""
    return int(re.search(r"= (\d+) pixels", explorer.explorer.inner_text())[1])


@overlap.step(1, "8508406c")
def test_each_field_adds_no_more_than_what_it_sticks_out(explorer):
    values = [explorer.value(f"{name}, value") for name in (FIELD, JUMP, KERNEL)]
    assert values == [8, 2, 3]
    assert together(explorer) == 12 != 3 * 8
    assert explorer.view.locator("text.cnn-label").all_text_contents() == ["8", "2", "2"]


@overlap.step(2, "4693155c")
def test_the_right_arrow_key_lengthens_the_jump(explorer):
    explorer.key("Fields", "ArrowRight")
    assert (explorer.value(JUMP), together(explorer)) == (3, 14)


@overlap.step(3, "3b1fc24d")
def test_the_up_arrow_key_adds_neurons_of_one_jump_each(explorer):
    explorer.key("Fields", "ArrowUp", "ArrowUp")
    assert (explorer.value(KERNEL), together(explorer)) == (5, 20)
    assert explorer.view.locator("text.cnn-label").all_text_contents() == ["8", *"3333"]


@overlap.step(4, "f23ae9a1")
def test_a_kernel_gains_little_without_strides(explorer):
    explorer.set(JUMP, 1)
    assert together(explorer) == 12


@small.step(1, "da1d6271")
def test_stacked_kernels_grow_by_nine_weights_and_single_ones_faster(explorer):
    found = []
    while True:
        weights = [
            explorer.view.locator(f"rect.cnn-cell{lit}").count()
            for lit in (".cnn-lit", ":not(.cnn-lit)")
        ]
        found.append(weights)
        if explorer.value("Layers of 3×3, value") == 4:
            break
        explorer.key("Kernels", "ArrowRight")
    assert found == [[18, 25], [27, 49], [36, 81]]


@paths.step(1, "ca151344")
def test_a_stack_of_small_kernels_is_brightest_in_the_middle(explorer):
    lights = [light for _, light in lit(explorer, "picture")]
    assert len(lights) == 9
    assert lights == lights[::-1]
    assert lights[:5] == sorted(lights[:5])
    assert lights[0] < 0.5
    assert lights[4] == 1


@paths.step(2, "5fe3c234")
def test_one_large_kernel_lights_its_pixels_alike(explorer):
    explorer.set("Kernel", 9)
    for _ in range(3):
        explorer.key(SIDE, "ArrowDown")
        explorer.press("Remove")
    lights = [light for _, light in lit(explorer, "picture")]
    assert lights == [1] * 9


@paths.step(3, "e1c44d6d")
def test_dilations_reach_far_and_keep_every_neuron(explorer):
    explorer.choose("Layers of", "dilated kernels")
    assert field(explorer) == 67
    layers = explorer.explorer.get_by_role("row").all_inner_texts()[2:]
    assert len(layers) == 7
    assert all("conv 3×3" in layer and "96×96" in layer for layer in layers)
    assert "jump 1," in explorer.words()


@published.step(1, "d9f7672c")
def test_the_fields_of_vgg16_hang_over_the_edge_but_for_the_middle_one(explorer):
    explorer.key(SIDE, "Home")
    inside = []
    for _ in range(7):
        first, last = columns(explorer)
        assert last - first + 1 == field(explorer) == 212
        inside.append(first >= 0 and last < 224)
        explorer.key(SIDE, "ArrowRight")
    assert inside == [False, False, False, True, False, False, False]
    assert "7×7 neurons" in explorer.words()
    corners = []
    for key in ("Home", "End"):
        explorer.key(SIDE, key)
        first, last = columns(explorer)
        corners.append(min(last, 223) - max(first, 0) + 1)
    assert corners == [122, 122]


@published.step(2, "c0925660")
def test_later_fields_are_larger_than_the_picture(explorer):
    for network, size in (("GoogLeNet", 715), ("ResNet-50", 483)):
        explorer.choose("Layers of", network)
        assert field(explorer) == size
        assert "more than the picture has" in explorer.words()


@published.step(3, "02f98f4f")
def test_1x1_kernels_with_stride_2_read_a_comb(explorer):
    every = spacing(lit(explorer, "conv2_3_conv1"))
    comb = lit(explorer, "conv2_3_conv3")
    assert spacing(comb) == pytest.approx(2 * every, abs=0.1)
    assert len(comb) == len(lit(explorer, "conv3_1_conv1"))


def changed(explorer):
    """How many neurons of each layer notice the pixel."""
    return [int(one) for one in re.findall(r"(\d+) of layer", explorer.words())]


@noticed.step(1, "eb7f4a2e")
def test_two_neurons_of_the_top_layer_notice_pixel_11(explorer):
    assert explorer.value("Pixel") == 11
    assert changed(explorer)[-1] == 2


@noticed.step(2, "abff3c00")
def test_one_neuron_of_each_layer_notices_pixel_0(explorer):
    explorer.set("Pixel", 0)
    assert changed(explorer) == [1] * 4


@noticed.step(3, "0aeac343")
def test_nobody_at_the_top_notices_the_last_pixel(explorer):
    explorer.set("Pixel", 23)
    assert changed(explorer)[-1] == 0
    assert changed(explorer)[-2] == 1


def seen(explorer):
    """Which of the row's 17 cells are lit."""
    kinds = explorer.view.locator("rect.cnn-cell").evaluate_all(
        "(all) => all.map((one) => one.classList.contains('cnn-lit'))"
    )
    return np.flatnonzero(kinds) - 8


@joined.step(1, "e747ae8e")
def test_a_residual_unit_sees_what_its_layers_see(explorer):
    assert "2 layers see 5 cells, the shortcut 1: together the field is 5 cells" in explorer.words()
    assert seen(explorer).tolist() == [-2, -1, 0, 1, 2]


@joined.step(2, "24130759")
def test_branches_that_do_not_contain_each_other_leave_gaps(explorer):
    explorer.set("Dilation, second branch", 5)
    assert seen(explorer).tolist() == [-5, -2, -1, 0, 1, 2, 5]
    assert "spans 11 cells, of which 7 are seen" in explorer.words()


@branches.step(1, "7c353505")
def test_on_an_even_row_the_branches_are_a_cell_apart(explorer):
    assert numbers(explorer.words()) == [8, 2, 3, 5, 1, 4, 1]
    assert explorer.view.locator("rect.cnn-zero").count() == 1


@branches.step(2, "69bd6f8b")
def test_on_an_odd_row_the_branches_are_aligned(explorer):
    explorer.set("Cells in the row", 9)
    assert numbers(explorer.words()) == [9, 2, 3, 4, 1, 4]
    assert explorer.words().endswith("aligned.")
    assert explorer.view.locator("rect.cnn-zero").count() == 2


@bell.step(1, "54200bdf")
def test_the_paths_gather_in_the_middle_of_a_deep_field(explorer):
    for layers, field_, middle in ((10, 21, 11), (40, 81, 21)):
        explorer.set("Layers", layers)
        assert numbers(explorer.words()) == [layers, field_, 95, middle]


def error(explorer):
    """The error in the figure's title."""
    return numbers(explorer.view.locator(".cnn-title").inner_text())[0]


def tallest(explorer):
    """The place of the tallest bar among the eleven pixels, counted from the middle."""
    heights = explorer.view.locator("rect.cnn-excites, rect.cnn-inhibits").evaluate_all(
        "(all) => all.map((one) => Number(one.getAttribute('height')))"
    )
    assert len(heights) == 11
    return heights.index(max(heights)) - 5


@learned.step(1, "3e96ba22")
def test_training_moves_the_light_to_where_the_answer_is(explorer):
    assert abs(tallest(explorer)) < 4
    explorer.set("Steps of training", 100)
    assert tallest(explorer) == -4
    assert error(explorer) == 0


@learned.step(2, "13f9571c")
def test_the_edge_of_the_field_is_hard_to_find(explorer):
    explorer.set("Columns to the left", 5)
    assert error(explorer) == pytest.approx(1, abs=0.01)
    explorer.set("Steps of training", 250)
    assert error(explorer) == 0


@learned.step(3, "62369568")
def test_what_lies_outside_the_field_is_never_found(explorer):
    explorer.set("Columns to the left", 6)
    assert error(explorer) == 1
    explorer.set("Steps of training", 300)
    assert error(explorer) == 1


@winner.step(1, "a5be8b98")
def test_pixel_5_wins_and_gets_the_gradient_alone(explorer):
    assert "80, the value of pixel 5" in explorer.words()
    assert explorer.view.locator("rect.cnn-cell.cnn-lit").count() == 1


@winner.step(2, "0de5de45")
def test_any_pixel_could_win(explorer):
    assert explorer.value("Pixel") == 2
    explorer.set("Its value", 99)
    assert "99, the value of pixel 2" in explorer.words()


@winner.step(3, "bc1e51b1")
def test_with_averages_the_gradient_reaches_all(explorer):
    explorer.choose("Pooling", "average")
    assert explorer.view.locator("rect.cnn-cell.cnn-lit").count() == 8
