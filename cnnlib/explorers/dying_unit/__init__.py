"""`DyingUnitExplorer`: a step that is too large, and a ReLU unit never answers again."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

INPUTS = (0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9)
TARGETS = tuple(round(0.2 + 0.3 * x, 2) for x in INPUTS)
START = (1.0, 0.5)
"""The weight and the bias with which the unit begins."""


def learned(rate, step, leak):
    """Take steps with Keras.

    Args:
        rate: the learning rate.
        step: how many.
        leak: the slope below 0.

    Returns:
        A dict: "weight", "bias", "loss", "alive", the number of inputs to which the unit's sum is
        above 0, and "gradient", the length of the gradient there.
    """
    import keras
    import tensorflow as tf

    unit = [tf.Variable(one) for one in START]
    x, targets = tf.constant(INPUTS), tf.constant(TARGETS)
    optimizer = keras.optimizers.SGD(rate)
    for number in range(step + 1):
        with tf.GradientTape() as tape:
            sums = unit[0] * x + unit[1]
            answers = tf.where(sums > 0, sums, leak * sums)
            loss = tf.reduce_mean((answers - targets) ** 2) / 2
        slopes = tape.gradient(loss, unit)
        if number < step:
            optimizer.apply(slopes, unit)
    return {
        "weight": float(unit[0]),
        "bias": float(unit[1]),
        "loss": float(loss),
        "alive": int(np.sum(sums > 0)),
        "gradient": float(tf.linalg.global_norm(slopes)),
    }


class DyingUnitExplorer(Explorer):
    """One ReLU unit learns to meet eight points by gradient descent, or dies.

    The loss is half the mean square of what it misses. Chapter "When training fails".
    """

    rate = Slider("Learning rate", 0.1, 3.0, 0.5, "factor of the gradient in each step", 0.1)
    step = Slider("Step", 0, 30, 1, "how often weight and bias have been changed")
    leak = Slider("Slope below 0", 0.0, 0.3, 0.0, "0 for a ReLU, more for a leaky one", 0.05)
    points = Data(lambda: [list(pair) for pair in zip(INPUTS, TARGETS, strict=True)])

    def compute(self):
        """Take the steps with Keras; see `learned`."""
        return learned(self.rate, self.step, self.leak)

    def figure(self):
        """Draw the unit's loss after each step at three rates."""
        from cnnlib import plots

        named = {
            f"rate {rate}": [learned(rate, n, 0.0)["loss"] for n in range(11)]
            for rate in (0.5, 1.0, 1.5)
        }
        return plots.show(plots.curves(range(11), named, "step"), "At a rate of 1.5 the unit dies")
