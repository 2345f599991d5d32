"""`NoisyExamplesExplorer`: the kernel that noisy examples teach."""

from functools import cache

import numpy as np

from cnnlib import filters, ops
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider
from cnnlib.explorers.learned_kernel import photographs

RUNS = 20
SOBEL = filters.sobel_x()


@cache
def _errors():
    """Return by how much noise as strong as the maps moves the best weights, [run, weight]."""
    photos = photographs()
    maps = ops.conv2d(photos, SOBEL[:, :, np.newaxis, np.newaxis])
    windows = np.lib.stride_tricks.sliding_window_view(photos[..., 0], (3, 3), (1, 2))
    pixels = windows.reshape(-1, 9).astype("float64")
    noise = [np.random.default_rng(run).normal(size=maps.shape).ravel() for run in range(RUNS)]
    return np.linalg.lstsq(pixels, maps.std() * np.stack(noise, axis=1))[0].T


class NoisyExamplesExplorer(Explorer):
    """The weights that are best for maps with noise, in twenty runs, and rounded.

    Chapter "Filters and feature maps". Gradient descent ends at these weights.
    """

    noise = Slider("Noise", 0, 10, 1, "strength, where that of the maps is 1")
    run = Slider("Run", 0, RUNS - 1, 0, "which noise was drawn")
    errors = Data(lambda: _errors().round(6).tolist())
    sobel = Data(SOBEL.ravel().tolist)

    def compute(self):
        """Return how far the worst weight of each run is from Sobel's, [20]."""
        return abs(self.noise * _errors()).max(axis=1)

    def figure(self):
        """Draw how far the worst weights are off, by the noise."""
        from cnnlib import plots

        noise = np.arange(11)
        off = noise[:, np.newaxis] * abs(_errors()).max(axis=1)
        named = {"worst run": off.max(axis=1), "mean": off.mean(axis=1), "best": off.min(axis=1)}
        figure = plots.curves(noise, named, "noise, in strengths of the maps")
        return plots.show(figure, "The error of the worst weight grows in proportion to the noise")
