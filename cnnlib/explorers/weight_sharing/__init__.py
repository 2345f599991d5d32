"""`WeightSharingExplorer`: what two networks learned from few pictures, run by run."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

NETWORKS = ("convolutional", "dense")
MEASURES = ("accuracy", "training")


def runs():
    """Return the stored runs of the experiment "weight_sharing".

    Returns:
        A dict from the number of pictures to one from a network to its "accuracy" and "training",
        a list of each by seed, and the 95 % "interval" of the mean accuracy.
    """
    from cnnlib import experiments
    from cnnlib.intervals import mean_interval

    found = {}
    for variant, own in experiments.results("weight_sharing").groupby("variant"):
        network, pictures = variant.split(", ")
        measured = {measure: own[measure].tolist() for measure in MEASURES}
        interval = list(mean_interval(own["accuracy"]))
        found.setdefault(pictures, {})[network] = {**measured, "interval": interval}
    return found


class WeightSharingExplorer(Explorer):
    """Per cent right on new and on training pictures, every run a dot, for two networks.

    Chapter "LeNet-5". The numbers were measured; see the experiment "weight_sharing".
    """

    pictures = Choice(
        "Pictures to learn from",
        {"200": "200", "1,000": "1,000"},
        "200",
        "how many pictures the networks learned from",
    )
    seed = Slider("Seed", 0, 4, 0, "which run is marked")
    runs = Data(runs)

    def compute(self):
        """Return per cent right on new and on training pictures, by network, of the marked run."""
        chosen = self.runs[self.pictures]
        return {
            network: tuple(chosen[network][measure][self.seed] for measure in MEASURES)
            for network in NETWORKS
        }

    def figure(self):
        """Draw every run, the means and their intervals."""
        from cnnlib import plots

        series = {
            network: {pictures: self.runs[pictures][network]["accuracy"] for pictures in self.runs}
            for network in NETWORKS
        }
        figure = plots.seeds(series, "pictures to learn from", "% of new pictures right")
        return plots.show(figure, "The convolutional network beside the dense one, every run a dot")
