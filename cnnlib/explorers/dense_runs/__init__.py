"""`DenseRunsExplorer`: what DenseNets and ResNets learned, by their parameters, run by run."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider


def runs():
    """Return the stored runs of the experiment "dense_parameters".

    Returns:
        A list of dicts, one for each network: its name, "network", its "kind", "parameters",
        "macs", and its "accuracy", a list by seed.
    """
    from cnnlib import experiments

    stored = experiments.results("dense_parameters")
    declared = experiments.declaration("dense_parameters").variants
    found = []
    for network, settings in declared.items():
        own = stored[stored["variant"] == network].sort_values("seed")
        counts = {name: int(own[name].iloc[0]) for name in ("parameters", "macs")}
        found.append(
            {"network": network, "kind": settings["kind"], "accuracy": own["accuracy"].tolist()}
            | counts
        )
    return found


class DenseRunsExplorer(Explorer):
    """Per cent right on new pictures by a network's size, every run a dot.

    Chapter "DenseNet". The numbers were measured; see the experiment "dense_parameters".
    """

    size = Choice(
        "By", {"parameters": "parameters", "macs": "multiply-adds"}, "parameters", "what a size is"
    )
    seed = Slider("Seed", 0, 4, 0, "which run is marked")
    runs = Data(runs)

    def compute(self):
        """Return the size and the per cent right by network, of the marked run."""
        return {one["network"]: (one[self.size], one["accuracy"][self.seed]) for one in self.runs}

    def figure(self):
        """Draw every run, the means and their intervals."""
        from cnnlib import plots

        series = {one["network"]: {"": one["accuracy"]} for one in self.runs}
        figure = plots.seeds(series, "", "% of new pictures right")
        return plots.show(figure, "DenseNets and ResNets of several sizes, every run a dot")
