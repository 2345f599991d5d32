"""`RooflineExplorer`: whether arithmetic or memory limits the speed of a layer."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

MACHINES = {
    "two cores": ("two CPU cores", 150e9, 30e9),
    "GTX 580": ("GTX 580 (AlexNet)", 1.581e12, 192.4e9),
    "T4": ("T4 (Colab)", 8.1e12, 320e9),
    "A100": ("A100 (40 GB)", 19.5e12, 1.555e12),
    "H100": ("H100 (SXM)", 67e12, 3.35e12),
}
"""Label, float32 operations per second (no tensor cores) and bytes per second from memory.

The graphics cards' figures are those of their data sheets. The CPU's are rounded from what the
chapter measures on the cores that this book was made with.
"""
KINDS = {"convolution": "convolution", "depthwise": "depthwise", "relu": "ReLU alone"}
WEIGHTED = {"kind": ["convolution", "depthwise"]}


class RooflineExplorer(Explorer):
    """One layer under the roof of one machine: floating-point operations against bytes moved.

    Chapter "TensorFlow in one sitting". The model is that of Williams, Waterman & Patterson,
    "Roofline", Communications of the ACM 52(4), 2009: every input, weight and output travels
    once between memory and processor, as float32. Stride 1, same padding, no bias.
    """

    machine = Choice(
        "Machine",
        {name: machine[0] for name, machine in MACHINES.items()},
        "two cores",
        "what computes",
    )
    kind = Choice("Layer", KINDS, "convolution", "the layer; a depthwise one makes a map of each")
    side = Slider("Side of the maps", 4, 224, 56, "height and width of the maps")
    kernel = Slider("Kernel size", 1, 11, 3, "side of the kernel", when=WEIGHTED)
    channels = Slider("Channels in", 1, 512, 64, "channels in")
    maps = Slider("Maps out", 1, 512, 64, "maps out of a convolution", when={"kind": "convolution"})
    batch = Slider("Batch", 1, 64, 1, "pictures at once")
    machines = Data(lambda: {name: list(machine) for name, machine in MACHINES.items()})

    def layer(self):
        """Return the layer of the present settings, applied to an input of their shape.

        Returns:
            A Keras model of one layer.
        """
        import keras

        pictures = keras.Input((self.side, self.side, self.channels))
        same = {"padding": "same", "use_bias": False}
        if self.kind == "convolution":
            layer = keras.layers.Conv2D(self.maps, self.kernel, **same)
        elif self.kind == "depthwise":
            layer = keras.layers.DepthwiseConv2D(self.kernel, **same)
        else:
            layer = keras.layers.ReLU()
        return keras.Model(pictures, layer(pictures))

    def compute(self):
        """Count operations and bytes with `cnnlib.analyze`, and bound the time from below.

        Returns:
            A dict: flops, bytes, intensity (their ratio) and seconds (the least possible).
        """
        from cnnlib import analyze

        model = self.layer()
        _, peak, bandwidth = MACHINES[self.machine]
        numbers = self.batch * self.side**2 * self.channels
        layer = model.layers[-1]
        outputs = self.batch * self.side**2 * layer.output.shape[-1]
        flops = self.batch * analyze(model).flops if self.kind != "relu" else outputs
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

        found = self.compute()
        label, peak, bandwidth = MACHINES[self.machine]
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
