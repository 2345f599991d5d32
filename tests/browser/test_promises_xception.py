"""The promises of "Xception"."""

import re

from browsing import settle
from diagram import click_strongest
from hands import numbers
from live_network import right
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

face, segments, weights, patterns, flows, network, runs, live, broken, lineage = (
    Try("architectures/xception", i) for i in range(1, 11)
)


@face.step(1, "65d8c3ed")
def test_a_face_is_found_with_the_mouth_in_one_row_alone(explorer):
    found = []
    for row in range(9):
        explorer.set("Row of the mouth", row)
        if "a face is found there" in explorer.words():
            found.append(row)
    assert found == [6]
    explorer.set("Row of the mouth", 6)
    assert "two rows below the nose" in explorer.words()
    assert "not two rows" not in explorer.words()


@face.step(2, "71b36f8b")
def test_without_the_depthwise_half_no_place_has_all_three(explorer):
    explorer.set("Row of the mouth", 6)
    explorer.tick("Depthwise half", False)
    assert "The last map is 0 everywhere: no face is found." in explorer.words()


@face.step(3, "469c3a3f")
def test_without_the_pointwise_half_a_mouth_is_taken_for_a_face(explorer):
    explorer.tick("Depthwise half")
    explorer.tick("Pointwise half", False)
    explorer.set("Row of the mouth", 3)
    assert "a face is found there, and there is none." in explorer.words()


@segments.step(1, "a467b3a6")
def test_one_segment_is_an_ordinary_convolution(explorer):
    explorer.choose("Segments", "1 of 24 maps")
    assert "together 5,760, " in explorer.words()
    assert explorer.words().endswith("An ordinary 3×3 convolution behind a 1×1.")


@segments.step(2, "f5e95e17")
def test_a_segment_for_each_map_leaves_a_diagonal(explorer):
    explorer.choose("Segments", "24 of 1 map")
    assert "576 weights in the 1×1 and 216 in the 3×3 kernels" in explorer.words()
    assert "13.8 % of" in explorer.words()
    assert "One 3×3 kernel for each map" in explorer.words()


@weights.step(1, "2248910a")
def test_a_separable_layer_costs_hardly_more_than_a_1x1(explorer):
    assert "plain 294,912" in explorer.words()
    assert "separable 33,344" in explorer.words()
    assert "1×1 32,768" in explorer.words()


@weights.step(2, "0068bc31")
def test_a_larger_kernel_costs_next_to_nothing(explorer):
    explorer.set("Kernel size", 7)
    assert "plain 1,605,632" in explorer.words()
    assert "separable 35,904" in explorer.words()


@weights.step(3, "7c5047f1")
def test_with_few_maps_there_is_less_to_save(explorer):
    explorer.set("Kernel size", 3)
    explorer.set("Maps", 8)
    assert explorer.shows("23.6 %")


def kept(explorer):
    """The per cent of the squared weights that the patterns keep."""
    return numbers(explorer.words())[-1]


@patterns.step(1, "aa5eb49f")
def test_one_pattern_keeps_a_third_or_so(explorer):
    assert kept(explorer) == 37.5


@patterns.step(2, "47972adc")
def test_nowhere_is_one_pattern_enough(explorer):
    shares = []
    for channel in range(8):
        explorer.set("Map that is read", channel)
        shares.append(kept(explorer))
    assert (round(min(shares)), round(max(shares))) == (21, 38)


@patterns.step(3, "5e4463e3")
def test_five_patterns_are_nearly_as_many_numbers(explorer):
    explorer.set("Patterns", 5)
    assert "125 numbers in place of 144" in explorer.words()
    assert kept(explorer) < 95


@flows.step(1, "97491edd")
def test_the_first_two_are_plain(explorer):
    explorer.set("Convolution", 1)
    kinds = []
    for _ in range(4):
        kinds.append("separable" if "separable" in explorer.words() else "plain")
        explorer.key("Convolutions", "ArrowRight")
    assert kinds == ["plain"] * 2 + ["separable"] * 2


@flows.step(2, "c74875d5")
def test_the_last_has_nearly_six_times_as_many_weights(explorer):
    explorer.set("Convolution", 36)
    found = numbers(explorer.words())
    assert found[3] + found[4] == 3_159_552
    assert 5.8 < (found[3] + found[4]) / (6_552 + 529_984) < 6
    assert found[5] == 28_311_552 > 22_855_952


@flows.step(3, "4629c473")
def test_most_multiply_adds_are_at_the_end_of_module_4(explorer):
    explorer.choose("Height", "multiply-adds")
    explorer.set("Convolution", 8)
    assert "module 4, " in explorer.words()
    assert "735 M multiply-adds" in explorer.words()
    bars = explorer.view.locator("rect.cnn-pen, rect.cnn-lit")
    heights = bars.evaluate_all("all => all.map((one) => Number(one.getAttribute('height')))")
    assert len(heights) == 36
    assert heights[7] == max(heights)
    assert heights.count(heights[7]) == 1


@network.step(1, "8705a78e")
def test_the_same_convolution_has_the_strongest_colour(explorer):
    said = click_strongest(explorer)
    assert said.startswith("module4_sep2 ")
    assert "734,517,784 MACs" in said


@network.step(2, "37bccfd1")
def test_the_middle_flow_is_more_than_half_of_the_network(explorer):
    frame = explorer.view.locator('[role=treeitem][aria-label^="module5 … module12,"]').first
    frame.click(position={"x": 5, "y": 5})
    settle(explorer.page)
    assert explorer.shows("57 %")
    assert explorer.shows("56 %")


@runs.step(1, "72b219a0")
def test_separable_is_ahead_with_all_seeds_but_one(explorer):
    leads = []
    for seed in range(5):
        assert explorer.words().startswith(f"Seed {seed}: ")
        leads.append(numbers(explorer.words())[3])
        explorer.key("Runs", "ArrowRight")
    assert leads[0] == -3.9
    assert (min(leads[1:]), max(leads)) == (3.4, 4.6)


@runs.step(2, "740b8527")
def test_a_separable_first_layer_is_behind_all_and_equal_maps_ahead(explorer):
    across = [float(dot.get_attribute("cx")) for dot in explorer.view.locator(".cnn-dot").all()]
    rows = [across[start : start + 5] for start in range(0, 30, 5)]
    *between, first = rows
    plain = between.pop(2)
    assert max(first) < min(map(min, between))
    assert min(plain) > max(map(max, between))


def opened(explorer, layer, channel=0):
    """Go to a map of a layer by the keys."""
    while f" {layer}, map" not in explorer.words():
        explorer.key("Maps", "ArrowRight")
    explorer.key("Maps", *["ArrowUp"] * 32, *["ArrowDown"] * channel)


@live.step(1, "38f650c9")
def test_half_of_the_digits_hang_on_one_kernel(explorer):
    assert right(explorer.view) == 195
    opened(explorer, "entry1_depthwise", 6)
    explorer.press("Switch this map off")
    assert right(explorer.view) == 95


@live.step(2, "d94f6fa7")
def test_maps_of_the_pointwise_half_count_for_more_or_less(explorer):
    explorer.press("Undo")
    opened(explorer, "entry1_pointwise")
    explorer.press("Switch this map off")
    assert right(explorer.view) == 94
    explorer.press("Switch this map off")
    opened(explorer, "entry1_pointwise", 7)
    explorer.press("Switch this map off")
    assert right(explorer.view) == 197


@live.step(3, "28cfe837")
def test_the_middle_flow_is_needed(explorer):
    explorer.press("Undo")
    opened(explorer, "middle_add")
    explorer.press("Cut middle2_pointwise")
    assert right(explorer.view) == 31


def left(explorer):
    """The places in the opened map's kernel at which a weight is left."""
    cells = explorer.view.locator(".cnn-kernel-table").get_by_role("gridcell").all_inner_texts()
    assert len(cells) == 9
    return [place for place, one in enumerate(cells) if one.strip() not in ("0", "−0")]


@broken.step(1, "6dbbcb86")
def test_one_weight_is_left_in_each_kernel(explorer):
    assert right(explorer.view) == 33
    opened(explorer, "middle1_depthwise")
    for _ in range(16):
        assert left(explorer) in ([4], [])
        explorer.key("Maps", "ArrowDown")


@broken.step(2, "8f6c9c61")
def test_the_layers_behind_are_as_they_were_trained(explorer):
    broken = explorer.view.get_by_text(re.compile("^Broken: ")).inner_text()
    assert broken.startswith("Broken: 128 things in middle1_depthwise.")
    opened(explorer, "middle1_pointwise")
    opened(explorer, "middle2_depthwise")
    assert len(left(explorer)) > 1


@lineage.step(1, "718b5bc1")
def test_separable_convolutions_come_in_with_xception(explorer):
    first = explorer.words().partition("is the first here with ")[2].partition(";")[0]
    assert first.startswith("separable (before: Sifre 2014)")
