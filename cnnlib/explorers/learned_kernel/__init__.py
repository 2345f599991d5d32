"""`LearnedKernelExplorer`: gradient descent finds Sobel's kernel, step by step."""

import numpy as np

from cnnlib import data, filters, ops
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

NAMES = ("temple", "flower", "camera", "astronaut", "coffee")
TARGET = filters.sobel_x()


def photographs():
    """Return five photographs, float32 [5, 64, 64, 1] of mean 0 and standard deviation 1."""
    photos = np.stack([data.picture(name, 64, grey=True) for name in NAMES])
    return ((photos - photos.mean()) / photos.std())[..., np.newaxis].astype("float32")


def start():
    """Return the nine random weights to begin with, float32 [3, 3]."""
    return np.random.default_rng(0).normal(size=(3, 3)).astype("float32")


def _bowl():
    """Return what the squared error depends on: its curvature, where it begins, where it ends."""
    windows = np.lib.stride_tricks.sliding_window_view(photographs()[..., 0], (3, 3), (1, 2))
    pixels = windows.reshape(-1, 9).astype("float64")
    curvature = 2 * pixels.T @ pixels / len(pixels)
    return {
        "curvature": curvature.round(6).tolist(),
        "start": start().astype("float64").ravel().tolist(),
        "target": TARGET.astype("float64").ravel().tolist(),
    }


class LearnedKernelExplorer(Explorer):
    """Nine random weights, a photograph's Sobel map to match, and gradient descent with momentum.

    Chapter "Filters and feature maps". The error is the mean squared one over five photographs.
    """

    step = Slider("Step", 0, 300, 0, "how often the weights have been changed")
    rate = Slider("Learning rate", 0.01, 0.2, 0.1, "how far each step goes", 0.01)
    momentum = Slider("Momentum", 0.0, 0.95, 0.9, "share of a step that the next one keeps", 0.05)
    bowl = Data(_bowl)

    def compute(self):
        """Train with TensorFlow from the first step to the present one.

        Returns:
            The kernel, float32 [3, 3].
        """
        import tensorflow as tf

        photos = photographs()
        targets = ops.conv2d(photos, TARGET[:, :, np.newaxis, np.newaxis])
        weights = tf.Variable(start()[:, :, np.newaxis, np.newaxis])
        change = tf.zeros_like(weights)
        for _ in range(self.step):
            with tf.GradientTape() as tape:
                maps = tf.nn.conv2d(photos, weights, 1, "VALID")
                error = tf.reduce_mean((maps - targets) ** 2)
            change = self.momentum * change - self.rate * tape.gradient(error, weights)
            weights.assign_add(change)
        return weights[:, :, 0, 0].numpy()

    def figure(self):
        """Draw the weights to begin with beside those to be found."""
        from cnnlib import plots

        figure = plots.pictures([("step 0", start()), ("Sobel", TARGET)], signed=True)
        return plots.show(figure, "Nine random weights, and Sobel's kernel")
