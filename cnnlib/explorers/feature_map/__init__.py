"""`FeatureMapExplorer`: one neuron's sum across all channels of a colour picture."""

from functools import cache

import numpy as np
import traitlets

from cnnlib import data
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider, State, Switch

SIDE = 48
PICTURES = ("coffee", "chelsea", "astronaut", "flower")
CHANNELS = ("red", "green", "blue")
_EDGE = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
_BLOB = np.array([[1.0, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16
MAPS = {
    "vertical edges": np.stack([_EDGE / 3] * 3),
    "red against green": np.stack([4 * _BLOB, -4 * _BLOB, 0 * _BLOB]),
    "blue more than the rest": np.stack([-2 * _BLOB, -2 * _BLOB, 4 * _BLOB]),
    "bright spots": np.stack([np.array([[-1.0, -1, -1], [-1, 8, -1], [-1, -1, -1]]) / 3] * 3),
}
"""The maps' names and kernels, each [channels, 3, 3]."""


@cache
def _pixels(name):
    return data.picture(name, SIDE).tobytes()


class FeatureMapExplorer(Explorer):
    """A layer from three channels to four maps; one neuron at a time, with its whole sum.

    Chapter "Stacks of feature maps". Pictures are 48x48 RGB pixels from 0 to 1.
    """

    picture = Choice("Picture", {name: name for name in PICTURES}, "coffee", "what is shown")
    map = Choice(
        "Map", {name: name for name in MAPS}, "red against green", "the map whose neuron is shown"
    )
    stride = Slider("Stride", 1, 4, 1, "pixels from one window to the next")
    padding = Choice("Padding", {"valid": "valid", "same": "same"}, "same", "the rule")
    bias = Slider(
        "Bias of the map", -2.0, 2.0, 0.0, "added to every neuron of the chosen map", 0.05
    )
    relu = Switch("ReLU", False, "whether negative answers become 0")
    neuron = State(traitlets.List([22, 20]))
    kernels = State(traitlets.Dict({name: kernel.tolist() for name, kernel in MAPS.items()}))
    maps = Data(lambda: list(MAPS))  # in their order, which saved dicts do not keep
    side = Data(lambda: SIDE)
    pixels = Data(lambda: {name: _pixels(name) for name in PICTURES})

    def image(self):
        """Return the picture, float32 [48, 48, 3] from 0 to 1."""
        pixels = np.frombuffer(self.pixels[self.picture], "uint8")
        return pixels.reshape(SIDE, SIDE, 3) / np.float32(255)

    def weights(self):
        """Return the present kernels, float32 [3, 3, 3, 4]: rows, columns, channels, maps."""
        return np.float32([self.kernels[name] for name in MAPS]).transpose(2, 3, 1, 0)

    def biases(self):
        """Return one bias for each map, float32 [4]; only the chosen map has one."""
        return np.float32([self.bias if name == self.map else 0 for name in MAPS])

    def compute(self):
        """Compute all maps with TensorFlow.

        Returns:
            Float32 array [height, width, 4].
        """
        import tensorflow as tf

        maps = tf.nn.conv2d(
            self.image()[np.newaxis], self.weights(), self.stride, self.padding.upper()
        )
        maps = maps + self.biases()
        return (tf.nn.relu(maps) if self.relu else maps)[0].numpy()

    def figure(self):
        """Draw the picture's channels and the maps.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from cnnlib import plots

        image, maps = self.image(), self.compute()
        panels = [(name, image[:, :, c]) for c, name in enumerate(CHANNELS)]
        chosen = maps[:, :, list(MAPS).index(self.map)]
        return plots.show(
            plots.pictures([*panels, (f"map: {self.map}", chosen)], signed=True),
            f"The red, green and blue channel of {self.picture} and the map {self.map!r} that one "
            "kernel makes of all three",
        )
