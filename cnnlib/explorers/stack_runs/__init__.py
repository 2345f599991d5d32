"""`StackRunsExplorer`: what stacks and large kernels learned, run by run."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

TRAININGS = {
    "normalized, falling": "normalized, falling rate",
    "normalized, constant": "normalized, constant rate",
    "plain, falling": "plain, falling rate",
    "plain, constant": "plain, constant rate",
}


def runs():
    """Return the stored runs of the experiment "small_stacks".

    Returns:
        A dict from a training to a list of dicts, one for each network: its name, "network", its
        "parameters" and its "accuracy", a list by seed.
    """
    from cnnlib import experiments
    from cnnlib.experiments.small_stacks import BLOCKS

    stored = experiments.results("small_stacks").groupby("variant")
    found = {training: [] for training in TRAININGS}
    for network in BLOCKS:
        for training in TRAININGS:
            if (variant := f"{network}: {training}") in stored.groups:
                own = stored.get_group(variant)
                found[training].append(
                    {
                        "network": network,
                        "parameters": int(own["parameters"].iloc[0]),
                        "accuracy": own["accuracy"].tolist(),
                    }
                )
    return found


class StackRunsExplorer(Explorer):
    """Per cent right on new pictures, every run a dot, for blocks of small and of large kernels.

    Chapter "VGG". The numbers were measured; see the experiment "small_stacks".
    """

    training = Choice("Training", TRAININGS, "normalized, falling", "how the networks learned")
    seed = Slider("Seed", 0, 2, 0, "which run is marked")
    runs = Data(runs)

    def compute(self):
        """Return per cent right on new pictures by network, of the marked run."""
        return {one["network"]: one["accuracy"][self.seed] for one in self.runs[self.training]}

    def figure(self):
        """Draw every run, the means and their intervals."""
        from cnnlib import plots

        series = {
            network: {
                label: one["accuracy"]
                for training, label in TRAININGS.items()
                for one in self.runs[training]
                if one["network"] == network
            }
            for network in ("3×3 three times", "7×7")
        }
        figure = plots.seeds(series, "training", "% of new pictures right")
        return plots.show(figure, "Three layers of 3×3 beside one of 7×7, every run a dot")
