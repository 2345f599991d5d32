"""`OverlapExplorer`: the fields that a kernel's neurons share, and how long they are together."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class OverlapExplorer(Explorer):
    """Neighbouring neurons that one kernel reads, the pixels that each sees, and all together.

    Chapter "Receptive fields".
    """

    field = Slider("Field below, pixels", 1, 12, 8, "pixels that each neuron below sees")
    jump = Slider("Jump, pixels", 1, 6, 2, "from one field to the next")
    kernel = Slider("Kernel size", 1, 5, 3, "how many neurons the kernel reads")

    def compute(self):
        """Return the size of the field of the neuron above, in pixels."""
        ends = [i * self.jump + self.field for i in range(self.kernel)]
        return max(ends)

    def figure(self):
        """Draw the fields one above the other."""
        from cnnlib import plots

        starts = [i * self.jump for i in range(self.kernel)]
        figure = plots.spans([(start, start + self.field) for start in starts], "pixel")
        return plots.show(figure, f"{self.kernel} fields together span {self.compute()} pixels")
