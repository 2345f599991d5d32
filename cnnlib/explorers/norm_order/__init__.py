"""`NormOrderExplorer`: the layers of a residual branch, in four orders."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

ORDERS = {
    "pre": ("BN", "ReLU", "conv", "BN", "ReLU", "conv"),
    "open": ("BN", "conv", "BN", "ReLU", "conv"),
    "closed": ("BN", "ReLU", "conv", "BN", "ReLU", "conv", "BN"),
    "pyramid": ("BN", "conv", "BN", "ReLU", "conv", "BN"),
}
"""The layers of a branch: He et al.'s second order, and what becomes of it without the first ReLU,
with one more normalization, and with both."""


class NormOrderExplorer(Explorer):
    """What the first convolution of a branch reads of a map, and how large the branch's output is.

    Chapter "PyramidNet". The weights are random, of the variance that keeps what a ReLU lets pass
    at its size (He et al. 2015), times the size that is chosen.
    """

    order = Choice(
        "Branch",
        {
            "pre": "of the second ResNet paper",
            "open": "without the first ReLU",
            "closed": "with one normalization more",
            "pyramid": "PyramidNet's",
        },
        "pre",
        "the order of its layers",
    )
    x = Slider("Normalized x", -2.0, 2.0, -1.0, "value of a map behind the first BN", 0.1)
    size = Slider("Size of the weights", 0.1, 3.0, 2.0, "of the last convolution", 0.1)
    orders = Data(lambda: {name: list(order) for name, order in ORDERS.items()})

    def compute(self):
        """Return what the first convolution reads, and the size of what the branch gives."""
        order = ORDERS[self.order]
        reads = max(self.x, 0.0) if order[1] == "ReLU" else self.x
        return reads, 1.0 if order[-1] == "BN" else self.size

    def figure(self):
        """Draw what the first convolution reads."""
        import numpy as np

        from cnnlib import plots

        x = np.linspace(-2, 2, 41)
        curves = {"with the first ReLU": np.maximum(x, 0), "without it": x}
        figure = plots.curves(x, curves, "normalized x")
        return plots.show(figure, "What the first convolution of a branch reads")
