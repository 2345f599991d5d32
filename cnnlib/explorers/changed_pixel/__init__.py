"""`ChangedPixelExplorer`: one pixel changes, and the neurons that can notice."""

import numpy as np

from cnnlib import geometry
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

SIDE = 24
LAYERS = [
    {"kernel": kernel, "stride": stride, "padding": "valid", "dilation": 1}
    for kernel, stride in ((3, 1), (2, 2), (3, 1), (2, 2))
]


class ChangedPixelExplorer(Explorer):
    """A row of pixels under four layers; the neurons whose answers a pixel can change are lit.

    Chapter "Receptive fields".
    """

    pixel = Slider("Pixel", 0, SIDE - 1, 11, "the pixel that changes, counted from 0")
    layers = Data(lambda: LAYERS)
    side = Data(lambda: SIDE)

    def compute(self):
        """Return which neurons change in every layer, as lists of numbers, the input's first."""
        row = np.zeros(SIDE)
        row[self.pixel] = 1
        changed = [np.flatnonzero(row).tolist()]
        for layer in LAYERS:
            windows = np.lib.stride_tricks.sliding_window_view(row, layer["kernel"])
            row = windows[:: layer["stride"]].sum(axis=1)
            changed.append(np.flatnonzero(row).tolist())
        return changed

    def figure(self):
        """Draw the fields of the last layer's neurons that notice."""
        from cnnlib import plots

        stack = [(layer["kernel"], layer["stride"]) for layer in LAYERS]
        field = geometry.receptive_field(stack)
        starts = [neuron * field.stride for neuron in self.compute()[-1]]
        figure = plots.spans([(start, start + field.size) for start in starts], "pixel")
        return plots.show(figure, f"The fields that hold pixel {self.pixel}")
