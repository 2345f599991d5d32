"""`FeatureMapExplorer`: one neuron's sum across all channels of a colour picture."""

from functools import cache

import numpy as np
import traitlets

from cnnlib import data
from cnnlib.explorers._base import Choice, Explorer, Slider, Switch, View, styles
from cnnlib.explorers._modules import front_end

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


class FeatureMapView(View):
    """Channels, the windows' products, and small multiples of the maps; see feature_maps.js."""

    _esm = front_end("feature_map/view.js")
    _css = styles("feature_map/view.css")

    side = traitlets.Int(SIDE).tag(sync=True)
    pixels = traitlets.List(traitlets.Bytes()).tag(sync=True)
    names = traitlets.List(list(MAPS)).tag(sync=True)
    kernels = traitlets.List([kernel.tolist() for kernel in MAPS.values()]).tag(sync=True)
    picture = traitlets.Int(0).tag(sync=True)
    map = traitlets.Int(1).tag(sync=True)
    channel = traitlets.Int(0).tag(sync=True)
    stride = traitlets.Int(1).tag(sync=True)
    padding = traitlets.Int(1).tag(sync=True)
    bias = traitlets.Float(0.0).tag(sync=True)
    relu = traitlets.Bool(False).tag(sync=True)
    neuron = traitlets.List([22, 20]).tag(sync=True)


class FeatureMapExplorer(Explorer):
    """A layer from three channels to four maps; one neuron at a time, with its whole sum.

    Chapter "Stacks of feature maps".

    Args:
        picture: "coffee", "chelsea", "astronaut" or "flower", 48x48 RGB pixels from 0 to 1.
        map: the map whose neuron is shown: "vertical edges", "red against green", "blue more
            than the rest" or "bright spots".
        channel: the channel whose weights are edited: "red", "green" or "blue".
        stride: pixels from one window to the next, 1 to 4.
        padding: "valid" or "same".
        bias: added to every neuron of the chosen map, -2 to 2.
        relu: True sets negative answers to zero.

    Raises:
        TypeError: an unknown setting or one of the wrong type.
        ValueError: a setting out of range or an unknown picture, map, channel or padding.
    """

    View = FeatureMapView
    controls = (
        Choice("picture", "Picture", {name: name for name in PICTURES}),
        Choice("map", "Map", {name: name for name in MAPS}),
        Choice("channel", "Edit its weights for", {name: name for name in CHANNELS}),
        Slider("stride", "Stride", 1, 4),
        Choice("padding", "Padding", {"valid": "valid", "same": "same"}),
        Slider("bias", "Bias of the map", -2.0, 2.0, 0.05),
        Switch("relu", "ReLU"),
    )

    def _initial(self, settings):
        return super()._initial(settings) | {"pixels": [_pixels(name) for name in PICTURES]}

    def image(self):
        """Return the picture, float32 [48, 48, 3] from 0 to 1."""
        pixels = np.frombuffer(self.view.pixels[self.view.picture], "uint8")
        return pixels.reshape(SIDE, SIDE, 3) / np.float32(255)

    def weights(self):
        """Return the present kernels, float32 [3, 3, 3, 4]: rows, columns, channels, maps."""
        return np.float32(self.view.kernels).transpose(2, 3, 1, 0)

    def biases(self):
        """Return one bias for each map, float32 [4]; only the chosen map has one."""
        found = np.zeros(len(MAPS), "float32")
        found[self.view.map] = self.view.bias
        return found

    def compute(self):
        """Compute all maps with TensorFlow.

        Returns:
            Float32 array [height, width, 4].
        """
        import tensorflow as tf

        s = self.settings()
        maps = tf.nn.conv2d(
            self.image()[np.newaxis], self.weights(), s["stride"], s["padding"].upper()
        )
        maps = maps + self.biases()
        return (tf.nn.relu(maps) if s["relu"] else maps)[0].numpy()

    def figure(self):
        """Draw the picture's channels and the maps.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from cnnlib import plots

        image, maps = self.image(), self.compute()
        panels = [(name, image[:, :, c]) for c, name in enumerate(CHANNELS)]
        panels.append((f"map: {self.settings()['map']}", maps[:, :, self.view.map]))
        return plots.show(
            plots.pictures(panels, signed=True),
            f"The red, green and blue channel of {self.settings()['picture']} and the map "
            f"{self.settings()['map']!r} that one kernel makes of all three",
        )
