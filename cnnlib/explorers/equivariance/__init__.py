"""`EquivarianceExplorer`: shift and filter, filter and shift: the same?"""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._pictures import book_pictures
from cnnlib.explorers._settings import Choice, Data, Slider

PICTURES = ("camera", "temple", "chelsea", "coins")
SIDE = 32
"""The dense layer and the convolution see the picture at 32x32 pixels."""
FARTHEST = 12
"""Pixels of the largest shift."""
LAYERS = {
    "sobel": "convolution: edges",
    "mean": "convolution: 5×5 mean",
    "random": "convolution: random 5×5",
    "position": "convolution plus its place",
    "dense": "dense, random weights",
}
BORDERS = {"circular": "circular", "zeros": "zeros"}


def kernels():
    """Return the kernel of each layer that has one, framed to 5x5, lists of rows."""
    mean = np.full((5, 5), 1 / 25)
    found = {
        "sobel": np.pad([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]], 1),
        "mean": mean,
        "random": np.random.default_rng(0).normal(size=(5, 5)) / 5,
        "position": mean,
    }
    return {layer: kernel.round(4).astype("float32").tolist() for layer, kernel in found.items()}


class EquivarianceExplorer(Explorer):
    """Shift a picture and filter it, or filter it and shift the map; compare the two.

    Chapter "Why convolution?".
    """

    picture = Choice(
        "Picture", {name: name for name in PICTURES}, "camera", "what is shown, at 32x32 pixels"
    )
    layer = Choice(
        "Layer",
        LAYERS,
        "sobel",
        'what filters; "position" weights the mean with the place in the picture, "dense" has '
        "fixed random weights from every pixel to every output",
    )
    border = Choice(
        "Borders",
        BORDERS,
        "circular",
        'where it is "circular", what leaves the picture comes in on the other side',
    )
    down = Slider("Shift down", -FARTHEST, FARTHEST, 0, "pixels of the shift")
    right = Slider("Shift right", -FARTHEST, FARTHEST, 6, "pixels of the shift")
    pictures = book_pictures(PICTURES)
    kernels = Data(kernels)

    def image(self):
        """Return the picture, float32 [32, 32] from 0 to 1: the means of 4x4 pixels."""
        widget = self.pictures[self.picture]
        pixels = np.frombuffer(widget.pixels, "uint8").reshape(SIDE, 4, SIDE, 4)
        return (pixels.mean(axis=(1, 3)) / 255).astype("float32")

    def _shift(self, picture):
        if self.border == "circular":
            return np.roll(picture, (self.down, self.right), axis=(0, 1))
        framed = np.pad(picture, FARTHEST)
        return framed[FARTHEST - self.down :, FARTHEST - self.right :][:SIDE, :SIDE]

    def _apply(self, picture):
        import tensorflow as tf

        if self.layer == "dense":
            return (dense_weights() @ picture.ravel()).reshape(SIDE, SIDE)
        kernel = np.float32(self.kernels[self.layer])
        mode = "wrap" if self.border == "circular" else "constant"
        framed = np.pad(picture, 2, mode=mode)[np.newaxis, :, :, np.newaxis]
        found = tf.nn.conv2d(framed, kernel[:, :, np.newaxis, np.newaxis], 1, "VALID")
        found = found[0, :, :, 0].numpy()
        return (
            found * np.linspace(0, 2, SIDE, dtype="float32") if self.layer == "position" else found
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
