"""`DepthRunsExplorer`: digits learned with 10, 20 and 50 layers, with gates and without."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider


def runs():
    """Return the stored runs of the experiment "gated_depth".

    Returns:
        A list of dicts, one for each network: its "name", and its "values", the losses of the last
        epoch by seed.
    """
    from cnnlib import experiments
    from cnnlib.experiments.gated_depth import EXPERIMENT

    stored = experiments.results("gated_depth").sort_values("seed").groupby("variant")["loss"]
    return [
        {"name": network, "values": stored.get_group(network).tolist()}
        for network in EXPERIMENT.variants
    ]


class DepthRunsExplorer(Explorer):
    """The loss of highway networks and of plain ones in their last epoch, every run a dot.

    Chapter "Highway networks". The numbers were measured; see the experiment "gated_depth".
    """

    seed = Slider("Seed", 0, 2, 0, "which runs are marked")
    runs = Data(runs)

    def compute(self):
        """Return the marked runs' last losses by network."""
        return {one["name"]: one["values"][self.seed] for one in self.runs}

    def figure(self):
        """Draw the last losses of all runs."""
        from cnnlib import plots

        series = {one["name"]: one["values"] for one in self.runs}
        figure = plots.seeds({"": series}, "", "loss in the last epoch")
        return plots.show(figure, "Depth with gates and without, every run a dot")
