"""`FeatureReuseExplorer`: how strongly each layer of a trained DenseNet reads each earlier one."""

from functools import cache

import ipywidgets as widgets
import numpy as np
import traitlets

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Place

ENDS = {1: ("transition", "block1_reads"), 2: ("digit", "block2_reads")}
"""Block -> the layer that reads all of it, and the concatenation through which it does."""


def readers(block):
    """Return a block's layers that read, and the concatenations through which they do.

    Args:
        block: 1 or 2.

    Returns:
        List of pairs of names. The first layer has no concatenation, as it reads one layer alone.
    """
    from cnnlib.experiments.live_densenet import LAYERS

    names = [f"dense{block}_{number}" for number in range(1, LAYERS + 1)]
    return [*((name, f"{name}_reads") for name in names), ENDS[block]]


@cache
def links():
    """Return what each link of the trained network is worth, by block.

    Returns:
        A dict from a block to lists [reader][source]: "weights", the mean absolute weight with
        which the source is read, and "right", the held-out pictures named rightly without it.
    """
    from cnnlib import trained
    from cnnlib.experiments.live_densenet import GROWTH

    model, shown = trained.model("densenet"), trained.network("densenet")

    def right():
        guesses = model.predict_on_batch(shown.pictures).argmax(axis=1)
        return int((guesses == shown.classes).sum())

    found = {"all": right()}
    for block in ENDS:
        found[str(block)] = {"weights": [], "right": []}
        first = model.get_layer(f"dense{block}_1").kernel.shape[-2]
        for name, _ in readers(block):
            kernel = model.get_layer(name).kernel
            before = kernel.numpy()
            edges = [0, *range(first, before.shape[-2] + 1, GROWTH)]
            weights, rights = [], []
            for own in map(slice, edges, edges[1:]):
                weights.append(round(float(np.abs(before[..., own, :]).mean()), 4))
                without = before.copy()
                without[..., own, :] = 0
                kernel.assign(without)
                rights.append(right())
            kernel.assign(before)
            found[str(block)]["weights"].append(weights)
            found[str(block)]["right"].append(rights)
    return found


class FeatureReuseExplorer(Explorer):
    """The links of a small trained DenseNet, layer against layer: how they weigh, what they matter.

    Chapter "DenseNet". The network is the one that lives in the page, "densenet". `beside` joins
    it with the explorer in which it does: a link that is cut in one of them is cut in both.
    """

    block = Choice("Block", {"1": "first", "2": "second"}, "1", "the dense block that is shown")
    shown = Choice(
        "Shown",
        {"weights": "mean size of the weights", "lost": "digits lost without the link"},
        "weights",
        "what is shown of each link",
    )
    reader = Place(traitlets.Int(4), "the layer of the chosen link that reads, from 1; 7 ends", 4)
    source = Place(traitlets.Int(2), "the layer that it reads, from 0, which is the input", 2)
    edits = Place(
        traitlets.List(traitlets.Dict()), "what is cut; see `LiveNetworkExplorer`", default=[]
    )
    links = Data(links)
    inputs = Data(lambda: {str(block): [pair[1] for pair in readers(block)] for block in ENDS})

    def beside(self, live):
        """Join this triangle with the network in the page.

        Args:
            live: a `LiveNetworkExplorer` of the network "densenet".

        Returns:
            The same `LiveNetworkExplorer`.
        """
        widgets.jslink((self.view, "edits"), (live.view, "edits"))
        return live

    def compute(self):
        """Return the chosen link's mean absolute weight, and the digits right without it."""
        reader = max(1, min(7, self.reader))
        source = max(0, min(reader - 1, self.source))
        found = self.links[self.block]
        return found["weights"][reader - 1][source], found["right"][reader - 1][source]

    def figure(self):
        """Draw both triangles of weights, each row by its greatest."""
        from cnnlib import plots

        tables = []
        for block in ENDS:
            rows = self.links[str(block)]["weights"]
            table = np.zeros((len(rows), len(rows)), "float32")
            for reader, weights in enumerate(rows):
                table[reader, : len(weights)] = np.array(weights) / max(weights)
            tables.append((f"block {block}: readers (rows), sources (columns)", table))
        figure = plots.pictures(tables)
        return plots.show(figure, "How strongly each layer reads each earlier one")
