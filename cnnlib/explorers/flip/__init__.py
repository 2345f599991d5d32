"""`FlipExplorer`: which pixel each weight meets, without and with the minus sign."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

PIXELS = [3, 1, 4, 1, 5, 9, 2, 6]
WEIGHTS = [1, 2, 3]


class FlipExplorer(Explorer):
    """Three weights and the pixels of a row that they meet: straight wires or crossed ones.

    Chapter "Convolution is a matrix".
    """

    formula = Choice(
        "Formula",
        {
            "correlation": "cross-correlation: pixel i + u",
            "convolution": "convolution: pixel i − u",
        },
        "correlation",
        "which pixel weight u meets",
    )
    output = Slider("Output i", 2, 5, 3, "the output that is computed")
    pixels = Data(PIXELS.copy)
    weights = Data(WEIGHTS.copy)

    def compute(self):
        """Return the output as NumPy gives it."""
        if self.formula == "convolution":
            return int(np.convolve(PIXELS, WEIGHTS)[self.output])
        return int(np.correlate(PIXELS, WEIGHTS, "valid")[self.output])

    def figure(self):
        """Draw the wires."""
        from matplotlib.figure import Figure

        from cnnlib import plots

        sign = -1 if self.formula == "convolution" else 1
        with plots.style():
            figure = Figure(figsize=(6.5, 2))
            axis = figure.subplots()
            for u, weight in enumerate(WEIGHTS):
                top, bottom = self.output + sign + u - 1, self.output + sign * u
                axis.plot([top, bottom], [1, 0], color=plots.ACCENT)
                axis.text(top, 1.1, f"w{u} = {weight}", ha="center")
            for place, pixel in enumerate(PIXELS):
                axis.text(place, -0.25, f"x{place} = {pixel}", ha="center")
            axis.set(xlim=(-0.6, 7.6), ylim=(-0.4, 1.4))
            axis.axis("off")
        return plots.show(figure, f"Three weights and what they meet; the sum is {self.compute()}")
