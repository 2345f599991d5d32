"""`LearnedShiftExplorer`: training moves what a stack of kernels looks at, inside its field."""

import functools

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

LAYERS, RATE = 5, 0.1


def _start():
    """Return the weights before training, [layers, 3]: a mean of three, and some noise."""
    noise = np.random.default_rng(5).normal(size=(LAYERS, 3))
    return (1 / 3 + 0.15 * noise).round(3).tolist()


class LearnedShiftExplorer(Explorer):
    """Five kernels of three cells, trained to put out the pixel that lies some columns to the left.

    Chapter "Receptive fields". No nonlinearity, one map, gradient descent on the mean squared
    error over white noise, which is the distance of the kernels' product from the wanted one.
    """

    columns = Slider("Columns to the left", 0, 6, 4, "where the wanted pixel lies")
    steps = Slider("Steps of training", 0, 300, 0, "of gradient descent at the rate 0.1")
    start = Data(_start)
    rate = Data(lambda: RATE)

    def compute(self):
        """Return the product of the kernels, float64 [11], the leftmost pixel first."""
        kernels = np.array(self.start)
        wanted = np.zeros(2 * LAYERS + 1)
        if self.columns <= LAYERS:
            wanted[LAYERS - self.columns] = 1
        for _ in range(self.steps):
            excess = functools.reduce(np.convolve, kernels) - wanted
            others = [
                functools.reduce(np.convolve, np.delete(kernels, i, 0)) for i in range(LAYERS)
            ]
            gradient = [2 * np.correlate(excess, other, "valid") for other in others]
            kernels = kernels - RATE * np.array(gradient)
        return functools.reduce(np.convolve, kernels)

    def figure(self):
        """Draw the product of the kernels."""
        from cnnlib import plots

        places = np.arange(-LAYERS, LAYERS + 1)
        figure = plots.curves(places, {"weight": self.compute()}, "column, from the middle")
        return plots.show(figure, f"What five kernels weigh after {self.steps} steps")
