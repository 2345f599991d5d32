"""`MatrixExplorer`: a convolution as a matrix, row by row."""

import numpy as np
import traitlets

from cnnlib.explorers._base import Choice, Explorer, Player, Slider, Switch, View, styles
from cnnlib.explorers._modules import front_end

SIDES = (2, 6)
PADDINGS = {
    "valid": "valid: no zeros",
    "same": "same: as TensorFlow pads",
    "full": "full: every overlap",
    "circular": "circular: wraps around",
}


def _weights(size):
    """Return -1, -2, ... row by row, [size, size]."""
    return -np.arange(1.0, size**2 + 1).reshape(size, size)


class MatrixView(View):
    """The matrix, the picture, the kernel and the outputs; see matrix.js."""

    _esm = front_end("matrix/view.js")
    _css = styles("matrix/view.css")

    height = traitlets.Int(4).tag(sync=True)
    width = traitlets.Int(4).tag(sync=True)
    size = traitlets.Int(3).tag(sync=True)
    stride = traitlets.Int(1).tag(sync=True)
    padding = traitlets.Int(0).tag(sync=True)
    flip = traitlets.Bool(False).tag(sync=True)
    transpose = traitlets.Bool(False).tag(sync=True)
    kernel = traitlets.List(_weights(3).tolist()).tag(sync=True)
    row = traitlets.Int(0).tag(sync=True)
    last_row = traitlets.Int(3).tag(sync=True)


class MatrixExplorer(Explorer):
    """A small convolution written as one matrix; a row is a window, a column a pixel.

    Chapter "Convolution is a matrix". The picture holds 1, 2, 3, ... row by row.

    Args:
        height: rows of the picture, 2 to 6.
        width: columns of the picture, 2 to 6.
        size: side of the kernel, 1 to 4; its weights are -1, -2, ... row by row until they are
            edited.
        stride: cells from one window to the next, 1 to 3.
        padding: "valid", "same" (TensorFlow's rule), "full" or "circular".
        flip: True turns the kernel by 180°: convolution proper.
        transpose: True shows the transposed matrix.
        row: the row of the matrix that is lit, counted from 0.

    Raises:
        TypeError: an unknown setting or one of the wrong type.
        ValueError: a setting out of range or an unknown padding.
    """

    View = MatrixView
    controls = (
        Slider("height", "Picture height", *SIDES),
        Slider("width", "Picture width", *SIDES),
        Slider("size", "Kernel size", 1, 4),
        Slider("stride", "Stride", 1, 3),
        Choice("padding", "Padding", PADDINGS),
        Switch("flip", "Turn the kernel: convolution proper"),
        Switch("transpose", "Show the transposed matrix"),
        Player("row", "Visit every row", last="last_row"),
    )

    def _initial(self, settings):
        initial = super()._initial(settings)
        size = initial.get("size", MatrixView.size.default_value)
        return initial | {"kernel": _weights(size).tolist()}

    def picture(self):
        """Return the picture: 1, 2, 3, ... as a float32 array [height, width]."""
        s = self.settings()
        numbers = np.arange(1, s["height"] * s["width"] + 1, dtype="float32")
        return numbers.reshape(s["height"], s["width"])

    def compute(self):
        """Find the matrix with TensorFlow: each column is what one pixel alone gives.

        Returns:
            Float32 array [outputs, pixels], transposed where the view shows it so.

        Raises:
            ValueError: the kernel is larger than the padded picture.
        """
        import tensorflow as tf

        s = self.settings()
        pixels = s["height"] * s["width"]
        kernel = np.float32(self.view.kernel)
        size = len(kernel)
        if s["flip"]:
            kernel = kernel[::-1, ::-1]
        basis = np.eye(pixels, dtype="float32").reshape(pixels, s["height"], s["width"], 1)
        padding = "SAME" if s["padding"] == "same" else "VALID"
        if s["padding"] == "full":
            basis = np.pad(basis, ((0, 0), *((size - 1, size - 1),) * 2, (0, 0)))
        elif s["padding"] == "circular":
            sides = ((size - 1) // 2, size // 2)
            basis = np.pad(basis, ((0, 0), sides, sides, (0, 0)), mode="wrap")
        maps = tf.nn.conv2d(basis, kernel[:, :, np.newaxis, np.newaxis], s["stride"], padding)
        matrix = tf.reshape(maps, [pixels, -1]).numpy().T
        return matrix.T if s["transpose"] else matrix

    def figure(self):
        """Draw the matrix with its lit row.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots

        matrix = self.compute()
        rows, columns = matrix.shape
        limit = abs(matrix).max() or 1
        with plots.style():
            figure = Figure(figsize=(min(7.5, 0.36 * columns + 0.8), min(8, 0.36 * rows + 0.6)))
            axis = figure.subplots()
            axis.imshow(matrix, cmap=plots.SIGNED, vmin=-limit, vmax=limit)
            axis.set(xlabel="pixel", ylabel="neuron", xticks=range(columns), yticks=range(rows))
            if self.view.transpose:
                axis.set(xlabel="neuron", ylabel="pixel")
            if columns <= 20 and rows <= 20:
                for i, j in np.argwhere(matrix):
                    axis.text(j, i, f"{matrix[i, j]:.3g}", ha="center", va="center", fontsize=7)
            axis.grid(False)
        return plots.show(
            figure,
            f"A matrix of {rows} rows and {columns} columns; the weights of the kernel repeat "
            "along its diagonals, and everything else is zero",
        )
