"""`PaddingExplorer`: which inputs a neuron reads, along one row and on a grid."""

import numpy as np
import traitlets

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Player, Slider, State

PADDINGS = {
    "valid": "valid: no zeros",
    "same": "same (TensorFlow)",
    "explicit": "p zeros (PyTorch)",
}
PIXELS = np.random.default_rng(5).integers(1, 10, (12, 20))
"""The largest input; 0 is left to the padding."""


class PaddingExplorer(Explorer):
    """A kernel's windows on a small input: zeros, strides, and cells that nobody reads.

    Chapter "Padding and strides". The upper drawing follows row 0 of the input, the lower one the
    whole grid; kernel, stride and dilation are the same along both axes. All weights are 1, so that
    a neuron is the sum of what it reads.
    """

    width = Slider("Input width", 1, 20, 13, "input columns")
    height = Slider("Input height", 1, 12, 7, "input rows")
    kernel = Slider("Kernel size", 1, 11, 6, "side of the kernel")
    stride = Slider("Stride", 1, 5, 5, "cells from one neuron's window to the next")
    dilation = Slider(
        "Dilation",
        1,
        3,
        1,
        "cells from one weight to the next",
        when={"kernel": list(range(2, 12))},
    )
    padding = Choice(
        "Padding", PADDINGS, "valid", "the rule: none, TensorFlow's, or as PyTorch is told"
    )
    zeros = Slider(
        "Zeros per side p", 0, 5, 1, "explicit zeros on every side", when={"padding": "explicit"}
    )
    neuron = Player("Visit every neuron", "last_neuron", "the output shown, row by row")
    last_neuron = State(traitlets.Int(1))
    pixels = Data(PIXELS.tolist)

    def image(self):
        """Return the input, as float32 [height, width] of whole numbers from 1 to 9."""
        return PIXELS[: self.height, : self.width].astype("float32")

    def compute(self):
        """Add up with TensorFlow what each neuron reads.

        Returns:
            Float32 array [output height, output width].

        Raises:
            ValueError: the kernel spans more cells than the padded input has.
        """
        import tensorflow as tf

        sides = [[self.zeros, self.zeros]] * 2
        explicit = self.padding == "explicit"
        sums = tf.nn.conv2d(
            self.image()[np.newaxis, :, :, np.newaxis],
            tf.ones([self.kernel, self.kernel, 1, 1]),
            strides=self.stride,
            padding=[[0, 0], *sides, [0, 0]] if explicit else self.padding.upper(),
            dilations=self.dilation,
        )
        return sums[0, :, :, 0].numpy()

    def figure(self):
        """Draw row 0 of the input, its zeros, the neurons and what the first of them reads.

        Returns:
            A `cnnlib.plots.Shown`.

        Raises:
            ValueError: the kernel spans more cells than the padded input has.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots
        from cnnlib.geometry import output_size, pad_amounts

        padding = self.zeros if self.padding == "explicit" else self.padding
        layer = (self.width, self.kernel, self.stride, padding, self.dilation)
        outputs, (before, after) = output_size(*layer), pad_amounts(*layer)
        cells = range(-before, self.width + after)
        taps = [
            [i * self.stride - before + u * self.dilation for u in range(self.kernel)]
            for i in range(outputs)
        ]
        chosen = self.neuron % outputs
        with plots.style():
            figure = Figure(figsize=(min(8, 0.42 * len(cells)), 1.8))
            axis = figure.subplots()
            for output, reads in enumerate(taps):
                lit = output == chosen
                middle = (reads[0] + reads[-1]) / 2
                for tap in reads:
                    colour = plots.ACCENT if lit else plots.LINE
                    axis.plot((middle, tap), (1.9, 0.5), "-", color=colour, zorder=lit)
                total = sum(PIXELS[0, tap] for tap in reads if 0 <= tap < self.width)
                _cell(axis, middle, 2.4, total, edgecolor=plots.ACCENT, linewidth=1 + lit)
            for cell in cells:
                inside = 0 <= cell < self.width
                line, value = ("-", PIXELS[0, cell]) if inside else (":", 0)
                _cell(axis, cell, 0, value, edgecolor=plots.MUTED, linestyle=line)
                axis.text(cell, -0.8, cell, ha="center", va="center", size="x-small")
                if not any(cell in reads for reads in taps):
                    axis.plot((cell - 0.3, cell + 0.3), (-0.3, 0.3), "-", color=plots.MUTED)
            axis.set(xlim=(cells[0] - 0.6, cells[-1] + 0.6), ylim=(-1.1, 3), aspect="equal")
            axis.axis("off")
        return plots.show(
            figure,
            f"{outputs} neurons above a row of {self.width} inputs with {before} zeros before it "
            f"and {after} after it; cells that no neuron reads are struck out",
        )


def _cell(axis, x, y, text, **how):
    from matplotlib.patches import Rectangle

    axis.add_patch(Rectangle((x - 0.42, y - 0.42), 0.84, 0.84, facecolor="none", **how))
    axis.text(x, y, str(text), ha="center", va="center_baseline", size="small")
