"""The promises of "GoogLeNet and Inception"."""

import re

from diagram import click_strongest
from hands import numbers
from live_network import right
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

size, module, bottleneck, pixel, network, heads, live, stack, factors, lineage = (
    Try("architectures/googlenet", i) for i in range(1, 11)
)


@size.step(1, "9fe7b045")
def test_the_smallest_kernel_answers_most_to_a_single_pixel(explorer):
    explorer.set("Side of the object", 1)
    assert explorer.words().startswith("1×1: 1.00, ")
    assert explorer.words().endswith("The 1×1 kernel answers most.")


@size.step(2, "f73e3911")
def test_each_kernel_wins_at_its_own_size(explorer):
    explorer.set("Side of the object", 3)
    assert "3×3: 3.00" in explorer.words()
    assert explorer.words().endswith("The 3×3 kernel answers most.")
    explorer.set("Side of the object", 5)
    assert "5×5: 5.00" in explorer.words()
    assert explorer.words().endswith("The 5×5 kernel answers most.")


def costs(explorer):
    """The multiplications of the four branches, and the maps of each."""
    *_, maps, _ = (found := numbers(explorer.words()))
    return [found[i] for i in (2, 5, 8, 9)], found[11:15], maps


@module.step(1, "5ab3bf33")
def test_the_fewest_maps_cost_most(explorer):
    assert explorer.shows("854,196,224 multiplications, 672 maps")
    multiplications, maps, _ = costs(explorer)
    assert multiplications[2] > 0.5 * sum(multiplications)
    assert maps[2] == min(maps)


@module.step(2, "586b4e27")
def test_two_bottlenecks_save_most_of_it(explorer):
    explorer.set("1×1 before 3×3", 64)
    explorer.set("1×1 before 5×5", 64)
    assert explorer.shows("258,506,752 multiplications, 672 maps")


@module.step(3, "bb8ba542")
def test_a_projection_costs_little_and_keeps_the_maps_few(explorer):
    explorer.set("1×1 after pooling", 64)
    assert "pool 12,845,056" in explorer.words()
    assert explorer.shows("271,351,808 multiplications, 480 maps")


@module.step(4, "40d1fe74")
def test_module_3b_has_other_widths(explorer):
    explorer.set("1×1 before 3×3", 128)
    explorer.set("1×1 before 5×5", 32)
    assert explorer.shows("304,267,264 multiplications, 480 maps")


@bottleneck.step(1, "2bdf3bf3")
def test_sixteen_maps_in_between_leave_a_tenth(explorer):
    assert "= 12,443,648 multiplications, 10.3 % of the 120,422,400" in explorer.words()


@bottleneck.step(2, "d51b20b4")
def test_a_bottleneck_has_to_be_narrow(explorer):
    explorer.set("Maps in between", 154)
    assert "99.5 %" in explorer.words()
    explorer.set("Maps in between", 155)
    assert "100.1 %" in explorer.words()


@bottleneck.step(3, "2843e5ef")
def test_a_small_kernel_has_less_to_save(explorer):
    explorer.choose("Branch", "3×3, 128 maps")
    explorer.set("Maps in between", 96)
    assert "58.3 %" in explorer.words()


def seen(explorer):
    """The weights and the channels' values at a pixel, and the sum."""
    found = numbers(explorer.words())
    return found[2:8:2], found[3:8:2], found[8]


def brightness(explorer):
    """The lightness of the map's pixels, in per cent."""
    drawn = explorer.view.locator("rect[width='12'][fill]")
    fills = drawn.evaluate_all("all => all.map((one) => one.getAttribute('fill'))")
    return [int(re.search(r"(\d+)%\)", fill)[1]) for fill in fills]


@pixel.step(1, "fd491e51")
def test_other_colours_meet_the_same_weights(explorer):
    colours = set()
    for key in ("ArrowUp", "ArrowUp", "ArrowRight", "ArrowRight"):
        explorer.key("Pixels", key)
        weights, *_ = seen(explorer)
        assert weights == [1, -0.5, -0.5]
        colours.add(explorer.view.locator("rect[width='48']").get_attribute("style"))
    assert len(colours) == 4
    map_of_reds = brightness(explorer)
    below, above = map_of_reds[240:], map_of_reds[:160]
    assert sum(below) / len(below) > 2 * sum(above) / len(above)


@pixel.step(2, "34fcb1df")
def test_what_is_not_blue_goes_black(explorer):
    for colour, weight in (("red", -0.5), ("green", -0.5), ("blue", 1)):
        explorer.set(f"Weight of {colour}", weight)
    left = [light for light in brightness(explorer) if light > 5]
    assert 0 < len(left) < 40


@network.step(1, "9c71dfa2")
def test_the_second_stage_does_most(explorer):
    boxes = explorer.view.locator(".cnn-arch-box:not(.cnn-open)")
    captions = explorer.view.locator(".cnn-arch-words text:not(.cnn-title)")
    assert boxes.count() == captions.count()  # every box says what it is
    said = click_strongest(explorer)
    assert said.startswith("conv2 ")
    assert "346,816,512 MACs" in said
    assert explorer.shows("22 %")


@network.step(2, "32e2e3d5")
def test_beside_two_modules_the_dense_layer_has_most_parameters(explorer):
    explorer.choose("Colours", "by parameters")
    for module in ("5b", "5a"):
        assert click_strongest(explorer).startswith(f"inception_{module} block")
        assert explorer.words().endswith("Open block.")
    said = click_strongest(explorer)
    assert said.startswith("fc ")
    assert "1,025,000 parameters" in said
    assert explorer.shows("15 %")


@heads.step(1, "c945c0c0")
def test_without_heads_the_gradient_gets_shorter_towards_the_input(explorer):
    explorer.set("Weight of a head", 0)
    alone, together = (
        explorer.view.locator(f"circle.{name}").evaluate_all(
            "all => all.map((one) => [-Number(one.getAttribute('cy')), one.r.baseVal.value])"
        )
        for name in ("cnn-alone", "cnn-dot")
    )
    assert [height for height, _ in alone] == [height for height, _ in together]
    assert min(radius for _, radius in alone) > max(radius for _, radius in together)
    assert alone == sorted(alone)
    assert explorer.words().endswith("Without them 5b's is 23 times as long as 3a's.")


@heads.step(2, "121b0835")
def test_heads_lengthen_the_gradient_below_them(explorer):
    explorer.set("Weight of a head", 0.3)
    assert "3a is 5.5 times" in explorer.words()
    assert "4d 1.6 times" in explorer.words()
    assert "5b 1.0 times" in explorer.words()


@heads.step(3, "4416e1aa")
def test_larger_weights_leave_little_to_mend(explorer):
    explorer.choose("Variance of the weights", "2/n")
    assert re.search(r"3a is 1\.[34] times", explorer.words())
    dots = explorer.view.locator("circle.cnn-alone")
    heights = dots.evaluate_all("all => all.map((one) => Number(one.getAttribute('cy')))")
    assert (heights[0], heights[-1]) == (max(heights), min(heights))
    assert explorer.words().endswith("Without them 5b's is 2.6 times as long as 3a's.")


def opened(explorer, layer):
    """Go to the first map of a layer by the keys."""
    title = explorer.view.locator(".cnn-opened .cnn-title")
    explorer.key("Maps", *["ArrowLeft"] * 30)
    for _ in range(40):
        if title.inner_text().startswith(f"{layer}, map 1"):
            return
        explorer.key("Maps", "ArrowRight")
    raise AssertionError(f"{layer} is not reached")


@live.step(1, "7712e69f")
def test_without_its_3x3_branch_a_module_is_lost(explorer):
    assert right(explorer.view) == 190
    opened(explorer, "a")
    explorer.press("Cut a_3x3")
    assert right(explorer.view) == 38


@live.step(2, "39f33e28")
def test_other_branches_are_worth_less(explorer):
    explorer.press("Cut a_3x3")
    left = {}
    for branch in ("a_1x1", "a_5x5", "a_pool_proj"):
        explorer.press(f"Cut {branch}")
        left[branch] = right(explorer.view)
        explorer.press(f"Cut {branch}")
    assert left == {"a_1x1": 162, "a_5x5": 60, "a_pool_proj": 166}


@live.step(3, "5f9fba98")
def test_a_branch_hangs_on_one_map_of_its_bottleneck(explorer):
    explorer.press("Reset")
    opened(explorer, "a_5x5_reduce")
    explorer.press("Switch this map off")
    assert right(explorer.view) == 190
    explorer.press("Switch this map off")
    explorer.key("Maps", "ArrowDown")
    explorer.press("Switch this map off")
    assert right(explorer.view) == 60


@stack.step(1, "7730da8f")
def test_nine_naive_modules_pile_up_maps(explorer):
    explorer.set("Modules", 9)
    assert "9 modules: 4,000 maps." in explorer.words()
    assert "12 G multiplications" in explorer.words()


@stack.step(2, "89202c54")
def test_a_projection_holds_the_maps(explorer):
    explorer.choose("Pooling branch", "projected to 64")
    assert "9 modules: 480 maps." in explorer.words()
    assert "1.6 G multiplications" in explorer.words()


@factors.step(1, "3ba3e8c2")
def test_a_row_and_a_column_have_far_fewer_weights(explorer):
    assert explorer.words() == "7×7: 49 weights for each pair of maps. 1×7, then 7×1: 14, 29 %."


@factors.step(2, "9db78d29")
def test_three_small_layers_see_as_much(explorer):
    explorer.choose("In its place", "layers of 3×3")
    assert "3×3, then 3×3, then 3×3: 27, " in explorer.words()


@factors.step(3, "f67621db")
def test_a_pair_saves_a_third_of_a_small_kernel(explorer):
    explorer.set("Side of the kernel", 3)
    explorer.choose("In its place", "a row and a column")
    assert explorer.words() == "3×3: 9 weights for each pair of maps. 1×3, then 3×1: 6, 67 %."


@lineage.step(1, "6cac8351")
def test_three_ideas_come_in_with_googlenet(explorer):
    first = explorer.words().partition("is the first here with ")[2].partition(";")[0]
    assert first.count("(before: Lin, Chen & Yan 2013)") == 2
    for idea in ("1×1 kernels (before", ", branches, ", "global pooling (before"):
        assert idea in first


@lineage.step(2, "ca472eea")
def test_resnet_leaves_the_branches_behind(explorer):
    explorer.choose("Network", "ResNet-50, 2015")
    taken, _, left = explorer.words().partition("leaves out")
    assert "1×1 kernels" in taken
    assert "global pooling" in taken
    assert "branches" in left
