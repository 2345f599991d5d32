"""`MapOrderExplorer`: the order of a layer's maps means nothing if the next layer follows it."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider, Switch

MAPS = (0.9, 0.2, 0.6, 0.4)
"""What four maps answer at one place."""
WEIGHTS = (2.0, -1.0, 0.5, -2.0)
"""A 1x1 kernel of the layer above them."""


class MapOrderExplorer(Explorer):
    """Four maps in another order, and a neuron above that follows or does not.

    Chapter "Stacks of feature maps".
    """

    moved = Slider("Maps moved by", 0, 3, 0, "places; the last come first")
    follow = Switch("The weights follow", False, "True moves the slices of the kernel along")
    maps = Data(lambda: list(MAPS))
    weights = Data(lambda: list(WEIGHTS))

    def compute(self):
        """Return the answer of the neuron above."""
        return float(np.roll(MAPS, self.moved) @ np.roll(WEIGHTS, self.moved * self.follow))

    def figure(self):
        """Draw the answers in every order, with and without weights that follow."""
        from cnnlib import plots

        orders = np.arange(4)
        made = {
            name: [MapOrderExplorer(moved=int(n), follow=follow).compute() for n in orders]
            for name, follow in (("weights stay", False), ("weights follow", True))
        }
        figure = plots.curves(orders, made, "maps moved on by")
        return plots.show(figure, "The answer changes where the weights stay, and else does not")
