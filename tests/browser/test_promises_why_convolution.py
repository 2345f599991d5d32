"""The promises of "Why convolution?"."""

import re

import numpy as np
from hands import numbers
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

PAGE = "foundations/why_convolution"
ways, gradient, detail, window, impulse, sharing, invariance, wave = (
    Try(PAGE, number) for number in range(1, 9)
)
A, B = "A: then filtered", "B: then shifted"


def drag(explorer, title, down, across):
    """Drag a drawing by fractions of its height and width, from its middle."""
    mouse = explorer.page.mouse
    explorer.point(title, 0.5, 0.5)
    mouse.down()
    explorer.point(title, 0.5 + down, 0.5 + across)
    mouse.up()


def same(explorer):
    """Whether A and B are drawn alike, and said to be."""
    alike = (explorer.pixels(A) == explorer.pixels(B)).all()
    assert alike == ("the same map: equivariant" in explorer.words())
    return alike


def differing(explorer):
    """At how many per cent of the pixels A and B differ, as is said."""
    return numbers(re.search(r"differ at (.*) %", explorer.words())[1])[0]


@ways.step(1, "fece351e")
def test_a_and_b_stay_the_same_map_wherever_they_are_dragged(explorer):
    assert same(explorer)
    for title, down, across in (("shifted", 0.1, 0), (A, 0.2, -0.3), (B, -0.25, 0.1)):
        before = explorer.pixels(A), explorer.value("Shift down"), explorer.value("Shift right")
        drag(explorer, title, down, across)
        assert (explorer.value("Shift down"), explorer.value("Shift right")) != before[1:]
        assert (explorer.pixels(A) != before[0]).any()
        assert same(explorer)
    explorer.key("Shift the picture", "ArrowUp", "ArrowRight")
    assert same(explorer)


@ways.step(2, "c97a6e76")
def test_other_convolutions_are_equivariant_too(explorer):
    for layer in ("convolution: 5×5 mean", "convolution: random 5×5"):
        explorer.choose("Layer", layer)
        assert same(explorer)


@ways.step(3, "905e38ed")
def test_borders_of_zeros_leave_thin_lines(explorer):
    explorer.choose("Layer", "convolution: edges")
    explorer.choose("Borders", "zeros")
    explorer.set("Shift right", 24)
    explorer.set("Shift down", 0)
    assert differing(explorer) == 1.56
    apart = (explorer.pixels(A) != explorer.pixels(B)).any(axis=-1)
    columns = np.flatnonzero(apart.any(axis=0))
    assert set(columns) <= {23, 24, 127}


@ways.step(4, "d0f3706f")
def test_a_layer_that_knows_its_place_is_not_equivariant(explorer):
    explorer.choose("Borders", "circular")
    explorer.choose("Layer", "convolution times its place")
    assert differing(explorer) == 97.4


@ways.step(5, "4fc7cddc")
def test_a_dense_layer_makes_two_maps_with_nothing_in_common(explorer):
    explorer.choose("Layer", "dense")
    assert differing(explorer) == 98.7
    assert "32×32 pixels" in explorer.words()
    one, other = (explorer.pixels(title).astype(float) for title in (A, B))
    assert one.shape == (32, 32, 3)
    signed = [(pixels[..., 0] - pixels[..., 2]).ravel() for pixels in (one, other)]
    assert abs(np.corrcoef(*signed)[0, 1]) < 0.2


def answers(explorer):
    """Across, down, their sum and the strength, as the words say."""
    return numbers(explorer.words())[1:]


@gradient.step(1, "6c8b2d85")
def test_the_answers_change_places_and_the_strength_stays(explorer):
    assert answers(explorer) == [0.87, 0.5, 1.37, 1]
    seen = [answers(explorer)]
    while "towards 90°" not in explorer.words():
        explorer.key("Patch", "ArrowRight")
        seen.append(answers(explorer))
    across, down, _, strength = zip(*seen, strict=True)
    assert list(across) == sorted(across, reverse=True)
    assert list(down) == sorted(down)
    assert set(strength) == {1}
    assert seen[-1][:2] == [0, 1]


@gradient.step(2, "a9519359")
def test_at_135_degrees_the_answers_cancel(explorer):
    explorer.key("Patch", *["ArrowRight"] * 9)
    assert answers(explorer) == [-0.71, 0.71, 0, 1]


def middle(explorer):
    return numbers(explorer.words())[-2]


def roughness(explorer):
    """The mean difference between neighbours of the sharpened picture."""
    return np.abs(np.diff(explorer.pixels("Picture")[..., 0].astype(float))).mean()


@detail.step(1, "d3e6ae57")
def test_a_picture_less_its_detail_is_its_mean(explorer):
    sharp = roughness(explorer)
    explorer.set("Detail added", -1)
    assert "its mean" in explorer.words()
    assert roughness(explorer) < sharp / 3


@detail.step(2, "828dcd8b")
def test_too_much_detail_leaves_seams_beyond_white_and_black(explorer):
    explorer.set("Detail added", 4)
    assert numbers(explorer.words())[-1] == 17
    pixels = explorer.pixels("Picture")[..., 0]
    assert (pixels == 0).mean() > 0.05
    assert (pixels == 255).mean() > 0.02


@window.step(1, "ae02e57f")
def test_a_window_of_ten_moves_the_dot_by_half_a_pixel(explorer):
    middles = [middle(explorer)]
    explorer.key("Window", "ArrowLeft")
    middles.append(middle(explorer))
    explorer.key("Window", "ArrowRight", "ArrowRight")
    middles.append(middle(explorer))
    assert middles == [19.5, 20.0, 20.0]


@window.step(2, "3fe91025")
def test_half_a_pixel_adds_up(explorer):
    explorer.set("Window", 2)
    found = [middle(explorer) for _ in explorer.slide("Times", 4)]
    assert found == [19.0, 18.5, 18.0]


def lit(explorer, first):
    """The cells of a grid that are coloured, by row and column, with their opacity."""
    cells = explorer.view.locator("rect[fill-opacity]").evaluate_all(
        "(all) => all.map((one) => [one.y, one.x].map((at) => at.baseVal.value)"
        ".concat(Number(one.getAttribute('fill-opacity'))))"
    )
    grid = cells[first : first + 81]
    top, left = min(cell[0] for cell in grid), min(cell[1] for cell in grid)
    return {
        (round((y - top) / 22), round((x - left) / 22)): opacity
        for y, x, opacity in grid
        if opacity
    }


def answered(explorer):
    return lit(explorer, 9 + 81)


@impulse.step(1, "baa9bc92")
def test_the_answer_to_a_dot_moves_along(explorer):
    before = answered(explorer)
    assert set(before) == {(3, 5), (4, 4), (4, 5)}  # the kernel's corner, turned about (3, 4)
    explorer.key("Dots", "ArrowDown", "ArrowRight")
    assert answered(explorer) == {(i + 1, j + 1): value for (i, j), value in before.items()}


@impulse.step(2, "672a8c75")
def test_copies_are_as_strong_as_their_dots_and_add_where_they_overlap(explorer):
    one = answered(explorer)
    explorer.set("Dots", 2)
    second = {place: value for place, value in answered(explorer).items() if place not in one}
    assert list(second.values()) == 3 * [next(iter(one.values())) / 2]
    explorer.set("Dots", 3)
    explorer.set("Row", 5)
    explorer.set("Column", 4)
    assert "the largest 2." in explorer.words()
    strength = answered(explorer)
    assert [place for place, value in strength.items() if value == 1] == [(6, 5)]


@sharing.step(1, "97daddea")
def test_a_kernel_as_large_as_the_picture_is_a_dense_layer(explorer):
    seen = []
    for _ in range(5):
        explorer.key("Kernel", "ArrowUp")
        seen.append(numbers(explorer.words())[2:4])
    weights, neurons = zip(*seen, strict=True)
    assert list(weights) == sorted(weights)
    assert list(neurons) == sorted(neurons, reverse=True)
    assert seen[-1] == [64, 1]
    assert explorer.words().endswith("64 for as many, the same: it is that dense layer.")


def strongest(explorer):
    return numbers(re.search(r"is number (\d+)", explorer.words())[1])[0]


@invariance.step(1, "351db1ac")
def test_the_strongest_answer_moves_and_the_mean_stays(explorer):
    for place in range(8, 12):
        assert strongest(explorer) == place
        assert explorer.words().endswith("mean is 0.063.")
        explorer.key("Thing", "ArrowRight")


@invariance.step(2, "31e4c41a")
def test_within_a_window_pooling_does_not_notice(explorer):
    explorer.set("Place", 8)
    explorer.set("Pooling window", 8)
    for _ in range(8, 16):
        assert strongest(explorer) == 1
        explorer.key("Thing", "ArrowRight")
    assert strongest(explorer) == 2


def height(explorer):
    """Of the wave that comes out, in per cent."""
    return numbers(explorer.words())[-1]


def waves(explorer, count):
    """Press the arrow keys until so many waves go in."""
    while (now := numbers(explorer.words())[0]) != count:
        explorer.key("Wave", "ArrowRight" if now < count else "ArrowLeft")


@wave.step(1, "5c843116")
def test_the_mean_lowers_waves_the_faster_they_are(explorer):
    heights = [height(explorer)]
    for count in range(5, 14):
        waves(explorer, count)
        assert numbers(explorer.words())[1] == count
        heights.append(height(explorer))
    assert heights == sorted(heights, reverse=True)
    assert (heights[0], heights[-1]) == (85, 2)


@wave.step(2, "9dfe746f")
def test_a_difference_loses_the_slowest_and_the_fastest(explorer):
    explorer.choose("Kernel", "difference of neighbours")
    for count, kept in ((0, 0), (16, 100), (32, 0)):
        waves(explorer, count)
        assert height(explorer) == kept
