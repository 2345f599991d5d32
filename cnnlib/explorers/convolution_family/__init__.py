"""`ConvolutionFamilyExplorer`: which inputs feed which outputs, for every kind of convolution."""

import traitlets

from cnnlib.explorers._base import Choice, Explorer, Slider, View, styles
from cnnlib.explorers._modules import front_end

KINDS = {
    "plain": "plain (dilated if you raise the dilation)",
    "grouped": "grouped",
    "depthwise": "depthwise",
    "separable": "depthwise separable",
    "pointwise": "1×1",
    "transposed": "transposed",
}
DIMENSIONS = {"1": "1: text, audio", "2": "2: pictures", "3": "3: scans, video"}


class ConvolutionFamilyView(View):
    """Channels below, maps above, the wires between them, and what they cost; see family.js."""

    _esm = front_end("convolution_family/view.js")
    _css = styles("convolution_family/view.css")

    kind = traitlets.Int(1).tag(sync=True)
    dimensions = traitlets.Int(1).tag(sync=True)
    cells = traitlets.Int(9).tag(sync=True)
    kernel = traitlets.Int(3).tag(sync=True)
    stride = traitlets.Int(1).tag(sync=True)
    dilation = traitlets.Int(1).tag(sync=True)
    groups = traitlets.Int(2).tag(sync=True)
    channels = traitlets.Int(6).tag(sync=True)
    maps = traitlets.Int(6).tag(sync=True)
    output = traitlets.List([0, 4]).tag(sync=True)


class ConvolutionFamilyExplorer(Explorer):
    """The wiring and the cost of every kind of convolution, drawn along one axis.

    Chapter "The convolution family". Same padding; costs are without biases.

    Args:
        kind: "plain", "grouped", "depthwise", "separable", "pointwise" or "transposed".
        dimensions: "1", "2" or "3".
        cells: input cells along each axis, 4 to 12.
        kernel: weights along each axis, 1 to 7.
        stride: 1 to 3; where the dilation is above 1 it counts as 1.
        dilation: cells from one weight to the next, 1 to 4; 1 for "pointwise" and "transposed".
        groups: of a grouped convolution, 1 to 4; the next smaller number that divides channels
            and maps is taken.
        channels: channels in, 1 to 6.
        maps: maps out, 1 to 6; a depthwise convolution makes the next smaller multiple of the
            channels, at least one for each.

    Raises:
        TypeError: an unknown setting or one of the wrong type.
        ValueError: a setting out of range or an unknown kind.
    """

    View = ConvolutionFamilyView
    controls = (
        Choice("kind", "Kind", KINDS),
        Choice("dimensions", "Dimensions", DIMENSIONS),
        Slider("cells", "Cells along an axis", 4, 12),
        Slider("kernel", "Kernel size", 1, 7),
        Slider("stride", "Stride", 1, 3),
        Slider("dilation", "Dilation", 1, 4),
        Slider("groups", "Groups", 1, 4),
        Slider("channels", "Channels in", 1, 6),
        Slider("maps", "Maps out", 1, 6),
    )

    def network(self):
        """Return the convolution of the present settings as a Keras model without biases."""
        import keras

        s = self.settings()
        rank, channels, maps = int(s["dimensions"]), s["channels"], s["maps"]
        dilation = 1 if s["kind"] in ("pointwise", "transposed") else s["dilation"]
        common = {"padding": "same", "use_bias": False}
        spread = common | {
            "strides": 1 if dilation > 1 else s["stride"],
            "dilation_rate": dilation,
        }
        layer = getattr(keras.layers, f"Conv{rank}D")
        if s["kind"] == "grouped":
            groups = max(
                g for g in range(1, s["groups"] + 1) if channels % g == 0 and maps % g == 0
            )
            layers = [layer(maps, s["kernel"], groups=groups, **spread)]
        elif s["kind"] == "depthwise":
            own = channels * max(1, maps // channels)
            layers = [layer(own, s["kernel"], groups=channels, **spread)]
        elif s["kind"] == "separable":
            depthwise = layer(channels, s["kernel"], groups=channels, **spread)
            layers = [depthwise, layer(maps, 1, **common)]
        elif s["kind"] == "pointwise":
            layers = [layer(maps, 1, strides=s["stride"], **common)]
        elif s["kind"] == "transposed":
            transposed = getattr(keras.layers, f"Conv{rank}DTranspose")
            layers = [transposed(maps, s["kernel"], strides=s["stride"], **common)]
        else:
            layers = [layer(maps, s["kernel"], **spread)]
        return keras.Sequential([keras.Input((*[s["cells"]] * rank, channels)), *layers])

    def compute(self):
        """Count with Keras and `cnnlib.analyze` what the view counts.

        Returns:
            A dict: "weights", "macs", and "shape", that of the output without the batch.
        """
        from cnnlib import analyze

        model = self.network()
        found = analyze(model)
        return {
            "weights": found.params,
            "macs": found.macs,
            "shape": tuple(model.output_shape[1:]),
        }

    def figure(self):
        """Draw weights and multiply-adds beside those of a plain convolution.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots

        own = self.compute()
        plain = type(self)(**self.settings() | {"kind": "plain"}).compute()
        with plots.style():
            figure = Figure(figsize=(7, 1.8))
            for axis, name in zip(figure.subplots(1, 2), ("weights", "macs"), strict=True):
                axis.barh(["plain", self.settings()["kind"]], [plain[name], own[name]])
                axis.set(title=name)
        return plots.show(
            figure,
            f"A {self.settings()['kind']} convolution has {own['weights']:,} weights and makes "
            f"{own['macs']:,} multiply-adds; a plain one {plain['weights']:,} and "
            f"{plain['macs']:,}",
        )
