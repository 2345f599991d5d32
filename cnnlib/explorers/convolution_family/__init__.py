"""`ConvolutionFamilyExplorer`: which inputs feed which outputs, for every kind of convolution."""

import traitlets

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider, State

DILATED = {
    "plain": "plain or dilated",
    "grouped": "grouped",
    "depthwise": "depthwise",
    "separable": "separable",
}
UNDILATED = {"pointwise": "1×1", "transposed": "transposed"}
KINDS = DILATED | UNDILATED
DIMENSIONS = {"1": "1: text, audio", "2": "2: pictures", "3": "3: scans, video"}


class ConvolutionFamilyExplorer(Explorer):
    """The wiring and the cost of every kind of convolution, drawn along one axis.

    Chapter "The convolution family". Same padding; costs are without biases.
    """

    kind = Choice("Kind", KINDS, "grouped", "the kind of convolution")
    dimensions = Choice("Dimensions", DIMENSIONS, "2", "axes along which the window moves")
    cells = Slider("Cells along an axis", 4, 12, 9, "input cells along each axis")
    kernel = Slider(
        "Kernel size",
        1,
        7,
        3,
        "weights along each axis; the 1×1 convolution has 1 and is compared with a plain one of "
        "this size",
    )
    stride = Slider(
        "Stride",
        1,
        3,
        1,
        "cells from one window to the next; 1 where the weights are spread by a dilation",
        when=[{"kind": list(UNDILATED)}, {"dilation": 1}],
    )
    dilation = Slider(
        "Dilation",
        1,
        4,
        1,
        "cells from one weight to the next; 1 for the 1×1 and the transposed convolution",
        when={"kind": list(DILATED)},
    )
    groups = Slider(
        "Groups",
        1,
        4,
        2,
        "of a grouped convolution; the next smaller number that divides channels and maps is taken",
        when={"kind": "grouped"},
    )
    channels = Slider("Channels in", 1, 6, 6, "channels in")
    maps = Slider(
        "Maps out",
        1,
        6,
        6,
        "maps out; a depthwise convolution makes the next smaller multiple of the channels, at "
        "least one for each",
    )
    output = State(traitlets.List([0, 4]))

    @property
    def spread(self):
        """The dilation, 1 for kinds that have none."""
        return 1 if self.kind in UNDILATED else self.dilation

    def network(self):
        """Return the convolution of the present settings as a Keras model without biases."""
        import keras

        rank, channels, maps = int(self.dimensions), self.channels, self.maps
        common = {"padding": "same", "use_bias": False}
        spread = common | {
            "strides": 1 if self.spread > 1 else self.stride,
            "dilation_rate": self.spread,
        }
        layer = getattr(keras.layers, f"Conv{rank}D")
        if self.kind == "grouped":
            groups = max(
                g for g in range(1, self.groups + 1) if channels % g == 0 and maps % g == 0
            )
            layers = [layer(maps, self.kernel, groups=groups, **spread)]
        elif self.kind == "depthwise":
            own = channels * max(1, maps // channels)
            layers = [layer(own, self.kernel, groups=channels, **spread)]
        elif self.kind == "separable":
            depthwise = layer(channels, self.kernel, groups=channels, **spread)
            layers = [depthwise, layer(maps, 1, **common)]
        elif self.kind == "pointwise":
            layers = [layer(maps, 1, **spread)]
        elif self.kind == "transposed":
            transposed = getattr(keras.layers, f"Conv{rank}DTranspose")
            layers = [transposed(maps, self.kernel, **spread)]
        else:
            layers = [layer(maps, self.kernel, **spread)]
        return keras.Sequential([keras.Input((*[self.cells] * rank, channels)), *layers])

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
        peer = {"kind": "plain", "dilation": self.spread, "maps": own["shape"][-1]}
        plain = type(self)(**self.settings() | peer).compute()
        with plots.style():
            figure = Figure(figsize=(7, 1.8))
            for axis, name in zip(figure.subplots(1, 2), ("weights", "macs"), strict=True):
                axis.barh(["plain", self.settings()["kind"]], [plain[name], own[name]])
                axis.set(title=name)
        return plots.show(
            figure,
            f"A {self.kind} convolution has {own['weights']:,} weights and makes "
            f"{own['macs']:,} multiply-adds; a plain one {plain['weights']:,} and "
            f"{plain['macs']:,}",
        )
