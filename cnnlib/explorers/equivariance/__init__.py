"""`EquivarianceExplorer`: shift and filter, filter and shift: the same?"""

import ipywidgets as widgets
import numpy as np
import traitlets

from cnnlib.explorers._base import Choice, Explorer, Slider, View, styles
from cnnlib.explorers._modules import front_end
from cnnlib.explorers._pictures import shared

PICTURES = ("camera", "temple", "chelsea", "coins")
SIDE = 32
"""The dense layer and the convolution see the picture at 32x32 pixels."""
LAYERS = {
    "sobel": "convolution: edges",
    "mean": "convolution: 5×5 mean",
    "random": "convolution: random 5×5",
    "position": "convolution plus its place",
    "dense": "dense, random weights",
}
BORDERS = {"circular": "circular", "zeros": "zeros"}


def kernels():
    """Return the three kernels, framed to 5x5, float32 [3, 5, 5]."""
    sobel = np.pad([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]], 1)
    random = np.random.default_rng(0).normal(size=(5, 5)) / 5
    return np.stack([sobel, np.full((5, 5), 1 / 25), random]).round(4).astype("float32")


class EquivarianceView(View):
    """Two ways from a picture to a shifted map, and their difference; see equivariance.js."""

    _esm = front_end("equivariance/view.js")
    _css = styles("equivariance/view.css")

    pictures = traitlets.List().tag(sync=True, **widgets.widget_serialization)
    kernels = traitlets.List(kernels().tolist()).tag(sync=True)
    picture = traitlets.Int(0).tag(sync=True)
    layer = traitlets.Int(0).tag(sync=True)
    border = traitlets.Int(0).tag(sync=True)
    down = traitlets.Int(0).tag(sync=True)
    right = traitlets.Int(6).tag(sync=True)


class EquivarianceExplorer(Explorer):
    """Shift a picture and filter it, or filter it and shift the map; compare the two.

    Chapter "Why convolution?".

    Args:
        picture: "camera", "temple", "chelsea" or "coins", at 32x32 pixels.
        layer: "sobel", "mean", "random", "position" (the mean, weighted with the place in the
            picture) or "dense" (fixed random weights from every pixel to every output).
        border: "circular", where what leaves the picture comes in on the other side, or "zeros".
        down: pixels of the shift, -12 to 12.
        right: pixels of the shift, -12 to 12.

    Raises:
        TypeError: an unknown setting or one of the wrong type.
        ValueError: a setting out of range or an unknown picture, layer or border.
    """

    View = EquivarianceView
    controls = (
        Choice("picture", "Picture", {name: name for name in PICTURES}),
        Choice("layer", "Layer", LAYERS),
        Choice("border", "Borders", BORDERS),
        Slider("down", "Shift down", -12, 12),
        Slider("right", "Shift right", -12, 12),
    )

    def _initial(self, settings):
        return super()._initial(settings) | {"pictures": [shared(name) for name in PICTURES]}

    def image(self):
        """Return the picture, float32 [32, 32] from 0 to 1: the means of 4x4 pixels."""
        widget = self.view.pictures[self.view.picture]
        pixels = np.frombuffer(widget.pixels, "uint8").reshape(SIDE, 4, SIDE, 4)
        return (pixels.mean(axis=(1, 3)) / 255).astype("float32")

    def _shift(self, picture):
        s = self.settings()
        if s["border"] == "circular":
            return np.roll(picture, (s["down"], s["right"]), axis=(0, 1))
        framed = np.pad(picture, 12)
        return framed[12 - s["down"] :, 12 - s["right"] :][:SIDE, :SIDE]

    def _apply(self, picture):
        import tensorflow as tf

        s = self.settings()
        if s["layer"] == "dense":
            return (dense_weights() @ picture.ravel()).reshape(SIDE, SIDE)
        kernel = np.float32(self.view.kernels[{"sobel": 0, "random": 2}.get(s["layer"], 1)])
        mode = "wrap" if s["border"] == "circular" else "constant"
        framed = np.pad(picture, 2, mode=mode)[np.newaxis, :, :, np.newaxis]
        found = tf.nn.conv2d(framed, kernel[:, :, np.newaxis, np.newaxis], 1, "VALID")
        found = found[0, :, :, 0].numpy()
        return (
            found * np.linspace(0, 2, SIDE, dtype="float32") if s["layer"] == "position" else found
        )

    def compute(self):
        """Go both ways with TensorFlow.

        Returns:
            A dict: "shift_then_layer" and "layer_then_shift", float32 [32, 32], and "difference",
            the largest difference divided by the map's standard deviation.
        """
        picture = self.image()
        one, other = self._apply(self._shift(picture)), self._shift(self._apply(picture))
        scale = float(self._apply(picture).std())
        return {
            "shift_then_layer": one,
            "layer_then_shift": other,
            "difference": float(abs(one - other).max()) / scale,
        }

    def figure(self):
        """Draw both maps and their difference.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from cnnlib import plots

        found = self.compute()
        one, other = found["shift_then_layer"], found["layer_then_shift"]
        panels = [
            ("shift, then layer", one),
            ("layer, then shift", other),
            ("difference", one - other),
        ]
        return plots.show(
            plots.pictures(panels, signed=True),
            "The map of the shifted picture, the shifted map of the picture, and their "
            f"difference, at most {found['difference']:.2f} standard deviations",
        )


def dense_weights():
    """Return the weights of the dense layer, float32 [1024, 1024], from whole-number arithmetic."""
    rows, columns = np.ogrid[: SIDE**2, : SIDE**2]
    return (((rows * 7919 + columns * 104_729 + rows * columns * 31) % 201) / 100 - 1).astype(
        "float32"
    )
