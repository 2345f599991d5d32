"""`DesignedFeaturesExplorer`: what designed features keep of a symbol that moves."""

import numpy as np

from cnnlib import filters, ops
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

SIDE = 24
SLANTED = np.float32([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])
KERNELS = np.stack([filters.sobel_x(), SLANTED, filters.sobel_y(), SLANTED[:, ::-1]])
"""Edges in four directions, [4, 3, 3]; their opposites are the negative answers."""


def symbols():
    """Return one generated symbol of each of ten kinds, lists of 576 values from 0 to 255."""
    from cnnlib import data

    drawn = data.load("symbols", classes=10, size=SIDE, count=200, seed=0)
    return [
        drawn.x_train[drawn.y_train == kind][0].ravel().astype(int).tolist() for kind in range(10)
    ]


def features(picture):
    """Return the strength of edges in eight directions, [8, 5, 5], of a picture [24, 24]."""
    kernels = np.moveaxis(KERNELS, 0, -1)[:, :, np.newaxis]
    answers = ops.conv2d(picture[np.newaxis, :, :, np.newaxis], kernels)
    both = np.concatenate([np.maximum(answers, 0), np.maximum(-answers, 0)], axis=-1)
    return np.moveaxis(ops.average_pool2d(both, 4)[0], -1, 0)


def usual():
    """Return the means of the ten symbols' pixels (576) and of their features (200)."""
    pictures = np.float32(symbols()).reshape(-1, SIDE, SIDE) / 255
    means = pictures.mean(axis=0), np.mean([features(one) for one in pictures], axis=0)
    return [mean.ravel().round(4).tolist() for mean in means]


class DesignedFeaturesExplorer(Explorer):
    """A symbol, and how strong its edges are in eight directions, averaged over windows of 4x4.

    Chapter "From the visual cortex to CNNs".
    """

    symbol = Slider("Symbol", 0, 9, 0, "which of ten kinds")
    right = Slider("Moved right", 0, 4, 0, "pixels, round the border")
    symbols = Data(symbols)
    kernels = Data(KERNELS.tolist)
    usual = Data(usual)

    def compute(self):
        """Return how much pixels and features change by the movement.

        Returns:
            Both as shares of what distinguishes the symbol from the mean of all ten.
        """
        picture = np.float32(self.symbols[self.symbol]).reshape(SIDE, SIDE) / 255
        moved = np.roll(picture, self.right, axis=1)
        pairs = ((picture, moved), (features(picture), features(moved)))
        return tuple(
            float(np.linalg.norm(after - before) / np.linalg.norm(before.ravel() - mean))
            for (before, after), mean in zip(pairs, self.usual, strict=True)
        )

    def figure(self):
        """Draw the symbol and its features."""
        from cnnlib import plots

        picture = np.float32(self.symbols[self.symbol]).reshape(SIDE, SIDE) / 255
        moved = np.roll(picture, self.right, axis=1)
        panels = [
            ("symbol", moved),
            *((f"edges {i + 1}", f) for i, f in enumerate(features(moved))),
        ]
        return plots.show(plots.pictures(panels[:8]), "A symbol, and its edges by direction")
