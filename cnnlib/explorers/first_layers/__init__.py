"""`FirstLayersExplorer`: kernels that first layers learned, and what was measured of them."""

import base64

import numpy as np

from cnnlib.experiments.first_layer import EXPERIMENT, MAPS, NETWORKS
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

MEASURES = {
    "folded": "aliased, % of what passes",
    "middle": "kernels for middle frequencies, %",
    "dead": "dead maps, %",
    "moved": "renamed by a shift, %",
    "accuracy": "new pieces right, %",
}
SEEDS = EXPERIMENT.seeds["small"]


def runs():
    """Return the stored runs of the experiment "first_layer".

    Returns:
        A dict from a measure to a list, one dict for each network: its name and its seeds' values.
    """
    of = _stored()
    return {
        measure: [{"name": name, "values": of[name][measure].tolist()} for name in NETWORKS]
        for measure in MEASURES
    }


def kernels(network, seed):
    """Return the first layer's kernels of a run, each from -1 to 1, float32 [24, side, side]."""
    stored = base64.b64decode(_stored()[network]["kernels"].iloc[seed])
    side = NETWORKS[network]["kernel"]
    found = np.frombuffer(stored, "<f2").astype("float32").reshape(side, side, MAPS)
    found = found.transpose(2, 0, 1)
    return found / np.abs(found).max(axis=(1, 2), keepdims=True)


def _stored():
    from cnnlib import experiments

    stored = experiments.results("first_layer").sort_values("seed")
    return dict(iter(stored.groupby("variant")))


def _bytes():
    every = [kernels(network, seed) for network in NETWORKS for seed in range(SEEDS)]
    return b"".join(np.rint(127 * one).astype("int8").tobytes() for one in every)


class FirstLayersExplorer(Explorer):
    """First layers that learned to tell photographs apart: their kernels, and every run a dot.

    Chapter "ZF Net". The numbers were measured; see the experiment "first_layer".
    """

    network = Choice("First layer", {name: name for name in NETWORKS}, "11×11, stride 4", "shown")
    measure = Choice("What is counted", MEASURES, "folded", "of every network")
    seed = Slider("Seed", 0, SEEDS - 1, 0, "which run is marked and shown")
    runs = Data(runs)
    sides = Data(lambda: [network["kernel"] for network in NETWORKS.values()])
    kernels = Data(_bytes)

    def compute(self):
        """Return the marked runs' numbers by network."""
        return {one["name"]: one["values"][self.seed] for one in self.runs[self.measure]}

    def figure(self):
        """Draw how much of what passes is aliased, in all runs."""
        from cnnlib import plots

        found = {one["name"]: one["values"] for one in self.runs["folded"]}
        figure = plots.seeds({"": found}, "", MEASURES["folded"])
        return plots.show(figure, "What six first layers let through that their stride folds")
