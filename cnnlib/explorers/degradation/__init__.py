"""`DegradationExplorer`: how plain and residual networks of two depths learned, run by run."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider


def runs():
    """Return the stored runs of the experiment "degradation".

    Returns:
        A dict from a network, "plain" or "residual", to one from its depth to the "curve" and the
        "accuracy" of each seed.
    """
    from cnnlib import experiments

    found = {}
    for variant, own in experiments.results("degradation").groupby("variant"):
        measured = {"curve": own["curve"].tolist(), "accuracy": own["accuracy"].tolist()}
        depth = str(own["depth"].iloc[0])
        found.setdefault(variant.partition(",")[0], {})[depth] = measured
    return found


class DegradationExplorer(Explorer):
    """The loss of training, epoch by epoch, for two depths of plain or of residual networks.

    Chapter "ResNet". The numbers were measured; see the experiment "degradation".
    """

    network = Choice(
        "Network",
        {"plain": "plain", "residual": "residual"},
        "plain",
        "without or with shortcuts",
    )
    seed = Slider("Seed", 0, 2, 0, "which run is marked")
    runs = Data(runs)

    def compute(self):
        """Return the loss in the last epoch by depth, of the marked run."""
        chosen = self.runs[self.network]
        return {int(depth): one["curve"][self.seed][-1] for depth, one in chosen.items()}

    def figure(self):
        """Draw the losses in the last epoch, every run a dot."""
        from cnnlib import plots

        series = {
            network: {
                depth: [curve[-1] for curve in self.runs[network][depth]["curve"]]
                for depth in sorted(self.runs[network])
            }
            for network in self.runs
        }
        figure = plots.seeds(series, "layers", "loss of training", log=True)
        return plots.show(figure, "The plain network learns worse when it is deeper")
