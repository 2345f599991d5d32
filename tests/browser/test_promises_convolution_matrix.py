"""The promises of "Convolution is a matrix"."""

import re

import numpy as np
import pytest
from hands import numbers
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

rows = Try("foundations/convolution_matrix", 1)
flip = Try("foundations/convolution_matrix", 2)
turned = Try("foundations/convolution_matrix", 3)
blocks = Try("foundations/convolution_matrix", 4)
waves = Try("foundations/convolution_matrix", 5)
alone = Try("foundations/convolution_matrix", 6)
transposed = Try("foundations/convolution_matrix", 7)
windows = Try("foundations/convolution_matrix", 8)

TERM = re.compile(r"(\d+)·\(?(−?\d+)\)?")


def taps(explorer):
    """The weights of the lit row, by the place (counted from 1) of what they multiply."""
    [said] = explorer.view.get_by_text(re.compile(r"^\d+·.* = ")).all_inner_texts()
    return {int(place): int(weight.replace("−", "-")) for place, weight in TERM.findall(said)}


def matrix(explorer):
    """Rows and columns of the matrix, and how many of its entries are weights."""
    found = re.search(r"(\d+)×(\d+) matrix: (\d+) of", explorer.explorer.inner_text())
    return tuple(map(int, found.groups()))


def walk(explorer, count, rows=16):
    """The weights of the first rows, from the first on."""
    explorer.key("Matrix", *["ArrowUp"] * rows)
    found = []
    for _ in range(count):
        found.append(taps(explorer))
        explorer.key("Matrix", "ArrowDown")
    return found


@rows.step(1, "d12e3f29")
def test_nine_weights_slide_along_the_row_with_a_longer_step_at_the_edge(explorer):
    found = walk(explorer, 4)
    weights = list(range(-1, -10, -1))
    assert [list(row.values()) for row in found] == [weights] * 4
    assert [min(row) for row in found] == [1, 2, 5, 6]
    explorer.press("Play")
    explorer.press("Pause")


@rows.step(2, "02b76cb6")
def test_same_padding_has_a_row_for_each_pixel_and_gaps_at_the_borders(explorer):
    explorer.choose("Padding", "same")
    assert matrix(explorer)[:2] == (16, 16)
    found = walk(explorer, 6)
    assert len(found[0]) == 4
    assert len(found[1]) == 6
    assert len(found[5]) == 9


@rows.step(3, "a4fff1d3")
def test_a_stride_leaves_out_every_second_row_and_block(explorer):
    every = walk(explorer, 16)
    explorer.set("Stride", 2)
    assert matrix(explorer)[0] == 4
    assert [len(row) for row in walk(explorer, 4)] == [
        len(every[4 * i + j]) for i in (1, 3) for j in (1, 3)
    ]


@rows.step(4, "9fd40385")
def test_a_weight_stands_once_in_every_row(explorer):
    explorer.press("Reset")
    before = walk(explorer, 4)
    explorer.explorer.get_by_role("gridcell", name="row 1, column 1:").click()
    for weight in explorer.slide("Weight in row 1, column 1", 7):
        assert taps(explorer)[11] == weight
        assert len(outputs(explorer)) == 4
    after = walk(explorer, 4)
    changed = [
        [place for place in row if row[place] != new[place]]
        for row, new in zip(before, after, strict=True)
    ]
    assert changed == [[6], [7], [10], [11]]
    assert [new[place] for new, (place,) in zip(after, changed, strict=True)] == [7] * 4


def wires(explorer):
    """Where the wires start above, and where they end below, in pixels of the row."""
    ends = explorer.view.locator("line.cnn-edge").evaluate_all(
        "(all) => all.map((one) => ['x1', 'x2'].map((end) => Number(one.getAttribute(end))))"
    )
    return list(zip(*ends, strict=True))


@flip.step(1, "0d300213")
def test_a_cross_correlation_has_straight_wires(explorer):
    assert int(explorer.value("Output i")) == 3
    for key, output in (("ArrowRight", 4), ("ArrowLeft", 3)):
        explorer.key("Row of pixels", key)
        above, below = wires(explorer)
        assert above == below
        assert f"Output {output} = " in explorer.words()


@flip.step(2, "0074f5f9")
def test_the_wires_of_a_convolution_cross(explorer):
    assert numbers(explorer.words().split("=")[-1])[0] == 38
    explorer.choose("Formula", "convolution")
    above, below = wires(explorer)
    assert list(above) == sorted(above)
    assert list(below) == sorted(above, reverse=True)
    assert numbers(explorer.words().split("=")[-1])[0] == 12


def outputs(explorer):
    """The numbers in the grid that the matrix gives."""
    grid = explorer.view.locator(".cnn-vector-out text").all_text_contents()
    return [int(one.replace("−", "-")) for one in grid]


def too_long(explorer):
    """The numbers in the grid that the matrix gives which are wider than their cells."""
    return explorer.view.locator(".cnn-vector-out text").evaluate_all(
        "(all) => all.filter((one) => one.getBBox().width > one.previousSibling.getBBox().width)"
        ".map((one) => one.textContent)"
    )


@turned.step(1, "7dfe5f0a")
def test_a_turned_kernel_gives_other_numbers_from_the_same_weights(explorer):
    before = walk(explorer, 4)
    assert outputs(explorer) == [-348, -393, -528, -573]
    assert too_long(explorer) == []
    explorer.tick("Turn the kernel")
    assert outputs(explorer) == [-192, -237, -372, -417]
    for old, new in zip(before, walk(explorer, 4), strict=True):
        assert list(new) == list(old)
        assert list(new.values()) == list(old.values())[::-1]


def hue(colour):
    """The row of the kernel whose hue a colour has: blue, orange or green."""
    red, green, blue = map(int, colour)
    return 1 if red > max(green, blue) else 0 if blue > green else 2


@blocks.step(1, "dafe47a2")
def test_blocks_hold_a_row_of_the_kernel_each(explorer):
    explorer.set("Picture height", 6)
    explorer.set("Picture width", 6)
    assert matrix(explorer)[:2] == (36, 36)
    pixels = explorer.pixels("Matrix").astype(int)
    cell = (len(pixels) - 4) / 36
    middle = [
        [pixels[int(2 + (i + 0.5) * cell), int(2 + (j + 0.3) * cell)] for j in range(36)]
        for i in range(36)
    ]
    for i in range(12, 18):
        entries = {j: middle[i][j] for j in range(36) if np.ptp(middle[i][j]) > 20}
        assert {j // 6: hue(colour) for j, colour in entries.items()} == {1: 0, 2: 1, 3: 2}
    assert all(
        (middle[i][j] == middle[i + 1][j + 1]).all() for i in range(12, 17) for j in range(12, 17)
    )


@blocks.step(2, "68ae93e9")
def test_circular_padding_closes_the_gaps(explorer):
    explorer.choose("Padding", "circular")
    size, columns, weights = matrix(explorer)
    assert size == columns
    assert weights == 9 * size
    assert set(walk(explorer, 1, rows=36)[0]) == {1, 2, 6, 7, 8, 12, 31, 32, 36}


@waves.step(1, "4b5c6002")
def test_every_wave_comes_out_as_itself_smaller_and_smaller(explorer):
    factors = []
    for count in range(7):
        explorer.set("Waves", count)
        *both, factor = numbers(explorer.words())
        assert both == ([count, count] if factor else [count])
        factors.append(factor)
    assert "nothing out" in explorer.words()
    assert factors == sorted(factors, reverse=True)
    assert (factors[0], factors[-1]) == (1, 0)


@waves.step(2, "d597fb7a")
def test_with_zeros_at_the_border_no_wave_comes_out(explorer):
    explorer.set("Waves", 2)
    assert explorer.view.locator(".cnn-window").count() == 0
    explorer.choose("Border", "zeros")
    assert explorer.view.locator(".cnn-window").count() == 2
    assert "2 cells are not .75 times" in explorer.words()


def lit(explorer):
    """The numbers in the cells that are lit: of the matrix, of the picture and of the answers."""
    found = explorer.view.locator("rect.cnn-lit + text").all_text_contents()
    return [int(one.replace("−", "-")) for one in found]


@alone.step(1, "1a213cbd")
def test_a_pixel_alone_spells_its_column_of_the_matrix(explorer):
    assert "1 of 4 neurons read it" in explorer.words()
    assert lit(explorer) == [-1, 0, 0, 0, 1, -1]
    explorer.key("Pixels", *["ArrowRight"] * 5)
    assert "Pixel 5" in explorer.words()
    assert "4 of 4 neurons read it" in explorer.words()
    assert lit(explorer) == [-5, -4, -2, -1, 1, -5, -4, -2, -1]


@transposed.step(1, "668b2984")
def test_the_transposed_matrix_sends_back_in_the_opposite_order(explorer):
    found = walk(explorer, 16)
    assert [len(found[corner]) for corner in (0, 3, 12, 15)] == [1] * 4
    assert [len(found[middle]) for middle in (5, 6, 9, 10)] == [4] * 4
    assert list(found[5].values()) == [-5, -4, -2, -1]
    assert all(list(row.values()) == sorted(row.values()) for row in found)


def areas(explorer):
    """The areas drawn for picture, windows and matrix."""
    widths = explorer.view.locator("rect.cnn-bulk").evaluate_all(
        "(all) => all.map((one) => Number(one.getAttribute('width')))"
    )
    return [width**2 for width in widths]


def multiplications(explorer):
    """With the windows, and with the matrix."""
    return re.findall(r"([\d,]+)(?: multiplications)? with", explorer.words())


@windows.step(1, "f9ee50c8")
def test_windows_are_eight_pictures_and_the_matrix_two_thousand(explorer):
    picture, written, whole = areas(explorer)
    assert written / picture == pytest.approx(8, abs=0.5)
    assert 2000 < whole / picture < 2200


def held(explorer):
    """The numbers that picture, windows and matrix hold."""
    return [
        numbers(text)[0] for text in explorer.view.locator(".cnn-axis").all_text_contents()[1::2]
    ]


@windows.step(2, "00d6d9ef")
def test_more_kernels_take_a_larger_matrix_and_the_same_windows(explorer):
    before, drawn, once = held(explorer), areas(explorer), multiplications(explorer)
    explorer.set("Kernels", 64)
    picture, written, whole = held(explorer)
    assert [picture, written] == before[:2]
    assert written == 19_044
    assert whole == 64 * before[2] == 312_016_896
    assert areas(explorer)[1] / areas(explorer)[2] == pytest.approx(drawn[1] / drawn[2] / 64)
    for one, all_ in zip(once, multiplications(explorer), strict=True):
        assert numbers(all_)[0] == 64 * numbers(one)[0]
