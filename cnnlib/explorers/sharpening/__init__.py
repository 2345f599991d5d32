"""`SharpeningExplorer`: a photograph to which its own fine detail is added."""

import numpy as np

from cnnlib import data
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._pictures import SIDE, book_pictures
from cnnlib.explorers._settings import Slider

PICTURE, SIZE = "camera", 5


class SharpeningExplorer(Explorer):
    """Unsharp masking: a photograph plus a multiple of what a 5x5 mean takes from it.

    Chapter "Why convolution?". The mean mirrors the photograph at its borders.
    """

    amount = Slider("Detail added", -1.0, 4.0, 1.5, "times the detail", 0.5)
    pictures = book_pictures([PICTURE])

    def compute(self):
        """Return the sum from TensorFlow, before it is cut to 0 to 1, float32 [height, width]."""
        import tensorflow as tf

        image = data.picture(PICTURE, SIDE, grey=True)[np.newaxis, :, :, np.newaxis]
        image = image / np.float32(255)
        reach = [SIZE // 2] * 2
        framed = tf.pad(image, [[0, 0], reach, reach, [0, 0]], "SYMMETRIC")
        mean = np.full((SIZE, SIZE, 1, 1), 1 / SIZE**2, "float32")
        detail = image - tf.nn.conv2d(framed, mean, 1, "VALID")
        return (image + self.amount * detail)[0, :, :, 0].numpy()

    def figure(self):
        """Draw the photograph blurred, as it is, and sharpened."""
        from cnnlib import plots

        panels = [
            (title, np.clip(type(self)(amount=amount).compute(), 0, 1))
            for title, amount in (("blurred", -1.0), ("picture", 0.0), ("sharpened", 1.5))
        ]
        return plots.show(plots.pictures(panels), "A photograph; blurred; with crisper edges")
