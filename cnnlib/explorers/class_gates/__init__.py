"""`ClassGatesExplorer`: how far gates open for the pictures of each class, unit by unit."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

UNITS = 6


def runs():
    """Return the stored runs of the experiment "gates", a list of dicts by seed.

    Returns:
        List of dicts: "gates", per cent [unit][class][map], and the "spread" and "share" of each
        unit.
    """
    from cnnlib import experiments

    stored = experiments.results("gates")
    gated = stored[stored["variant"] == "with gates"].sort_values("seed")
    return gated[["gates", "spread", "share"]].to_dict("records")


def _names():
    from cnnlib.data.alphabet import ALPHABET
    from cnnlib.experiments.gates import CLASSES

    return [*ALPHABET][:CLASSES]


class ClassGatesExplorer(Explorer):
    """The mean gate of each map for each of twenty classes; the maps are sorted by their gates.

    Chapter "SENet". The gates were measured; see the experiment "gates".
    """

    unit = Slider("Unit", 1, UNITS, 1, "residual unit whose gates are shown, from the input")
    chosen = Slider("Class", 1, 20, 1, "the class whose gates are marked")
    seed = Slider("Seed", 0, 2, 0, "which trained network is shown")
    runs = Data(runs)
    names = Data(_names)

    def compute(self):
        """Return the marked class's gates in the order of the drawing, and the unit's measures."""
        run = self.runs[self.seed]
        gates = np.array(run["gates"][self.unit - 1])
        order = np.argsort(-gates.mean(axis=0), kind="stable")
        return {
            "gates": gates[self.chosen - 1, order].tolist(),
            "spread": run["spread"][self.unit - 1],
            "share": run["share"][self.unit - 1],
        }

    def figure(self):
        """Draw the gates of some classes in the last unit."""
        from cnnlib import plots

        shown = range(1, 21, 4)
        curves = {
            self.names[one - 1]: ClassGatesExplorer(unit=UNITS, chosen=one).compute()["gates"]
            for one in shown
        }
        places = range(1, len(next(iter(curves.values()))) + 1)
        figure = plots.curves(places, curves, "map, sorted by its gate")
        return plots.show(figure, "Per cent that the gates of the last unit open, by class")
