"""The promises of "Transfer learning"."""

import itertools
import re

from browsing import settle
from hands import INTO_VIEW, numbers
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

freeze, own, runs, kept, modes, pixels, unprocessed = (
    Try("networks/transfer", i) for i in range(1, 8)
)


def toggle(explorer, module):
    """Click on a module of Xception."""
    drawing = explorer.view.locator(".cnn-drawing svg")
    drawing.evaluate(INTO_VIEW)
    box = drawing.bounding_box()
    across = (4 + (module - 0.5) * 40) / 610
    explorer.page.mouse.click(box["x"] + across * box["width"], box["y"] + 0.6 * box["height"])
    settle(explorer.page)


@freeze.step(1, "e03771d0")
def test_a_frozen_trunk_leaves_the_head_to_learn(explorer):
    assert explorer.shows("Height: square root of the number.")
    assert "The whole trunk is frozen" in explorer.words()
    assert "training changes 20,490 of 20,881,970 numbers" in explorer.words()


@freeze.step(2, "d921d10a")
def test_two_modules_are_a_third_of_the_network(explorer):
    toggle(explorer, 14)
    toggle(explorer, 13)
    assert "12 modules of 14 frozen: training changes 6,808,874" in explorer.words()
    assert 0.3 < 6_808_874 / numbers(explorer.words())[3] < 0.36


@freeze.step(3, "b24190c5")
def test_a_flattened_head_is_25_times_as_large(explorer):
    explorer.choose("The head reads", "51,200 flattened")
    explorer.key("Modules", "Home")
    assert "training changes 512,010 of" in explorer.words()


@freeze.step(4, "3b4bddaf")
def test_statistics_follow_in_training_mode(explorer):
    explorer.key("Modules", "End")
    assert "Nothing is frozen" in explorer.words()
    explorer.tick("Normalization in inference mode", False)
    assert "54,528 statistics of batch normalization follow the batches" in explorer.words()


def judged(explorer):
    """Wait until each drawing has been left out in turn; return the words."""
    explorer.view.get_by_text(re.compile(r"Left out in turn: \d")).first.wait_for()
    return explorer.words()


@own.step(1, "d9b415f0")
def test_the_trunk_names_what_was_left_out(explorer):
    assert "9 of 9 right with the trunk, 5 from the pixels" in judged(explorer)


@own.step(2, "8b98dcdd")
def test_ten_steps_are_enough(explorer):
    explorer.set("Steps of training", 0)
    assert explorer.words().count("33 %") == 6
    explorer.set("Steps of training", 10)
    assert "with the trunk: house 1 %, fish 95 %" in explorer.words()


SHAPES = (
    [(0.5 + 0.5 * x, 0.5 + 0.5 * y) for x, y in ((1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7))]
    + [(0.5 + 0.5 * x, 0.5 + 0.5 * y) for x, y in ((-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.7))]
    + [(1, 0.5)],
    [(0, 0), (1, 1), None, (0, 1), (1, 0)],
    [(0, 0.5), (1, 0.5)],
)


def draw(explorer, slot, shape, left, top, size):
    """Choose a drawing and draw a shape with the pointer, in fractions of the page."""
    explorer.press(re.compile(f"^{slot}$"))
    stage = explorer.view.get_by_role("application", name=re.compile("^Drawing surface"))
    stage.evaluate(INTO_VIEW)
    box = stage.bounding_box()
    mouse, down = explorer.page.mouse, False
    for point in shape:
        if point is None:
            mouse.up()
            down = False
            continue
        x, y = (start + size * one for start, one in zip((left, top), point, strict=True))
        mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        if not down:
            mouse.down()
            down = True
    mouse.up()
    settle(explorer.page)


@own.step(3, "b56e0438")
def test_a_reader_s_own_classes_are_learned_from_three_drawings(explorer):
    explorer.press("Reset")
    explorer.page.wait_for_timeout(300)
    explorer.press("Clear all")
    assert explorer.words().startswith("0 drawings learned")
    places = ((0.1, 0.1, 0.5), (0.4, 0.3, 0.5), (0.2, 0.2, 0.65))
    for name, shape in zip(("house", "fish", "star"), SHAPES, strict=True):
        for number, place in enumerate(places, 1):
            draw(explorer, f"{name}, drawing {number}", shape, *place)
    assert explorer.words().startswith("9 drawings learned")
    draw(explorer, "The new drawing", SHAPES[0], 0.1, 0.4, 0.5)
    said = re.search(r"with the trunk: house (\d+) %", explorer.words())
    assert int(said[1]) > 80


@runs.step(1, "34df3b0b")
def test_three_pictures_and_a_trunk(explorer):
    assert "trunk, fine-tuned 92.6 %, trunk, frozen 90.9 %" in explorer.words()
    assert "new weights 42.0 %" in explorer.words()


@runs.step(2, "09c59738")
def test_with_a_hundred_new_weights_pass_the_frozen_trunk(explorer):
    explorer.choose("Pictures of each class", "100")
    assert "trunk, fine-tuned 98.7 %, trunk, frozen 96.6 %" in explorer.words()
    assert "new weights 97.8 %" in explorer.words()


@kept.step(1, "d87e0182")
def test_four_layers_kept_are_the_summit_of_ten_pictures(explorer):
    assert "Nothing is kept: 78.2 %" in explorer.words()
    explorer.key("Layers", *["ArrowRight"] * 4)
    assert "The first 4 layers are kept: 97.3 %" in explorer.words()
    explorer.key("Layers", "ArrowRight")
    assert "95.1 %" in explorer.words()


@kept.step(2, "787a4500")
def test_three_layers_kept_are_the_summit_of_a_hundred(explorer):
    explorer.choose("Pictures of each class", "100")
    found = []
    for copied in range(6):
        explorer.set("Layers kept", copied)
        found.append(float(re.search(r"kept: ([\d.]+) %", explorer.words())[1]))
    assert [found[0], max(found), found[5]] == [93.0, 99.4, 95.9]
    explorer.set("Layers kept", 3)
    assert "kept: 99.4 %" in explorer.words()


def output(explorer):
    """What the marked picture comes out as."""
    return numbers(explorer.words().partition("comes out as ")[2])[0]


@modes.step(1, "466427b3")
def test_in_training_the_same_picture_comes_out_differently(explorer):
    found = [output(explorer)]
    for _ in range(9):
        explorer.key("Batch", "ArrowRight")
        found.append(output(explorer))
    assert (min(found), max(found)) == (-0.62, 0.02)
    assert all(one != other for one, other in itertools.pairwise(found))


@modes.step(2, "34d18bfa")
def test_the_stored_mean_is_overwritten(explorer):
    explorer.set("Step", 30)
    assert "Stored after this step: mean −0.10" in explorer.words()


@modes.step(3, "72a1a4d3")
def test_in_inference_nothing_moves(explorer):
    explorer.tick("training=True", False)
    for _ in range(3):
        assert output(explorer) == -0.84
        assert "Stored after this step: mean 1.48" in explorer.words()
        explorer.key("Batch", "ArrowRight")


@modes.step(4, "62a56173")
def test_small_batches_judge_worse(explorer):
    explorer.tick("training=True")
    for batch, ends in ((2, (-0.78, 0.26)), (32, (-0.46, -0.22))):
        explorer.set("Batch", batch)
        explorer.set("Step", 1)
        found = [output(explorer)]
        for _ in range(9):
            explorer.key("Batch", "ArrowRight")
            found.append(output(explorer))
        assert (min(found), max(found)) == ends


@pixels.step(1, "74a45721")
def test_unscaled_pixels_swamp_the_first_layer(explorer):
    assert "answers with 0.232" in explorer.words()
    assert "names 197 rightly" in explorer.words()
    assert explorer.shows("on a logarithmic scale")
    explorer.choose("Pixels", "0 to 255")
    assert "to this omega the first layer answers with 82.1" in explorer.words()
    assert "The network says lambda, 92 %" in explorer.words()
    assert "names 85 rightly" in explorer.words()


@pixels.step(2, "21fc207d")
def test_half_the_range_harms_too(explorer):
    explorer.choose("Pixels", "0 to 1")
    assert "names 135 rightly" in explorer.words()


@pixels.step(3, "77c1df07")
def test_it_is_wrong_and_sure(explorer):
    explorer.choose("Pixels", "0 to 255")
    sure = wrong = 0
    for picture in range(30):
        explorer.set("Picture", picture)
        name = re.search(r"to this (.*?) the first", explorer.words())[1]
        said, share = re.search(r"says (.*?), (\d+) %", explorer.words()).groups()
        wrong += said != name
        sure += int(share) > 80
    assert wrong > 10
    assert sure > 24


@unprocessed.step(1, "21da1aaa")
def test_the_flattened_head_loses_eight_points(explorer):
    assert explorer.shows("99.3 % with −1 to 1, 90.9 % with 0 to 255")


@unprocessed.step(2, "46567902")
def test_the_pooled_head_begins_badly(explorer):
    explorer.choose("The head reads", "the last maps, pooled")
    shares, losses = [], []
    for seed in range(5):
        explorer.set("Seed", seed)
        loss, share = re.search(
            r"0 to 255: loss ([\d.]+) in the first epoch, ([\d.]+) %", explorer.words()
        ).groups()
        losses.append(round(float(loss), 1))
        shares.append(float(share))
    assert (min(shares), max(shares)) == (36.5, 53.9)
    assert (min(losses), max(losses)) == (9.8, 21.8)
