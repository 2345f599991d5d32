"""`RooflineExplorer`: whether arithmetic or memory limits the speed of a layer."""

import traitlets

from cnnlib.explorers._base import Choice, Explorer, Slider, View, styles
from cnnlib.explorers._modules import front_end

MACHINES = {
    "two cores": ("two CPU cores", 150e9, 30e9),
    "GTX 580": ("GTX 580 (AlexNet's, 2012)", 1.581e12, 192.4e9),
    "T4": ("NVIDIA T4 (Colab)", 8.1e12, 320e9),
    "A100": ("NVIDIA A100 (40 GB)", 19.5e12, 1.555e12),
    "H100": ("NVIDIA H100 (SXM)", 67e12, 3.35e12),
}
"""Label, float32 operations per second (no tensor cores) and bytes per second from memory.

The graphics cards' figures are those of their data sheets. The CPU's are rounded from what the
chapter measures on the cores that this book was made with.
"""
KINDS = {"convolution": "convolution", "depthwise": "depthwise convolution", "relu": "ReLU alone"}


class RooflineView(View):
    """The machine's roof with the layer's point under it; see roofline.js."""

    _esm = front_end("roofline/view.js")
    _css = styles("roofline/view.css")

    machines = traitlets.List([list(machine) for machine in MACHINES.values()]).tag(sync=True)
    machine = traitlets.Int(0).tag(sync=True)
    kind = traitlets.Int(0).tag(sync=True)
    side = traitlets.Int(56).tag(sync=True)
    kernel = traitlets.Int(3).tag(sync=True)
    channels = traitlets.Int(64).tag(sync=True)
    maps = traitlets.Int(64).tag(sync=True)
    batch = traitlets.Int(1).tag(sync=True)


class RooflineExplorer(Explorer):
    """One layer under the roof of one machine: floating-point operations against bytes moved.

    Chapter "TensorFlow in one sitting". The model is that of Williams, Waterman & Patterson,
    "Roofline", Communications of the ACM 52(4), 2009: every input, weight and output travels
    once between memory and processor, as float32. Stride 1, same padding, no bias.

    Args:
        machine: "two cores", "GTX 580", "T4", "A100" or "H100".
        kind: "convolution", "depthwise" (one map from each channel) or "relu".
        side: height and width of the maps, 4 to 224.
        kernel: side of the kernel, 1 to 11.
        channels: channels in, 1 to 512.
        maps: maps out of a convolution, 1 to 512.
        batch: pictures at once, 1 to 64.

    Raises:
        TypeError: an unknown setting or one of the wrong type.
        ValueError: a setting out of range or an unknown machine or kind.
    """

    View = RooflineView
    controls = (
        Choice("machine", "Machine", {name: machine[0] for name, machine in MACHINES.items()}),
        Choice("kind", "Layer", KINDS),
        Slider("side", "Side of the maps", 4, 224),
        Slider("kernel", "Kernel size", 1, 11),
        Slider("channels", "Channels in", 1, 512),
        Slider("maps", "Maps out", 1, 512),
        Slider("batch", "Batch", 1, 64),
    )

    def layer(self):
        """Return the layer of the present settings, applied to an input of their shape.

        Returns:
            A Keras model of one layer.
        """
        import keras

        s = self.settings()
        pictures = keras.Input((s["side"], s["side"], s["channels"]))
        same = {"padding": "same", "use_bias": False}
        if s["kind"] == "convolution":
            layer = keras.layers.Conv2D(s["maps"], s["kernel"], **same)
        elif s["kind"] == "depthwise":
            layer = keras.layers.DepthwiseConv2D(s["kernel"], **same)
        else:
            layer = keras.layers.ReLU()
        return keras.Model(pictures, layer(pictures))

    def compute(self):
        """Count operations and bytes with `cnnlib.analyze`, and bound the time from below.

        Returns:
            A dict: flops, bytes, intensity (their ratio) and seconds (the least possible).
        """
        from cnnlib import analyze

        s, model = self.settings(), self.layer()
        _, peak, bandwidth = MACHINES[s["machine"]]
        numbers = s["batch"] * s["side"] ** 2 * s["channels"]
        layer = model.layers[-1]
        outputs = s["batch"] * s["side"] ** 2 * layer.output.shape[-1]
        flops = s["batch"] * analyze(model).flops if s["kind"] != "relu" else outputs
        moved = 4 * (numbers + model.count_params() + outputs)
        return {
            "flops": flops,
            "bytes": moved,
            "intensity": flops / moved,
            "seconds": max(flops / peak, moved / bandwidth),
        }

    def figure(self):
        """Draw the machine's roof and the layer's point.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        import numpy as np
        from matplotlib.figure import Figure

        from cnnlib import plots

        s, found = self.settings(), self.compute()
        label, peak, bandwidth = MACHINES[s["machine"]]
        intensity = np.logspace(-1, 4, 200)
        speed = min(peak, bandwidth * found["intensity"])
        with plots.style():
            figure = Figure(figsize=(7, 3.6))
            axis = figure.subplots()
            axis.loglog(intensity, np.minimum(peak, bandwidth * intensity), color=plots.INK)
            axis.plot(found["intensity"], speed, "o", color=plots.POSITIVE)
            axis.set(xlabel="operations per byte", ylabel="operations per second", title=label)
        limit = "arithmetic" if found["seconds"] == found["flops"] / peak else "memory"
        return plots.show(
            figure,
            f"The roof of {label}: a slope, then level at {peak / 1e9:,.0f} billion operations per "
            f"second; the layer makes {found['intensity']:.3g} operations per byte, so {limit} "
            "limits it",
        )
