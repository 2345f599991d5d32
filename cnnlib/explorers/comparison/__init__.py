"""`ComparisonExplorer`: networks as dots on axes that the reader chooses."""

import traitlets

from cnnlib.comparison import FAMILIES
from cnnlib.explorers._base import Choice, Explorer, Slider, View, styles
from cnnlib.explorers._modules import front_end

AXES = {
    "year": "Year",
    "top5": "Top-5 error, %",
    "depth": "Depth, weight layers",
    "parameters": "Parameters",
    "macs": "MACs for one picture",
    "predict_bytes": "Memory to predict one picture",
    "train_bytes": "Memory to train on 32 pictures",
    "receptive_field": "Receptive field, pixels",
}


def _networks():
    """Return the rows of `cnnlib.comparison.compare` as plain values."""
    from cnnlib.comparison import compare

    table = compare().reset_index()
    columns = ["title", "family", "measured", "source", *AXES]
    rows = table[columns].astype(object).where(table[columns].notna(), None)
    return rows.to_dict("records")


class ComparisonView(View):
    """A scatter plot with a list of what it cannot place; see comparison.js."""

    _esm = front_end("comparison/view.js")
    _css = styles("comparison/view.css")

    networks = traitlets.List().tag(sync=True)
    axes = traitlets.List([[name, label] for name, label in AXES.items()]).tag(sync=True)
    families = traitlets.List(list(FAMILIES)).tag(sync=True)
    across = traitlets.Int(list(AXES).index("macs")).tag(sync=True)
    up = traitlets.Int(list(AXES).index("top5")).tag(sync=True)
    area = traitlets.Int(1).tag(sync=True)
    family = traitlets.Int(0).tag(sync=True)
    until = traitlets.Int(2023).tag(sync=True)
    selected = traitlets.Int(0).tag(sync=True)


class ComparisonExplorer(Explorer):
    """Networks as dots: choose the axes, filter, point at a dot for its figures.

    Chapter "All of them, compared". Sizes, costs, memory and receptive fields are computed from
    the models by `cnnlib.analyze`; years and errors are published.

    Args:
        across: what the horizontal axis shows: "year", "top5", "depth", "parameters", "macs",
            "predict_bytes", "train_bytes" or "receptive_field".
        up: the same for the vertical axis.
        area: what the area of a dot shows: "none", "parameters", "macs" or "train_bytes".
        family: "all" or one family, as in `cnnlib.comparison.FAMILIES`; the others turn pale.
        until: the last year shown, 1998 to 2023.

    Raises:
        TypeError: an unknown setting or one of the wrong type.
        ValueError: a setting out of range or an unknown axis or family.
    """

    View = ComparisonView
    controls = (
        Choice("across", "Across", AXES),
        Choice("up", "Up", AXES),
        Choice(
            "area",
            "Area of a dot",
            {
                "none": "all alike",
                "parameters": AXES["parameters"],
                "macs": AXES["macs"],
                "train_bytes": AXES["train_bytes"],
            },
        ),
        Choice("family", "Family", {"all": "all", **{name: name for name in FAMILIES}}),
        Slider("until", "Until", 1998, 2023),
    )

    def _initial(self, settings):
        networks = _networks()
        titles = [network["title"] for network in networks]
        initial = {"networks": networks, "selected": titles.index("ResNet-50")}
        return super()._initial(settings) | initial

    def compute(self):
        """Return what the chosen axes show, computed from the models.

        Returns:
            A `pandas.DataFrame` indexed by title.
        """
        from cnnlib.comparison import compare

        s = self.settings()
        table = compare()
        shown = table[table["year"] <= s["until"]]
        if s["family"] != "all":
            shown = shown[shown["family"] == s["family"]]
        return shown[list(dict.fromkeys((s["across"], s["up"])))]

    def figure(self):
        """Draw the dots on the chosen axes.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots

        s = self.settings()
        across, up = s["across"], s["up"]
        placed = [
            row
            for row in _networks()
            if None not in (row[across], row[up]) and row["year"] <= s["until"]
        ]
        with plots.style():
            figure = Figure(figsize=(7.5, 4.2))
            axis = figure.subplots()
            for row in placed:
                point = row[across], row[up]
                axis.plot(*point, "o", color=plots.ACCENT)
                axis.annotate(row["title"], point, (4, 4), textcoords="offset points", fontsize=7)
            for name, scale in ((across, axis.set_xscale), (up, axis.set_yscale)):
                if name not in ("year", "top5"):
                    scale("log")
            axis.set(xlabel=AXES[across], ylabel=AXES[up])
        return plots.show(
            figure, f"{len(placed)} networks: {AXES[up].lower()} against {AXES[across].lower()}"
        )
