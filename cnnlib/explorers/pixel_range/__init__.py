"""`PixelRangeExplorer`: a trained network that gets other pixels than it was trained with."""

from functools import cache

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider
from cnnlib.explorers.live_network.subject import network_of

RANGES = {"trained": (1 / 127.5, -1.0), "unit": (1 / 255, 0.0), "bytes": (1.0, 0.0)}
"""What the first convolution gets -> factor of a pixel from 0 to 255, and what is added."""

LAYERS = tuple(f"conv{number}_relu" for number in range(1, 6))


@cache
def _model(pixels):
    """Return the network "alphabet" behind other pixels: its five layers, and what it says."""
    import keras

    from cnnlib import trained

    model = trained.model("alphabet")
    layer = model.get_layer("scale")
    layer.scale, layer.offset = RANGES[pixels]
    outputs = [model.get_layer(name).output for name in LAYERS]
    return keras.Model(model.input, [*outputs, model.output])


@cache
def right():
    """Return of how many of the 200 held-out pictures each range gets the class right."""
    network = network_of("alphabet", None, None, None)
    said = {
        pixels: np.asarray(_model(pixels)(network.pictures, training=False)[-1])
        for pixels in RANGES
    }
    return {
        pixels: int(np.sum(one.argmax(axis=1) == network.labels)) for pixels, one in said.items()
    }


class PixelRangeExplorer(Explorer):
    """The network "alphabet", trained with pixels from -1 to 1, with these and with others.

    Chapter "Transfer learning".
    """

    pixels = Choice(
        "Pixels",
        {"trained": "−1 to 1", "unit": "0 to 1", "bytes": "0 to 255"},
        "trained",
        "what the first convolution gets for black and for white",
    )
    picture = Slider("Picture", 0, 29, 4, "which held-out symbol")
    right = Data(right)
    network = Data(lambda: network_of("alphabet", None, None, None).widget())

    def compute(self):
        """Run the network in Keras.

        Returns:
            A dict: the mean of each of the five layers' "responses", and the "probabilities".
        """
        network = network_of("alphabet", None, None, None)
        shown = network.pictures[self.picture : self.picture + 1]
        *layers, said = _model(self.pixels)(shown, training=False)
        return {
            "responses": [float(np.mean(one)) for one in layers],
            "probabilities": dict(zip(network.names, np.asarray(said)[0].tolist(), strict=True)),
        }

    def figure(self):
        """Draw a symbol and the first maps that answer to it, with both kinds of pixels."""
        from cnnlib import plots

        network = network_of("alphabet", None, None, None)
        picture = network.pictures[self.picture]
        panels = [("picture", picture[..., 0] / 255)]
        for pixels, title in (("trained", "−1 to 1"), ("bytes", "0 to 255")):
            maps = np.asarray(_model(pixels)(picture[np.newaxis], training=False)[0])[0]
            panels += [(f"map {number + 1}, {title}", maps[..., number]) for number in (1, 2)]
        return plots.show(plots.pictures(panels), "The same symbol with two kinds of pixels")
