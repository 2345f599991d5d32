"""`DenseVsConvolutionExplorer`: what a dense and a convolutional layer cost on one picture."""

import traitlets

from cnnlib.explorers._base import Explorer, Slider, View, styles
from cnnlib.explorers._modules import front_end


class DenseVsConvolutionView(View):
    """The wires of one neuron, and bars on a logarithmic scale; see dense.js."""

    _esm = front_end("dense/view.js")
    _css = styles("dense/view.css")

    side = traitlets.Int(100).tag(sync=True)
    channels = traitlets.Int(1).tag(sync=True)
    units = traitlets.Int(1000).tag(sync=True)
    kernel = traitlets.Int(5).tag(sync=True)
    maps = traitlets.Int(16).tag(sync=True)


class DenseVsConvolutionExplorer(Explorer):
    """A dense layer beside a convolutional one, on a square picture.

    Chapter "From the visual cortex to CNNs". The convolution has stride 1 and same padding, and
    its connections are counted as if every window lay inside the picture. Biases are left out
    but for the bytes.

    Args:
        side: height and width of the picture, 4 to 256.
        channels: of the picture, 1 to 4.
        units: neurons of the dense layer, 1 to 4,096.
        kernel: side of the convolution's kernels, 1 to 15.
        maps: maps of the convolution, 1 to 128.

    Raises:
        TypeError: an unknown setting or one of the wrong type.
        ValueError: a setting out of range.
    """

    View = DenseVsConvolutionView
    controls = (
        Slider("side", "Side of the picture", 4, 256),
        Slider("channels", "Channels", 1, 4),
        Slider("units", "Dense units", 1, 4096),
        Slider("kernel", "Kernel size", 1, 15),
        Slider("maps", "Maps", 1, 128),
    )

    def compute(self):
        """Build both layers in Keras, without their weights, and count with `cnnlib.analyze`.

        Returns:
            A dict with "dense" and "convolution", each a dict: connections (multiply-adds),
            weights (biases left out) and bytes (biases included).
        """
        import keras

        from cnnlib import analyze
        from cnnlib.analysis import without_weights

        s = self.settings()

        def network(layer, flat=False):
            def build():
                inputs = keras.Input((s["side"], s["side"], s["channels"]))
                return keras.Model(
                    inputs, layer(keras.layers.Flatten()(inputs) if flat else inputs)
                )

            return without_weights(build)

        found = {}
        for name, model, biases in (
            ("dense", network(keras.layers.Dense(s["units"]), flat=True), s["units"]),
            (
                "convolution",
                network(keras.layers.Conv2D(s["maps"], s["kernel"], padding="same")),
                s["maps"],
            ),
        ):
            analysis = analyze(model)
            found[name] = {
                "connections": analysis.macs,
                "weights": analysis.params - biases,
                "bytes": 4 * analysis.params,
            }
        return found

    def figure(self):
        """Draw weights and connections of both layers on a logarithmic scale.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots

        found = self.compute()
        with plots.style():
            figure = Figure(figsize=(7, 2))
            for axis, name in zip(figure.subplots(1, 2), ("weights", "connections"), strict=True):
                axis.barh(list(found), [one[name] for one in found.values()], color=plots.ACCENT)
                axis.set(xscale="log", title=name)
        dense, convolution = found["dense"], found["convolution"]
        return plots.show(
            figure,
            f"The dense layer has {dense['weights']:,} weights and as many connections, the "
            f"convolution {convolution['weights']:,} weights and {convolution['connections']:,} "
            "connections",
        )
