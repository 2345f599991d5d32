"""`TransferRunsExplorer`: four ways to learn ten symbols, from few pictures and from more."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data

WAYS = ("pixels", "scratch", "frozen", "fine-tuned")
EXAMPLES = ("3", "10", "30", "100")


def runs():
    """Return the stored runs of the experiment "transfer_examples".

    Returns:
        A dict from a variant to its per cent right on new pictures, a list by seed.
    """
    from cnnlib import experiments

    stored = experiments.results("transfer_examples").groupby("variant")["accuracy"]
    return {variant: own.tolist() for variant, own in stored}


class TransferRunsExplorer(Explorer):
    """New pictures right against the pictures learned from, every run a dot, for four ways.

    Chapter "Transfer learning". The numbers were measured; see the experiment
    "transfer_examples".
    """

    examples = Choice(
        "Pictures of each class",
        {one: one for one in EXAMPLES},
        "3",
        "from which the marked runs have learned",
    )
    runs = Data(runs)

    def compute(self):
        """Return the mean per cent of new pictures right by way, of the marked runs."""
        chosen = {way: self.runs[f"{way}, {self.examples}"] for way in WAYS}
        return {way: sum(values) / len(values) for way, values in chosen.items()}

    def figure(self):
        """Draw every run, the means and their intervals."""
        from cnnlib import plots

        series = {way: {one: self.runs[f"{way}, {one}"] for one in EXAMPLES} for way in WAYS}
        figure = plots.seeds(series, "pictures of each class", "% of new pictures right")
        return plots.show(figure, "Four ways to learn ten symbols, every run a dot")
