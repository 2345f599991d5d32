"""`GratingExplorer`: stripes, and what every second and every fourth pixel show of them."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

LENGTH = 48
"""Pixels of the row, whose ends meet."""

STRIDES = (1, 2, 4)


class GratingExplorer(Explorer):
    """A row of stripes, read at every pixel, at every second and at every fourth.

    Chapter "ZF Net".
    """

    waves = Slider("Stripes", 0, LENGTH // 2, 10, "light and dark, that the row holds")
    shift = Slider("Shift", 0, 4, 0, "pixels by which the picture is moved to the right")
    strides = Data(lambda: list(STRIDES))

    def compute(self):
        """Return how many stripes a Fourier transform finds, by stride; None where all are grey."""
        found = {}
        for stride in STRIDES:
            places = np.arange(0, LENGTH, stride) - self.shift
            energy = np.abs(np.fft.rfft(np.cos(2 * np.pi * self.waves * places / LENGTH)))
            found[stride] = int(energy.argmax()) if energy.max() > 1e-6 else None
        return found

    def figure(self):
        """Draw the three rows."""
        from cnnlib import plots

        across = np.arange(LENGTH)
        rows = {
            f"stride {s}": np.cos(2 * np.pi * self.waves * (across // s * s) / LENGTH) + 3 * n
            for n, s in enumerate(reversed(STRIDES))
        }
        figure = plots.curves(across, rows, "pixel")
        return plots.show(figure, f"{self.waves} stripes, read with strides of 1, 2 and 4")
