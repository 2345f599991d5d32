"""`DenseVsConvolutionExplorer`: what a dense and a convolutional layer cost on one picture."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class DenseVsConvolutionExplorer(Explorer):
    """A dense layer beside a convolutional one, on a square picture.

    Chapter "From the visual cortex to CNNs". The convolution has stride 1 and same padding, and
    its connections are counted as if every window lay inside the picture. Biases are left out
    but for the bytes.
    """

    side = Slider("Side of the picture", 4, 256, 100, "height and width of the picture")
    channels = Slider("Channels", 1, 4, 1, "channels of the picture")
    units = Slider("Dense units", 1, 4096, 1000, "neurons of the dense layer")
    kernel = Slider("Kernel size", 1, 15, 5, "side of the convolution's kernels")
    maps = Slider("Maps", 1, 128, 16, "maps of the convolution")

    def compute(self):
        """Build both layers in Keras, without their weights, and count with `cnnlib.analyze`.

        Returns:
            A dict with "dense" and "convolution", each a dict: connections (multiply-adds),
            weights (biases left out) and bytes (biases included).
        """
        import keras

        from cnnlib import analyze
        from cnnlib.analysis import without_weights

        def network(*layers):
            picture = keras.Input((self.side, self.side, self.channels))
            return keras.Sequential([picture, *layers])

        layers = {
            "dense": [keras.layers.Flatten(), keras.layers.Dense(self.units)],
            "convolution": [keras.layers.Conv2D(self.maps, self.kernel, padding="same")],
        }
        biases = {"dense": self.units, "convolution": self.maps}
        found = {}
        for name, own in layers.items():
            analysis = analyze(without_weights(network, *own))
            found[name] = {
                "connections": analysis.macs,
                "weights": analysis.params - biases[name],
                "bytes": 4 * analysis.params,
            }
        return found

    def figure(self):
        """Draw weights and connections of both layers, each to one scale.

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
                axis.set(title=name)
        dense, convolution = found["dense"], found["convolution"]
        return plots.show(
            figure,
            f"The dense layer has {dense['weights']:,} weights and as many connections, the "
            f"convolution {convolution['weights']:,} weights and {convolution['connections']:,} "
            "connections",
        )
