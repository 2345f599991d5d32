"""`AuxiliaryGradientExplorer`: how long each module's first gradient is, with auxiliary heads."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider


def _products():
    """Return, by the variance of the first weights, the dot products [module, 3, 3] of seed 0."""
    from cnnlib import experiments

    runs = experiments.results("auxiliary_gradient")
    first = runs[runs["seed"] == 0].set_index("variant")["products"]
    return {name.removeprefix("variance "): products for name, products in first.items()}


class AuxiliaryGradientExplorer(Explorer):
    """The length of the gradient for each module's weights, without and with auxiliary losses.

    Chapter "GoogLeNet and Inception". The numbers were measured; see the experiment
    "auxiliary_gradient".
    """

    weight = Slider("Weight of a head", 0.0, 1.0, 0.3, "of each of the two auxiliary losses", 0.05)
    variance = Choice(
        "Variance of the weights",
        {"1/n": "1/n", "2/n": "2/n"},
        "1/n",
        "of the first weights of a unit that reads n numbers",
    )
    products = Data(_products)

    def compute(self):
        """Return the lengths without and with the heads, two arrays [9]."""
        products = np.array(self.products[self.variance])
        weights = np.array([1, self.weight, self.weight])
        return np.sqrt(products[:, 0, 0]), np.sqrt(weights @ products @ weights)

    def figure(self):
        """Draw the lengths."""
        from cnnlib import plots

        alone, together = self.compute()
        named = {"main loss alone": alone, "with auxiliary losses": together}
        figure = plots.curves(np.arange(1, 10), named, "module")
        return plots.show(figure, f"Module 3a: {together[0] / alone[0]:.1f} times as long")
