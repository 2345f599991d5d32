"""The promises of "Padding and strides"."""

import re

import numpy as np
from browsing import settle
from hands import INTO_VIEW, numbers
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

frame = Try("foundations/padding_strides", 1)
windows = Try("foundations/padding_strides", 2)
border = Try("foundations/padding_strides", 3)
same = Try("foundations/padding_strides", 4)
alexnet = Try("foundations/padding_strides", 5)
place = Try("foundations/padding_strides", 6)
coarser = Try("foundations/padding_strides", 7)
saving = Try("foundations/padding_strides", 8)
conventions = Try("foundations/padding_strides", 9)
holes = Try("foundations/padding_strides", 10)


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
    return re.search(r"columns ([^;]*); their sum", explorer.words())[1]


def classes(explorer, selector):
    return [one.get_attribute("class") for one in explorer.view.locator(selector).all()]


def pull_edge(explorer, width):
    """Drag the edge of the row, one cell after the other, to a width; yield each on the way."""
    edge = explorer.view.locator(".cnn-grip")
    cells = explorer.view.locator(".cnn-one-row .cnn-cell")
    start = int(explorer.value("Input width"))
    for _ in range(abs(width - start)):
        edge.evaluate(INTO_VIEW)
        box = edge.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        cell = cells.nth(1).bounding_box()["x"] - cells.first.bounding_box()["x"]
        explorer.page.mouse.move(x, y)
        explorer.page.mouse.down()
        explorer.page.mouse.move(x + (cell if width > start else -cell), y, steps=4)
        explorer.page.mouse.up()
        settle(explorer.page)
        yield explorer.value("Input width")


def brightness_of_the_rim(explorer):
    """The mean of the outermost pixels, as a share of the mean of those ten pixels inwards."""
    pixels = explorer.pixels("Blurred")[..., 0].astype(float)

    def ring(depth):
        inner = pixels[depth : len(pixels) - depth, depth : len(pixels) - depth]
        return np.concatenate([inner[0], inner[-1], inner[:, 0], inner[:, -1]]).mean()

    return ring(0) / ring(10)


@frame.step(1, "5890ed68")
def test_zeros_outside_frame_the_blurred_picture_in_the_dark(explorer):
    explorer.set("Side of the mean", 21)
    assert brightness_of_the_rim(explorer) < 0.6
    framed = explorer.pixels("Blurred")
    explorer.choose("Outside the picture", "nothing")
    inside = explorer.pixels("Blurred")
    explorer.choose("Outside the picture", "zeros")
    assert np.array_equal(framed[10:-10, 10:-10], inside)  # the frame is ten pixels wide
    explorer.choose("Outside the picture", "the picture, mirrored")
    mirrored = explorer.pixels("Blurred")
    explorer.choose("Outside the picture", "zeros")
    assert (framed[9, 10:-10] < mirrored[9, 10:-10]).all()  # and not nine


@frame.step(2, "918cfacb")
def test_nothing_outside_leaves_less_picture_and_no_frame(explorer):
    explorer.choose("Outside the picture", "nothing")
    assert explorer.pixels("Blurred").shape[:2] == (108, 108)
    assert "128×128 → 108×108" in explorer.words()
    assert brightness_of_the_rim(explorer) > 0.85


@frame.step(3, "7aac91fb")
def test_a_mirrored_picture_has_its_size_and_no_frame(explorer):
    explorer.choose("Outside the picture", "the picture, mirrored")
    assert explorer.pixels("Blurred").shape[:2] == (128, 128)
    assert brightness_of_the_rim(explorer) > 0.85


@windows.step(1, "43868bea")
def test_two_windows_fit_and_two_columns_are_left_over(explorer):
    assert neurons(explorer)[1] == 2
    assert ignored(explorer) == 2
    read = []
    for key in ("Home", "ArrowRight"):
        explorer.key("Output grid", key)
        read.append(columns(explorer))
    assert read == ["0 to 5", "5 to 10"]  # of 0 to 12
    struck = ["cnn-ignored" in one for one in classes(explorer, ".cnn-one-row rect.cnn-cell")]
    assert struck == 11 * [False] + 2 * [True]
    explorer.press("Play")
    explorer.press("Pause")


@windows.step(2, "89457fe4")
def test_same_padding_reads_everything_with_a_third_neuron(explorer):
    explorer.choose("Padding", "same")
    assert neurons(explorer)[1] == 3
    assert zeros(explorer)[:2] == (1, 2)
    assert ignored(explorer) == 0


@windows.step(3, "21b229ee")
def test_a_row_pulled_longer_gets_a_neuron_once_its_window_fits(explorer):
    explorer.choose("Padding", "valid")
    seen = [(width, ignored(explorer), neurons(explorer)[1]) for width in pull_edge(explorer, 16)]
    assert seen == [(14, 3, 2), (15, 4, 2), (16, 0, 3)]
    assert [*pull_edge(explorer, 13)][-1] == 13


@windows.step(4, "01a91be3")
def test_smaller_strides_fill_the_row_with_windows_that_share_cells(explorer):
    across = [neurons(explorer)[1] for _ in explorer.slide("Stride", 1)]
    assert across == sorted(across)
    assert across[-1] == 8


@windows.step(5, "7ec5ab31")
def test_a_kernel_that_does_not_fit_sticks_out(explorer):
    explorer.set("Dilation", 3)
    assert "the kernel spans 16 cells" in explorer.words()
    assert explorer.shows("0 neurons above")
    for drawing in (".cnn-one-row", ".cnn-input"):
        window = explorer.view.locator(f"{drawing} .cnn-overhang").bounding_box()
        cells = [one.bounding_box() for one in explorer.view.locator(f"{drawing} .cnn-cell").all()]
        assert window["x"] + window["width"] > max(one["x"] + one["width"] for one in cells)


def reads(explorer):
    """How often a corner and the middle are read."""
    counts = explorer.view.locator(".cnn-label").all_text_contents()
    return int(counts[0]), int(counts[len(counts) // 2])


@border.step(1, "d5309501")
def test_the_border_counts_for_less(explorer):
    assert reads(explorer) == (1, 9)
    explorer.set("Kernel size", 5)
    assert reads(explorer) == (1, 25)


@border.step(2, "eea732ed")
def test_zeros_let_the_border_count_for_more(explorer):
    explorer.choose("Padding", "zeros")
    assert reads(explorer) == (9, 25)


@same.step(1, "3ed2989e")
def test_same_padding_at_stride_2_halves_within_a_frame_of_zeros(explorer):
    explorer.key("Output grid", "ArrowRight")
    assert "Neuron (0, 1)" in explorer.words()
    assert neurons(explorer) == (3, 4)
    assert zeros(explorer) == (1, 1, 1, 1)


@same.step(2, "7a3d291a")
def test_the_odd_zero_goes_behind(explorer):
    explorer.set("Input width", 8)
    assert zeros(explorer)[0] == 0
    assert neurons(explorer) == (3, 4)


@alexnet.step(1, "a14484e3")
def test_227_pixels_fit_to_the_cell_and_224_do_not(explorer):
    found = []
    for key in (None, *["ArrowRight"] * 3):
        if key:
            explorer.key("Row", key)
        outputs, left = numbers(explorer.words())[-2:]
        struck = explorer.view.locator(".cnn-stroke").count()
        found.append((explorer.value("Pixels in the row"), outputs, left, struck))
    assert found == [(224, 54, 1, 1), (225, 54, 2, 2), (226, 54, 3, 3), (227, 55, 0, 0)]
    assert explorer.shows("neuron 54")


def window(explorer):
    """First and last row, first and last column, and pixels read, as the explorer says them."""
    said = explorer.words().replace("−", "-")
    ends = [int(end) for end in re.findall(r"= (-?\d+)", said)]
    return *ends, int(re.search(r"(\d+) pixel", said)[1])


@place.step(1, "834db070")
def test_the_last_window_hangs_over_two_edges(explorer):
    assert "Neuron (2, 3)" in explorer.words()
    assert window(explorer) == (3, 5, 5, 7, 4)
    lit = [one for one in classes(explorer, "rect.cnn-cell") if "cnn-lit" in one]
    assert sum("cnn-zero" in one for one in lit) == 5


@place.step(2, "3e354c87")
def test_the_next_window_lies_two_cells_on(explorer):
    explorer.key("Neurons", "ArrowUp", "ArrowLeft")
    assert window(explorer) == (1, 3, 3, 5, 9)


def at_border(explorer):
    """Red minus blue of the map's first and last column in the sky, the upper fifth."""
    pixels = explorer.pixels("Vertical edges").astype(int)
    sky = pixels[1 : len(pixels) // 5]
    return [float((side[:, 0] - side[:, 2]).mean()) for side in (sky[:, 0], sky[:, -1])]


@coarser.step(1, "c7e26240")
def test_a_stride_gives_the_same_picture_coarser(explorer):
    full = explorer.pixels("Vertical edges")
    assert full.shape[:2] == (128, 128)
    for stride in (2, 4):
        explorer.set("Stride", stride)
        coarse = explorer.pixels("Vertical edges")
        assert coarse.shape[:2] == (128 // stride, 128 // stride)
        inner = full[1::stride, 1::stride][: len(coarse) - 1, : len(coarse) - 1]
        assert np.array_equal(coarse[:-1, :-1], inner)


@coarser.step(2, "b4c2b871")
def test_the_borders_are_lines_where_zeros_are(explorer):
    lines = {}
    for stride in (1, 2, 4):
        explorer.set("Stride", stride)
        lines[stride] = at_border(explorer)
    assert lines[1][0] > 100
    assert lines[1][1] < -100
    assert abs(lines[2][0]) < 20
    assert lines[2][1] < -100
    assert abs(np.array(lines[4])).max() < 20


@saving.step(1, "04168690")
def test_a_stride_keeps_every_so_many_neurons_and_costs_that_much_less(explorer):
    explorer.set("Stride", 1)
    for stride in (2, 3, 4):
        explorer.set("Stride", stride)
        lit = ["cnn-lit" in one for one in classes(explorer, "rect.cnn-cell")]
        expected = np.zeros((9, 33), bool)
        expected[::stride, ::stride] = True
        assert np.array_equal(lit, expected.ravel())
        share = numbers(explorer.words())[-1] / 472_055_808
        assert abs(share - 1 / stride**2) < 0.002


def spelt(explorer):
    """What the neurons of TensorFlow and of PyTorch spell."""
    found = re.search(r"TensorFlow: ([\d ]+)\. PyTorch: ([\d ]+)\.", explorer.words())
    return [side.split() for side in found.groups()]


@conventions.step(1, "581a0aa7")
def test_the_two_conventions_spell_other_numbers_on_a_row_that_stands_still(explorer):
    ours, theirs = spelt(explorer)
    assert (len(ours), len(theirs)) == (3, 3)
    assert (ours[0], theirs[0]) == ("123", "012")
    cells = explorer.view.locator("rect.cnn-cell").all()
    places = [(float(one.get_attribute("x")), float(one.get_attribute("y"))) for one in cells]
    pitch = places[1][0] - places[0][0]
    for neuron in range(3):
        explorer.key("Neurons", *["ArrowRight"] * min(neuron, 1))
        assert explorer.value("Neuron") == neuron
        kinds = classes(explorer, "rect.cnn-cell")
        read = [x for (x, _), kind in zip(places, kinds, strict=True) if "cnn-lit" in kind]
        assert np.allclose(np.subtract(read[:3], read[3:]), pitch)  # one cell further left
    [struck] = explorer.view.locator(".cnn-stroke").all()
    x, y = (float(struck.get_attribute(name)) for name in ("x1", "y2"))
    assert y > places[0][1] + pitch  # in PyTorch's row
    assert x > places[-1][0]  # on its last cell


@conventions.step(2, "9c2a6147")
def test_a_row_of_seven_is_padded_alike(explorer):
    explorer.set("Numbers in the row", 7)
    assert spelt(explorer) == [["012", "234", "456", "670"]] * 2
    explorer.set("Numbers in the row", 8)
    assert spelt(explorer)[0] != spelt(explorer)[1]


@conventions.step(3, "690c5566")
def test_at_stride_1_the_two_conventions_agree(explorer):
    explorer.set("Stride", 1)
    for length in range(3, 10):
        explorer.set("Numbers in the row", length)
        assert spelt(explorer)[0] == spelt(explorer)[1]


def lit_cells(explorer):
    """Which cells of the padded row the lit neuron reads, by their place in it."""
    kinds = classes(explorer, "rect.cnn-cell")
    return [place for place, kind in enumerate(kinds) if "cnn-lit" in kind]


@holes.step(1, "1f9a0449")
def test_a_dilated_kernel_skips_cells(explorer):
    assert "13 neurons" in explorer.words()
    explorer.key("Row", "ArrowRight", "ArrowRight")
    assert "Dilation 3, stride 1" in explorer.words()
    assert "13 neurons, 6 zeros" in explorer.words()
    kinds = ["cnn-zero" in one for one in classes(explorer, "rect.cnn-cell")]
    assert kinds == 3 * [True] + 13 * [False] + 3 * [True]
    assert np.diff(lit_cells(explorer)).tolist() == [3, 3]


@holes.step(2, "3309957a")
def test_a_stride_as_large_as_the_dilation_leaves_holes(explorer):
    explorer.set("Stride", 3)
    assert "8 cells that no neuron reads" in explorer.words()
    struck = explorer.view.locator(".cnn-stroke").evaluate_all(
        "(all) => all.map((one) => one.x1.baseVal.value)"
    )
    pitch = 32
    assert np.diff(struck).tolist() == [pitch, 2 * pitch] * 3 + [pitch]
