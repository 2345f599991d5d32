"""The promises of "Highway networks"."""

import re

from browsing import settle
from diagram import strongest
from hands import numbers
from live_network import right
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

gate, carried, signal, network, depths, live, lineage = (
    Try("architectures/highway", i) for i in range(1, 8)
)


def output(explorer):
    """What the unit puts out."""
    return numbers(explorer.words())[-1]


@gate.step(1, "d6e91647")
def test_a_closed_gate_carries_x(explorer):
    explorer.key("Gate", *["ArrowLeft"] * 8)
    assert explorer.value("Gate's sum") == -6
    assert output(explorer) == -0.99
    assert "closed" in explorer.words()


@gate.step(2, "b734d68b")
def test_an_open_gate_lets_h_through(explorer):
    explorer.key("Gate", *["ArrowRight"] * 24)
    assert explorer.value("Gate's sum") == 6
    assert output(explorer) == 1.49


@gate.step(3, "d78c045b")
def test_half_open_is_the_middle(explorer):
    explorer.set("Gate's sum", 0)
    assert numbers(explorer.words())[0] == 50
    assert output(explorer) == 0.25


@carried.step(1, "f1f62d58")
def test_a_bias_of_minus_two_carries_little_through_fifty_layers(explorer):
    assert "Each layer carries 88 %" in explorer.words()
    assert explorer.words().endswith("Behind 50 layers, 0.18 % of the input arrives.")


@carried.step(2, "5393f51d")
def test_minus_four_carries_much(explorer):
    explorer.set("Bias of the gates", -4)
    assert explorer.words().endswith("Behind 50 layers, 40 % of the input arrives.")


@carried.step(3, "5cfaf33e")
def test_half_open_gates_carry_nothing_far(explorer):
    explorer.set("Bias of the gates", 0)
    explorer.set("Layers", 10)
    assert explorer.words().endswith("Behind 10 layers, 0.098 % of the input arrives.")


@signal.step(1, "91312099")
def test_at_a_bias_of_minus_two_gates_make_the_signal_smaller(explorer):
    assert "With gates the signal is 0.048 times" in explorer.words()
    assert "Without gates the signal is 0.54 times" in explorer.words()


@signal.step(2, "7d27e573")
def test_at_minus_four_the_input_arrives(explorer):
    explorer.set("Bias of the gates", -4)
    with_gates, without = explorer.words().split(" Without gates ")
    assert numbers(with_gates) == [0.45, 0.99, 0.33]
    assert numbers(without)[:2] == [0.54, -0.26]


@signal.step(3, "63602677")
def test_at_zero_nothing_arrives(explorer):
    explorer.set("Bias of the gates", 0)
    assert numbers(explorer.words())[0] < 0.001


@signal.step(4, "b438d857")
def test_small_weights_do_not_matter_where_gates_are_closed(explorer):
    explorer.set("Bias of the gates", -4)
    explorer.set("Weights, beside He's", 0.7)
    assert "With gates the signal is 0.42 times" in explorer.words()
    assert "Without gates the signal is 9.8·10⁻⁹ times" in explorer.words()


@network.step(1, "87d107c4")
def test_a_gate_is_as_large_as_what_it_gates(explorer):
    for name in ("transform", "gate"):
        label = f'[role=treeitem][aria-label^="highway2_{name},"]'
        explorer.view.locator(label).first.click()
        settle(explorer.page)
        assert explorer.words().startswith(f"highway2_{name}")
        assert "2,320 parameters" in explorer.words()


@network.step(2, "de89d3d7")
def test_most_work_is_before_the_first_pooling(explorer):
    explorer.choose("Colours", "by MACs")
    found = [one.get_attribute("aria-label") for one in strongest(explorer)]
    assert {re.match(r"highway\d", one)[0] for one in found} == {"highway2", "highway3"}


def losses(explorer):
    """The marked run's losses, by network."""
    found = re.findall(r"((?:plain|gates), \d+ layers(?:, bias 0)?) (\d\.\d+)", explorer.words())
    return {name: float(value) for name, value in found}


def every(explorer):
    """The losses of all runs, by network."""
    explorer.set("Seed", 0)
    runs = [losses(explorer)]
    for _ in range(2):
        explorer.key("Runs", "ArrowRight")
        runs.append(losses(explorer))
    return {name: [run[name] for run in runs] for name in runs[0]}


@depths.step(1, "41331ea3")
def test_fifty_layers_learn_with_gates_and_slowly_without(explorer):
    found = every(explorer)
    plain, gates = found["plain, 50 layers"], found["gates, 50 layers"]
    assert (min(plain), max(plain)) == (0.9, 1.35)
    assert (min(gates), max(gates)) == (0.39, 0.49)


@depths.step(2, "137983c8")
def test_ten_learn_better_without(explorer):
    found = every(explorer)
    plain, gates = found["plain, 10 layers"], found["gates, 10 layers"]
    assert (min(plain), max(plain)) == (0.14, 0.15)
    assert (min(gates), max(gates)) == (0.41, 0.45)


@depths.step(3, "03db3d10")
def test_half_open_gates_stay_at_guessing(explorer):
    assert every(explorer)["gates, 50 layers, bias 0"] == [2.3] * 3


def opened(explorer, layer, channel):
    """Go to a map of a layer by the keys."""
    for key in ("ArrowLeft", "ArrowRight"):
        for _ in range(40):
            if f" {layer}, map" in explorer.words():
                break
            explorer.key("Maps", key)
    explorer.key("Maps", *["ArrowUp"] * 8, *["ArrowDown"] * channel)


@live.step(1, "6ff20f1c")
def test_a_gate_of_the_fourth_layer_is_missed(explorer):
    assert right(explorer.view) == 191
    opened(explorer, "gate4", 2)
    assert "gate4, map 3 of 8" in explorer.words()
    explorer.press("Switch this map off")
    assert right(explorer.view) == 149


@live.step(2, "f76486e0")
def test_no_gate_of_the_last_layer_is(explorer):
    explorer.press("Undo")
    for channel in (0, 3, 7):
        opened(explorer, "gate9", channel)
        explorer.press("Switch this map off")
        assert 190 <= right(explorer.view) <= 192
        explorer.press("Undo")


@lineage.step(1, "004f2d26")
def test_gates_come_in(explorer):
    brought = explorer.words().partition("is the first here with ")[2].split("; ")[0]
    assert brought == "gates (before: Hochreiter & Schmidhuber 1997)"
    explorer.choose("Network", "ResNet-50, 2015")
    assert "gates" in explorer.words().partition("leaves out ")[2]
    explorer.choose("Network", "Highway, 2015")


@lineage.step(2, "e250c3df")
def test_shortcuts_had_gates_before(explorer):
    explorer.choose("Network", "ResNet-50, 2015")
    assert "shortcuts (before: with gates: Srivastava et al. 2015)" in explorer.words()
