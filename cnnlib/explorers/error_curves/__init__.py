"""`ErrorCurvesExplorer`: how fast networks of ReLUs and of tanh units learn, run by run."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider


def runs():
    """Return the stored curves of the experiment "saturation".

    Returns:
        A dict from the set-up to one from "relu" and "tanh" to a list of curves, by seed.
    """
    from cnnlib import experiments

    found = {}
    for variant, own in experiments.results("saturation").groupby("variant"):
        activation, setup = variant.split(", ")
        found.setdefault(setup, {})[activation] = own.sort_values("seed")["curve"].tolist()
    return found


class ErrorCurvesExplorer(Explorer):
    """Per cent wrong while two networks learn, of five seeds, until a quarter is wrong.

    Chapter "AlexNet". The numbers were measured; see the experiment "saturation".
    """

    setup = Choice(
        "Set-up",
        {"2012": "as in 2012", "today": "as today"},
        "2012",
        "pixels and first weights",
    )
    seed = Slider("Seed", 0, 4, 0, "which run is marked")
    runs = Data(runs)

    def compute(self):
        """Return the steps taken and the last error, by activation, of the marked run."""
        from cnnlib.experiments.saturation import EVERY

        curves = {name: found[self.seed] for name, found in self.runs[self.setup].items()}
        return {name: (EVERY * len(curve), curve[-1]) for name, curve in curves.items()}

    def figure(self):
        """Draw the marked run."""
        import numpy as np

        from cnnlib import plots
        from cnnlib.experiments.saturation import EVERY

        curves = {name: found[self.seed] for name, found in self.runs[self.setup].items()}
        longest = max(map(len, curves.values()))
        named = {
            name: np.append(curve, [np.nan] * (longest - len(curve)))
            for name, curve in curves.items()
        }
        figure = plots.curves(EVERY * np.arange(1, longest + 1), named, "steps")
        return plots.show(figure, "Per cent wrong while two networks learn")
