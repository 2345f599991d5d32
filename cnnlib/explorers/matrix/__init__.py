"""`MatrixExplorer`: a convolution as a matrix, row by row."""

import math

import numpy as np
import traitlets

from cnnlib import geometry
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Player, Slider, State, Switch

LARGEST = 4
_HUES = ((0, 114, 178), (213, 94, 0), (0, 158, 115), (204, 121, 167))  # Okabe and Ito's
_WHITER = (0, 0.35, 0.6, 0.78)
PADDINGS = {
    "valid": "valid: no zeros",
    "same": "same (TensorFlow)",
    "full": "full: every overlap",
    "circular": "circular: wrapped",
}
_WIDE = {"size": list(range(2, LARGEST + 1))}
"""A 1×1 kernel looks alike from all sides, and no window of its leaves the picture."""


def _weights(size):
    """Return -1, -2, ... row by row, a list of `size` rows."""
    return (-np.arange(1.0, size**2 + 1)).reshape(size, size).tolist()


def _colours():
    """Return a colour for each cell of a kernel: hues for its rows, shades for its columns."""
    return [[[round(c + (255 - c) * w) for c in hue] for w in _WHITER] for hue in _HUES]


def _last_row(height, width, size, stride, padding, transpose, **_):
    """Return the number of the matrix's last row, 0 where there is none."""
    rule = {"full": size - 1, "circular": "same"}.get(padding, padding)
    try:
        outputs = [geometry.output_size(n, size, stride, rule) for n in (height, width)]
    except ValueError:
        return 0
    return (height * width if transpose else math.prod(outputs)) - 1


class MatrixExplorer(Explorer):
    """A small convolution written as one matrix; a row is a window, a column a pixel.

    Chapter "Convolution is a matrix". The picture holds 1, 2, 3, ... row by row. Entries have the
    colour of the kernel's cell from which they come.
    """

    height = Slider("Picture height", 2, 16, 4, "rows of the picture")
    width = Slider("Picture width", 2, 16, 4, "columns of the picture")
    size = Slider(
        "Kernel size",
        1,
        LARGEST,
        3,
        "side of the kernel; its weights are -1, -2, ... row by row until they are edited",
    )
    stride = Slider("Stride", 1, 3, 1, "cells from one window to the next")
    padding = Choice("Padding", PADDINGS, "valid", 'the rule; "same" is TensorFlow\'s', when=_WIDE)
    flip = Switch(
        "Turn the kernel",
        False,
        "whether the kernel is turned by 180°: convolution proper",
        when=_WIDE,
    )
    transpose = Switch(
        "Show the transposed matrix", False, "whether the transposed matrix is shown"
    )
    row = Player("Visit every row", "last_row", "the row of the matrix that is lit")
    last_row = State(traitlets.Int(3))
    kernel = State(traitlets.List(_weights(3)))
    colours = Data(_colours)

    def _initial(self, settings):
        initial = super()._initial(settings)
        chosen = {name: one.default for name, one in self._settings().items()} | settings
        return initial | {"kernel": _weights(chosen["size"]), "last_row": _last_row(**chosen)}

    def picture(self):
        """Return the picture: 1, 2, 3, ... as a float32 array [height, width]."""
        numbers = np.arange(1, self.height * self.width + 1, dtype="float32")
        return numbers.reshape(self.height, self.width)

    def compute(self):
        """Find the matrix with TensorFlow: each column is what one pixel alone gives.

        Returns:
            Float32 array [outputs, pixels], transposed where the view shows it so.

        Raises:
            ValueError: the kernel is larger than the padded picture.
        """
        return self._matrix(self.kernel)

    def _matrix(self, kernel):
        import tensorflow as tf

        pixels = self.height * self.width
        kernel = np.float32(kernel)
        size = len(kernel)
        if self.flip:
            kernel = kernel[::-1, ::-1]
        basis = np.eye(pixels, dtype="float32").reshape(pixels, self.height, self.width, 1)
        padding = "SAME" if self.padding == "same" else "VALID"
        if self.padding == "full":
            basis = np.pad(basis, ((0, 0), *((size - 1, size - 1),) * 2, (0, 0)))
        elif self.padding == "circular":
            sides = ((size - 1) // 2, size // 2)
            basis = np.pad(basis, ((0, 0), sides, sides, (0, 0)), mode="wrap")
        maps = tf.nn.conv2d(basis, kernel[:, :, np.newaxis, np.newaxis], self.stride, padding)
        matrix = tf.reshape(maps, [pixels, -1]).numpy().T
        return matrix.T if self.transpose else matrix

    def figure(self):
        """Draw the matrix with its lit row.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots

        matrix = self.compute()
        rows, columns = matrix.shape
        cells = np.arange(1, len(self.kernel) ** 2 + 1).reshape(len(self.kernel), -1)
        which = np.clip(np.rint(self._matrix(cells)), 0, cells.max()).astype(int)
        own = [colour for line in self.colours[: len(cells)] for colour in line[: len(cells)]]
        with plots.style():
            figure = Figure(figsize=(min(7.5, 0.36 * columns + 0.8), min(8, 0.36 * rows + 0.6)))
            axis = figure.subplots()
            axis.imshow(np.uint8([(244, 246, 248), *own])[which])
            axis.set(xlabel="pixel", ylabel="neuron")
            if self.transpose:
                axis.set(xlabel="neuron", ylabel="pixel")
            if columns <= 20 and rows <= 20:
                axis.set(xticks=range(columns), yticks=range(rows))
                for i, j in np.argwhere(matrix):
                    axis.text(j, i, f"{matrix[i, j]:.3g}", ha="center", va="center", fontsize=7)
            axis.grid(False)
        return plots.show(
            figure,
            f"A matrix of {rows} rows and {columns} columns; the weights of the kernel repeat "
            "along its diagonals, and everything else is zero",
        )
