"""`SlidingDenseExplorer`: VGG-16's dense layers as kernels that slide over a larger picture."""

import traitlets

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Place, Slider


def _macs(side=224):
    """Return the multiply-adds of VGG-16's convolutions on a picture, and of its dense layers."""
    from cnnlib import analyze

    at_224, whole = analyze("VGG16", classes=0), analyze("VGG16")
    convolutions = analyze("VGG16", classes=0, input_shape=(side, side, 3))
    return convolutions.macs, whole.macs - at_224.macs


class SlidingDenseExplorer(Explorer):
    """The maps of VGG-16's last pooling, the 7x7 cells that an answer reads, and all the answers.

    Chapter "VGG".
    """

    side = Slider("Side of the picture", 224, 512, 384, "pixels", 32)
    answer = Place(traitlets.Int(0), "the answer that is marked, row by row from 0", 0)
    macs = Data(lambda: list(_macs()))

    def compute(self):
        """Return how many answers there are, and the work for all of them in that for one crop."""
        answers = (self.side // 2**5 - 7 + 1) ** 2
        convolutions, dense = _macs(self.side)
        return answers, (convolutions + answers * dense) / sum(_macs())

    def figure(self):
        """Draw the rows of the last maps that each row of answers reads."""
        from cnnlib import plots

        rows = [(row, row + 7) for row in range(self.side // 2**5 - 6)]
        figure = plots.spans(rows, "row of the last pooling's maps")
        return plots.show(figure, f"{self.compute()[0]} answers to a picture of {self.side} pixels")
