"""`SeparableRunsExplorer`: what separable and plain convolutions learned, run by run."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider


def runs():
    """Return the stored runs of the experiment "separable".

    Returns:
        A list of dicts, one for each network: its name, "network", and its "accuracy", a list by
        seed.
    """
    from cnnlib import experiments
    from cnnlib.experiments.separable import NETWORKS

    stored = experiments.results("separable").groupby("variant")["accuracy"]
    return [
        {"network": network, "accuracy": stored.get_group(network).tolist()} for network in NETWORKS
    ]


class SeparableRunsExplorer(Explorer):
    """Per cent right on new pictures, every run a dot, for separable and plain convolutions.

    Chapter "Xception". The numbers were measured; see the experiment "separable".
    """

    seed = Slider("Seed", 0, 4, 0, "which run is marked")
    runs = Data(runs)

    def compute(self):
        """Return per cent right on new pictures by network, of the marked run."""
        return {one["network"]: one["accuracy"][self.seed] for one in self.runs}

    def figure(self):
        """Draw every run, the means and their intervals."""
        from cnnlib import plots

        series = {one["network"]: {"": one["accuracy"]} for one in self.runs}
        figure = plots.seeds(series, "", "% of new pictures right")
        return plots.show(figure, "Separable and plain networks, every run a dot")
