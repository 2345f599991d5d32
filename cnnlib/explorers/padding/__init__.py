"""`PaddingExplorer`: which inputs a neuron reads, along one row and on a grid."""

import traitlets

from cnnlib.explorers._base import Choice, Explorer, Player, Slider, View
from cnnlib.explorers._modules import front_end


class PaddingView(View):
    """Input cells, zeros, windows and outputs; see padding.js."""

    _esm = front_end("padding/view.js")

    width = traitlets.Int(13).tag(sync=True)
    height = traitlets.Int(7).tag(sync=True)
    kernel = traitlets.Int(6).tag(sync=True)
    stride = traitlets.Int(5).tag(sync=True)
    dilation = traitlets.Int(1).tag(sync=True)
    padding = traitlets.Int(0).tag(sync=True)
    zeros = traitlets.Int(1).tag(sync=True)
    neuron = traitlets.Int(0).tag(sync=True)
    last_neuron = traitlets.Int(1).tag(sync=True)


class PaddingExplorer(Explorer):
    """A kernel's windows on a small input: zeros, strides, and cells that nobody reads.

    Chapter "Padding and strides". The upper drawing follows one row of the input, the lower one
    the whole grid; kernel, stride and dilation are the same along both axes.

    Args:
        width: input columns, 1 to 20.
        height: input rows, 1 to 12.
        kernel: side of the kernel, 1 to 11.
        stride: cells from one neuron's window to the next, 1 to 5.
        dilation: cells from one weight to the next, 1 to 3.
        padding: "valid", "same" (TensorFlow's rule) or "explicit" (PyTorch's way).
        zeros: zeros on every side where `padding` is "explicit", 0 to 5.
        neuron: the output shown, counted row by row from 0.

    Raises:
        TypeError: an unknown setting or one of the wrong type.
        ValueError: a setting out of range or an unknown padding.
    """

    View = PaddingView
    controls = (
        Slider("width", "Input width", 1, 20),
        Slider("height", "Input height", 1, 12),
        Slider("kernel", "Kernel size", 1, 11),
        Slider("stride", "Stride", 1, 5),
        Slider("dilation", "Dilation", 1, 3),
        Choice(
            "padding",
            "Padding",
            {
                "valid": "valid: no zeros",
                "same": "same: as TensorFlow pads",
                "explicit": "p zeros on every side (PyTorch)",
            },
        ),
        Slider("zeros", "Zeros per side p", 0, 5),
        Player("neuron", "Visit every neuron", last="last_neuron"),
    )

    def compute(self):
        """Count with TensorFlow how many real input cells each neuron reads.

        A convolution of ones with ones adds 1 for every cell and 0 for every padding zero.

        Returns:
            Float32 array [output height, output width].

        Raises:
            ValueError: the kernel spans more cells than the padded input has.
        """
        import tensorflow as tf

        s = self.settings()
        sides = [[s["zeros"], s["zeros"]]] * 2
        counts = tf.nn.conv2d(
            tf.ones([1, s["height"], s["width"], 1]),
            tf.ones([s["kernel"], s["kernel"], 1, 1]),
            strides=s["stride"],
            padding=[[0, 0], *sides, [0, 0]]
            if s["padding"] == "explicit"
            else s["padding"].upper(),
            dilations=s["dilation"],
        )
        return counts[0, :, :, 0].numpy()

    def figure(self):
        """Draw one row of the input, its zeros, the neurons and what the first of them reads.

        Returns:
            A `cnnlib.plots.Shown`.

        Raises:
            ValueError: the kernel spans more cells than the padded input has.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots
        from cnnlib.geometry import output_size, pad_amounts

        s = self.settings()
        padding = s["zeros"] if s["padding"] == "explicit" else s["padding"]
        layer = (s["width"], s["kernel"], s["stride"], padding, s["dilation"])
        outputs, (before, after) = output_size(*layer), pad_amounts(*layer)
        cells = range(-before, s["width"] + after)
        taps = [
            [i * s["stride"] - before + u * s["dilation"] for u in range(s["kernel"])]
            for i in range(outputs)
        ]
        chosen = s["neuron"] % outputs
        with plots.style():
            figure = Figure(figsize=(min(8, 0.42 * len(cells)), 1.8))
            axis = figure.subplots()
            for output, reads in enumerate(taps):
                lit = output == chosen
                middle = (reads[0] + reads[-1]) / 2
                for tap in reads:
                    colour = plots.ACCENT if lit else plots.LINE
                    axis.plot((middle, tap), (1.9, 0.5), "-", color=colour, zorder=lit)
                _cell(axis, middle, 2.4, output, edgecolor=plots.ACCENT, linewidth=1 + lit)
            for cell in cells:
                inside = 0 <= cell < s["width"]
                _cell(axis, cell, 0, cell, edgecolor=plots.MUTED, linestyle="-" if inside else ":")
                if not any(cell in reads for reads in taps):
                    axis.plot((cell - 0.3, cell + 0.3), (-0.3, 0.3), "-", color=plots.MUTED)
            axis.set(xlim=(cells[0] - 0.6, cells[-1] + 0.6), ylim=(-0.6, 3), aspect="equal")
            axis.axis("off")
        return plots.show(
            figure,
            f"{outputs} neurons above a row of {s['width']} inputs with {before} zeros before it "
            f"and {after} after it; cells that no neuron reads are struck out",
        )


def _cell(axis, x, y, text, **how):
    from matplotlib.patches import Rectangle

    axis.add_patch(Rectangle((x - 0.42, y - 0.42), 0.84, 0.84, facecolor="none", **how))
    axis.text(x, y, str(text), ha="center", va="center_baseline", size="small")
