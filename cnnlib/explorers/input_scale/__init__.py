"""`InputScaleExplorer`: larger pixels, larger scores, larger loss, larger gradients."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data

RATE = 0.01
"""The learning rate of the step whose size is told."""

LARGEST = {"twice": 1 / 255, "once": 1.0, "ten": 10.0, "raw": 255.0}
"""What white is in the input."""


def judged(largest):
    """Compute loss, and the gradient's root mean square, with TensorFlow.

    Args:
        largest: what white is.
    """
    import tensorflow as tf

    picture, right, kernel = first()
    weights = tf.Variable(kernel)
    with tf.GradientTape() as tape:
        scores = tf.constant(largest * picture)[tf.newaxis] @ weights
        loss = tf.nn.sparse_softmax_cross_entropy_with_logits([right], scores)[0]
    gradient = tape.gradient(loss, weights).numpy()
    return float(loss), float(np.sqrt(np.mean(gradient**2)))


def first():
    """Return a digit, float64 [256] from 0 to 1, its class, and a layer's kernel [256, 10]."""
    from cnnlib.explorers.training import network

    digits = network.digits()
    place = 123
    picture = digits.pictures[place].reshape(-1) / 255
    numbers = network.Numbers(1)
    one, other = np.moveaxis(numbers.draw(picture.size, 10, 2), -1, 0)
    kernel = np.sqrt(2 / picture.size) * np.sqrt(-2 * np.log(1 - one)) * np.cos(2 * np.pi * other)
    return picture, int(digits.labels[place]), kernel


def given():
    """Return what the view computes from, with pixels up to 1."""
    picture, right, kernel = first()
    return {
        "scores": (picture @ kernel).tolist(),
        "right": right,
        "pixels": float(np.sqrt(np.mean(picture**2))),
        "weights": float(np.sqrt(np.mean(kernel**2))),
    }


class InputScaleExplorer(Explorer):
    """Loss and gradient of an untrained layer of ten classes by the scale of its pixels.

    One digit of 16x16 pixels, first weights as He draws them. Chapter "When training fails".
    """

    scale = Choice(
        "Pixels",
        {
            "twice": "to 1/255: scaled twice",
            "once": "to 1",
            "ten": "to 10",
            "raw": "to 255: not scaled",
        },
        "once",
        "what white is in the input",
    )
    largest = Data(lambda: LARGEST)
    given = Data(given)

    def compute(self):
        """Compute loss, and the gradient's root mean square, with TensorFlow."""
        return judged(LARGEST[self.scale])

    def figure(self):
        """Draw loss and gradient by the scale."""
        from cnnlib import plots

        scales = np.geomspace(0.01, 1000, 21)
        found = np.array([judged(one) for one in scales])
        with plots.style():
            drawn = plots.curves(scales, {"loss": found[:, 0], "gradient": found[:, 1]}, "white is")
            drawn.axes[0].set(xscale="log", yscale="log")
        return plots.show(drawn, "Loss and gradient grow with the scale of the pixels")
