"""`ComparisonExplorer`: networks as dots on axes that the reader chooses."""

import traitlets

from cnnlib.comparison import FAMILIES
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider, State

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
AREAS = {"none": "all alike"} | {name: AXES[name] for name in ("parameters", "macs", "train_bytes")}


def _networks():
    """Return the rows of `cnnlib.comparison.compare` as plain values."""
    from cnnlib.comparison import compare

    table = compare().reset_index()
    columns = ["title", "family", "measured", "source", *AXES]
    rows = table[columns].astype(object).where(table[columns].notna(), None)
    return rows.to_dict("records")


class ComparisonExplorer(Explorer):
    """Networks as dots: choose the axes, filter, point at a dot for its figures.

    Chapter "All of them, compared". Sizes, costs, memory and receptive fields are computed from
    the models by `cnnlib.analyze`; years and errors are published.
    """

    across = Choice("Across", AXES, "macs", "what the horizontal axis shows")
    up = Choice("Up", AXES, "top5", "what the vertical axis shows")
    area = Choice("Area of a dot", AREAS, "parameters", "what the area of a dot shows")
    family = Choice(
        "Family",
        {"all": "all", **{name: name for name in FAMILIES}},
        "all",
        "the family that is shown, as in `cnnlib.comparison.FAMILIES`; the others turn pale",
    )
    until = Slider("Until", 1998, 2023, 2023, "the last year shown")
    selected = State(traitlets.Unicode("ResNet-50"))
    networks = Data(_networks)
    axes = Data(lambda: list(map(list, AXES.items())))
    families = Data(lambda: list(FAMILIES))

    def compute(self):
        """Return what the chosen axes show, computed from the models.

        Returns:
            A `pandas.DataFrame` indexed by title.
        """
        from cnnlib.comparison import compare

        table = compare()
        shown = table[table["year"] <= self.until]
        if self.family != "all":
            shown = shown[shown["family"] == self.family]
        return shown[list(dict.fromkeys((self.across, self.up)))]

    def figure(self):
        """Draw the dots on the chosen axes.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots

        across, up = self.across, self.up
        placed = [
            row
            for row in self.networks
            if None not in (row[across], row[up]) and row["year"] <= self.until
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
