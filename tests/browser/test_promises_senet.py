"""The promises of "SENet"."""

import re

from browsing import settle
from hands import numbers
from live_network import right
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

squeeze, gates, two, reduction, classes, live, lineage = (
    Try("architectures/senet", i) for i in range(1, 8)
)


def squeezed(explorer):
    """The number that is left of the map."""
    return numbers(explorer.words())[-1]


@squeeze.step(1, "77a9a40e")
def test_the_mean_does_not_know_where(explorer):
    for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
        before = explorer.words()
        explorer.key("Map", key)
        assert explorer.words() != before
        assert squeezed(explorer) == 0.2


@squeeze.step(2, "21d47cb8")
def test_the_mean_knows_how_much(explorer):
    explorer.set("Side of the square", 2)
    assert squeezed(explorer) == 0.05


@squeeze.step(3, "093164ea")
def test_the_maximum_does_not(explorer):
    explorer.choose("Squeeze", "maximum")
    for side in (1, 2, 6):
        explorer.set("Side of the square", side)
        assert squeezed(explorer) == 0.8


def opened(explorer):
    """The gates of ears, fur, wheels and road."""
    return numbers(explorer.words())[:4]


@gates.step(1, "611bf600")
def test_beside_ears_and_fur_wheels_do_not_count(explorer):
    assert opened(explorer) == [0.95, 0.95, 0.05, 0.05]
    assert explorer.value("ears") > 0.5
    assert explorer.value("fur") > 0.5


@gates.step(2, "bac4045d")
def test_without_a_case_all_gates_are_half_open(explorer):
    explorer.set("ears", 0)
    explorer.set("fur", 0)
    assert opened(explorer) == [0.5] * 4


@gates.step(3, "46665cee")
def test_wheels_open_the_gate_of_road(explorer):
    road = explorer.value("road")
    explorer.set("wheels", 0.8)
    assert explorer.value("road") == road
    assert opened(explorer)[3] == 0.77


@two.step(1, "62d805fb")
def test_only_the_blocks_differ(explorer):
    assert "Different: 0 layers of ResNet50 and 64 layers of SEResNet50." in explorer.words()
    assert 64 == 4 * 16
    for kind in ("squeeze", "reduce", "excite", "scale"):
        label = f'[role=treeitem][aria-label^="conv2_2_se_{kind},"]'
        assert explorer.view.locator(label).count() == 1


@two.step(2, "d3bf319e")
def test_a_block_costs_most_where_maps_are_many(explorer):
    for unit, parameters in (("conv2_2", "8,464"), ("conv5_2", "526,464")):
        frame = explorer.view.locator(f'[role=treeitem][aria-label^="{unit}_se,"]')
        frame.click(position={"x": 5, "y": 5})
        settle(explorer.page)
        assert f"{parameters} parameters" in explorer.words()


@reduction.step(1, "7ba1cb4d")
def test_most_of_the_gates_weights_are_in_the_last_stage(explorer):
    assert explorer.shows("1,579,392")
    assert "2,530,992 more parameters" in explorer.words()


@reduction.step(2, "0604726f")
def test_wide_blocks_gain_nothing(explorer):
    explorer.choose("Reduction r", "2")
    assert "78.8 % of ResNet-50's" in explorer.words()
    assert "22.29 % top-1" in explorer.words()


@reduction.step(3, "538a0df9")
def test_narrow_blocks_lose_a_little(explorer):
    explorer.choose("Reduction r", "32")
    assert round(numbers(explorer.words())[1] / 2_530_992, 1) == 0.5
    assert "22.72 % top-1" in explorer.words()


def scattered(explorer):
    """How far the gates scatter between classes, in points, and the class's share, in per cent."""
    return numbers(explorer.words())[-2:]


@classes.step(1, "fbe3928f")
def test_early_gates_are_alike_for_all_classes(explorer):
    assert explorer.value("Unit") == 1
    assert scattered(explorer)[0] == 1.2


@classes.step(2, "e866204c")
def test_late_gates_are_not(explorer):
    explorer.key("Gates", *["ArrowRight"] * 5)
    assert explorer.value("Unit") == 6
    assert scattered(explorer) == [14.4, 66]


@classes.step(3, "3f0fc801")
def test_other_networks_do_the_same(explorer):
    for seed, points in ((1, 12.6), (2, 16.1)):
        explorer.set("Seed", seed)
        assert scattered(explorer)[0] == points


def go_to(explorer, layer, key):
    """Go from layer to layer with an arrow key."""
    while f" {layer}, " not in explorer.words():
        explorer.key("Maps", key)


@live.step(1, "7a182f5f")
def test_a_gate_follows_the_picture(explorer):
    go_to(explorer, "conv4_1_se_excite", "ArrowRight")
    while "map 14 of 32" not in explorer.words():
        explorer.key("Maps", "ArrowDown")
    assert explorer.words().startswith("8, ")
    assert "= 5.552 → sigmoid → .996." in explorer.words()
    explorer.key("Test pictures", "ArrowRight")
    assert explorer.words().startswith("3, ")
    assert "→ sigmoid → .135." in explorer.words()


def cut_gates(explorer, unit, key):
    go_to(explorer, f"{unit}_se_scale", key)
    explorer.press(f"Cut {unit}_se_excite")


@live.step(2, "9498b132")
def test_the_last_gates_are_not_missed(explorer):
    assert right(explorer.view) == 193
    cut_gates(explorer, "conv4_1", "ArrowRight")
    assert right(explorer.view) == 194


@live.step(3, "4bb82a6c")
def test_the_first_gates_are(explorer):
    explorer.press("Undo")
    cut_gates(explorer, "conv2_1", "ArrowLeft")
    assert right(explorer.view) == 108


@live.step(4, "223a0f58")
def test_as_constants_they_are_not(explorer):
    explorer.press("Undo")
    go_to(explorer, "conv2_1_se_reduce", "ArrowLeft")
    for place, key in ((2, "ArrowDown"), (1, "ArrowUp")):
        explorer.key("Maps", key)
        assert f"map {place} of 2" in explorer.words()
        explorer.press("Switch this map off")
    assert right(explorer.view) == 193


@lineage.step(1, "7f8bed1c")
def test_beside_resnet_only_gates_are_new(explorer):
    said = explorer.words()
    taken, _, rest = said.removeprefix("SE-ResNet-50 takes over ").partition("; is the first here ")
    assert rest.startswith("with nothing;")
    explorer.choose("Network", "Highway, 2015")
    assert "is the first here with gates (" in explorer.words()
    explorer.choose("Network", "ResNet-50, 2015")
    own = explorer.words().removeprefix("ResNet-50 takes over ").partition("; leaves out ")[0]
    has = [one.partition(" (")[0] for one in re.split(r", |; is the first here with ", own)]
    assert [idea for idea in taken.split(", ") if idea not in has] == ["gates"]
    explorer.choose("Network", "SE-ResNet-50, 2017")


@lineage.step(2, "c56cb1bc")
def test_separable_kernels_are_not_taken_over(explorer):
    assert "separable" in explorer.words().partition("leaves out ")[2]
    explorer.choose("Network", "Xception, 2016")
    assert "is the first here with separable" in explorer.words()
