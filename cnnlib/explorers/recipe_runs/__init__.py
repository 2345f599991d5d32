"""`RecipeRunsExplorer`: how the digits recipe learned with four optimizers, run by run."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider


def runs():
    """Return the stored runs of the experiment "digits_recipe".

    Returns:
        A dict from a variant to its "curves", a list of lists, and its "accuracy", a list by seed.
    """
    from cnnlib import experiments

    stored = experiments.results("digits_recipe").groupby("variant")
    return {
        variant: {"curves": own["curve"].tolist(), "accuracy": own["accuracy"].tolist()}
        for variant, own in stored
    }


class RecipeRunsExplorer(Explorer):
    """Validation digits right after every epoch, every run a curve.

    Chapter "Building and training a CNN". The numbers were measured; see the experiment
    "digits_recipe".
    """

    optimizer = Choice(
        "Optimizer",
        {
            "Adadelta 0.001": "Adadelta 0.001",
            "Adadelta 0.001, 36 epochs": "Adadelta 0.001, long",
            "Adadelta 1.0": "Adadelta 1.0",
            "Adam 0.001": "Adam 0.001",
        },
        "Adadelta 0.001",
        "with its learning rate; the long runs have 36 epochs, the others 12",
    )
    seed = Slider("Seed", 0, 4, 0, "which run is marked")
    runs = Data(runs)

    def compute(self):
        """Return per cent right of the marked run: of the validation digits, and of new ones."""
        chosen = self.runs[self.optimizer]
        return chosen["curves"][self.seed][-1], chosen["accuracy"][self.seed]

    def figure(self):
        """Draw every run's test digits right."""
        from cnnlib import plots

        series = {"runs": {name: one["accuracy"] for name, one in self.runs.items()}}
        figure = plots.seeds(series, "optimizer", "% of new digits right")
        return plots.show(figure, "The recipe with four optimizers, every run a dot")
