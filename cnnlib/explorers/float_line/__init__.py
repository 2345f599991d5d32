"""`FloatLineExplorer`: what a number becomes in 32 and in 16 bits, and which neighbours it has."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

FORMATS = {"float32": (23, -126, 127), "bfloat16": (7, -126, 127), "float16": (10, -14, 15)}
"""Name of a format -> bits behind the binary point, least and largest power of two."""


def nearest(value, name):
    """Return what a format makes of a number: the nearest number that it has.

    Args:
        value: a number.
        name: one of `FORMATS`.

    Returns:
        The number, infinite where `value` is too large, and the distance of its neighbours there.
    """
    bits, least, most = FORMATS[name]
    power = np.clip(np.floor(np.log2(abs(value))), least, most) if value else least
    gap = 2.0 ** (power - bits)
    rounded = float(np.rint(value / gap) * gap)
    largest = (2 - 2.0**-bits) * 2.0**most
    return (rounded if abs(rounded) <= largest else np.copysign(np.inf, value)), gap


class FloatLineExplorer(Explorer):
    """A number, and the numbers of three formats around it.

    Chapter "More than one device".
    """

    digits = Slider("Digits", 1.0, 9.999, 1.0, "the number's digits", step=0.001)
    power = Slider("Power of ten", -10, 6, -1, "by which power of ten they are multiplied")
    formats = Data(lambda: {name: list(format_) for name, format_ in FORMATS.items()})

    def compute(self):
        """Return what each format makes of the number, and the distance of its neighbours."""
        value = self.digits * 10.0**self.power
        return {name: nearest(value, name) for name in FORMATS}

    def figure(self):
        """Draw the range of each format."""
        from cnnlib import plots

        spans = [(least, most + 1) for _, least, most in FORMATS.values()]
        figure = plots.spans(spans, "power of two", list(FORMATS))
        return plots.show(figure, f"Ranges of {', '.join(FORMATS)}")
