"""`SplitBatchExplorer`: what two devices compute from a batch, and what one would."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

VALUES = (5, 1, 6, 0, 7, 8, 3, 2)


class SplitBatchExplorer(Explorer):
    """Eight pictures on two devices: their gradients' means, or their values, normalized.

    Chapter "More than one device".
    """

    first = Slider("Pictures on device 1", 1, 7, 4, "the others are on device 2")
    kind = Choice(
        "What is computed",
        {"gradient": "a mean gradient", "normalization": "batch normalization"},
        "gradient",
        "from a number for each picture: its gradient, or a value that is normalized",
    )
    values = Data(lambda: list(VALUES))

    def compute(self):
        """Return what is computed on one device and on two.

        Returns:
            Of gradients: the batch's mean, both devices' means, the mean of these, and the sum of
            both devices' sums over the batch. Else the normalized values, on one device and on two.
        """
        values = np.array(self.values, float)
        parts = np.split(values, [self.first])
        if self.kind == "normalization":
            return _normalized(values), np.concatenate([_normalized(part) for part in parts])
        means = [float(part.mean()) for part in parts]
        together = sum(part.sum() for part in parts) / len(values)
        return float(values.mean()), means, sum(means) / 2, float(together)

    def figure(self):
        """Draw what one device computes, and two."""
        from cnnlib import plots

        values = np.array(self.values, float)
        rows = {
            "on one device": _normalized(values),
            "on two": np.concatenate(
                [_normalized(part) for part in np.split(values, [self.first])]
            ),
        }
        figure = plots.curves(np.arange(1.0, 9.0), rows, "picture")
        return plots.show(figure, "Eight values, normalized on one device and on two")


def _normalized(values):
    spread = values.std()
    return (values - values.mean()) / spread if spread else np.zeros_like(values)
