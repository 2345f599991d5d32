"""`TapeExplorer`: a gradient tape is played backwards, one operation at a time."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider, Switch

PIXELS = [2.0, 3.0]


class TapeExplorer(Explorer):
    """One weight meets two pixels; the loss is half the square of the sum of both products.

    Chapter "TensorFlow in one sitting".
    """

    step = Slider("Operations played back", 0, 4, 0, "how far the tape has been played backwards")
    weight = Slider("Weight w", -3, 3, 1, "the weight that both pixels share")
    watch = Switch("tape.watch(pixels)", False, "whether the tape watches the pixels, too")
    pixels = Data(PIXELS.copy)

    def compute(self):
        """Let TensorFlow play the whole tape back.

        Returns:
            The gradients of the weight and of the two pixels, floats, or None where nobody watched.
        """
        import tensorflow as tf

        weight, pixels = tf.Variable(float(self.weight)), [tf.constant(one) for one in PIXELS]
        with tf.GradientTape() as tape:
            if self.watch:
                tape.watch(pixels)
            total = weight * pixels[0] + weight * pixels[1]
            loss = total**2 / 2
        found = tape.gradient(loss, [weight, *pixels])
        return [None if one is None else float(one) for one in found]

    def figure(self):
        """Draw the loss over the weight."""
        import numpy as np

        from cnnlib import plots

        weights = np.linspace(-3, 3, 61)
        figure = plots.curves(weights, {"loss": (sum(PIXELS) * weights) ** 2 / 2}, "weight")
        return plots.show(
            figure, f"A parabola; at {self.weight} its slope is {self.compute()[0]:g}"
        )
