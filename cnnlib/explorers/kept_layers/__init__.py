"""`KeptLayersExplorer`: how many layers of a trunk can be kept for ten new symbols."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

COPIED = range(6)


def runs():
    """Return the stored runs of the experiment "transfer_layers".

    Returns:
        A dict from a variant to its per cent right on new pictures, "accuracy", a list by seed,
        and to how many numbers training changes, "trained".
    """
    from cnnlib import experiments

    stored = experiments.results("transfer_layers").groupby("variant")
    return {
        variant: {"accuracy": own["accuracy"].tolist(), "trained": int(own["trained"].iloc[0])}
        for variant, own in stored
    }


class KeptLayersExplorer(Explorer):
    """New pictures right against the layers that are copied and frozen, every run a dot.

    Chapter "Transfer learning". The numbers were measured; see the experiment "transfer_layers".
    """

    copied = Slider("Layers kept", 0, 5, 0, "of five, from the picture on; the others start anew")
    examples = Choice("Pictures of each class", {"10": "10", "100": "100"}, "10", "to learn from")
    runs = Data(runs)

    def compute(self):
        """Return the marked runs' mean per cent right, and the numbers that training changes."""
        chosen = self.runs[f"{self.copied} of 5, {self.examples}"]
        return sum(chosen["accuracy"]) / len(chosen["accuracy"]), chosen["trained"]

    def figure(self):
        """Draw every run, the means and their intervals."""
        from cnnlib import plots

        series = {
            f"{examples} of each class": {
                str(copied): self.runs[f"{copied} of 5, {examples}"]["accuracy"]
                for copied in COPIED
            }
            for examples in ("10", "100")
        }
        figure = plots.seeds(series, "layers kept", "% of new pictures right")
        return plots.show(figure, "Layers that are kept, every run a dot")
