"""`DarkFrameExplorer`: a blurred photograph, and what stands outside of it."""

import numpy as np

from cnnlib import data
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._pictures import SIDE, book_pictures
from cnnlib.explorers._settings import Choice, Slider

PICTURE = "temple"
OUTSIDE = {
    "zeros": "zeros (same padding)",
    "nothing": "nothing (valid padding)",
    "mirror": "the picture, mirrored",
}


class DarkFrameExplorer(Explorer):
    """A photograph under a mean filter, by what the filter reads beyond the edges.

    Chapter "Padding and strides".
    """

    size = Slider("Side of the mean", 1, 21, 11, "pixels of the mean filter's window")
    outside = Choice("Outside the picture", OUTSIDE, "zeros", "what is read beyond the edges")
    pictures = book_pictures([PICTURE])

    def compute(self):
        """Return the blurred photograph from TensorFlow, float32 [height, width] from 0 to 1."""
        import tensorflow as tf

        image = data.picture(PICTURE, SIDE, grey=True)[np.newaxis, :, :, np.newaxis]
        image = image / np.float32(255)
        if self.outside == "mirror":
            before, after = (self.size - 1) // 2, self.size // 2
            image = tf.pad(image, [[0, 0], [before, after], [before, after], [0, 0]], "SYMMETRIC")
        mean = np.full((self.size, self.size, 1, 1), 1 / self.size**2, "float32")
        padding = "SAME" if self.outside == "zeros" else "VALID"
        return tf.nn.conv2d(image, mean, 1, padding)[0, :, :, 0].numpy()

    def figure(self):
        """Draw the photograph blurred without padding and within zeros."""
        from cnnlib import filters, ops, plots

        image = data.picture(PICTURE, SIDE, grey=True)[np.newaxis, :, :, np.newaxis]
        mean = filters.named("mean", self.size)[:, :, np.newaxis, np.newaxis]
        panels = [
            (title, ops.conv2d(image / np.float32(255), mean, padding=padding)[0, :, :, 0])
            for title, padding in (("nothing outside", "valid"), ("zeros outside", "same"))
        ]
        return plots.show(plots.pictures(panels), "A blurred temple, and the same in a dark frame")
