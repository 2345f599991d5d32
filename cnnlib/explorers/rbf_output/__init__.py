"""`RbfOutputExplorer`: squared distances to LeNet-5's ten bitmaps."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider


def _bitmaps():
    from cnnlib.layers import DIGITS

    return np.reshape(DIGITS, (10, 84)).tolist()


class RbfOutputExplorer(Explorer):
    """F6's 84 units on the way from one digit's bitmap to another's, and the ten outputs.

    Chapter "LeNet-5".
    """

    first = Slider("From digit", 0, 9, 3, "whose bitmap F6 shows at 0 %")
    second = Slider("To digit", 0, 9, 8, "whose bitmap F6 shows at 100 %")
    way = Slider("On the way, %", 0, 100, 0, "how far F6 has come")
    bitmaps = Data(_bitmaps)

    def compute(self):
        """Return the ten outputs of `RBFOutput`, float32 [10]."""
        from cnnlib.layers import RBFOutput

        bitmaps = np.float32(self.bitmaps)
        share = self.way / 100
        f6 = (1 - share) * bitmaps[self.first] + share * bitmaps[self.second]
        return np.ravel(RBFOutput(bitmaps)(f6[np.newaxis]))

    def figure(self):
        """Draw the bitmaps."""
        from cnnlib import plots

        shown = [self.first, self.second]
        panels = [(str(one), np.reshape(self.bitmaps[one], (12, 7))) for one in shown]
        far = self.compute()
        return plots.show(
            plots.pictures(panels), f"Nearest: {far.argmin()}, squared distance {far.min():.1f}"
        )
