"""`SegmentExplorer`: a kernel that slides along a sound."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

SAMPLES, SIZE = 400, 25


def sound():
    """Return two tones one after the other, and a click in the second, float64 [400]."""
    time = np.arange(SAMPLES)
    heard = np.where(time < 200, np.sin(time / 2), np.sin(time / 5))
    heard[300] += 3
    return heard


def kernel():
    """Return two periods of the first tone, which it answers with 1, float64 [25]."""
    tone = np.sin(np.arange(SIZE) / 2)
    return tone / (tone**2).sum()


class SegmentExplorer(Explorer):
    """Two tones and a click under a kernel that holds two periods of the first.

    Chapter "The convolution family".
    """

    start = Slider("First sample", 0, SAMPLES - SIZE, 38, "of the window")
    sound = Data(lambda: sound().round(4).tolist())
    kernel = Data(lambda: kernel().round(6).tolist())

    def compute(self):
        """Return the answers of all windows from TensorFlow, float32 [376]."""
        import tensorflow as tf

        row, weights = (np.float32(one)[..., np.newaxis] for one in (self.sound, self.kernel))
        return tf.nn.conv1d(row[np.newaxis], weights[..., np.newaxis], 1, "VALID").numpy().ravel()

    def figure(self):
        """Draw the sound and the answers."""
        from cnnlib import plots

        answers = np.append(self.compute(), np.full(SIZE - 1, np.nan))
        figure = plots.curves(
            np.arange(SAMPLES), {"sound": self.sound, "answer": answers}, "sample"
        )
        return plots.show(figure, "Two tones and a click; the filter keeps the first tone")
