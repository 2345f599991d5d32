"""`WaveExplorer`: a wave goes into a kernel, and a wave comes out."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

LENGTH = 64
"""Cells of the row, whose ends meet."""
KERNELS = {
    "mean": ("mean of five", [0.2] * 5),
    "binomial": ("binomial, 1 4 6 4 1", [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16]),
    "difference": ("difference of neighbours", [0.0, -0.5, 0, 0.5, 0]),
    "sharpen": ("sharpen", [0.0, -0.5, 2, -0.5, 0]),
}
"""What each is called, and its five weights."""


class WaveExplorer(Explorer):
    """A wave along a row of 64 cells, what a kernel makes of it, and its gain for every wave.

    Chapter "Why convolution?". Cross-correlation with circular borders.
    """

    kernel = Choice(
        "Kernel",
        {name: label for name, (label, _) in KERNELS.items()},
        "mean",
        "what the wave goes through",
    )
    waves = Slider("Waves", 0, LENGTH // 2, 4, "periods that the row holds")
    weights = Data(lambda: {name: weights for name, (_, weights) in KERNELS.items()})

    def compute(self):
        """Return the wave and what the kernel makes of it in TensorFlow, both float32 [64]."""
        import tensorflow as tf

        wave = np.cos(2 * np.pi * self.waves * np.arange(LENGTH) / LENGTH).astype("float32")
        framed = np.pad(wave, 2, mode="wrap").reshape(1, -1, 1)
        kernel = np.float32(self.weights[self.kernel]).reshape(-1, 1, 1)
        return wave, tf.nn.conv1d(framed, kernel, 1, "VALID").numpy().ravel()

    def figure(self):
        """Draw the wave and what comes out."""
        from cnnlib import plots

        wave, out = self.compute()
        figure = plots.curves(np.arange(LENGTH), {"in": wave, "out": out}, "cell")
        return plots.show(figure, f"A wave, and what {KERNELS[self.kernel][0]} makes of it")
