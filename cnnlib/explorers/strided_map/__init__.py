"""`StridedMapExplorer`: the temple's vertical edges, at strides from 1 to 8."""

import numpy as np

from cnnlib import data, filters
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._pictures import SIDE, book_pictures
from cnnlib.explorers._settings import Slider

PICTURE = "temple"


class StridedMapExplorer(Explorer):
    """A photograph's vertical edges by a strided convolution, same padding.

    Chapter "Padding and strides".
    """

    stride = Slider("Stride", 1, 8, 1, "pixels from one window to the next")
    pictures = book_pictures([PICTURE])

    def compute(self):
        """Return the map from TensorFlow, float32 [height, width]."""
        import tensorflow as tf

        image = data.picture(PICTURE, SIDE, grey=True)[np.newaxis, :, :, np.newaxis]
        edges = filters.sobel_x()[:, :, np.newaxis, np.newaxis]
        return tf.nn.conv2d(image / np.float32(255), edges, self.stride, "SAME")[0, :, :, 0].numpy()

    def figure(self):
        """Draw the map at strides 1, 2 and 4."""
        from cnnlib import ops, plots

        image = data.picture(PICTURE, SIDE, grey=True)[np.newaxis, :, :, np.newaxis]
        edges = filters.sobel_x()[:, :, np.newaxis, np.newaxis]
        panels = [
            (f"stride {s}", ops.conv2d(image / 255, edges, s, padding="same")[0, :, :, 0])
            for s in (1, 2, 4)
        ]
        figure = plots.pictures(panels, signed=True)
        return plots.show(figure, "Vertical edges of the temple at strides 1, 2 and 4")
