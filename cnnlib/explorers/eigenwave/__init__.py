"""`EigenwaveExplorer`: what a kernel makes of a wave, with and without a border."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider

CELLS = 12


class EigenwaveExplorer(Explorer):
    """A wave on a ring of twelve cells, or on a row with zeros beyond its ends, and the answer of
    the kernel [¼, ½, ¼].

    Chapter "Convolution is a matrix".
    """

    waves = Slider("Waves", 0, CELLS // 2, 2, "periods that the cells hold")
    border = Choice(
        "Border",
        {"circular": "circular: the ends meet", "zeros": "zeros beyond the ends"},
        "circular",
        "what lies beyond the ends",
    )

    def compute(self):
        """Return the matrix of the kernel, the wave and their product, float64."""
        matrix = np.eye(CELLS) / 2
        for way in (-1, 1):
            shifted = (
                np.eye(CELLS, k=way) if self.border == "zeros" else np.roll(np.eye(CELLS), way, 0)
            )
            matrix += shifted / 4
        wave = np.cos(2 * np.pi * self.waves * np.arange(CELLS) / CELLS)
        return matrix, wave, matrix @ wave

    def figure(self):
        """Draw the wave and the answer."""
        from cnnlib import plots

        _, wave, answer = self.compute()
        figure = plots.curves(np.arange(CELLS), {"in": wave, "out": answer}, "cell")
        return plots.show(figure, f"{self.waves} waves, and what the kernel makes of them")
