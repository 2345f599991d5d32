"""`EvenAreaExplorer`: what a kernel does to an even area depends on the sum of its weights."""

import numpy as np

from cnnlib import filters
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

KERNELS = {
    "vertical_line": ("vertical line", filters.vertical_line()),
    "gaussian": ("gaussian", filters.gaussian()),
    "sobel_x": ("sobel x", filters.sobel_x()),
    "detector": ("line less its mean", filters.vertical_line() - np.float32(1 / 7)),
}
"""What each is called, and its weights."""


def _sums():
    return {name: float(kernel.sum().round(5)) + 0.0 for name, (_, kernel) in KERNELS.items()}


class EvenAreaExplorer(Explorer):
    """A neuron's answer to a window in which all pixels are equally bright.

    Chapter "Filters and feature maps".
    """

    kernel = Choice(
        "Kernel",
        {name: label for name, (label, _) in KERNELS.items()},
        "vertical_line",
        "the weights",
    )
    brightness = Slider("Brightness", 0.0, 1.0, 0.5, "of all pixels, 0 is black", 0.05)
    bias = Slider("Bias", -2.0, 2.0, 0.0, "what is added to the sum", 0.25)
    sums = Data(_sums)

    def compute(self):
        """Return the neuron's answer from TensorFlow."""
        import tensorflow as tf

        kernel = KERNELS[self.kernel][1][:, :, np.newaxis, np.newaxis]
        window = tf.fill([1, *kernel.shape[:2], 1], np.float32(self.brightness))
        return float(tf.nn.conv2d(window, kernel, 1, "VALID")[0, 0, 0, 0]) + self.bias

    def figure(self):
        """Draw the answers to every brightness."""
        from cnnlib import plots

        grey = np.linspace(0, 1, 11)
        named = {KERNELS[name][0]: grey * total for name, total in _sums().items()}
        figure = plots.curves(grey, named, "brightness of an even area")
        return plots.show(figure, "Straight lines, as steep as the sums of the weights: 7, 1, 0, 0")
