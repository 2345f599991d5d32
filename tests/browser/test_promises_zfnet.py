"""The promises of "ZF Net"."""

import re

import numpy as np
from browsing import settle
from diagram import strongest
from hands import numbers, signs
from live_network import right
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

pooled, maps, stripes, network, live, layers, lineage = (
    Try("architectures/zfnet", i) for i in range(1, 8)
)


@pooled.step(1, "21428077")
def test_with_switches_all_that_is_kept_comes_back_to_its_place(explorer):
    for place in range(5):
        explorer.set("Place of the stroke", place)
        assert numbers(explorer.words()) == [8, 4, 4, 0]


@pooled.step(2, "19ee2e87")
def test_without_switches_two_come_back_elsewhere(explorer):
    explorer.set("Place of the stroke", 1)
    explorer.choose("Switches", "lost")
    assert explorer.words().endswith("2 come back where they were, 2 elsewhere.")


def answer(explorer):
    """The strongest answer of the map, and the classes of the nine pictures."""
    words = explorer.words()
    strong = numbers(words.partition("answers from ")[2])[0]
    return strong, re.search(r"They show: ([^.]*)\.", words)[1].split(", ")


@maps.step(1, "2e50d4c0")
def test_a_map_of_conv2_answers_to_slanted_strokes(explorer):
    assert answer(explorer)[1] == ["x", "summation", "partial"]
    red, blue = signs(explorer.pixels("Sent back"))
    assert 0.03 < red < 0.3
    assert 0.03 < blue < 0.3
    pixels = explorer.pixels("Sent back").astype(int)
    red = pixels[..., 0] - pixels[..., 2]
    corners = [28 * number for number in range(3)]
    tile = sum(red[top : top + 27, left : left + 27] for top in corners for left in corners)
    down, across = (tile > tile.max() / 2).nonzero()
    assert np.corrcoef(down, across)[0, 1] > 0.5


@maps.step(2, "2d03fddc")
def test_another_answers_to_products(explorer):
    explorer.set("Map", 11)
    assert answer(explorer)[1] == ["product"]


@maps.step(3, "df017177")
def test_a_map_of_conv4_answers_to_percent_signs(explorer):
    explorer.choose("Layer", "conv4")
    explorer.set("Map", 21)
    assert answer(explorer)[1] == ["percent"]
    assert "a cell sees 107×107 pixels" in explorer.words()


@maps.step(4, "8da4c00b")
def test_seven_of_twelve_first_maps_are_dead(explorer):
    explorer.choose("Layer", "conv1")
    explorer.set("Map", 1)
    dead = []
    for number in range(1, 13):
        assert f"conv1, map {number} of 12" in explorer.words()
        none = "answers to none of the 200 pictures" in explorer.words()
        assert none == (answer(explorer)[0] <= 0)
        dead += [number] * none
        explorer.key("Map", "ArrowRight")
    assert len(dead) == 7


def shades(explorer, row):
    """The shades of a row of cells: the picture, stride 2 and stride 4."""
    bars = explorer.view.locator("svg rect[fill^=rgb]")
    found = bars.evaluate_all(
        "all => all.map((one) => [one.getAttribute('y'), one.getAttribute('fill')])"
    )
    places = sorted({float(y) for y, _ in found})
    return [int(fill[4:].split(",")[0]) for y, fill in found if float(y) == places[row]]


@stripes.step(1, "e4d3349a")
def test_a_stride_of_4_shows_two_broad_stripes(explorer):
    assert explorer.words().endswith("A stride of 2 shows 10 stripes; one of 4 shows 2 stripes.")


@stripes.step(2, "a8ef7be4")
def test_the_broad_stripes_go_the_other_way(explorer):
    fine, broad = shades(explorer, 0), shades(explorer, 2)
    explorer.set("Shift", 1)
    assert shades(explorer, 0) == fine[-1:] + fine[:-1]
    moved = shades(explorer, 2)
    to_the_left = sum(a * b for a, b in zip(moved, broad[1:] + broad[:1], strict=True))
    to_the_right = sum(a * b for a, b in zip(moved, broad[-1:] + broad[:-1], strict=True))
    assert to_the_left > to_the_right


@stripes.step(3, "d8e9aba9")
def test_twelve_stripes_vanish(explorer):
    explorer.set("Stripes", 12)
    assert explorer.words().endswith("one of 4 shows no stripe.")
    assert np.ptp(shades(explorer, 2)) <= 1  # all grey, but for rounding


@stripes.step(4, "926690d4")
def test_seventeen_are_too_fine_for_both(explorer):
    explorer.set("Stripes", 17)
    assert explorer.words().endswith("A stride of 2 shows 7 stripes; one of 4 shows 5 stripes.")


@network.step(1, "91fdaede")
def test_all_convolutions_but_the_third_differ(explorer):
    assert explorer.words().endswith("Different: 7 layers of AlexNet and 10 layers of ZFNet.")


@network.step(2, "51b2ae20")
def test_conv2_takes_most_multiply_adds(explorer):
    explorer.choose("Colours", "by MACs")
    for macs in ("724,406,816", "1,168,032,896"):
        assert explorer.shows(macs)
    strongest(explorer)[-1].click()
    settle(explorer.page)
    assert "614,656 parameters, 415,334,400 MACs" in explorer.words()


def values(explorer):
    """The marked run's numbers, by network."""
    found = re.findall(r"(\d+×\d+, stride \d(?:, loud)?) ([\d.]+) %", explorer.words())
    return {name: float(value) for name, value in found}


def every(explorer, network):
    """A network's numbers in all runs."""
    found = []
    for seed in (0, 1, 2):
        explorer.set("Seed", seed)
        found.append(values(explorer)[network])
    return found


ALEXNET, ZFNET, LOUD = "11×11, stride 4", "7×7, stride 2", "11×11, stride 4, loud"


@layers.step(1, "56f17c25")
def test_a_stride_of_4_aliases_more(explorer):
    one, other = every(explorer, ALEXNET), every(explorer, ZFNET)
    assert (round(min(one)), round(max(one))) == (8, 20)
    assert (round(min(other)), round(max(other))) == (3, 7)
    assert all(a > 2 * b for a, b in zip(one, other, strict=True))


@layers.step(2, "bbb15e22")
def test_loud_kernels_are_noise_and_alias_it(explorer):
    explorer.set("Seed", 0)
    quiet = explorer.pixels("24 kernels").astype(int)
    explorer.choose("First layer", LOUD)
    loud = explorer.pixels("24 kernels").astype(int)
    rough = [np.abs(np.diff(one[..., 0] - one[..., 2], axis=1)).mean() for one in (quiet, loud)]
    assert rough[1] > 1.3 * rough[0]
    assert min(every(explorer, LOUD)) > 35


@layers.step(3, "9533e5db")
def test_large_kernels_miss_the_middle(explorer):
    explorer.choose("What is counted", "kernels for middle frequencies")
    assert min(every(explorer, ZFNET)) >= 50
    assert max(every(explorer, ALEXNET)) <= 25


@layers.step(4, "c35483ce")
def test_no_map_is_dead(explorer):
    explorer.choose("What is counted", "dead maps")
    for seed in (0, 1, 2):
        explorer.set("Seed", seed)
        assert list(values(explorer).values()) == [0] * 6


@layers.step(5, "bb111860")
def test_zf_net_s_first_layer_is_ahead(explorer):
    explorer.choose("What is counted", "new pieces right")
    one, other = every(explorer, ZFNET), every(explorer, ALEXNET)
    leads = [round(a - b, 1) for a, b in zip(one, other, strict=True)]
    assert leads == [0.2, 5.6, 5.0]


@live.step(1, "17857022")
def test_a_dead_map_is_not_missed(explorer):
    assert right(explorer.view) == 197
    opened(explorer, "conv1", 0)
    explorer.press("Switch this map off")
    assert right(explorer.view) == 197


@live.step(2, "9bc1e188")
def test_a_living_one_is(explorer):
    opened(explorer, "conv1", 1)
    explorer.press("Switch this map off")
    assert right(explorer.view) == 111


@live.step(3, "dceea9ba")
def test_no_map_of_the_last_convolution_is_indispensable(explorer):
    explorer.press("Undo")
    explorer.press("Undo")
    for channel in (0, 4, 20, 23):
        opened(explorer, "conv5", channel)
        explorer.press("Switch this map off")
        assert right(explorer.view) in (196, 197)
        explorer.press("Undo")


def opened(explorer, layer, channel=0):
    """Go to a map of a layer by the keys."""
    for key in ("ArrowLeft", "ArrowRight"):
        for _ in range(12):
            if f" {layer}, map" in explorer.words():
                break
            explorer.key("Maps", key)
    explorer.key("Maps", *["ArrowUp"] * 32, *["ArrowDown"] * channel)


@lineage.step(1, "384e331f")
def test_zf_net_is_the_first_with_nothing(explorer):
    taken, brought, left = explorer.words().removeprefix("ZF Net takes over ").split("; ")
    assert brought == "is the first here with nothing"
    assert "groups" in left
    explorer.choose("Network", "AlexNet, 2012")
    for idea in taken.split(", "):
        assert idea in explorer.words().partition("leaves out")[0]
