"""`ObjectSizeExplorer`: which kernel answers best to an object of a given size."""

import numpy as np

from cnnlib import ops
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

KERNELS = (1, 3, 5)


class ObjectSizeExplorer(Explorer):
    """A square object, and the largest answers of even kernels of 1x1, 3x3 and 5x5.

    Chapter "GoogLeNet and Inception". The weights of a kernel of k x k are 1/k each, so that all
    kernels have the same length.
    """

    side = Slider("Side of the object", 1, 7, 2, "its rows and columns of pixels")

    def compute(self):
        """Return the largest answer of each kernel, float64 [3]."""
        image = np.zeros((1, 13, 13, 1))
        first = 6 - self.side // 2
        image[:, first : first + self.side, first : first + self.side] = 1
        kernels = [np.full((k, k, 1, 1), 1 / k) for k in KERNELS]
        return np.array([ops.conv2d(image, kernel).max() for kernel in kernels])

    def figure(self):
        """Draw the answers by the side of the object."""
        from cnnlib import plots

        sides = np.arange(1, 8)
        answers = np.array([ObjectSizeExplorer(side=int(side)).compute() for side in sides])
        named = {f"{k}×{k}": answers[:, i] for i, k in enumerate(KERNELS)}
        figure = plots.curves(sides, named, "side of the object")
        return plots.show(figure, "Each kernel is the best one for objects of about its own size")
