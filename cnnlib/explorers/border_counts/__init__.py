"""`BorderCountsExplorer`: how often each pixel of a small picture is read."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider

SIDE = 9
PADDINGS = {"valid": "none (valid)", "same": "zeros (same)"}


class BorderCountsExplorer(Explorer):
    """A 9x9 picture; in each pixel stands how many neurons read it, at stride 1.

    Chapter "Padding and strides".
    """

    kernel = Slider("Kernel size", 1, 7, 3, "side of the kernel")
    padding = Choice("Padding", PADDINGS, "valid", "the rule")

    def compute(self):
        """Return how often each pixel is read: the gradient of the map's sum in TensorFlow."""
        import tensorflow as tf

        picture = tf.zeros([1, SIDE, SIDE, 1])
        ones = tf.ones([self.kernel, self.kernel, 1, 1])
        with tf.GradientTape() as tape:
            tape.watch(picture)
            total = tf.reduce_sum(tf.nn.conv2d(picture, ones, 1, self.padding.upper()))
        return tape.gradient(total, picture)[0, :, :, 0].numpy()

    def figure(self):
        """Draw how often each pixel is read."""
        from cnnlib import plots
        from cnnlib.geometry import output_size, pad_amounts

        reads = np.zeros(SIDE + 2 * self.kernel)
        before, _ = pad_amounts(SIDE, self.kernel, 1, self.padding)
        for output in range(output_size(SIDE, self.kernel, 1, self.padding)):
            first = self.kernel - before + output
            reads[first : first + self.kernel] += 1
        reads = reads[self.kernel : self.kernel + SIDE]
        figure = plots.pictures([("how often each pixel is read", np.outer(reads, reads))])
        return plots.show(figure, "The corners are read least often, the centre most")
