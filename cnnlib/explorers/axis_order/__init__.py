"""`AxisOrderExplorer`: what TensorFlow makes of kernels whose last two axes are swapped."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider, Switch


class AxisOrderExplorer(Explorer):
    """Channels below, maps above, and the wires between them, with the axes in order or swapped.

    Chapter "Stacks of feature maps".
    """

    below = Slider("Channels below", 1, 12, 8, "of the input")
    above = Slider("Maps above", 1, 12, 4, "that the layer should make")
    swapped = Switch("Swap the last two axes", False, "True for kernels of [3, 3, above, below]")

    def compute(self):
        """Return how many maps TensorFlow makes; None where it refuses."""
        import tensorflow as tf

        axes = [self.above, self.below] if self.swapped else [self.below, self.above]
        try:
            made = tf.nn.conv2d(tf.zeros([1, 5, 5, self.below]), tf.zeros([3, 3, *axes]), 1, "SAME")
        except tf.errors.InvalidArgumentError:
            return None
        return made.shape[-1]

    def figure(self):
        """Draw which channels each of four kernels reads, in order and swapped."""
        from cnnlib import plots

        figure = plots.spans([(0, 8)] * 4 + [(0, 4)] * 4 + [(4, 8)] * 4, "channel below")
        return plots.show(figure, "8 channels to 4 maps; swapped, 8 maps that read 4 channels each")
