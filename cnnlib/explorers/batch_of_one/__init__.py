"""`BatchOfOneExplorer`: what batch normalization leaves of a picture, by its batch."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

SUMS = (1.4, -0.3, 0.8, 2.1, -1.2, 0.2, 1.1, -0.6, 0.5, 1.8, -0.9, 0.1, 2.6, 0.7, -0.2, 1.2)
"""A unit's sums for sixteen pictures, made up."""
EPSILON = 0.001


def left(batch, picture):
    """Return what Keras's layer leaves of a picture, counted from 1, in a batch of so many."""
    import keras
    import numpy as np

    chosen = [SUMS[(picture - 1 + i) % len(SUMS)] for i in range(batch)]
    norm = keras.layers.BatchNormalization(epsilon=EPSILON)
    return float(norm(np.float32(chosen)[:, np.newaxis], training=True)[0, 0])


class BatchOfOneExplorer(Explorer):
    """A unit's sum for one picture before and after batch normalization.

    The batch is the picture and those that follow it. Chapter "When training fails".
    """

    batch = Slider("Batch", 1, 16, 8, "pictures in it")
    picture = Slider("Picture", 1, 16, 1, "which one is followed")
    sums = Data(lambda: list(SUMS))

    def compute(self):
        """Return what Keras's layer makes of the picture while it trains."""
        return left(self.batch, self.picture)

    def figure(self):
        """Draw what becomes of each picture for three batches."""
        from cnnlib import plots

        pictures = range(1, 17)
        named = {
            f"batch of {batch}": [left(batch, picture) for picture in pictures]
            for batch in (16, 4, 1)
        }
        figure = plots.curves(pictures, named, "picture")
        return plots.show(figure, "In a batch of one nothing is left of any picture")
