"""`EquivarianceExplorer`: shift and filter, filter and shift: the same?"""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._pictures import SIDE, book_pictures
from cnnlib.explorers._settings import Choice, Data, Slider

PICTURES = ("camera", "temple", "chelsea", "coins")
SHRINK = 4
"""The dense layer sees means of 4x4 pixels: on 128x128 pixels it would have 268 million weights."""
FARTHEST = 48
"""Pixels of the largest shift."""
VISIBLE = 0.01
"""Share of the largest answer by which two maps differ at a pixel, if they are said to."""
LAYERS = {
    "sobel": "convolution: edges",
    "mean": "convolution: 5×5 mean",
    "random": "convolution: random 5×5",
    "position": "convolution times its place",
    "dense": "dense, random weights",
}
BORDERS = {"circular": "circular", "zeros": "zeros"}
COMPARISONS = {"difference": "difference", "flicker": "one after the other"}


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
        "Picture", {name: name for name in PICTURES}, "camera", "what is shown, at 128x128 pixels"
    )
    layer = Choice(
        "Layer",
        LAYERS,
        "sobel",
        'what filters; "position" weights the mean with the place in the picture, "dense" has '
        "fixed random weights from every pixel to every output, and sees means of 4x4 pixels",
    )
    border = Choice(
        "Borders",
        BORDERS,
        "circular",
        'where it is "circular", what leaves the picture comes in on the other side',
    )
    compare = Choice(
        "Compare A and B by",
        COMPARISONS,
        "difference",
        'whether the last picture is A less B, or ("flicker") A and B in turn',
    )
    down = Slider("Shift down", -FARTHEST, FARTHEST, 0, "pixels of the shift")
    right = Slider("Shift right", -FARTHEST, FARTHEST, 24, "pixels of the shift")
    pictures = book_pictures(PICTURES)
    kernels = Data(kernels)
    shrink = Data(lambda: SHRINK)
    visible = Data(lambda: VISIBLE)

    def image(self):
        """Return what the layer sees, float32 from 0 to 1: [128, 128], the dense one [32, 32]."""
        pixels = np.frombuffer(self.pictures[self.picture].pixels, "uint8").reshape(SIDE, SIDE)
        if self.layer == "dense":
            pixels = pixels.reshape(SIDE // SHRINK, SHRINK, -1, SHRINK).mean(axis=(1, 3))
        return (pixels / 255).astype("float32")

    def _shift(self, picture):
        coarse = SHRINK if self.layer == "dense" else 1
        down, right = int(self.down / coarse), int(self.right / coarse)
        if self.border == "circular":
            return np.roll(picture, (down, right), axis=(0, 1))
        framed = np.pad(picture, FARTHEST)
        return framed[FARTHEST - down :, FARTHEST - right :][: len(picture), : len(picture)]

    def _apply(self, picture):
        import tensorflow as tf

        if self.layer == "dense":
            return (dense_weights(picture.size) @ picture.ravel()).reshape(picture.shape)
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
            A dict: "shift_then_layer" and "layer_then_shift", float32 [128, 128] (the dense layer's
            [32, 32]), and "differing", the share of the pixels at which they differ by more than
            a hundredth of the largest answer.
        """
        picture = self.image()
        answers = self._apply(picture)
        one, other = self._apply(self._shift(picture)), self._shift(answers)
        return {
            "shift_then_layer": one,
            "layer_then_shift": other,
            "differing": float((abs(one - other) > VISIBLE * abs(answers).max()).mean()),
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
            ("A: shift, then layer", one),
            ("B: layer, then shift", other),
            ("A less B", one - other),
        ]
        return plots.show(
            plots.pictures(panels, signed=True),
            "The map of the shifted picture, the shifted map of the picture, and their "
            f"difference; they differ at {found['differing']:.1%} of the pixels",
        )


def dense_weights(size):
    """Return a dense layer's weights, the same in JavaScript.

    Args:
        size: of its inputs, and of its outputs.

    Returns:
        float32 [size, size], from -1 to 1: a hash of each weight's number (Wellons' "lowbias32").
    """
    x = np.arange(size * size, dtype="uint32")
    x = (x ^ (x >> 16)) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> 15)) * np.uint32(0x846CA68B)
    x ^= x >> 16
    return (x / 2**31 - 1).astype("float32").reshape(size, size)
