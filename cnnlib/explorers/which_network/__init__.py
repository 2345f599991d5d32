"""`WhichNetworkExplorer`: say what you cannot exceed, and see which network is left."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider
from cnnlib.models._published import ONE_CROP

COLUMNS = {"error": 1, "parameters": 1e6, "macs": 1e9, "train_bytes": 1e9}
"""What is limited, and in which unit."""


def _networks():
    """Return title and limited figures of the networks with an error measured with one crop."""
    from cnnlib.comparison import compare

    table = compare().rename(columns={ONE_CROP: "error"}).dropna(subset=["model", "error"])
    return table.reset_index()[["title", *COLUMNS]].to_dict("records")


class WhichNetworkExplorer(Explorer):
    """A few questions whose answers cross networks out, until one is the answer.

    Chapter "All of them, compared". Errors are published, with one crop; the rest is computed.
    """

    parameters = Slider("Most parameters, M", 1, 140, 140, "trainable ones, at most")
    macs = Slider("Most MACs, G", 0.5, 21, 21, "multiply-adds for a picture, at most", 0.5)
    train_bytes = Slider(
        "Most memory to train, GB", 1, 22, 22, "for 32 pictures with Adam, at most", 0.5
    )
    error = Slider("Largest error, %", 3, 20, 20, "top-5, with one crop, at most", 0.5)
    prefer = Choice(
        "Prefer",
        {
            "error": "the lowest error",
            "parameters": "the fewest parameters",
            "macs": "the fewest multiply-adds",
            "train_bytes": "the least memory to train",
        },
        "error",
        "what the networks are sorted by; the first within all limits is the answer",
    )
    networks = Data(_networks)

    def compute(self):
        """Return the titles of the networks within all limits, the answer first."""
        limits = {name: getattr(self, name) * unit for name, unit in COLUMNS.items()}
        left = [
            row
            for row in self.networks
            if all(row[name] <= limit for name, limit in limits.items())
        ]
        return [row["title"] for row in sorted(left, key=lambda row: row[self.prefer])]

    def figure(self):
        """Draw the errors and the multiply-adds of the networks, those within all limits filled."""
        from matplotlib.figure import Figure

        from cnnlib import plots

        left = self.compute()
        with plots.style():
            figure = Figure(figsize=(6.5, 3.5))
            axis = figure.subplots()
            for row in self.networks:
                point = row["macs"], row["error"]
                fill = plots.ACCENT if row["title"] in left else "none"
                axis.plot(*point, "o", color=plots.ACCENT, markerfacecolor=fill)
                axis.annotate(row["title"], point, (4, 4), textcoords="offset points", fontsize=7)
            axis.set(xlabel="Multiply-adds", ylabel="Top-5 error, %", xscale="log", yscale="log")
        answer = left[0] if left else "no network"
        return plots.show(figure, f"Within these limits: {answer}")
