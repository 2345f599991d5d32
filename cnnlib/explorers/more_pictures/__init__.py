"""`MorePicturesExplorer`: what the digits recipe learned from ever more pictures."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Switch

PICTURES = ("40", "120", "400", "1,200")


def runs():
    """Return the stored runs of the experiment "digits_pictures".

    Returns:
        A dict from a variant to its per cent right by seed, of new digits ("accuracy") and of its
        training pictures ("training"), and the 95 % "interval" of the mean of the first.
    """
    from cnnlib import experiments
    from cnnlib.intervals import mean_interval

    stored = experiments.results("digits_pictures").groupby("variant")
    return {
        variant: {
            "accuracy": own["accuracy"].tolist(),
            "training": own["training"].tolist(),
            "interval": list(mean_interval(own["accuracy"])),
        }
        for variant, own in stored
    }


class MorePicturesExplorer(Explorer):
    """New digits right against the pictures learned from, every run a dot.

    Chapter "Building and training a CNN". The numbers were measured; see the experiment
    "digits_pictures".
    """

    pictures = Choice(
        *("Pictures to learn from", dict(zip(PICTURES, PICTURES, strict=True)), "40"),
        "which runs are marked",
    )
    shifted = Switch("Shifted", False, "every picture is shifted at random each time")
    runs = Data(runs)

    def compute(self):
        """Return mean per cent right of the marked runs: of new digits, and of training ones."""
        chosen = self.runs[f"{self.pictures}{', shifted' if self.shifted else ''}"]
        return tuple(sum(chosen[one]) / len(chosen[one]) for one in ("accuracy", "training"))

    def figure(self):
        """Draw every run, the means and their intervals."""
        from cnnlib import plots

        series = {
            name: {one: self.runs[one + end]["accuracy"] for one in PICTURES}
            for name, end in (("as they are", ""), ("shifted", ", shifted"))
        }
        figure = plots.seeds(series, "pictures to learn from", "% of new digits right")
        return plots.show(figure, "More pictures, more new digits right, every run a dot")
