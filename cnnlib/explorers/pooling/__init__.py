"""`PoolingExplorer`: how much of a small movement comes through pooling."""

import numpy as np
import traitlets

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._pictures import book_pictures
from cnnlib.explorers._settings import Choice, Data, Slider, State

PICTURES = ("camera", "temple", "chelsea", "astronaut", "coins")
KINDS = {
    "max": "max pooling",
    "average": "average pooling",
    "strided": "stride alone",
    "depthwise": "depthwise max",
    "global": "global average",
}
_RIGHT = np.float32([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
_SLANTED = np.float32([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])
_HALF = [_RIGHT, _SLANTED, _RIGHT.T, _SLANTED[:, ::-1]]
ORIENTED = np.stack([*_HALF, *np.negative(_HALF)], axis=-1)
"""Sobel's kernel in eight directions, 45 degrees apart, [3, 3, 8]."""


class PoolingExplorer(Explorer):
    """Pool a picture before and after a small movement, and compare the two maps.

    Chapter "Pooling and invariance".
    """

    picture = Choice("Picture", {name: name for name in PICTURES}, "camera", "what is shown")
    source = Choice(
        "What is pooled",
        {"pixels": "the picture itself", "edges": "vertical edges"},
        "edges",
        "what is pooled: the pixels, or what Sobel's x kernel and a ReLU make of them; depthwise "
        "pooling takes the edges in eight directions",
    )
    kind = Choice("How", KINDS, "max", "the kind of pooling")
    size = Slider("Size of the window", 1, 8, 4, "side of the pooling window")
    stride = Slider("Stride", 1, 8, 4, "pixels from one window to the next")
    right = Slider("Move right, pixels", -8.0, 8.0, 1.0, "how far the picture moves", 0.5)
    turn = Slider("Turn, degrees", -45.0, 45.0, 0.0, "how far it turns clockwise", 0.5)
    zoom = Slider("Zoom", 0.8, 1.25, 1.0, "the factor by which it grows", 0.01)
    neuron = State(traitlets.List([12, 14]))
    pictures = book_pictures(PICTURES)
    oriented = Data(ORIENTED.ravel().tolist)

    def moved(self):
        """Return the picture before and after the movement, float32 [128, 128] from 0 to 1."""
        from scipy.ndimage import affine_transform

        widget = self.pictures[self.picture]
        pixels = np.frombuffer(widget.pixels, "uint8").reshape(widget.height, widget.width)
        before = pixels.astype("float32") / 255
        angle = np.deg2rad(self.turn)
        inverse = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        inverse /= self.zoom
        centre = (np.array(before.shape) - 1) / 2
        offset = centre - inverse @ np.add(centre, (0, self.right))
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

        pictures = np.stack(self.moved())[..., np.newaxis]
        turned = tf.nn.relu(tf.nn.conv2d(pictures, ORIENTED[:, :, np.newaxis], 1, "VALID"))
        inputs = pictures if self.source == "pixels" else turned[..., :1].numpy()
        window = {"ksize": self.size, "strides": self.stride, "padding": "VALID"}
        maps = {
            "max": tf.nn.max_pool2d(inputs, **window),
            "average": tf.nn.avg_pool2d(inputs, **window),
            "strided": tf.nn.conv2d(inputs, tf.ones([1, 1, 1, 1]), self.stride, "VALID"),
            "depthwise": tf.reduce_max(turned, axis=3, keepdims=True),
            "global": tf.reduce_mean(inputs, axis=(1, 2), keepdims=True),
        }
        before, after = maps[self.kind].numpy()[..., 0]
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
