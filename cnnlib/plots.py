"""Figures in the book's palette that follow the page's light or dark theme.

A figure is drawn once, with the palette's light colours; `show` turns it into inline SVG in which
each of those colours is a CSS variable with that colour as its fallback.
"""

import base64
import hashlib
import html
import io
import math
import re
from dataclasses import dataclass, field

import matplotlib as mpl
import numpy as np
from matplotlib.colors import ListedColormap, to_rgba
from matplotlib.figure import Figure
from PIL import Image

from cnnlib.checks import check_number, check_string
from cnnlib.intervals import mean_interval

INK, MUTED, LINE, ACCENT = "#1c2128", "#57606a", "#d0d7de", "#0b6e75"
NEGATIVE, ZERO, POSITIVE = "#2166ac", "#f7f7f7", "#b2182b"

_VARIABLES = {
    INK: "var(--cnn-ink, currentColor)",
    MUTED: f"var(--cnn-muted, {MUTED})",
    LINE: f"var(--cnn-line, {LINE})",
    ACCENT: f"var(--cnn-accent, {ACCENT})",
    NEGATIVE: f"var(--cnn-negative, {NEGATIVE})",
    ZERO: f"var(--cnn-zero, {ZERO})",
    POSITIVE: f"var(--cnn-positive, {POSITIVE})",
}

_STYLE = {
    "axes.axisbelow": True,
    "axes.edgecolor": LINE,
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.prop_cycle": mpl.cycler(
        color=[NEGATIVE, POSITIVE, ACCENT, MUTED, INK],
        linestyle=["-", "--", "-.", ":", (0, (6, 1, 1, 1, 1, 1))],
    ),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": "medium",
    "figure.constrained_layout.use": True,
    "figure.facecolor": "none",
    "figure.figsize": (6, 3.2),
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "grid.color": LINE,
    "legend.frameon": False,
    "savefig.facecolor": "none",
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
}

_COLUMN = 8
"""Width of the book's text column, in inches."""

_LEAST = 0.9
"""CSS pixels that a narrow page leaves each point: labels of ten points keep nine pixels."""

_DPI = 96
"""CSS pixels per inch."""


def _signed_map():
    # A raster cannot hold a CSS variable, so its hues are of middling lightness, to stand out on
    # a light and on a dark page; values near zero let the panel behind them show through.
    strength = np.linspace(-1, 1, 511)
    colours = np.where(strength[:, None] < 0, to_rgba("#2c7bc4"), to_rgba("#d8432f"))
    colours[:, 3] = np.abs(strength)
    return ListedColormap(colours, name="signed")


SIGNED = _signed_map()
"""Colour map of signed values: blue below zero, red above, see-through at zero."""


@dataclass(frozen=True, repr=False)
class Shown:
    """A figure ready to be displayed in a notebook.

    Attributes:
        svg: the figure as an `<svg>` element.
        alt: what it shows, in words.
        figure: the `matplotlib.figure.Figure`.
    """

    svg: str
    alt: str
    figure: Figure = field(compare=False)

    def __repr__(self):
        """Describe the figure; the same in every session."""
        return f"<figure: {self.alt}>"

    def _repr_html_(self):
        return f'<figure class="cnn-figure">{self.svg}</figure>'

    def png(self):
        """Return the figure on white, for where SVG is not shown: a notebook not yet trusted.

        Returns:
            PNG, as bytes.
        """
        file = io.BytesIO()
        with style():
            self.figure.savefig(file, format="png", dpi=_DPI, facecolor="white")
        return file.getvalue()


def style():
    """Return a context manager in which matplotlib draws in the book's style.

    Returns:
        A `matplotlib.rc_context`; draw the whole figure inside it.
    """
    return mpl.rc_context(_STYLE)


def pictures(panels, signed=False, limit=None):
    """Draw pictures side by side, at most four to a row.

    Args:
        panels: (title, array) pairs; arrays are [height, width] or, unless signed,
            [height, width, 3] (uint8, or floats from 0 to 1).
        signed: True draws arrays on one blue-to-red scale centred at zero, False from black, the
            smallest number of all panels, to white, the largest. Either draws uint8, a picture
            among maps, from black (0) to white (255).
        limit: the absolute value drawn in full colour on the signed scale; None takes the
            largest of all panels.

    Returns:
        A `matplotlib.figure.Figure`; display it with `show`.

    Raises:
        TypeError: `panels` is not a list of (string, array) pairs, or `limit` is no number.
        ValueError: `panels` is empty, an array has the wrong shape or is not finite, or `limit`
            is not positive or given without `signed`.
    """
    panels = _check_panels(panels, signed)
    limit = _check_limit(limit, panels, signed)
    columns = min(len(panels), 4)
    rows = math.ceil(len(panels) / columns)
    width = min(_COLUMN / columns, _COLUMN / 2.5)
    height = width * max(array.shape[0] / array.shape[1] for _, array in panels) + 0.3
    with style():
        figure = Figure(figsize=(columns * width, rows * height))
        axes = figure.subplots(rows, columns, squeeze=False).flat
        for (title, array), axis in zip(panels, axes, strict=False):
            axis.set(title=title, xticks=[], yticks=[], facecolor=ZERO if signed else "none")
            axis.spines[:].set(visible=True, color=LINE)
            # Arrays go into the page as they are, but with no more pixels than it shows.
            fits = max(array.shape[:2]) <= width * _DPI
            axis.imshow(
                array,
                interpolation="none" if fits else "antialiased",
                interpolation_stage="data",
                **_scale(array, panels, limit),
            )
        for axis in list(axes):
            axis.remove()
    return figure


def curves(x, named, xlabel):
    """Draw curves over one axis, with a legend where there are several.

    Args:
        x: array [n].
        named: name -> array [n]; where it holds a single number among NaN, a dot marks it.
        xlabel: what `x` is, with its unit.

    Returns:
        A `matplotlib.figure.Figure`; display it with `show`.
    """
    with style():
        figure = Figure(figsize=(6.5, 2.6))
        axis = figure.subplots()
        for name, values in named.items():
            alone = np.isfinite(values).sum() == 1
            axis.plot(x, values, marker="o" if alone else None, label=name)
        axis.set(xlabel=xlabel)
        if len(named) > 1:
            axis.legend()
    return figure


def spans(ends, xlabel, names=None):
    """Draw spans one under the other, and under them all that they cover.

    Args:
        ends: (first, last) pairs.
        xlabel: what they are measured in.
        names: of the spans, which then stand for themselves, without what they cover together.

    Returns:
        A `matplotlib.figure.Figure`; display it with `show`.
    """
    with style():
        figure = Figure(figsize=(6.5, 0.3 * len(ends) + 1))
        axis = figure.subplots()
        for row, (first, last) in enumerate(ends):
            axis.barh(-row, last - first, left=first, color=ACCENT, alpha=0.6)
            if names is None:
                axis.barh(-len(ends), last - first, left=first, color=POSITIVE)
        named = ["together"] if names is None else names
        rows = [-len(ends)] if names is None else [-row for row in range(len(ends))]
        axis.set(yticks=rows, yticklabels=named, xlabel=xlabel)
    return figure


def seeds(series, xlabel, ylabel, log=False):
    """Draw every seed as a dot, with the mean and its 95 % bootstrap interval.

    Args:
        series: name -> columns, each a label on the horizontal axis -> one number for each seed;
            the columns may be a `pandas.DataFrame`.
        xlabel: what the columns' labels are.
        ylabel: what the numbers are.
        log: True draws the numbers on a logarithmic scale.

    Returns:
        A `matplotlib.figure.Figure`; display it with `show`.

    Raises:
        ValueError: `series` is empty, its parts differ in their labels, or a column is not a row
            of finite numbers.
    """
    labels = _check_series(series)
    with style():
        figure = Figure()
        axes = figure.subplots()
        room = 0.6 / len(series)
        for index, (name, columns) in enumerate(series.items()):
            middles = np.arange(len(labels)) + room * (index - (len(series) - 1) / 2)
            values = [np.asarray(columns[label], dtype=float) for label in labels]
            means = np.array([column.mean() for column in values])
            ends = np.array([mean_interval(column) for column in values]).T
            (line,) = axes.plot(middles, means, marker="_", markersize=9, linewidth=1, label=name)
            colour = line.get_color()
            axes.vlines(middles, *ends, colors=colour, linewidth=3)
            for middle, column in zip(middles, values, strict=True):
                beside = middle + room * np.linspace(0.15, 0.4, len(column))
                axes.plot(beside, column, ".", markersize=3, color=colour)
        axes.set(xlabel=xlabel, ylabel=ylabel, yscale="log" if log else "linear")
        axes.set_xticks(range(len(labels)), labels)
        axes.grid(False, axis="x")
        if len(series) > 1:
            axes.legend()
    return figure


def show(figure, alt):
    """Turn a figure into inline SVG that follows the page's theme.

    Args:
        figure: a `matplotlib.figure.Figure` drawn inside `style()`.
        alt: what the figure shows, in words, for readers who cannot see it.

    Returns:
        A `Shown`, which notebooks display.

    Raises:
        TypeError: `figure` is not a figure or `alt` not a string.
        ValueError: `alt` is empty.
    """
    if not isinstance(figure, Figure):
        raise TypeError(f"`figure` must be a matplotlib Figure. Received: {figure!r}")
    if not check_string("alt", alt).strip():
        raise ValueError(f"`alt` must say what the figure shows. Received: {alt!r}")
    return Shown(_themed(_svg(figure), alt), alt, figure)


def _check_panels(panels, signed):
    if not isinstance(panels, (tuple, list)):
        raise TypeError(f"`panels` must be a list of pairs. Received: {panels!r}")
    checked = []
    for index, panel in enumerate(panels):
        if not (isinstance(panel, (tuple, list)) and len(panel) == 2 and isinstance(panel[0], str)):
            raise TypeError(
                f"`panels[{index}]` must be a (title, array) pair. Received: {type(panel).__name__}"
            )
        title, array = panel[0], np.asarray(panel[1])
        if array.dtype.kind not in "iuf":
            raise TypeError(
                f"`panels[{index}]` must hold real numbers. Received: dtype {array.dtype}"
            )
        coloured = array.ndim == 3 and array.shape[2] == 3 and not signed
        if not (array.ndim == 2 or coloured) or array.size == 0:
            raise ValueError(
                f"`panels[{index}]` must be [height, width]{'' if signed else ' or RGB'}. "
                f"Received: shape {array.shape}"
            )
        if not np.isfinite(array).all():
            raise ValueError(f"`panels[{index}]` must be finite. Received: {title!r}")
        checked.append((title, array))
    if not checked:
        raise ValueError(f"`panels` must hold at least one pair. Received: {panels!r}")
    return checked


def _check_limit(limit, panels, signed):
    """Return the value drawn in full colour, or None where the scale is not signed."""
    if limit is None:
        numbers = [array for _, array in panels if array.dtype != np.uint8]
        most = max((float(np.abs(array).max()) for array in numbers), default=0.0)
        return (most or 1.0) if signed else None
    if not signed:
        raise ValueError(f"`limit` needs `signed` to be True. Received: {limit!r}")
    return check_number("limit", limit, above=0, below=math.inf)


def _check_series(series):
    """Return the labels that all series share."""
    parts = [list(columns) for columns in series.values()]
    if not parts or not parts[0] or any(labels != parts[0] for labels in parts):
        raise ValueError(f"`series` must hold series of the same labels. Received: {parts!r}")
    for name, columns in series.items():
        for label, column in columns.items():
            column = np.asarray(column, dtype=float)
            if column.ndim != 1 or not column.size or not np.isfinite(column).all():
                raise ValueError(
                    f"`series` must hold rows of finite numbers. Received: {name!r}, {label!r}"
                )
    return parts[0]


def _scale(array, panels, limit):
    """Return how `imshow` maps the array's numbers to colours."""
    if array.dtype == np.uint8:
        return {"cmap": "gray", "vmin": 0, "vmax": 255}
    if limit is not None:
        return {"cmap": SIGNED, "vmin": -limit, "vmax": limit}
    if array.ndim == 3:
        return {}
    numbers = [values for _, values in panels if values.ndim == 2 and values.dtype != np.uint8]
    low = min(values.min() for values in numbers)
    high = max(values.max() for values in numbers)
    return {"cmap": "gray", "vmin": low, "vmax": high}


def _svg(figure):
    file = io.StringIO()
    without = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    with mpl.rc_context(_STYLE | {"svg.fonttype": "none", "svg.hashsalt": "cnnlib"}):
        figure.savefig(file, format="svg", dpi=_DPI, metadata=without)
    return re.sub(r"data:image/png;base64,([^\"]+)", _as_webp, file.getvalue())


def _as_webp(png):
    """Encode a picture without loss in about half the bytes that matplotlib's PNG takes."""
    file = io.BytesIO()
    with Image.open(io.BytesIO(base64.b64decode(png[1]))) as picture:
        # Without loss "quality" is effort: the last fifth takes 3 % off and 20 times as long.
        picture.save(file, "WEBP", lossless=True, quality=80, method=6)
    return "data:image/webp;base64," + base64.b64encode(file.getvalue()).decode()


def _themed(svg, alt):
    digest = hashlib.sha256(svg.encode()).hexdigest()[:10]
    svg = svg[svg.index("<svg") :].strip()
    # As part of a page, matplotlib's style sheet would style the page, and its names would clash.
    svg = re.sub(r"\s*<defs>\s*<style.*?</style>\s*</defs>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'<g id="[^"]*"', "<g", svg)
    svg = re.sub(r'(\bid="|"#|url\(#)', rf"\g<1>cnn-{digest}-", svg)
    svg = re.sub(r'(<image [^>]*width="(\d+)"[^>]*) style="image-rendering[^"]*"', _smooth, svg)
    svg = svg.replace("font-family: 'DejaVu Sans', sans-serif", "font-family: inherit")
    for colour, variable in _VARIABLES.items():
        svg = svg.replace(f": {colour}", f": {variable}")
    label = html.escape(alt)
    least = _LEAST * float(re.search(r'width="([\d.]+)pt"', svg)[1])
    fit = (
        f"max-width: 100%; min-width: {least:g}px; height: auto; "
        "stroke-linejoin: round; stroke-linecap: butt"
    )
    return svg.replace("<svg", f'<svg role="img" aria-label="{label}" style="{fit}"', 1)


def _smooth(image):
    """Let the browser smooth a photograph; the cells of a kernel or a small map stay crisp."""
    return image[1] if int(image[2]) > 64 else image[0]
