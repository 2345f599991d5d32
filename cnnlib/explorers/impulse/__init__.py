"""`ImpulseExplorer`: a layer's answer to a bright dot, and to several."""

import numpy as np

from cnnlib import filters
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

SIDE = 9
KERNELS = {
    "corner": ("corner", [[1.0, 1, 0], [1, 0, 0], [0, 0, 0]]),
    "edges": ("vertical edges", filters.sobel_x().tolist()),
    "mean": ("mean", filters.mean(3).tolist()),
}
"""What each is called, and its weights."""
OTHERS = ((6, 2, 0.5), (5, 5, 1.0))
"""Row, column and brightness of the second and the third dot."""


class ImpulseExplorer(Explorer):
    """Bright dots on 9x9 dark pixels, and what a 3x3 kernel makes of them.

    Chapter "Why convolution?". Cross-correlation with circular borders.
    """

    kernel = Choice(
        "Kernel", {name: label for name, (label, _) in KERNELS.items()}, "corner", "what filters"
    )
    dots = Slider("Dots", 1, 1 + len(OTHERS), 1, "bright pixels")
    row = Slider("Row", 0, SIDE - 1, 3, "of the first dot")
    column = Slider("Column", 0, SIDE - 1, 4, "of the first dot")
    weights = Data(lambda: {name: weights for name, (_, weights) in KERNELS.items()})
    others = Data(lambda: [list(dot) for dot in OTHERS])

    def compute(self):
        """Return the picture and what the kernel makes of it in TensorFlow, float32 [9, 9]."""
        import tensorflow as tf

        picture = np.zeros((SIDE, SIDE), "float32")
        for row, column, brightness in [(self.row, self.column, 1), *OTHERS][: self.dots]:
            picture[row, column] += brightness
        framed = np.pad(picture, 1, mode="wrap")[np.newaxis, :, :, np.newaxis]
        kernel = np.float32(self.weights[self.kernel])[:, :, np.newaxis, np.newaxis]
        return picture, tf.nn.conv2d(framed, kernel, 1, "VALID").numpy()[0, :, :, 0]

    def figure(self):
        """Draw the kernel, the dots and the answers."""
        from cnnlib import plots

        picture, answers = self.compute()
        kernel = np.float32(self.weights[self.kernel])
        panels = [("kernel", kernel), ("dots", picture), ("answers", answers)]
        return plots.show(
            plots.pictures(panels, signed=True),
            "A dot, and around its place the kernel, turned by half a turn",
        )
