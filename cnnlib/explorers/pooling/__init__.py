"""`PoolingExplorer`: how much of a small movement comes through pooling."""

import ipywidgets as widgets
import numpy as np
import traitlets

from cnnlib.explorers._base import Choice, Explorer, Slider, View, styles
from cnnlib.explorers._modules import front_end
from cnnlib.explorers._pictures import shared

PICTURES = ("camera", "temple", "chelsea", "astronaut", "coins")
SOURCES = {"pixels": "the picture itself", "edges": "its vertical edges"}
KINDS = {
    "max": "max pooling",
    "average": "average pooling",
    "strided": "stride alone (1×1 convolution)",
    "depthwise": "depthwise max over four edge maps",
    "global": "global average pooling",
}
_RIGHT = np.float32([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
_SLANTED = np.float32([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])
ORIENTED = np.stack([_RIGHT, _SLANTED, _RIGHT.T, _SLANTED[:, ::-1]], axis=-1)
"""Sobel's kernel in four orientations, 45 degrees apart, [3, 3, 4]."""


class PoolingView(View):
    """The picture, its pooled maps before and after a movement, their difference; pooling.js."""

    _esm = front_end("pooling/view.js")
    _css = styles("pooling/view.css")

    pictures = traitlets.List().tag(sync=True, **widgets.widget_serialization)
    oriented = traitlets.List(ORIENTED.ravel().tolist()).tag(sync=True)
    picture = traitlets.Int(0).tag(sync=True)
    source = traitlets.Int(1).tag(sync=True)
    kind = traitlets.Int(0).tag(sync=True)
    size = traitlets.Int(4).tag(sync=True)
    stride = traitlets.Int(4).tag(sync=True)
    padding = traitlets.Int(0).tag(sync=True)
    right = traitlets.Float(1.0).tag(sync=True)
    down = traitlets.Float(0.0).tag(sync=True)
    turn = traitlets.Float(0.0).tag(sync=True)
    zoom = traitlets.Float(1.0).tag(sync=True)
    neuron = traitlets.List([12, 14]).tag(sync=True)


class PoolingExplorer(Explorer):
    """Pool a picture before and after a small movement, and compare the two maps.

    Chapter "Pooling and invariance".

    Args:
        picture: "camera", "temple", "chelsea", "astronaut" or "coins".
        source: what is pooled: "pixels" or "edges" (Sobel's x kernel and a ReLU); depthwise
            pooling takes the edges in four orientations.
        kind: "max", "average", "strided", "depthwise" or "global".
        size: side of the pooling window, 1 to 8.
        stride: pixels from one window to the next, 1 to 8.
        padding: "valid" or "same".
        right: pixels by which the picture moves to the right, -8 to 8.
        down: pixels by which it moves down, -8 to 8.
        turn: degrees by which it turns clockwise, -20 to 20.
        zoom: factor by which it grows, 0.8 to 1.25.

    Raises:
        TypeError: an unknown setting or one of the wrong type.
        ValueError: a setting out of range or an unknown picture, source, kind or padding.
    """

    View = PoolingView
    controls = (
        Choice("picture", "Picture", {name: name for name in PICTURES}),
        Choice("source", "What is pooled", SOURCES),
        Choice("kind", "How", KINDS),
        Slider("size", "Size of the window", 1, 8),
        Slider("stride", "Stride", 1, 8),
        Choice("padding", "Padding", {"valid": "valid", "same": "same"}),
        Slider("right", "Move right, pixels", -8.0, 8.0, 0.5),
        Slider("down", "Move down, pixels", -8.0, 8.0, 0.5),
        Slider("turn", "Turn, degrees", -20.0, 20.0, 0.5),
        Slider("zoom", "Zoom", 0.8, 1.25, 0.01),
    )

    def _initial(self, settings):
        return super()._initial(settings) | {"pictures": [shared(name) for name in PICTURES]}

    def moved(self):
        """Return the picture before and after the movement, float32 [128, 128] from 0 to 1."""
        from scipy.ndimage import affine_transform

        s = self.settings()
        widget = self.view.pictures[self.view.picture]
        pixels = np.frombuffer(widget.pixels, "uint8").reshape(widget.height, widget.width)
        before = pixels.astype("float32") / 255
        angle = np.deg2rad(s["turn"])
        inverse = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        inverse /= s["zoom"]
        centre = (np.array(before.shape) - 1) / 2
        offset = centre - inverse @ np.add(centre, (s["down"], s["right"]))
        after = affine_transform(before, inverse, offset, order=1, mode="nearest")
        return before, after

    def compute(self):
        """Pool both pictures with TensorFlow, in every way that the bars show.

        Returns:
            A dict: "before" and "after", float32 maps of the chosen kind, and "change", a dict
            with the relative change of the input ("input") and of what "max", "average" and
            "strided" make of it.
        """
        import tensorflow as tf

        s = self.settings()
        pictures = np.stack(self.moved())[..., np.newaxis]
        turned = tf.nn.relu(tf.nn.conv2d(pictures, ORIENTED[:, :, np.newaxis], 1, "VALID"))
        inputs = pictures if s["source"] == "pixels" else turned[..., :1].numpy()
        window = {"ksize": s["size"], "strides": s["stride"], "padding": s["padding"].upper()}
        maps = {
            "max": tf.nn.max_pool2d(inputs, **window),
            "average": tf.nn.avg_pool2d(inputs, **window),
            "strided": tf.nn.conv2d(inputs, tf.ones([1, 1, 1, 1]), s["stride"], "VALID"),
            "depthwise": tf.reduce_max(turned, axis=3, keepdims=True),
            "global": tf.reduce_mean(inputs, axis=(1, 2), keepdims=True),
        }
        before, after = maps[s["kind"]].numpy()[..., 0]
        change = {name: _change(*maps[name].numpy()) for name in ("max", "average", "strided")}
        return {
            "before": before,
            "after": after,
            "change": {"input": _change(*inputs)} | change,
        }

    def figure(self):
        """Draw the pooled maps before and after the movement, and their difference.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from cnnlib import plots

        found = self.compute()
        before, after = found["before"], found["after"]
        panels = [
            ("pooled", before),
            ("pooled after the movement", after),
            ("difference", after - before),
        ]
        figure = plots.pictures(panels, signed=True)
        changes = ", ".join(f"{name} {value:.0%}" for name, value in found["change"].items())
        return plots.show(figure, f"Pooled maps and their difference; change: {changes}")


def _change(before, after):
    """Return the root mean square of the difference over the standard deviation before."""
    return float(np.sqrt(((after - before) ** 2).mean()) / (before.std() or 1))
