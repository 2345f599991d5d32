"""The promises of "AlexNet"."""

import re

from diagram import click_strongest
from hands import numbers
from lineage import squares
from live_network import right
from promises import Try

from cnnlib.explorers.lineage import NETWORKS

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

network, activations, curves, towers, normalization, overlap, light, committee, live, lineage = (
    Try("architectures/alexnet", i) for i in range(1, 11)
)


@network.step(1, "da2bcbf3")
def test_the_first_dense_layer_holds_most_parameters(explorer):
    said = click_strongest(explorer)
    assert said.startswith("fc6 block: ")
    assert "37,752,832 parameters" in said
    assert explorer.shows("62 %")


@network.step(2, "f6e5ce47")
def test_the_second_convolution_works_most(explorer):
    explorer.choose("Colours", "by MACs")
    said = click_strongest(explorer)
    assert said.startswith("conv2 block: ")
    assert "223,948,800 MACs" in said
    assert explorer.shows("31 %")
    assert explorer.shows("0.5 %")


def passed(explorer):
    """Per cent of a gradient that ReLU and tanh let back."""
    _, _, relu, _, tanh = numbers(explorer.words())
    return relu, tanh


@activations.step(1, "62e9b0c4")
def test_tanh_is_saturated_at_3(explorer):
    explorer.set("Weighted sum", 3)
    assert passed(explorer) == (100, 0.987)


@activations.step(2, "91103664")
def test_five_saturated_units_leave_nothing(explorer):
    explorer.set("Layers", 5)
    assert re.search(r"tanh gives 0\.995 and lets 9\.35e−9 %", explorer.words())


@activations.step(3, "9a89450e")
def test_a_relu_that_is_off_lets_nothing_back(explorer):
    explorer.set("Weighted sum", -1)
    assert passed(explorer) == (0, 1.31)


def every_run(explorer):
    """What the line says of ReLU and of tanh, for each seed."""
    explorer.set("Seed", 0)
    said = []
    for _ in range(5):
        relu, tanh = explorer.words().partition(": ")[2].split("; ")
        said.append((relu, tanh))
        explorer.key("Runs", "ArrowRight")
    assert explorer.value("Seed") == 4
    return said


def heights(explorer, curves, step):
    """How far below the drawing's upper edge each of the curves is at a step of training."""
    drawn = explorer.view.locator(f"path.{curves}").evaluate_all(
        "all => all.map((one) => one.getAttribute('d').match(/[\\d.]+ [\\d.]+/g))"
    )
    return [float(points[step // 20 - 1].split()[1]) for points in drawn]


@curves.step(1, "e4fedf02")
def test_as_in_2012_relus_alone_arrive(explorer):
    relus, tanhs = (heights(explorer, name, 100) for name in ("cnn-curve", "cnn-other-curve"))
    assert len(relus) == len(tanhs) == 5
    assert max(relus) < min(tanhs)  # higher up: more is wrong
    for relu, tanh in every_run(explorer):
        assert re.match(r"ReLU in \d+ steps$", relu)
        assert numbers(relu)[0] <= 300
        assert tanh.startswith("tanh not in 600 steps")


@curves.step(2, "9b5478b6")
def test_as_today_relus_are_never_ahead(explorer):
    explorer.set("Seed", 0)
    explorer.choose("Set-up", "as today")
    for relu, tanh in every_run(explorer):
        assert numbers(tanh)[0] <= numbers(relu)[0] <= 140


@towers.step(1, "ba4b3ec1")
def test_three_layers_read_their_own_tower_alone(explorer):
    assert explorer.shows("60,965,224 parameters")
    assert explorer.shows("60,672 numbers cross")
    explorer.set("Layer", 1)
    alone = []
    for _ in range(8):
        name, _, said = explorer.words().partition(": ")
        if "read its own tower alone" in said:
            alone.append(name)
        explorer.key("Layers", "ArrowRight")
    assert alone == ["conv2", "conv4", "conv5"]


@towers.step(2, "8038de5c")
def test_without_towers_work_grows_more_than_parameters(explorer):
    explorer.choose("Who reads both towers", "every layer")
    title = explorer.view.locator(".cnn-title").inner_text()
    parameters, macs, traffic = numbers(title)
    assert parameters == 62_378_344
    assert 1.5 < macs / 724_406_816 < 1.6
    assert 4 < traffic / 60_672 < 4.5


@towers.step(3, "9ee0482e")
def test_two_networks_side_by_side(explorer):
    explorer.choose("Who reads both towers", "the last layer only")
    assert explorer.shows("33,259,880 parameters")


def kept(explorer):
    """Per cent that the twelve maps keep, as they are written under the bars."""
    texts = explorer.view.locator("text.cnn-label").all_text_contents()
    return [int(text) for text in texts]


def bars(explorer):
    """How tall the twelve bars are before normalization, and after it."""
    tall = explorer.view.locator("rect.cnn-cell").evaluate_all(
        "all => all.map((one) => Number(one.getAttribute('height')))"
    )
    return tall[:12], tall[12:]


@normalization.step(1, "94901e0c")
def test_quiet_maps_are_divided_by_a_constant(explorer):
    explorer.set("Largest answer", 1)
    assert kept(explorer) == [59] * 12
    assert "from 59 % to 59 %" in explorer.words()


@normalization.step(2, "eec85ba6")
def test_loud_neighbours_shout_each_other_down(explorer):
    explorer.set("Largest answer", 1000)
    assert "from 2 % to 13 %" in explorer.words()
    before, after = bars(explorer)
    assert after.index(max(after)) == 7
    louder = [i for i, bar in enumerate(before) if bar > before[7]]
    assert louder == [1, 3, 10, 11]
    assert before.index(max(before)) == 3


@normalization.step(3, "ca2b31dd")
def test_a_very_loud_map_silences_itself(explorer):
    explorer.set("Reach r", 0)
    before, after = bars(explorer)
    answering = [after[i] for i, bar in enumerate(before) if bar > max(before) / 20]
    assert len(answering) == 10
    assert min(answering) == after[3]


@overlap.step(1, "caffc80a")
def test_windows_of_two_do_not_share(explorer):
    assert "6 windows of 3" in explorer.words()
    explorer.set("Window", 2)
    assert "6 windows of 2" in explorer.words()
    assert explorer.words().endswith("is in one window.")


@overlap.step(2, "76effa1f")
def test_windows_of_three_share_every_second_cell(explorer):
    explorer.set("Window", 3)
    seen = []
    for _ in range(8):
        explorer.key("Row", "ArrowRight")
        seen.append("in two windows" in explorer.words())
    assert seen == [False, True] * 3 + [False, False]


@overlap.step(3, "c871daf4")
def test_windows_of_one_lose_the_answer(explorer):
    explorer.set("Window", 1)
    explorer.set("Place of the answer", 5)
    assert explorer.words().endswith("pooling loses it.")


@light.step(1, "800e9e46")
def test_the_first_colour_is_brightness(explorer):
    before = explorer.pixels("In other light").mean()
    for alpha, sign in ((0.3, 1), (-0.3, -1)):
        explorer.set("First colour, alpha", alpha)
        added = numbers(explorer.words())[:3]
        assert all(15 < sign * level < 20 for level in added)
        assert sign * (explorer.pixels("In other light").mean() - before) > 0


@light.step(2, "d09e7852")
def test_the_second_colour_is_warmth(explorer):
    explorer.set("First colour, alpha", 0)
    explorer.set("Second colour, alpha", 0.3)
    red, _, blue, *_ = numbers(explorer.words())
    assert (red, blue) == (8.4, -6.6)


@light.step(3, "d2980a2a")
def test_eigenvalues_of_bytes_are_far_too_large(explorer):
    explorer.set("First colour, alpha", 0.1)
    explorer.set("Second colour, alpha", 0)
    explorer.choose("Alpha times", "the eigenvalue, pixels 0 to 255")
    assert numbers(explorer.words())[0] == 613.1
    assert (explorer.pixels("In other light") == 255).all()


@committee.step(1, "1610655d")
def test_members_differ_from_8_to_97_per_cent(explorer):
    explorer.set("Member", 0)
    said = []
    for _ in range(16):
        said.append(numbers(explorer.words())[1])
        explorer.key("Members", "ArrowRight")
    assert (min(said), max(said)) == (8.3, 97.3)


@committee.step(2, "b1ddccf9")
def test_halved_outputs_give_the_geometric_mean(explorer):
    assert explorer.words().count("64.6 %") == 2


@committee.step(3, "4f29fc6d")
def test_strong_votes_part_it_from_the_plain_mean(explorer):
    explorer.set("Strength of the votes", 3)
    assert "mean 62.3 % (solid line)" in explorer.words()
    assert "One network with halved outputs: 85.8 %" in explorer.words()


def strands(explorer):
    """How many wires lead to the map that is opened."""
    return explorer.view.locator(".cnn-maps .cnn-strand").count()


@live.step(1, "c69f621c")
def test_lrn_reads_a_map_and_its_neighbours(explorer):
    assert explorer.shows("conv1, map 8 of 12")
    explorer.key("Maps", "ArrowRight")
    assert explorer.shows("norm1, map 8 of 12")
    assert strands(explorer) == 5


@live.step(2, "2fee9e59")
def test_a_map_reads_its_tower_and_one_of_conv3_both(explorer):
    explorer.key("Maps", "ArrowRight", "ArrowRight")
    assert explorer.shows("conv2, map 8 of 16")
    assert strands(explorer) == 6
    explorer.key("Maps", "ArrowRight", "ArrowRight")
    assert explorer.shows("conv3, map 8 of 24")
    assert strands(explorer) == 16


@live.step(3, "64034106")
def test_many_digits_hang_on_one_kernel(explorer):
    assert right(explorer.view) == 195
    explorer.key("Maps", *["ArrowLeft"] * 5)
    assert explorer.shows("conv1, map 8 of 12")
    explorer.key("Maps", "Delete")
    assert right(explorer.view) == 151


@lineage.step(1, "32c8e45f")
def test_some_ideas_of_alexnet_last_and_some_end(explorer):
    ideas = ("ReLU", "max pooling", "groups", "LRN")
    later = len(NETWORKS) - 1  # all but LeNet-5
    assert [squares(explorer, idea) for idea in ideas] == [later, later, 1, 3]
    assert "LRN" in explorer.words().partition("is the first here with ")[2]
