"""`ToneExplorer`: a kernel that holds a piece of a tone, and how it answers to other tones."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

OWN = 0.1
"""Periods of the kernel's own tone in one sample."""


class ToneExplorer(Explorer):
    """A tone, a kernel of some periods of its own tone, and the kernel's answer at every pitch.

    Chapter "The convolution family". Pitch in hundredths of a period per sample; its own is 10.
    """

    pitch = Slider("Pitch of the tone", 1, 20, 12, "hundredths of a period in one sample")
    periods = Slider("Periods of the kernel", 1, 4, 2, "periods of its own tone that it holds")

    def kernel(self):
        """Return the kernel, which answers with 1 to its own tone."""
        tone = np.sin(2 * np.pi * OWN * np.arange(round(self.periods / OWN)))
        return tone / (tone**2).sum()

    def compute(self):
        """Return how high TensorFlow's answer to a tone of height 1 is."""
        import tensorflow as tf

        kernel = self.kernel().astype("float32").reshape(-1, 1, 1)
        angles = 2 * np.pi * self.pitch / 100 * np.arange(len(kernel))
        waves = np.float32([np.cos(angles), np.sin(angles)])[..., np.newaxis]
        return float(np.hypot(*tf.nn.conv1d(waves, kernel, 1, "VALID").numpy().ravel()))

    def figure(self):
        """Draw the tone and the kernel."""
        from cnnlib import plots

        kernel = self.kernel()
        samples = np.arange(len(kernel))
        tone = np.sin(2 * np.pi * self.pitch / 100 * samples)
        figure = plots.curves(samples, {"tone": tone, "kernel": kernel / kernel.max()}, "sample")
        return plots.show(
            figure, f"A tone, and a kernel that answers to it with {self.compute():.2f}"
        )
