"""The networks whose memory is measured."""

import keras
from keras import layers

from cnnlib import models


def build(name):
    """Build a network with fresh weights.

    Args:
        name: a network of this file, `keras.applications:NAME` or an architecture of the book.

    Returns:
        A `keras.Model`.
    """
    if name == "digits":
        return _digits()
    if name == "fashion":
        return _fashion()
    return models.build(name)


def _digits():
    """Return the book's recipe for handwritten digits."""
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )


def _fashion():
    """Return the book's network for Fashion-MNIST."""
    convolutions = []
    for maps, size, count in ((64, 7, 1), (128, 3, 2), (256, 3, 2)):
        convolutions += [
            layers.Conv2D(maps, size, activation="relu", padding="same") for _ in range(count)
        ]
        convolutions.append(layers.MaxPooling2D(2))
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            *convolutions,
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )
