"""The promises of "ResNet"."""

import itertools
import re

from browsing import settle
from diagram import strongest
from hands import numbers
from live_network import right
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

depth, unit, two, deepest, paths, product, lesion, live, order = (
    Try("architectures/resnet", i) for i in range(1, 10)
)


def losses(explorer):
    """The last losses of the marked run: 20 layers, 44 layers."""
    _, shallow, _, _, deep, *_ = numbers(explorer.words())
    return shallow, deep


def every_run(explorer):
    """The same for all three seeds."""
    explorer.set("Seed", 0)
    found = [losses(explorer)]
    for _ in range(2):
        explorer.key("Curves", "ArrowRight")
        found.append(losses(explorer))
    assert explorer.value("Seed") == 2
    return found


@depth.step(1, "4a3dc9b0")
def test_the_deeper_plain_network_learns_worse(explorer):
    for shallow, deep in every_run(explorer):
        assert deep > 5 * shallow


@depth.step(2, "6d19df62")
def test_the_deeper_residual_network_learns_better(explorer):
    explorer.choose("Network", "residual")
    for shallow, deep in every_run(explorer):
        assert deep < shallow


@unit.step(1, "b452d1b5")
def test_the_difference_is_small_near_the_identity(explorer):
    for x in (-2, -1.3, -0.5, 0.5, 1.3, 2):
        explorer.set("x", x)
        long = [
            explorer.view.locator(f"line.cnn-{name}").bounding_box()["height"]
            for name in ("residual", "target")
        ]
        assert long[0] < long[1]
    assert explorer.words().endswith("h is 1.13 in size and f 0.29 (root of the mean square).")


@unit.step(2, "cdf008a7")
def test_without_strength_the_shortcut_hands_on_what_it_reads(explorer):
    explorer.set("Strength, %", 0)
    x = explorer.value("x")
    assert f"gives {x:.2f} with a shortcut and 0.00 without" in explorer.words()
    shape = {
        name: explorer.view.locator(f"path.cnn-{name}").get_attribute("d")
        for name in ("curve", "identity")
    }
    assert shape["curve"] == shape["identity"]


@unit.step(3, "e5b7714e")
def test_far_from_the_identity_the_difference_is_larger_than_the_function(explorer):
    explorer.choose("Wanted h(x)", "far from x")
    explorer.set("Strength, %", 100)
    assert explorer.words().endswith("h is 0.67 in size and f 1.35 (root of the mean square).")


@two.step(1, "045aebd7")
def test_both_have_the_same_stages(explorer):
    for stage in ("conv2 ×3", "conv3 ×4", "conv4 ×6", "conv5 ×3"):
        assert explorer.view.get_by_text(stage, exact=True).count() == 2


def framed(explorer, name):
    """Click into the frame of a block of the first network, and return what is said."""
    frame = explorer.view.locator(f'[role=treeitem][aria-label^="{name},"]').first
    frame.click(position={"x": 5, "y": 5})
    settle(explorer.page)
    return explorer.words()


@two.step(2, "3d269b77")
def test_the_work_of_a_unit_stays_level(explorer):
    parameters = []
    for unit in ("conv2_2", "conv3_2", "conv4_2", "conv5_2"):
        said = framed(explorer, unit)
        assert "231,211,008 MACs" in said
        parameters.append(numbers(said.partition("convolutions; ")[2])[0])
    for before, after in itertools.pairwise(parameters):
        assert round(after / before, 1) == 4


@two.step(3, "69bd2a60")
def test_the_strongest_colour_is_the_unit_of_the_last_stage(explorer):
    explorer.choose("Colours", "by parameters")
    for box in strongest(explorer):
        assert box.get_attribute("aria-label").startswith("conv5_2,")


@deepest.step(1, "350864b5")
def test_most_of_it_is_in_one_stage(explorer):
    assert explorer.shows("conv4 ×36")
    framed(explorer, "conv4")
    assert explorer.shows("67 %")
    assert explorer.shows("70 %")


@paths.step(1, "63e1aee8")
def test_a_removed_unit_leaves_half_of_the_paths(explorer):
    explorer.set("Units removed", 1)
    assert "4 paths of 8" in explorer.words()


@paths.step(2, "37d36134")
def test_54_units_have_paths_without_number(explorer):
    explorer.set("Units removed", 0)
    explorer.set("Units", 54)
    assert explorer.words().startswith("54 units: 18,014,398,509,481,984 paths.")


@paths.step(3, "2c38a07f")
def test_the_gradient_comes_through_short_paths(explorer):
    explorer.set("Slope of a branch", 0.25)
    assert explorer.words().endswith("comes through paths of 5 to 17 units.")


@product.step(1, "ec649ce9")
def test_the_product_vanishes_and_the_sum_does_not(explorer):
    assert explorer.words().endswith("times 1.0·10⁻²⁰ without shortcuts, times 6.7 with them.")


@product.step(2, "c04a12d7")
def test_the_sum_may_explode(explorer):
    explorer.set("Slope of a branch", 0.5)
    assert explorer.words().endswith("times 3,300 with them.")


@product.step(3, "d074ea20")
def test_the_sum_may_vanish(explorer):
    explorer.set("Slope of a branch", -0.5)
    without, with_them = re.findall(r"times (\S+)", explorer.words())
    assert without == with_them


def lesions(explorer, count):
    """What is said of each unit, from the first: without it and with all, plain and residual."""
    found = []
    for place in range(1, count + 1):
        _, at, units, *rights = numbers(explorer.words())
        assert (at, units) == (place, count)
        found.append(rights)
        explorer.key("Units", "ArrowRight")
    return found


@lesion.step(1, "e588fe11")
def test_the_plain_network_does_not_survive_a_lost_unit(explorer):
    found = lesions(explorer, 9)
    plain, _, residual, _ = zip(*found, strict=True)
    assert (round(min(plain)), round(max(plain))) == (7, 19)
    assert (round(residual[0]), round(residual[-1])) == (11, 96)


@lesion.step(2, "5ce35fe5")
def test_the_deep_residual_network_hardly_misses_most_units(explorer):
    explorer.choose("Layers", "44")
    explorer.key("Units", *["ArrowLeft"] * 8)
    residual = [left for _, _, left, _ in lesions(explorer, 21)]
    assert residual[3] < 80 < min(residual[-17:])
    assert residual[0] == min(residual)


def cut(explorer, layer):
    """Click on the arc that leads to a layer."""
    link = f'.cnn-link-target[data-layer="{layer}"][data-input="0"]'
    explorer.view.locator(link).dispatch_event("click")


def go_to(explorer, layer, key):
    """Go from layer to layer with an arrow key."""
    while f" {layer}, map" not in explorer.words():
        explorer.key("Maps", key)


@live.step(1, "5a85d3f2")
def test_the_last_shortcut_is_not_missed(explorer):
    assert right(explorer.view) == 199
    cut(explorer, "conv4_2_add")
    assert right(explorer.view) == 200


@live.step(2, "efbbd92a")
def test_an_early_shortcut_is(explorer):
    explorer.press("Undo")
    cut(explorer, "conv2_2_add")
    assert right(explorer.view) == 71


@live.step(3, "b68b1e1e")
def test_the_last_branch_is_hardly_missed(explorer):
    explorer.press("Undo")
    go_to(explorer, "conv4_2_add", "ArrowRight")
    explorer.press("Cut conv4_2_conv2_bn")
    assert right(explorer.view) == 188


@live.step(4, "8ec3838f")
def test_a_branch_in_the_middle_is(explorer):
    explorer.press("Undo")
    go_to(explorer, "conv3_2_add", "ArrowLeft")
    explorer.press("Cut conv3_2_conv2_bn")
    assert right(explorer.view) == 35


@live.step(5, "7fd75cd5")
def test_without_the_four_arcs_little_is_left(explorer):
    explorer.press("Undo")
    for layer in ("conv2_1_add", "conv2_2_add", "conv3_2_add", "conv4_2_add"):
        cut(explorer, layer)
    assert right(explorer.view) == 36


@order.step(1, "c8c96f4e")
def test_a_relu_behind_the_sum_stops_a_negative_number(explorer):
    assert explorer.words().startswith("From −1.0, the units give 0.0,")
    assert explorer.words().endswith("the slope from end to end is 0.")


@order.step(2, "e2d7ac50")
def test_with_pre_activation_there_are_only_sums(explorer):
    explorer.choose("Order", "2016")
    assert explorer.words().endswith(" 0.5. Along the shortcuts, the slope from end to end is 1.")


@order.step(3, "c024d6ed")
def test_both_orders_pass_positive_sums(explorer):
    explorer.set("x", 1)
    pre = explorer.words()
    explorer.choose("Order", "2015")
    assert explorer.words() == pre
    assert "the units give 1.5, 2.0, 2.5." in pre
