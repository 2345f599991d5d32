"""`SwitchedOffExplorer`: how right a trained network is about a class while maps are taken away."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

ORDERS = ("least important first", "at random", "most important first")


def runs():
    """Return the stored runs of the experiment "switched_off".

    Returns:
        A dict from an order to the curves of its seeds: per cent right with 0 to 16 maps off.
    """
    from cnnlib import experiments

    stored = experiments.results("switched_off").sort_values("seed")
    return {order: stored.loc[stored["variant"] == order, "curve"].tolist() for order in ORDERS}


class SwitchedOffExplorer(Explorer):
    """Per cent of a class's new pictures named rightly, mean of ten classes, without some maps.

    Chapter "Watching a network see". The numbers were measured; see the experiment "switched_off".
    """

    off = Slider("Maps switched off", 0, 16, 4, "of the 16 maps of the last convolution")
    seed = Slider("Seed", 0, 2, 0, "which trained network is marked")
    runs = Data(runs)

    def compute(self):
        """Return by order the per cent right of the marked network."""
        return {order: curves[self.seed][self.off] for order, curves in self.runs.items()}

    def figure(self):
        """Draw the means of the seeds."""
        from cnnlib import plots

        means = {order: np.mean(curves, axis=0) for order, curves in self.runs.items()}
        figure = plots.curves(range(17), means, "maps switched off")
        return plots.show(figure, "Per cent of a class's pictures right, without some maps")
