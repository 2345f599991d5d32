"""`LightingExplorer`: other light on a picture, along the principal colours of its pixels."""

import numpy as np

from cnnlib import data
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

NAME, SIDE = "coffee", 128


def principal():
    """Return the principal colours of the picture's pixels, from 0 to 255, and their variances.

    Returns:
        A tuple: the eigenvalues of the covariance of red, green and blue, the largest first, and
        the eigenvectors, one a row, red not negative.
    """
    pixels = data.picture(NAME, SIDE).reshape(-1, 3)
    values, vectors = np.linalg.eigh(np.cov(pixels, rowvar=False))
    rows = vectors.T[::-1]
    return values[::-1], rows * np.sign(rows[:, :1])


FACTORS = {
    "deviation": np.sqrt,
    "unit": lambda values: values / 255,
    "bytes": lambda values: values,
}
"""What alpha is multiplied by, in grey levels, of the variances of pixels from 0 to 255."""


def _directions():
    values, colours = principal()
    factors = {name: factor(values).round(4).tolist() for name, factor in FACTORS.items()}
    return {"factors": factors, "colours": colours.round(6).tolist()}


class LightingExplorer(Explorer):
    """A picture with multiples of its pixels' principal colours added to every pixel.

    Chapter "AlexNet".
    """

    first = Slider("First colour, alpha", -0.3, 0.3, 0.1, "factor of the first colour", 0.05)
    second = Slider("Second colour, alpha", -0.3, 0.3, 0.0, "factor of the second", 0.05)
    third = Slider("Third colour, alpha", -0.3, 0.3, 0.0, "factor of the third", 0.05)
    times = Choice(
        "Alpha times",
        {
            "deviation": "the standard deviation",
            "unit": "the eigenvalue, pixels 0 to 1",
            "bytes": "the eigenvalue, pixels 0 to 255",
        },
        "deviation",
        "what alpha is multiplied by",
    )
    side = Data(lambda: SIDE)
    pixels = Data(lambda: data.picture(NAME, SIDE).tobytes())
    directions = Data(_directions)

    def compute(self):
        """Return what is added to red, green and blue, in levels of 0 to 255, float64 [3]."""
        values, colours = principal()
        alphas = np.array([self.first, self.second, self.third])
        return alphas * FACTORS[self.times](values) @ colours

    def figure(self):
        """Draw the picture in its own and in the other light."""
        from cnnlib import plots

        picture = data.picture(NAME, SIDE)
        other = np.clip(picture + self.compute(), 0, 255).round().astype("uint8")
        return plots.show(
            plots.pictures([("as it is", picture), ("in other light", other)]), "Other light"
        )
