"""`ComparisonExplorer`: networks as dots on axes that the reader chooses."""

import traitlets

from cnnlib.comparison import FAMILIES
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider, State
from cnnlib.models._published import MEASURES, ONE_CROP, TEN_CROPS

AXES = {
    "year": "Year",
    "top5": "Top-5 error",
    "depth": "Depth in layers",
    "parameters": "Parameters",
    "macs": "Multiply-adds",
    "predict_bytes": "Memory to predict",
    "train_bytes": "Memory to train",
    "receptive_field": "Receptive field",
}
AREAS = {"none": "all alike"} | {name: AXES[name] for name in ("parameters", "macs", "train_bytes")}
MIXED = "mixed"


def _networks():
    """Return the rows of `cnnlib.comparison.compare` that have a model, as plain values."""
    from cnnlib.comparison import compare

    table = compare().dropna(subset=["model"]).reset_index()
    facts = [name for name in AXES if name != "top5"]
    columns = ["title", "family", "measured", "source", *MEASURES, *facts]
    rows = table[columns].astype(object).where(table[columns].notna(), None)
    return rows.to_dict("records")


class ComparisonExplorer(Explorer):
    """Networks as dots: choose the axes, filter, point at a dot for its figures.

    Chapter "All of them, compared". Sizes, costs, memory (for one picture, and for 32 with Adam)
    and receptive fields are computed from the models by `cnnlib.analyze`; years and errors are
    published.
    """

    across = Choice("Across", AXES, "macs", "what the horizontal axis shows")
    up = Choice("Up", AXES, "top5", "what the vertical axis shows")
    error = Choice(
        "Error with",
        {ONE_CROP: ONE_CROP, TEN_CROPS: TEN_CROPS, MIXED: "what its authors chose"},
        ONE_CROP,
        "how the error was measured; without one of these measurements a network has no error",
        when=[{"across": "top5"}, {"up": "top5"}],
    )
    area = Choice(
        "Area of a dot",
        AREAS,
        "parameters",
        "what the area of a dot shows; the smallest dots are drawn larger",
    )
    family = Choice(
        "Family",
        {"all": "all", **{name: name for name in FAMILIES[:-1]}},
        "all",
        "the family that is shown, of `cnnlib.comparison.FAMILIES`; others are pale, without names",
    )
    until = Slider("Until", 2012, 2019, 2019, "the last year shown")
    selected = State(traitlets.Unicode("ResNet-50"))
    networks = Data(_networks)
    axes = Data(lambda: list(map(list, AXES.items())))
    families = Data(lambda: list(FAMILIES))

    def compute(self):
        """Return what the chosen axes show, computed from the models.

        Returns:
            A `pandas.DataFrame` indexed by title.
        """
        import pandas as pd

        rows = [self._with_error(row) for row in self.networks if row["year"] <= self.until]
        if self.family != "all":
            rows = [row for row in rows if row["family"] == self.family]
        names = list(dict.fromkeys((self.across, self.up)))
        return pd.DataFrame(rows).set_index("title")[names]

    def _with_error(self, row):
        measured = row["measured"] if self.error == MIXED else self.error
        return row | {"top5": row.get(measured)}

    def figure(self):
        """Draw the dots on the chosen axes.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots

        across, up = self.across, self.up
        placed = self.compute().dropna()
        with plots.style():
            figure = Figure(figsize=(7.5, 4.2))
            axis = figure.subplots()
            for title, row in placed.iterrows():
                point = row[across], row[up]
                axis.plot(*point, "o", color=plots.ACCENT)
                axis.annotate(title, point, (4, 4), textcoords="offset points", fontsize=7)
            for name, scale in ((across, axis.set_xscale), (up, axis.set_yscale)):
                if name != "year":
                    scale("log")
            axis.set(xlabel=AXES[across], ylabel=AXES[up])
        return plots.show(
            figure, f"{len(placed)} networks: {AXES[up].lower()} against {AXES[across].lower()}"
        )
