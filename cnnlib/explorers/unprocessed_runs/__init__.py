"""`UnprocessedRunsExplorer`: a head behind a frozen trunk that gets the wrong pixels."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider


def runs():
    """Return the stored runs of the experiment "transfer_pixels".

    Returns:
        A dict from a variant to its "curves", a list of lists, and its "accuracy" and "loss",
        lists by seed.
    """
    from cnnlib import experiments

    stored = experiments.results("transfer_pixels").groupby("variant")
    return {
        variant: {
            "curves": own["curve"].tolist(),
            "accuracy": own["accuracy"].tolist(),
            "loss": own["loss"].tolist(),
        }
        for variant, own in stored
    }


class UnprocessedRunsExplorer(Explorer):
    """Validation pictures right after each epoch, with preprocessed pixels and without.

    Chapter "Transfer learning". The numbers were measured; see the experiment "transfer_pixels".
    """

    read = Choice(
        "The head reads",
        {"flattened": "the last maps, flattened", "pooled": "the last maps, pooled"},
        "flattened",
        "what its dense layer of ten classes reads",
    )
    seed = Slider("Seed", 0, 4, 0, "which runs are marked")
    runs = Data(runs)

    def compute(self):
        """Return the marked runs' per cent right, first epoch and last, by the trunk's pixels."""
        chosen = {
            pixels: self.runs[f"{pixels}, {self.read}"]["curves"][self.seed]
            for pixels in ("-1 to 1", "0 to 255")
        }
        return {pixels: (curve[0], curve[-1]) for pixels, curve in chosen.items()}

    def figure(self):
        """Draw every run's test pictures right."""
        from cnnlib import plots

        series = {
            pixels: {
                read: self.runs[f"{pixels}, {read}"]["accuracy"] for read in ("flattened", "pooled")
            }
            for pixels in ("-1 to 1", "0 to 255")
        }
        figure = plots.seeds(series, "the head reads", "% of test pictures right")
        return plots.show(figure, "With preprocessed pixels and without, every run a dot")
