"""The promises of "Padding and strides"."""

import re

from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

windows = Try("foundations/padding_strides", 1)
same = Try("foundations/padding_strides", 2)
alexnet = Try("foundations/padding_strides", 3, explorer=0)
conventions = Try("foundations/padding_strides", 4)
holes = Try("foundations/padding_strides", 5, explorer=0)


def neurons(explorer):
    """Rows and columns of the output."""
    return tuple(map(int, re.search(r"→ (\d+)×(\d+)", explorer.words()).groups()))


def zeros(explorer):
    """Zeros left, right, above and below."""
    said = re.search(r"zeros: (\d+) left, (\d+) right, (\d+) above, (\d+) below", explorer.words())
    return tuple(map(int, said.groups()))


def ignored(explorer):
    """Columns that no neuron reads."""
    return int(re.search(r"ignored: (\d+) column", explorer.words())[1])


def columns(explorer):
    """The columns that the chosen neuron reads, as the explorer says it."""
    return re.search(r"columns (.*)\.$", explorer.words())[1]


@windows.step(1, "7df99dc9")
def test_two_windows_fit_and_two_columns_are_left_over(explorer):
    assert neurons(explorer)[1] == 2
    assert ignored(explorer) == 2
    read = []
    for key in ("Home", "ArrowRight"):
        explorer.key("Output grid", key)
        read.append(columns(explorer))
    assert read == ["0 to 5", "5 to 10"]  # of 0 to 12
    explorer.press("Play")
    explorer.press("Pause")


@windows.step(2, "1411e721")
def test_same_padding_reads_everything_with_a_third_neuron(explorer):
    explorer.choose("Padding", "same")
    assert neurons(explorer)[1] == 3
    assert zeros(explorer)[:2] == (1, 2)
    assert ignored(explorer) == 0


@windows.step(3, "90edca31")
def test_smaller_strides_fill_the_row_with_windows_that_share_cells(explorer):
    explorer.choose("Padding", "valid")
    across = [neurons(explorer)[1] for _ in explorer.slide("Stride", 1)]
    assert across == sorted(across)
    assert across[-1] == 8


@same.step(1, "b697df81")
def test_same_padding_at_stride_2_halves_and_puts_the_odd_zero_behind(explorer):
    explorer.key("Output grid", "ArrowRight")
    assert neurons(explorer) == (3, 4)
    assert zeros(explorer) == (1, 1, 1, 1)
    explorer.set("Input width", 8)
    assert zeros(explorer)[0] == 0
    assert neurons(explorer) == (3, 4)


@alexnet.step(1, "a94e84c3")
def test_a_width_with_the_remainder_of_227_fits_and_one_like_224_does_not(explorer):
    explorer.choose("Padding", "valid")
    explorer.set("Input height", 11)
    explorer.set("Kernel size", 11)
    explorer.set("Stride", 4)
    explorer.set("Input width", 19)
    assert (19 - 227) % 4 == 0
    assert ignored(explorer) == 0
    explorer.set("Input width", 20)
    assert (20 - 224) % 4 == 0
    assert ignored(explorer) == 1


@conventions.step(1, "e106acd6")
def test_the_two_conventions_give_as_many_neurons_that_read_other_cells(explorer):
    explorer.key("Output grid", "Home")
    for option, read in (("same", "0 to 2"), ("p zeros on every side", "−1 to 1")):
        explorer.choose("Padding", option)
        assert neurons(explorer) == (3, 3)
        assert columns(explorer) == read
        assert f"rows {read}, columns {read}" in explorer.words()
    assert explorer.value("Zeros per side p") == 1
    explorer.key("Output grid", "End")
    assert columns(explorer) == "3 to 5"  # of 0 to 5: the zero behind is not read


@holes.step(1, "4b61baa8")
def test_a_dilated_kernel_skips_cells_and_a_stride_as_large_leaves_holes(explorer):
    for name, value in (("Input width", 13), ("Kernel size", 3), ("Stride", 1), ("Dilation", 3)):
        explorer.set(name, value)
    explorer.choose("Padding", "same")
    assert neurons(explorer)[1] == 13
    assert zeros(explorer)[:2] == (3, 3)
    explorer.key("Output grid", "Home")
    assert columns(explorer) == "−3, 0, 3"
    explorer.set("Stride", 3)
    assert ignored(explorer) == 13 - 5
