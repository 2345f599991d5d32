"""`LeftoverExplorer`: AlexNet's windows at the end of the row, and the columns that are left."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider
from cnnlib.geometry import output_size

KERNEL, STRIDE = 11, 4


class LeftoverExplorer(Explorer):
    """The end of a row of pixels under windows of 11 with stride 4, without padding.

    Chapter "Padding and strides". AlexNet's first layer.
    """

    width = Slider("Pixels in the row", 216, 232, 224, "columns of the picture")

    def compute(self):
        """Return how many windows fit, and how many columns are left over."""
        return output_size(self.width, KERNEL, STRIDE), (self.width - KERNEL) % STRIDE

    def figure(self):
        """Draw the last windows."""
        from cnnlib import plots

        outputs, left = self.compute()
        starts = [STRIDE * i for i in range(outputs - 4, outputs)]
        figure = plots.spans([(start, start + KERNEL) for start in starts], "column")
        return plots.show(figure, f"The last four of {outputs} windows; {left} columns are left")
