"""`LoopsExplorer`: a convolution in six loops, one multiply-add at a time."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

IMAGE = np.random.default_rng(1).integers(1, 10, (4, 4, 2))
KERNELS = np.random.default_rng(2).integers(-2, 3, (2, 2, 2, 2))
SIZES = {"i": 3, "j": 3, "m": 2, "u": 2, "v": 2, "c": 2}
"""How far each loop counts, the outermost first."""
ALL = int(np.prod(list(SIZES.values())))


class LoopsExplorer(Explorer):
    """Two channels of 4x4 pixels under two kernels of 2x2x2: the pixel and the weight that meet.

    Chapter "TensorFlow in one sitting".
    """

    done = Slider("Multiply-adds", 1, ALL, 1, "how many have been done")
    image = Data(IMAGE.tolist)
    kernels = Data(KERNELS.tolist)

    def compute(self):
        """Run the six loops as far as they have come.

        Returns:
            The maps, int64 [3, 3, 2].
        """
        maps = np.zeros((3, 3, 2), "int64")
        for i, j, m, u, v, c in list(np.ndindex(*SIZES.values()))[: self.done]:
            maps[i, j, m] += IMAGE[i + u, j + v, c] * KERNELS[u, v, c, m]
        return maps

    def figure(self):
        """Draw the channels and the maps that become of them."""
        from cnnlib import plots

        maps = type(self)(done=ALL).compute()
        panels = [(f"channel {c}", IMAGE[..., c]) for c in range(2)]
        panels += [(f"map {m}", maps[..., m]) for m in range(2)]
        return plots.show(plots.pictures(panels), f"Two channels, two maps: {ALL} multiply-adds")
