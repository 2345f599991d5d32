"""`BranchesExplorer`: two branches with stride 2 that look at different places."""

from cnnlib import geometry
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class BranchesExplorer(Explorer):
    """Neurons of a branch with kernels of 3 cells and of one with kernels of 1, on one row.

    Chapter "Receptive fields". Both have stride 2 and "same" padding.
    """

    side = Slider("Cells in the row", 7, 14, 8, "cells of the map below")
    neuron = Slider("Neuron", 0, 6, 2, "the neuron of both branches; the last, if there are fewer")

    def compute(self):
        """Return the cells at which the neurons of both branches are centred, as floats."""
        neuron = min(self.neuron, geometry.output_size(self.side, 3, 2, "same") - 1)
        centres = []
        for kernel in (3, 1):
            before, _ = geometry.pad_amounts(self.side, kernel, stride=2)
            field = geometry.receptive_field([(kernel, 2, before)])
            centres.append(neuron * field.stride - field.padding + (field.size - 1) / 2)
        return tuple(centres)

    def figure(self):
        """Draw what both neurons read."""
        from cnnlib import plots

        wide, narrow = self.compute()
        figure = plots.spans([(wide - 1, wide + 2), (narrow, narrow + 1)], "cell")
        return plots.show(figure, f"One neuron looks at cell {wide:g}, the other at {narrow:g}")
