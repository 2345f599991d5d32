"""The promises of "PyramidNet"."""

import re

from browsing import settle
from hands import numbers
from live_network import right
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

steps, padded, order, network, lesion, live, twin, lineage = (
    Try("architectures/pyramidnet", i) for i in range(1, 9)
)


def maps(explorer):
    """The maps of the unit that is read off: added, multiplied, ResNet's; and the parameters."""
    *_, added, multiplied, stages, parameters = numbers(explorer.words())
    return added, multiplied, stages, parameters


@steps.step(1, "93f70e09")
def test_where_a_resnet_jumps_a_pyramid_walks(explorer):
    explorer.key("Units", *["ArrowLeft"] * 9)
    assert explorer.words().startswith("Unit 18 of 54")
    assert maps(explorer)[:3] == (32, 25, 16)
    explorer.key("Units", "ArrowRight")
    assert maps(explorer)[:3] == (32, 26, 32)


@steps.step(2, "44a1a0b6")
def test_adding_gives_more_maps_in_front(explorer):
    explorer.set("α", 270)
    explorer.set("Unit", 54)
    assert maps(explorer)[:2] == (286, 286)
    explorer.set("Unit", 18)
    assert maps(explorer)[:2] == (106, 41)


@steps.step(3, "dd2aa23f")
def test_multiplying_to_the_same_end_costs_half(explorer):
    assert maps(explorer)[3] == 28_485_477
    explorer.choose("Units", "multiply")
    assert maps(explorer)[3] == 14_047_452


def columns(explorer):
    """What shortcut, branch and sum are, map by map."""
    said = [int(one) for one in explorer.view.locator("svg .cnn-tick").all_text_contents()]
    return said[::3], said[1::3], said[2::3]


@padded.step(1, "0da1df0b")
def test_new_maps_come_from_the_branch_alone(explorer):
    shortcut, branch, total = columns(explorer)
    assert shortcut[-2:] == [0, 0]
    assert all(shortcut[:-2])
    assert total == [one + other for one, other in zip(shortcut, branch, strict=True)]
    assert explorer.words().startswith("8 maps are a sum of shortcut and branch. 2 maps have zeros")


@padded.step(2, "8e0009d6")
def test_where_maps_double_half_have_no_shortcut(explorer):
    explorer.set("Added maps", 8)
    shortcut, _, _ = columns(explorer)
    assert (len(shortcut), shortcut.count(0)) == (16, 8)


@padded.step(3, "031186b4")
def test_without_the_branch_new_maps_are_zeros(explorer):
    before, _, _ = columns(explorer)
    explorer.tick("Branch", False)
    _, _, total = columns(explorer)
    assert total == before
    assert total[8:] == [0] * 8


@order.step(1, "56fcc74e")
def test_the_first_relu_hides_what_is_below_the_mean(explorer):
    assert explorer.words().startswith("Of −1.0 the first convolution reads 0.0.")


@order.step(2, "2d39c2ee")
def test_without_it_all_is_read(explorer):
    explorer.choose("Branch", "without the first ReLU")
    assert explorer.words().startswith("Of −1.0 the first convolution reads −1.0.")


@order.step(3, "66f5b5cf")
def test_the_last_normalization_sets_the_size(explorer):
    explorer.choose("Branch", "PyramidNet's")
    for size in (0.1, 3, 2):
        explorer.set("Size of the weights", size)
        assert explorer.words().endswith("has a size of 1.0, whatever its weights are.")


@network.step(1, "ab05aeae")
def test_some_units_add_no_map(explorer):
    names = explorer.view.locator("[role=treeitem]").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )
    shortcuts = [one.partition(",")[0] for one in names if "_shortcut" in one]
    for stage in (2, 3, 4):
        assert f"conv{stage}_10" in [one.partition(",")[0] for one in names]
        assert not any(one.startswith(f"conv{stage}_10_") for one in shortcuts)
    firsts = [one for one in shortcuts if re.match(r"conv\d_1_", one)]
    assert firsts == ["conv3_1_shortcut_pool", "conv4_1_shortcut_pool"]
    assert len(shortcuts) > 2 * len(firsts)


@network.step(2, "02b01028")
def test_work_comes_first_and_parameters_last(explorer):
    for name, shares in (("conv2", ("50 %", "11 %")), ("conv4", ("17 %", "59 %"))):
        frame = explorer.view.locator(f'[role=treeitem][aria-label^="{name},"]').first
        frame.click(position={"x": 5, "y": 5})
        settle(explorer.page)
        for share in shares:
            assert explorer.shows(share)


def left(explorer, count):
    """Per cent right without each unit, from the first: ResNet and PyramidNet."""
    explorer.key("Units", *["ArrowLeft"] * count)
    found = []
    for place in range(1, count + 1):
        _, at, units, resnet, _, pyramid, _ = numbers(explorer.words())
        assert (at, units) == (place, count)
        found.append((resnet, pyramid))
        explorer.key("Units", "ArrowRight")
    return found


@lesion.step(1, "d3936930")
def test_a_resnet_dips_where_maps_are_halved(explorer):
    found = left(explorer, 9)
    for unit in (3, 6):
        assert found[unit][0] < min(found[unit - 1][0], found[unit + 1][0])
    rounded = [tuple(map(round, found[unit])) for unit in (3, 6)]
    assert rounded == [(36, 50), (44, 88)]


@lesion.step(2, "32cb0431")
def test_deeper_networks_are_flatter(explorer):
    shallow = left(explorer, 9)
    explorer.choose("Layers", "32")
    deep = left(explorer, 15)
    for network in (0, 1):
        assert min(one[network] for one in deep[2:]) > min(one[network] for one in shallow[2:])
    assert min(pyramid for _, pyramid in deep[-8:]) > 90


def opened(explorer, layer):
    """Go to a layer by the keys."""
    for _ in range(80):
        if f" {layer}, map" in explorer.words():
            return
        explorer.key("Maps", "ArrowRight")
    raise AssertionError(layer)


def without(explorer, unit):
    """On how many pictures the network is right without a unit's branch."""
    opened(explorer, f"{unit}_add")
    explorer.press(f"Cut {unit}_conv2_bn")
    return right(explorer.view)


@live.step(1, "f3276468")
def test_the_second_unit_is_missed(explorer):
    assert right(explorer.view) == 199
    assert without(explorer, "conv2_2") == 16


@live.step(2, "52777842")
def test_the_last_unit_is_missed_less(explorer):
    explorer.press("Undo")
    assert without(explorer, "conv4_2") == 147


@twin.step(1, "3da925c9")
def test_the_residual_twin_hardly_misses_its_second_unit(explorer):
    assert without(explorer, "conv2_2") == 180


@lineage.step(1, "bf55763b")
def test_the_padded_shortcut_comes_in(explorer):
    first = explorer.words().partition("is the first here with ")[2].partition(";")[0]
    assert first == "padded shortcut (before: option A: He et al. 2015)"
