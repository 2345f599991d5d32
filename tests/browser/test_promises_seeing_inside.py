"""The promises of "Watching a network see"."""

import re

import numpy as np
import pytest
from browsing import settle
from hands import numbers, signs
from live_network import right
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

live, cover, linear, rules, random, weigh, liked, dream, pointing, off = (
    Try("networks/seeing_inside", i) for i in range(1, 11)
)


def go_to_map(explorer, layer, number):
    """Go with the arrow keys to a map."""
    while f" {layer}, " not in explorer.words():
        explorer.key("Maps", "ArrowRight")
    while (place := int(re.search(r"map (\d+) of ", explorer.words())[1])) != number:
        explorer.key("Maps", "ArrowDown" if place < number else "ArrowUp")


@live.step(1, "8eca0312")
def test_it_reads_a_shifted_digit(explorer):
    before = explorer.pixels("Draw here")
    explorer.set("Shift right", 8)
    assert (explorer.pixels("Draw here")[:, 8:] == before[:, :-8]).all()
    assert explorer.words().startswith("8, 99 %")


@live.step(2, "03c00365")
def test_one_map_is_needed(explorer):
    assert right(explorer.view) == 195
    go_to_map(explorer, "conv4", 5)
    explorer.press("Switch this map off")
    assert right(explorer.view) == 113


@live.step(3, "57f653b6")
def test_another_is_not(explorer):
    explorer.press("Undo")
    go_to_map(explorer, "conv4", 10)
    explorer.press("Switch this map off")
    assert right(explorer.view) == 195


@cover.step(1, "51a4af05")
def test_without_a_part_the_8_is_a_3(explorer):
    assert "of class 8" in explorer.words()
    explorer.key("Picture", *["ArrowDown"] * 6, *["ArrowLeft"] * 11)
    assert "the square at row 16, column 2; likeliest now is 3 with 100 %" in explorer.words()


def all_places(explorer):
    """Wait for the map of all places; return their pixels, [17, 17]."""
    found = "(box) => box.innerText.includes('289 of 289 places')"
    explorer.page.wait_for_function(found, arg=explorer.view.element_handle())
    settle(explorer.page)
    return explorer.pixels("Lost by covering")[3:37:2, 3:37:2]  # two pixels a place


def on_paper():
    """The places where the square covers black paper alone, [17, 17]."""
    from cnnlib.explorers import _scattered

    ink = _scattered.picture(0)[..., 0] > 0
    windows = np.lib.stride_tricks.sliding_window_view(ink, (8, 8))[::2, ::2]
    return ~windows.any(axis=(2, 3))


@cover.step(2, "9d373598")
def test_on_black_paper_nothing_is_lost(explorer):
    explorer.tick("Every place")
    drawn = all_places(explorer)
    assert drawn.shape[:2] == (17, 17)
    whole = explorer.pixels("Lost by covering")
    assert whole.shape[:2] == (
        40,
        40,
    )  # as the picture, so the middle of a square lies where it lost
    assert (np.kron(drawn, np.ones((2, 2, 1))) == whole[3:37, 3:37]).all()
    assert (
        len(np.unique(np.delete(whole, slice(3, 37), axis=0).reshape(-1, whole.shape[-1]), axis=0))
        == 1
    )
    assert len(np.unique(drawn[on_paper()], axis=0)) == 1
    assert len(np.unique(drawn[~on_paper()], axis=0)) > 5


@cover.step(3, "ed326ddb")
def test_covering_raises_the_probability_of_a_3(explorer):
    explorer.set("Class asked about", 3)
    red, blue = signs(all_places(explorer))
    assert red == 0
    assert blue > 0.01
    assert (
        "The probability of 3: 0 % of the whole picture, 100 % with the square" in explorer.words()
    )


@cover.step(4, "5070edec")
def test_grey_on_black_paper_is_something_new(explorer):
    explorer.set("Class asked about", 8)
    black = all_places(explorer)
    explorer.choose("Its shade", "grey")
    drawn = all_places(explorer)
    assert (drawn != black).any()
    assert len(np.unique(drawn[on_paper()], axis=0)) > 1


@linear.step(1, "4d2e28d6")
def test_the_gradient_is_the_weights(explorer):
    from cnnlib.explorers.linear_saliency import weights

    assert middle(explorer) == pytest.approx(expected(weights()[..., 3]), abs=0.006)


def middle(explorer):
    """The strengths of the middle's cells, those of positive weights positive."""
    cells = explorer.view.locator("svg rect:not(.cnn-zero)")
    drawn = cells.evaluate_all(
        "(all) => all.map((one) => [one.classList[0], Number(one.getAttribute('fill-opacity'))])"
    )
    return [round(-s if name == "cnn-inhibits" else s, 2) for name, s in drawn[64:128]]


def expected(weights):
    return np.round(weights / np.abs(weights).max() + 1e-9, 2).ravel().astype(float).tolist()


@linear.step(2, "a23a4db0")
def test_it_does_not_depend_on_the_picture(explorer):
    before = middle(explorer)
    explorer.set("Picture of a", 8)
    assert middle(explorer) == before
    assert "asked about 3: a score of 0.03." in explorer.words()


@linear.step(3, "267a2e3c")
def test_another_class_has_other_weights(explorer):
    before = middle(explorer)
    explorer.set("Class asked about", 8)
    assert middle(explorer) != before
    assert "asked about 8: a score of 0.42. The highest score is that of 8," in explorer.words()


def passed(explorer):
    """What goes down by the three rules."""
    return numbers(explorer.words())[1:]


@rules.step(1, "64ea81b7")
def test_only_the_gradient_is_negative(explorer):
    assert passed(explorer) == [-1.5, 0, 0]


@rules.step(2, "8f4a8e54")
def test_the_deconvnet_does_not_ask(explorer):
    explorer.set("Coming back", 1.5)
    explorer.set("Given on the way up", -1)
    assert passed(explorer) == [0, 1.5, 0]


@rules.step(3, "43ea903d")
def test_where_all_is_positive_they_agree(explorer):
    explorer.set("Given on the way up", 1)
    assert passed(explorer) == [1.5] * 3


def agreement(explorer):
    return numbers(explorer.words())[-1]


@random.step(1, "74160420")
def test_guided_gradients_do_not_notice_a_random_layer(explorer):
    explorer.set("Random layers, from the top", 1)
    assert "guided gradient" in explorer.words()
    assert agreement(explorer) == 0.85


@random.step(2, "50408726")
def test_all_weights_random_they_still_show_where_the_digit_is(explorer):
    explorer.set("Random layers, from the top", 5)
    assert agreement(explorer) == 0.57
    drawn = explorer.pixels("5 layers random").astype(int)
    speckled = (drawn != drawn[-1, -1]).any(axis=2)
    ink = explorer.pixels("Picture")[..., 0] > 0
    near = np.array([one.max() - one.min() for one in np.nonzero(ink)]) + 9
    assert (np.ptp(np.nonzero(speckled), axis=1) < near).all()
    assert speckled[ink].mean() > 0.9


@random.step(3, "3b3efa56")
def test_grad_cam_does(explorer):
    explorer.choose("Method", "Grad-CAM")
    explorer.set("Random layers, from the top", 1)
    assert agreement(explorer) == -0.07


@random.step(4, "12333517")
def test_the_gradient_is_no_better(explorer):
    explorer.choose("Method", "gradient")
    explorer.set("Random layers, from the top", 5)
    assert agreement(explorer) == 0.60


@weigh.step(1, "442772dc")
def test_the_class_is_where_it_is(explorer):
    assert "strongest at row 7, column 8; with" in explorer.words()
    assert "its mean makes a score of 6.54." in explorer.words()


def strongest(explorer):
    """Row and column of the strongest cell."""
    return tuple(map(int, re.search(r"at row (\d), column (\d)", explorer.words()).groups()))


@weigh.step(2, "ed489034")
def test_other_weights_another_place(explorer):
    before = strongest(explorer)
    explorer.set("Class asked about", 8)
    assert strongest(explorer)[1] < 4 < before[1]


@weigh.step(3, "61573573")
def test_one_weight_leaves_one_map(explorer):
    explorer.press("All weights 0")
    assert "0 everywhere" in explorer.words()
    explorer.key("Maps", *["ArrowUp"] * 4)
    assert "Map 1: weight 1.00" in explorer.words()
    own = explorer.view.locator(".cnn-class-map-tile canvas").first
    shown = "(one) => [...one.getContext('2d').getImageData(0, 0, 10, 10).data]"
    tile = np.array(own.evaluate(shown)).reshape(10, 10, 4)[..., :3].astype(int)
    summed = explorer.pixels("Weighted sum").astype(int)
    # the same map, the two in scales of their own: cells have the same order of strength
    strength = [(one[..., 0] - one[..., 2]).ravel() for one in (tile, summed)]
    assert np.corrcoef(*strength)[0, 1] > 0.99


@weigh.step(4, "80f689f5")
def test_a_4_and_a_2_make_a_3(explorer):
    explorer.press("The class's weights")
    explorer.set("Picture", 3)
    explorer.set("Class asked about", 3)
    assert "a score of 10.98. The highest score is that of class 3, 10.98." in explorer.words()
    red = (
        signs(explorer.pixels("Weighted sum")[:, :5])[0],
        signs(explorer.pixels("Weighted sum")[:, 5:])[0],
    )
    assert min(red) > 0.05


def climbed(explorer):
    """Wait for the end of the climb; return the score or mean."""
    done = "(box) => !box.innerText.includes('still climbing')"
    explorer.page.wait_for_function(done, arg=explorer.view.element_handle(), timeout=60_000)
    return float(re.search(r" is (−?[\d.]+)", explorer.words())[1].replace("−", "-"))


@liked.step(1, "017b6273")
def test_steps_raise_the_score(explorer):
    before = climbed(explorer)
    for _ in range(3):
        explorer.press("One step uphill")
        assert climbed(explorer) > before
        before = climbed(explorer)
    assert explorer.pixels("After step 3").std() > 5


@liked.step(2, "2ec64971")
def test_at_the_end_it_is_high(explorer):
    explorer.set("Steps uphill", 60)
    assert round(climbed(explorer), 1) == 48.6


@liked.step(3, "a5718f83")
def test_a_first_map_may_like_plain_grey(explorer):
    from cnnlib import trained

    explorer.choose("Layer", "conv1")
    climbed(explorer)
    assert "conv1, map 1 of 8, before its ReLU" in explorer.words()
    assert explorer.value("Map") == 1
    drawn = explorer.pixels("After step 60")[..., 0]
    assert drawn[2:-2, 2:-2].std() < 3
    assert drawn[0].min() > 200
    assert drawn[-1].max() < 50

    kernel = trained.model("scattered").get_layer("conv1").get_weights()[0][..., 0, 0]
    assert round(float(kernel.sum()), 2) == 0.22
    assert kernel[0].min() > 0 > kernel[2].max()  # bright above dark


@liked.step(4, "47db8a67")
def test_a_last_map_likes_strokes(explorer):
    explorer.choose("Layer", "conv4")
    climbed(explorer)
    assert explorer.pixels("After step 60")[2:-2, 2:-2].std() > 20


@dream.step(1, "d494be6c")
def test_the_film_can_be_stopped(explorer):
    explorer.press("Play")
    explorer.page.wait_for_function(
        "(box) => /Frame [3-9] of 40/.test(box.innerText)", arg=explorer.view.element_handle()
    )
    explorer.press("Pause")
    climbed(explorer)
    frame = numbers(explorer.words())[0]
    explorer.key("Film", "ArrowRight")
    climbed(explorer)
    assert numbers(explorer.words())[0] == frame + 1


@dream.step(2, "8adf3add")
def test_at_its_end_the_layer_is_much_stronger(explorer):
    explorer.key("Film", "End")
    assert climbed(explorer) == 13.1
    assert "the mean square of conv4's values" in explorer.words()


@dream.step(3, "c176abc9")
def test_the_first_layer_sharpens(explorer):
    explorer.choose("Layer", "conv1")
    assert climbed(explorer) == 2.54


@pointing.step(1, "7199ee8a")
def test_where_the_maps_point(explorer):
    for words in ("gradient 43 %", "occlusion 97 %", "class activation map 85 %"):
        assert words in explorer.words()


@pointing.step(2, "f02b07da")
def test_they_do_not_agree(explorer):
    explorer.choose("What is counted", "agrees with occlusion")
    said = dict(re.findall(r"(gradient|deconvnet|occlusion|map) (−?[\d.]+)", explorer.words()))
    every = [float(one) for one in re.findall(r" ([\d.]+\d)(?=[,.])", explorer.words())]
    assert said["occlusion"] == "1.00"
    assert sorted(every)[-2] == 0.37


@pointing.step(3, "a39042d2")
def test_gradients_agree_with_those_of_random_weights(explorer):
    explorer.choose("What is counted", "agrees with its random network")
    assert ": gradient 0.83, guided gradient 0.84," in explorer.words()
    assert abs(numbers(explorer.words())[-1]) < 0.1


@off.step(1, "4376da84")
def test_the_order_matters(explorer):
    assert numbers(explorer.words())[3:] == [91.6, 55.9, 0.1]


@off.step(2, "7bc7e2f7")
def test_one_map_may_be_most_of_a_class(explorer):
    explorer.set("Maps switched off", 1)
    assert numbers(explorer.words())[-1] == 40.1


@off.step(3, "ba6f257b")
def test_without_maps_one_class_wins(explorer):
    explorer.set("Maps switched off", 16)
    assert numbers(explorer.words())[3:] == [10.0] * 3
