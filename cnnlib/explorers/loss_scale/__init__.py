"""`LossScaleExplorer`: gradients of a trained network against what float16 can hold."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider


def gradients():
    """Return the gradients that the experiment "precision" has sorted, of its first run.

    Returns:
        A dict: `least`, the power of two of the first bin, and `counts` of the bins.
    """
    from cnnlib import experiments
    from cnnlib.experiments.precision import LEAST

    runs = experiments.results("precision").set_index(["variant", "seed"])
    return {"least": LEAST, "counts": runs["counts"]["float32", 0]}


class LossScaleExplorer(Explorer):
    """Gradients by their size, before and behind a scaled loss, and which of them float16 loses.

    Chapter "More than one device". The gradients were measured; see the experiment "precision".
    """

    power = Slider(
        "Scale: 2 to the power of", 0, 30, 0, "power of two by which a loss is multiplied"
    )
    gradients = Data(gradients)

    def compute(self):
        """Return per cent that become 0, are held with fewer digits, and become infinite."""
        counts = np.array(self.gradients["counts"])
        powers = self.gradients["least"] + np.arange(len(counts)) + self.power
        kinds = (powers < -25, (powers >= -25) & (powers < -14), powers > 15)
        return [100 * counts[kind].sum() / counts.sum() for kind in kinds]

    def figure(self):
        """Draw the gradients by their power of two."""
        from cnnlib import plots

        counts = np.array(self.gradients["counts"], float)
        powers = self.gradients["least"] + np.arange(len(counts)) + self.power
        figure = plots.curves(powers.astype(float), {"gradients": counts}, "power of two")
        return plots.show(figure, f"Gradients by their size, scaled by 2 to the {self.power}")
