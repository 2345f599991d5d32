"""`PyramidLesionExplorer`: what a ResNet and a PyramidNet are worth without one of their units."""

import traitlets

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Place, Slider


def runs():
    """Return the stored runs of the experiment "pyramid_lesion".

    Returns:
        A dict from a depth to one from a network, "ResNet" or "PyramidNet", to the "accuracy" of
        each seed and, unit by unit, the one "without" it.
    """
    from cnnlib import experiments

    found = {}
    for variant, own in experiments.results("pyramid_lesion").groupby("variant"):
        own = own.sort_values("seed")
        measured = {name: own[name].tolist() for name in ("accuracy", "without")}
        depth = str(own["depth"].iloc[0])
        found.setdefault(depth, {})[variant.partition(",")[0]] = measured
    return found


class PyramidLesionExplorer(Explorer):
    """Per cent of new digits right without one unit, for each unit of both networks.

    Chapter "PyramidNet". The numbers were measured; see the experiment "pyramid_lesion".
    """

    depth = Choice("Layers", {"20": "20", "32": "32"}, "20", "of both networks")
    seed = Slider("Seed", 0, 2, 0, "which run is marked")
    unit = Place(traitlets.Int(0), "the unit that is read off, from 0", 0)
    runs = Data(runs)

    def compute(self):
        """Return by network the per cent right with all units and without the one read off."""
        return {
            network: (one["accuracy"][self.seed], one["without"][self.seed][self.unit])
            for network, one in self.runs[self.depth].items()
        }

    def figure(self):
        """Draw what is left without each unit, in the marked run."""
        from cnnlib import plots

        chosen = self.runs[self.depth]
        curves = {network: one["without"][self.seed] for network, one in chosen.items()}
        units = range(1, len(curves["ResNet"]) + 1)
        figure = plots.curves(units, curves, "unit removed")
        return plots.show(figure, "Per cent right without each unit")
