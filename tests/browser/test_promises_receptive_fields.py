"""The promises of "Receptive fields"."""

import re
from itertools import pairwise

import pytest
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

stack = Try("foundations/receptive_fields", 1)
overlap = Try("foundations/receptive_fields", 2)
paths = Try("foundations/receptive_fields", 3)
published = Try("foundations/receptive_fields", 4)

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


@stack.step(1, "1644ad1c")
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


@stack.step(2, "dec9dd68")
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


@stack.step(3, "978a5741")
def test_layers_added_above_grow_the_field_until_none_fits(explorer):
    explorer.click("conv3")
    for size in (26, 34, 42):
        explorer.press("Add a layer above")
        assert field(explorer) == size
    assert "picture of 48×48" in explorer.words()
    explorer.press("Add a layer above")
    assert explorer.shows("does not fit")


@stack.step(4, "9cb9586d")
def test_without_the_first_pooling_the_top_neuron_sees_less(explorer):
    explorer.press("Reset")
    assert field(explorer) == 18
    explorer.click("pool1")
    explorer.press("Remove")
    explorer.click("conv3")
    assert field(explorer) == 10
    assert explorer.value("Kernel") == 3


def together(explorer):
    """How many pixels the fields below span, as the title sums them up."""
    return int(re.search(r"= (\d+) pixels", explorer.explorer.inner_text())[1])


@overlap.step(1, "cd2140fd")
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


@paths.step(1, "0eb855ea")
def test_a_stack_of_small_kernels_is_brightest_in_the_middle(explorer):
    lights = [light for _, light in lit(explorer, "picture")]
    assert len(lights) == 9
    assert lights == lights[::-1]
    assert lights[:5] == sorted(lights[:5])
    assert lights[0] < 0.5
    assert lights[4] == 1


@paths.step(2, "a9174ae8")
def test_one_large_kernel_lights_its_pixels_alike(explorer):
    explorer.set("Kernel", 9)
    for _ in range(3):
        explorer.key(SIDE, "ArrowDown")
        explorer.press("Remove")
    lights = [light for _, light in lit(explorer, "picture")]
    assert lights == [1] * 9


@paths.step(3, "e91841e8")
def test_dilations_reach_far_and_keep_every_neuron(explorer):
    explorer.choose("Layers of", "dilated convolutions")
    assert field(explorer) == 67
    layers = explorer.explorer.get_by_role("row").all_inner_texts()[2:]
    assert len(layers) == 7
    assert all("conv 3×3" in layer and "96×96" in layer for layer in layers)
    assert "jump 1," in explorer.words()


@published.step(1, "7cfd0b25")
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
