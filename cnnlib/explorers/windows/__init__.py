"""`WindowsExplorer`: im2col's memory and multiplications beside those of the whole matrix."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class WindowsExplorer(Explorer):
    """A picture, its windows written out, and the convolution's sparse matrix, as areas to scale.

    Chapter "Convolution is a matrix". Stride 1, no padding, one map in.
    """

    side = Slider("Picture side", 8, 64, 48, "pixels of the picture's side")
    size = Slider("Kernel size", 1, 7, 3, "side of the kernels")
    kernels = Slider("Kernels", 1, 64, 1, "maps that are computed")

    def compute(self):
        """Return how many numbers picture, windows and matrix hold, and the multiplications.

        Returns:
            A tuple: numbers of the picture, of its windows and of the matrix, which multiplies each
            of its own once; multiplications with the windows.
        """
        windows = np.lib.stride_tricks.sliding_window_view(
            np.empty((self.side, self.side)), (self.size, self.size)
        )
        rows, columns = windows.size // self.size**2, self.side**2
        matrix = rows * columns * self.kernels
        return columns, windows.size, matrix, windows.size * self.kernels

    def figure(self):
        """Draw the three areas."""
        from matplotlib.figure import Figure
        from matplotlib.patches import Rectangle

        from cnnlib import plots

        picture, windows, matrix, _ = self.compute()
        with plots.style():
            figure = Figure(figsize=(6.5, 3))
            axis = figure.subplots()
            left = 0
            areas = {"picture": picture, "im2col's windows": windows, "matrix, zeros too": matrix}
            for name, held in areas.items():
                width = 50 * (held / matrix) ** 0.5
                axis.add_patch(Rectangle((left, 0), width, width, color=plots.ACCENT))
                axis.text(left, -4, f"{name}\n{held:,}", va="top")
                left += max(width, 16) + 8
            axis.set(xlim=(-1, left), ylim=(-16, 65), aspect="equal")
            axis.axis("off")
        return plots.show(figure, f"Areas of {picture:,}, {windows:,} and {matrix:,} numbers")
