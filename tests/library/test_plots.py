import base64
import io
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from cnnlib import plots
from cnnlib.intervals import mean_interval

RAMP = np.linspace(-1, 2, 12, dtype="float32").reshape(3, 4)
COLOUR = np.arange(60, dtype="uint8").reshape(4, 5, 3)


def line_plot(last=0):
    with plots.style():
        figure = Figure()
        axes = figure.subplots()
        axes.plot([0, 1], [1, last], label="training")
        axes.set(title="Loss", xlabel="epoch", ylabel="loss")
        axes.legend()
    return figure


def parse(shown):
    return ElementTree.fromstring(shown.svg)


def ids(shown):
    return [element.get("id") for element in parse(shown).iter() if element.get("id")]


def test_html_is_one_labelled_svg():
    shown = plots.show(line_plot(), 'A line "falls" <fast>')
    svg = parse(shown)
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == 'A line "falls" <fast>'
    assert shown._repr_html_() == f'<figure class="cnn-figure">{shown.svg}</figure>'
    assert repr(shown) == '<figure: A line "falls" <fast>>'


def test_nothing_in_the_svg_reaches_out_of_it():
    shown = plots.show(plots.pictures([("ramp", RAMP)]), "a ramp")
    assert "<style" not in shown.svg
    assert "metadata" not in shown.svg
    assert "<?xml" not in shown.svg
    assert "DOCTYPE" not in shown.svg


def test_names_are_used_once_on_a_page_and_references_still_find_them():
    # matplotlib alone would give the tick marks of both line plots the same name.
    figures = line_plot(), line_plot(last=2), plots.pictures([("a", RAMP), ("b", COLOUR)])
    page = [plots.show(figure, "a figure") for figure in figures]
    names = [name for shown in page for name in ids(shown)]
    assert len(names) == len(set(names)) > 3
    for shown in page:
        references = set(re.findall(r'(?:href="|url\()#([^")]+)', shown.svg))
        assert references
        assert references <= set(ids(shown))


def test_the_same_figure_gives_the_same_svg():
    assert plots.show(line_plot(), "a line") == plots.show(line_plot(), "a line")


@pytest.mark.parametrize(
    "figure",
    [
        line_plot(),
        plots.pictures([("ramp", RAMP)], signed=True),
        plots.seeds({"dense": {"10": [1.0, 2.0]}}, "pictures", "accuracy"),
    ],
    ids=["lines", "picture", "seeds"],
)
def test_every_colour_follows_the_theme(figure):
    svg = plots.show(figure, "a figure").svg
    painted = re.findall(r"(?:fill|stroke): ([^;\"]+)", svg)
    assert set(painted) > {"none"}
    assert all(paint == "none" or paint.startswith("var(--cnn-") for paint in painted), painted
    assert all("fill:" in text for text in re.findall(r"<text [^>]*>", svg))


def test_text_stays_text_in_the_page_s_own_font():
    svg = parse(plots.show(line_plot(), "a line"))
    texts = [element for element in svg.iter() if element.tag.endswith("}text")]
    assert {"Loss", "epoch", "loss", "training"} <= {text.text for text in texts}
    assert all("font-family: inherit" in text.get("style") for text in texts)


def test_labels_keep_nine_pixels_however_narrow_the_page():
    for columns in (1, 2, 3, 4):
        shown = plots.show(plots.pictures([("title", np.eye(4))] * columns), alt="panels")
        width, least = (
            float(re.search(pattern, shown.svg)[1])
            for pattern in (r'width="([\d.]+)pt"', r"min-width: ([\d.]+)px")
        )
        sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", shown.svg)]
        assert sizes
        assert min(sizes) * least / width >= 9


def test_small_arrays_stay_crisp_and_photographs_smooth():
    small = plots.show(plots.pictures([("map", np.eye(64))]), "a map").svg
    large = plots.show(plots.pictures([("photo", np.eye(65))]), "a photograph").svg
    assert "image-rendering" in small
    assert "image-rendering" not in large


@pytest.mark.parametrize(("side", "fewest", "most"), [(900, 200, 320), (128, 128, 128)])
def test_a_figure_holds_no_more_pixels_than_it_has_or_shows(side, fewest, most):
    svg = plots.show(plots.pictures([("a", np.eye(side))]), "a diagonal").svg
    (embedded,) = re.findall(r'data:image/webp;base64,([^"]+)', svg)
    width, height = Image.open(io.BytesIO(base64.b64decode(embedded))).size
    assert width == height
    assert fewest <= width <= most


def test_pictures_are_embedded_without_loss():
    picture = np.random.default_rng(0).integers(0, 256, (50, 70, 3), "uint8")
    svg = plots.show(plots.pictures([("a", picture)]), "noise").svg
    (embedded,) = re.findall(r'data:image/webp;base64,([^"]+)', svg)
    read = Image.open(io.BytesIO(base64.b64decode(embedded))).convert("RGB")
    np.testing.assert_array_equal(np.array(read), picture)


def test_signed_colours_are_centred_at_zero():
    low, zero, high = plots.SIGNED([0.0, 0.5, 1.0])
    assert zero[3] == 0
    assert low[3] == high[3] == 1
    assert low[2] > low[0]
    assert high[0] > high[2]
    figure = plots.pictures([("a", RAMP), ("b", -3 * RAMP)], signed=True)
    assert {axes.images[0].get_clim() for axes in figure.axes} == {(-6, 6)}
    figure = plots.pictures([("a", RAMP)], signed=True, limit=0.5)
    assert figure.axes[0].images[0].get_clim() == (-0.5, 0.5)
    figure = plots.pictures([("nothing", np.zeros((2, 2)))], signed=True)
    assert figure.axes[0].images[0].get_clim() == (-1, 1)


def test_a_picture_among_signed_maps_is_grey():
    figure = plots.pictures([("picture", COLOUR[..., 0]), ("map", RAMP)], signed=True)
    picture, map = (axes.images[0] for axes in figure.axes)
    assert (picture.get_cmap().name, picture.get_clim()) == ("gray", (0, 255))
    assert (map.get_cmap(), map.get_clim()) == (plots.SIGNED, (-2, 2))


def test_grey_scales_are_shared():
    figure = plots.pictures([("a", RAMP), ("b", RAMP + 5), ("c", COLOUR[..., 0])])
    limits = [axes.images[0].get_clim() for axes in figure.axes]
    assert limits == [(-1, 7), (-1, 7), (0, 255)]


def test_pictures_wrap_after_four():
    figure = plots.pictures([(str(n), RAMP) for n in range(6)])
    assert [axes.get_title() for axes in figure.axes] == ["0", "1", "2", "3", "4", "5"]
    rows = {axes.get_subplotspec().rowspan.start for axes in figure.axes}
    assert rows == {0, 1}


SEEDS = {
    "dense": {"10": [1.0, 2.0, 6.0], "100": [3.0, 4.0, 5.0]},
    "convolutional": {"10": [2.0, 2.0, 2.0], "100": [7.0, 8.0, 9.0]},
}


def test_every_seed_is_a_dot_beside_the_mean_and_its_interval():
    axes = plots.seeds(SEEDS, "pictures", "accuracy").axes[0]
    dots = [line.get_ydata().tolist() for line in axes.lines if line.get_marker() == "."]
    assert dots == [row for columns in SEEDS.values() for row in columns.values()]
    means = {line.get_label(): line for line in axes.lines if line.get_marker() == "_"}
    assert {name: line.get_ydata().tolist() for name, line in means.items()} == {
        "dense": [3, 4],
        "convolutional": [2, 8],
    }
    ends = [path.vertices[:, 1].tolist() for bars in axes.collections for path in bars.get_paths()]
    assert ends == [list(mean_interval(row)) for row in dots]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["10", "100"]
    assert len(axes.get_legend().get_texts()) == 2


def test_series_stand_side_by_side():
    axes = plots.seeds(SEEDS, "pictures", "accuracy").axes[0]
    reach = [
        (line.get_xdata().min(), line.get_xdata().max())
        for line in axes.lines
        if line.get_marker() == "."
    ]
    first, second, third, fourth = sorted(reach)
    assert first[1] < second[0] < second[1] < third[0] < third[1] < fourth[0]


def test_one_series_needs_no_legend_and_a_table_will_do():
    table = pd.DataFrame(SEEDS["dense"])
    axes = plots.seeds({"dense": table}, "pictures", "accuracy", log=True).axes[0]
    assert axes.get_legend() is None
    assert axes.get_yscale() == "log"


@pytest.mark.parametrize(
    "series",
    [
        {},
        {"dense": {}},
        {"dense": {"10": []}},
        {"dense": {"10": [[1.0]]}},
        {"dense": {"10": [1.0, np.nan]}},
        {"dense": {"10": [1.0]}, "convolutional": {"100": [1.0]}},
    ],
)
def test_wrong_series_are_named(series):
    with pytest.raises(ValueError, match=r"^`series` .*Received: "):
        plots.seeds(series, "pictures", "accuracy")


def test_style_ends_with_its_context():
    import matplotlib as mpl

    before = mpl.rcParams["text.color"]
    plots.show(line_plot(), "a line")
    assert mpl.rcParams["text.color"] == before


@pytest.mark.parametrize(
    ("panels", "options", "error", "name"),
    [
        ([], {}, ValueError, "panels"),
        (RAMP, {}, TypeError, "panels"),
        ([RAMP], {}, TypeError, r"panels\[0\]"),
        ([(1, RAMP)], {}, TypeError, r"panels\[0\]"),
        ([("a", RAMP), ("b", RAMP[0])], {}, ValueError, r"panels\[1\]"),
        ([("a", COLOUR)], {"signed": True}, ValueError, r"panels\[0\]"),
        ([("a", RAMP * np.nan)], {}, ValueError, r"panels\[0\]"),
        ([("a", RAMP.astype(str))], {}, TypeError, r"panels\[0\]"),
        ([("a", RAMP)], {"limit": 1}, ValueError, "limit"),
        ([("a", RAMP)], {"signed": True, "limit": 0}, ValueError, "limit"),
        ([("a", RAMP)], {"signed": True, "limit": "1"}, TypeError, "limit"),
    ],
)
def test_wrong_panels_are_named(panels, options, error, name):
    with pytest.raises(error, match=rf"(?s)^`{name}` .*Received: "):
        plots.pictures(panels, **options)


@pytest.mark.parametrize(
    ("arguments", "error", "name"),
    [
        ((None, "alt"), TypeError, "figure"),
        ((Figure(), None), TypeError, "alt"),
        ((Figure(), " "), ValueError, "alt"),
    ],
)
def test_wrong_arguments_to_show_are_named(arguments, error, name):
    with pytest.raises(error, match=rf"^`{name}` .*Received: "):
        plots.show(*arguments)
