"""`SharingExplorer`: from a weight that every place shares to a dense layer."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

SIDE = 8


class SharingExplorer(Explorer):
    """A kernel on 8x8 pixels without padding: how many weights, and at how many places each.

    Chapter "Why convolution?".
    """

    kernel = Slider("Kernel size", 1, SIDE, 3, "side of the kernel")
    neuron = Slider(
        "Neuron", 0, SIDE**2 - 1, 8, "which neuron is shown, as far as there are so many"
    )

    def compute(self):
        """Build the convolution in Keras.

        Returns:
            The number of its weights, of its neurons, and of the weights of a dense layer with as
            many neurons.
        """
        import keras

        layer = keras.layers.Conv2D(1, self.kernel, use_bias=False)
        neurons = int(np.prod(layer.compute_output_shape((1, SIDE, SIDE, 1))))
        layer.build((1, SIDE, SIDE, 1))
        return layer.count_params(), neurons, SIDE**2 * neurons

    def figure(self):
        """Draw how both counts depend on the size of the kernel."""
        from cnnlib import plots

        sizes = np.arange(1, SIDE + 1)
        named = {"weights": sizes**2, "places at which each is used": (SIDE + 1 - sizes) ** 2}
        figure = plots.curves(sizes, named, "kernel size")
        return plots.show(figure, "The larger the kernel, the fewer places share its weights")
