"""The numbers that the explorers show in the page are NumPy's."""

import re

import numpy as np
import pytest
from browsing import settle

from cnnlib import data, filters, geometry, ops

pytest_plugins = ("book_build", "browser_fixtures")

NUMBER = r"(−?(?:\d+(?:\.\d+)?|\.\d+))"
PIXELS = """(canvas) => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  return [height, width, Array.from({ length: width * height }, (_, i) => data[4 * i])];
}"""


@pytest.fixture(scope="module")
def convolution(long_visit):
    return long_visit.open("foundations/filters.html").locator(".cnn-explorer").first


@pytest.fixture(scope="module")
def padding_explorer(long_visit):
    page = long_visit.open("foundations/padding_strides.html")
    return page.locator(".cnn-explorer", has=page.get_by_label("Output grid")).first


def number(text):
    return float(text.replace("−", "-"))


def choose(explorer, label, option):
    """Choose from a menu by keyboard."""
    menu = explorer.get_by_label(label, exact=True)
    menu.press("Home")
    for _ in range(menu.locator("option").all_text_contents().index(option)):
        menu.press("ArrowDown")


def slide(explorer, label, value):
    """Move a slider by keyboard."""
    track = explorer.get_by_label(label, exact=True)
    low, step = (float(track.get_attribute(name)) for name in ("min", "step"))
    track.press("Home")
    for _ in range(round((value - low) / step)):
        track.press("ArrowRight")
    settle(explorer.page)  # on its way it may have disabled other controls


def tick(explorer, label, on):
    """Set a checkbox by keyboard."""
    box = explorer.get_by_label(label, exact=True)
    if box.is_checked() != on:
        box.press("Space")


def set_convolution(explorer, picture, kernel, size, stride, dilation, padding, bias, relu):
    choose(explorer, "Picture", picture)
    choose(explorer, "Kernel", kernel.replace("_", " "))
    slide(explorer, "Kernel size", size)
    slide(explorer, "Stride", stride)
    slide(explorer, "Dilation", dilation)
    choose(explorer, "Padding", padding)
    slide(explorer, "Bias", bias)
    tick(explorer, "ReLU", relu)
    choose(explorer, "Map drawn in", "grey")


def words(explorer):
    settle(explorer.page)
    return explorer.get_by_role("status").inner_text()


def feature_map(image, kernel, stride, dilation, padding, bias, relu):
    """NumPy's map, and where its windows hold no padding."""
    layer = {"strides": stride, "dilations": dilation, "padding": padding}
    result = ops.conv2d(image[None, :, :, None], kernel[:, :, None, None], **layer)[0, :, :, 0]
    taps = ops.conv2d(
        np.ones_like(image)[None, :, :, None], np.ones((*kernel.shape, 1, 1)), **layer
    )
    result = result + bias
    return np.maximum(result, 0) if relu else result, taps[0, :, :, 0] == kernel.size


def check_map(explorer, expected, inside):
    """Compare the map in the page, drawn in grey, and its chosen neuron with NumPy's."""
    said = words(explorer)
    rows, columns, row, column = map(
        int, re.search(r"→ (\d+)×(\d+)\. Neuron in row (\d+), column (\d+)", said).groups()
    )
    assert (rows, columns) == expected.shape
    account = re.sub(r" [\d,]+ of [\d,]+ neurons are active\.$", "", said)
    assert number(re.findall(NUMBER, account)[-1]) == pytest.approx(expected[row, column], abs=6e-4)
    height, width, greys = explorer.locator(".cnn-map .cnn-stage canvas").evaluate(PIXELS)
    low, high = expected[inside].min(), expected[inside].max()
    wanted = np.clip((expected - low) / (high - low) * 255, 0, 255)
    assert np.abs(np.reshape(greys, (height, width)) - wanted).max() <= 1


@pytest.mark.parametrize(
    ("picture", "kernel", "size", "stride", "dilation", "padding", "bias", "relu"),
    [
        ("camera", "laplacian", 3, 2, 1, "valid", 0.5, False),
        ("flower", "gaussian", 11, 1, 1, "same", 0, False),
        ("coins", "sobel_y", 3, 3, 2, "same", -0.25, True),
        ("chelsea", "vertical_line", 7, 4, 3, "valid", 0, True),
    ],
)
def test_convolution(convolution, picture, kernel, size, stride, dilation, padding, bias, relu):
    layer = (stride, dilation, padding, bias, relu)
    set_convolution(convolution, picture, kernel, size, *layer)
    stage = convolution.locator(".cnn-map .cnn-stage")
    for key in ("Home", "Shift+ArrowRight", "ArrowRight", "ArrowUp"):
        stage.press(key)
    said = words(convolution)
    assert said.startswith(f"{size}×{size} kernel, stride {stride}, dilation {dilation}, {padding}")
    assert "column 11" in said
    image = data.picture(picture, 128, grey=True).astype("float32") / 255
    weights = filters.named(kernel, size)
    check_map(convolution, *feature_map(image, weights, *layer))


def test_convolution_with_a_kernel_typed_in(convolution):
    explorer, layer = convolution, (1, 1, "valid", 0, False)
    set_convolution(explorer, "brick", "identity", 3, *layer)
    weights = np.float32([[0.5, -1.25, 0], [2, 1, -3], [0.1, 0, 0.7]])
    for (row, column), weight in np.ndenumerate(weights):
        cell = explorer.locator(f".cnn-row:nth-child({row + 1}) .cnn-cell:nth-child({column + 1})")
        cell.click()
        cell.press("Enter")
        explorer.page.keyboard.press("ControlOrMeta+a")
        explorer.page.keyboard.type(f"{weight:g}")
        explorer.page.keyboard.press("Enter")
    settle(explorer.page)
    labels = explorer.get_by_role("gridcell").evaluate_all("all => all.map((one) => one.ariaLabel)")
    shown = [number(label.split(": ")[1]) for label in labels]
    assert shown == pytest.approx(weights.ravel().tolist())
    image = data.picture("brick", 128, grey=True).astype("float32") / 255
    check_map(explorer, *feature_map(image, weights, *layer))


@pytest.mark.parametrize(
    ("width", "height", "kernel", "stride", "dilation", "padding", "zeros"),
    [
        (13, 7, 6, 5, 1, "valid", 0),
        (13, 7, 6, 5, 1, "same", 0),
        (7, 5, 3, 2, 1, "same", 0),
        (12, 9, 3, 2, 3, "explicit", 2),
        (20, 12, 11, 4, 1, "explicit", 5),
    ],
)
def test_padding(padding_explorer, width, height, kernel, stride, dilation, padding, zeros):
    explorer = padding_explorer
    menu = explorer.get_by_label("Padding", exact=True).locator("option").all_text_contents()
    choose(explorer, "Padding", menu[("valid", "same", "explicit").index(padding)])
    for label, value in (
        ("Input width", width),
        ("Input height", height),
        ("Kernel size", kernel),
        ("Stride", stride),
        ("Dilation", dilation),
        ("Zeros per side p", zeros),
    ):
        slide(explorer, label, value)
    explorer.get_by_label("Output grid").press("End")
    said = words(explorer)
    layer = (kernel, stride, zeros if padding == "explicit" else padding, dilation)
    rows, columns = (geometry.output_size(n, *layer) for n in (height, width))
    assert f"{height}×{width} → {rows}×{columns};" in said
    above, below = geometry.pad_amounts(height, *layer)
    left, right = geometry.pad_amounts(width, *layer)
    assert f"zeros: {left} left, {right} right, {above} above, {below} below;" in said
    ignored = [int(count) for count in re.findall(r"(\d+) (?:column|row)s?[,.]", said)[:2]]
    assert ignored == [unread(width, *layer), unread(height, *layer)]
    row, column = (int(index) for index in re.search(r"Neuron \((\d+), (\d+)\)", said).groups())
    assert column == columns - 1
    read = re.search(r"reads rows? (.*), columns? (.*); their sum", said).groups()
    for taps, index, before in zip(read, (row, column), (above, left), strict=True):
        first = index * stride - before
        assert indices(taps) == [first + u * dilation for u in range(kernel)]


def indices(text):
    """Read "−1 to 3" or "−1, 1, 3"."""
    if " to " in text:
        first, last = (int(number(end)) for end in text.split(" to "))
        return list(range(first, last + 1))
    return [int(number(index)) for index in text.split(", ")]


def unread(n, kernel, stride, padding, dilation):
    """Cells of one axis that no window holds, found by convolving cell by cell."""
    cells = np.eye(n)[:, None, :, None]  # each image is a row with a single one
    counts = ops.conv2d(
        cells,
        np.ones((1, kernel, 1, 1)),
        strides=(1, stride),
        padding=padding if isinstance(padding, str) else ((0, 0), (padding, padding)),
        dilations=(1, dilation),
    )
    return int((counts.sum(axis=(1, 2, 3)) == 0).sum())
