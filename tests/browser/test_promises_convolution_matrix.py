"""The promises of "Convolution is a matrix"."""

import re

from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

rows = Try("foundations/convolution_matrix", 1)
circular = Try("foundations/convolution_matrix", 2)
transposed = Try("foundations/convolution_matrix", 3, explorer=0)

TERM = re.compile(r"(\d+)·\(?(−?\d+)\)?")


def taps(explorer):
    """The weights of the lit row, by the place (counted from 1) of what they multiply."""
    [said] = explorer.view.get_by_text(re.compile(r"^\d+·.* = ")).all_inner_texts()
    return {int(place): int(weight.replace("−", "-")) for place, weight in TERM.findall(said)}


def matrix(explorer):
    """Rows and columns of the matrix, and how many of its entries are weights."""
    found = re.search(r"(\d+)×(\d+) matrix: (\d+) of", explorer.explorer.inner_text())
    return tuple(map(int, found.groups()))


def walk(explorer, count):
    """The weights of the first rows, from the first on."""
    explorer.key("Matrix", *["ArrowUp"] * 16)
    found = []
    for _ in range(count):
        found.append(taps(explorer))
        explorer.key("Matrix", "ArrowDown")
    return found


@rows.step(1, "889f4967")
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


@rows.step(4, "d72f7b85")
def test_a_weight_stands_once_in_every_row(explorer):
    explorer.press("Reset")
    before = walk(explorer, 4)
    explorer.explorer.get_by_role("gridcell", name="row 1, column 1:").click()
    explorer.set("Weight in row 1, column 1", 7)
    after = walk(explorer, 4)
    changed = [
        [place for place in row if row[place] != new[place]]
        for row, new in zip(before, after, strict=True)
    ]
    assert changed == [[6], [7], [10], [11]]
    assert [new[place] for new, (place,) in zip(after, changed, strict=True)] == [7] * 4


@circular.step(1, "d4aa6713")
def test_circular_padding_closes_the_gaps(explorer):
    explorer.choose("Padding", "circular")
    size, columns, weights = matrix(explorer)
    assert size == columns
    assert weights == 9 * size
    first = walk(explorer, 1)[0]
    side = round(size**0.5)
    corners = {1, side, size - side + 1, size}
    assert corners <= set(first)


@transposed.step(1, "a5ab4ecd")
def test_the_transposed_matrix_sends_back_in_the_opposite_order(explorer):
    explorer.press("Reset")
    explorer.tick("Show the transposed matrix")
    found = walk(explorer, 16)
    assert [len(found[corner]) for corner in (0, 3, 12, 15)] == [1] * 4
    assert [len(found[middle]) for middle in (5, 6, 9, 10)] == [4] * 4
    assert list(found[5].values()) == [-5, -4, -2, -1]
    assert all(list(row.values()) == sorted(row.values()) for row in found)
