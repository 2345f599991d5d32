"""The promises of "LeNet-5"."""

import re

from diagram import click_strongest
from hands import Hands, numbers
from lineage import squares
from live_network import right
from promises import Try

from cnnlib.explorers.lineage import NETWORKS
from cnnlib.models.lenet import C3_TABLE

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

wiring, network, pooling, table, output, live, sharing, two, lineage = (
    Try("architectures/lenet", i) for i in range(1, 10)
)


def weights(explorer):
    """How strong the drawn weights are, in their order."""
    drawn = explorer.view.locator("rect.cnn-excites, rect.cnn-inhibits")
    return drawn.evaluate_all("all => all.map((one) => one.getAttribute('fill-opacity'))")


def walked(explorer):
    """The weights of a unit, and those of the next one."""
    before = weights(explorer)
    explorer.key("Units", "ArrowRight")
    return before, weights(explorer)


@wiring.step(1, "51a665a0")
def test_a_dense_unit_has_weights_of_its_own(explorer):
    before, after = walked(explorer)
    assert len(before) == len(after) == 1024
    assert before != after
    assert "4,821,600 parameters" in explorer.words()


@wiring.step(2, "7f85feb5")
def test_a_local_unit_has_few_and_its_own(explorer):
    explorer.choose("Wiring", "local: reads 5×5 pixels")
    before, after = walked(explorer)
    assert len(before) == len(after) == 25
    assert before != after
    assert "122,304 parameters, 122,304 connections" in explorer.words()


@wiring.step(3, "85abbd45")
def test_shared_weights_travel_along(explorer):
    explorer.choose("Wiring", "local, weights shared")
    before, after = walked(explorer)
    assert len(before) == 25
    assert before == after
    assert "156 parameters, 122,304 connections" in explorer.words()


@network.step(1, "411c84b1")
def test_c5_holds_most_parameters(explorer):
    said = click_strongest(explorer)
    assert said.startswith("C5: ")
    assert "48,120 parameters" in said
    assert "output 1×1×120" in said
    assert explorer.shows("79 %")


@network.step(2, "f7c19b3b")
def test_c3_does_most_multiply_adds(explorer):
    explorer.choose("Colours", "by MACs")
    said = click_strongest(explorer)
    assert said.startswith("C3: ")
    assert "150,000 MACs" in said
    assert explorer.shows("46 %")
    assert explorer.shows("2.5 %")


def outputs(explorer):
    """The five outputs as they are written."""
    return explorer.words().partition(" for ")[0].split(", ")


@pooling.step(1, "d1029529")
def test_a_small_coefficient_averages(explorer):
    assert outputs(explorer) == ["−1.00", "−0.55", "0.00", "0.55", "1.00"]
    assert "equal steps, nearly" in explorer.words()


@pooling.step(2, "1f4f97ce")
def test_a_low_bias_makes_a_soft_and(explorer):
    explorer.set("Coefficient", 2)
    explorer.set("Bias", -6)
    assert outputs(explorer)[3:] == ["−1.49", "1.49"]
    assert explorer.words().endswith("a soft AND.")


@pooling.step(3, "1859bdcc")
def test_a_high_bias_makes_a_soft_or(explorer):
    explorer.set("Bias", 6)
    assert outputs(explorer)[:2] == ["−1.49", "1.49"]
    assert explorer.words().endswith("a soft OR.")


@table.step(1, "954078dd")
def test_maps_read_three_then_four_then_all(explorer):
    read = []
    for _ in range(16):
        read.append(int(re.search(r"reads (\d) maps", explorer.words())[1]))
        explorer.key("Table", "ArrowRight")
    assert read == [3] * 6 + [4] * 9 + [6]


@table.step(2, "faeb9e53")
def test_a_complete_table_makes_all_maps_alike(explorer):
    assert explorer.shows("1,516 parameters")
    explorer.choose("Table", "every map reads all")
    assert explorer.shows("2,416 parameters, 241,600 connections")
    assert "The 16 maps of C3 read all the same maps" in explorer.words()


@table.step(3, "a8290ec5")
def test_a_switch_is_worth_a_kernel(explorer):
    explorer.choose("Table", "of the paper")
    explorer.key("Table", "Enter")
    assert explorer.shows("59 kernels of 5×5 and 16 biases")
    assert explorer.shows(f"{1516 - 25:,} parameters, {151_600 - 2500:,} connections")


@output.step(1, "21a24af5")
def test_half_way_two_digits_are_equally_near(explorer):
    explorer.key("F6", *["ArrowRight"] * 10)
    assert explorer.words() == "3 and 8 are equally near, at 14."


@output.step(2, "703b3a2d")
def test_half_a_three_and_half_a_one_is_near_nothing(explorer):
    explorer.set("To digit", 1)
    assert explorer.words() == "1 and 3 are equally near, at 36."


@output.step(3, "fbe6ddc5")
def test_zero_and_six_are_the_closest_pair(explorer):
    explorer.set("On the way, %", 0)
    explorer.set("From digit", 0)
    explorer.set("To digit", 6)
    assert explorer.words() == "Nearest: 0, at 0; then 6, at 52."


def both(explorer):
    """The network of 1998, on which is drawn, and the modern one below it."""
    explorers = explorer.page.locator(".cnn-explorer")
    count = explorers.count()
    texts = [Hands(explorers.nth(i)) for i in range(count)]
    lower = next(i for i in range(count) if texts[i].explorer.locator(".cnn-led").count())
    return texts[lower - 1], texts[lower]


def open_map(network, layer, number):
    """Open a map, counted from 1, as a click on it does."""
    network.key("Maps", *["ArrowLeft"] * 12)
    for _ in range(12):
        if network.view.locator(".cnn-opened .cnn-title").inner_text().startswith(f"{layer}, "):
            break
        network.key("Maps", "ArrowRight")
    network.key("Maps", *["ArrowDown"] * (number - 1))


@live.step(1, "af1fde39")
def test_both_networks_read_an_upright_stroke(explorer):
    then, now = both(explorer)
    then.press("Clear")
    keys = ["ArrowUp"] * 13 + ["Space"] + ["ArrowDown"] * 27 + ["Space"]
    then.key("Drawing surface", *keys)
    assert then.words().startswith("1, at distance 28.8")
    assert now.words().startswith("1, ")


@live.step(2, "fd186d07")
def test_an_eight_is_drawn_nearly_as_its_bitmap(explorer):
    then, _ = both(explorer)
    then.press("Reset")
    then.page.wait_for_timeout(100)
    open_map(then, "output", 9)
    assert then.shows("output, unit 9 of 10")
    assert then.shows("F6 draws")
    assert then.words().startswith("8, at distance 14.3")
    distances = sorted((then.bar(str(digit)), digit) for digit in range(10))
    assert distances[:2] == [(14.3, 8), (105.3, 3)]


@live.step(3, "cccbe380")
def test_a_distance_of_nothing_always_wins_and_a_probability_of_nothing_never(explorer):
    then, now = both(explorer)
    assert right(then.view) == 195
    then.key("Maps", "Delete")
    assert then.words().startswith("8, at distance 0.0")
    assert right(then.view) == 21
    assert right(now.view) == 196
    open_map(now, "softmax", 9)
    now.key("Maps", "Delete")
    assert right(now.view) == 175


@live.step(4, "61077dfc")
def test_one_connection_of_c3_is_worth_two_digits(explorer):
    then, _ = both(explorer)
    then.press("Undo")
    open_map(then, "C3", 2)
    then.key("Slices", *["ArrowLeft"] * 2, "ArrowRight")
    then.press("Cut this connection")
    assert then.shows("Broken: map 3 of S2 → map 2 of C3 cut.")
    assert right(then.view) == 193


@live.step(5, "dbfa7ed2")
def test_ten_connections_at_once_are_worth_many(explorer):
    then, now = both(explorer)
    then.press("Undo")
    open_map(then, "S2", 2)
    then.key("Maps", "Delete")
    assert right(then.view) == 130
    assert sum(1 in read for read in C3_TABLE) == 10
    now.press("Undo")
    open_map(now, "S2", 2)
    now.key("Maps", "Delete")
    assert right(now.view) == 194


def rows(explorer):
    """What the runs' line says: per cent of new pictures right, shared and not, and both gaps."""
    _, shared, dense, gap, wide, *_ = numbers(explorer.words())
    return shared, dense, gap, wide


def every_run(explorer):
    """The same for all five seeds."""
    explorer.set("Seed", 0)
    found = [rows(explorer)]
    for _ in range(4):
        explorer.key("Runs", "ArrowRight")
        found.append(rows(explorer))
    assert explorer.value("Seed") == 4
    return found


@sharing.step(1, "58b22ee2")
def test_shared_weights_are_ahead_in_every_run(explorer):
    for shared, dense, gap, wide in every_run(explorer):
        assert shared > dense
        assert min(shared + gap, dense + wide) > 90


@sharing.step(2, "66291ebb")
def test_the_order_stays_and_the_gap_is_smaller(explorer):
    explorer.choose("Pictures to learn from", "1,000")
    for shared, dense, gap, wide in every_run(explorer):
        assert shared > dense
        assert gap < wide


@two.step(1, "2336fe4b")
def test_the_modern_form_differs_nearly_everywhere(explorer):
    assert "LeNet5Modern: 10 layers, 3 convolutions; 61,706 parameters" in explorer.words()
    assert explorer.words().endswith("Different: 7 layers of LeNet5 and 8 layers of LeNet5Modern.")


def told(explorer):
    """What the network takes over, and what it is the first to have."""
    return explorer.words().split(" takes over ")[1].split("; is the first here with ")


@lineage.step(1, "5d741780")
def test_shared_kernels_stay_and_learned_pooling_goes(explorer):
    assert "shared kernels" in told(explorer)[1]
    assert "learned pooling" in told(explorer)[1]
    assert squares(explorer, "shared kernels") == len(NETWORKS)
    assert squares(explorer, "learned pooling") == 1


@lineage.step(2, "d1182e1f")
def test_alexnet_brings_five_ideas(explorer):
    explorer.choose("Network", "AlexNet, 2012")
    taken, brought = told(explorer)
    assert "dense layers" in taken
    ideas = brought.split("; leaves out")[0]
    assert [idea.split(" (")[0] for idea in re.split(r", (?![^(]*\))", ideas)] == [
        *("ReLU", "max pooling", "dropout", "LRN", "groups")
    ]
    assert ideas.count("before: ") == 3
