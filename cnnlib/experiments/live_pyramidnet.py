"""The small PyramidNet of the pages: 14 layers that widen at every unit, on 32x32 symbols.

It has as many layers and units as the residual network "symbols", learns from the same pictures by
the same recipe, and has nearly as many parameters.
"""

from cnnlib.experiments import _live, live_symbols

START, WIDENED, UNITS = 8, 20, (2, 2, 2)
"""Maps of the first convolution, those that all units add, and units of equal size of maps."""

EXPERIMENT = _live.declared("pyramidnet", 90, sizes=[0.7, 1.4], rate=0.01, epochs=4)


def measure(seed, **settings):
    """Train the network; see `_live.measure`."""
    return _live.measure(seed, build, pictures(), **settings)


pictures = live_symbols.pictures


def build():
    """Build the network, not trained.

    Returns:
        A `keras.Model` from pictures [batch, 32, 32, 1] of 0 to 255, uint8 or float, to the ten
        classes' probabilities.
    """
    from keras import layers

    from cnnlib.models._parts import classifier, conv, image_input, norm
    from cnnlib.models._residual import basic
    from cnnlib.models.pyramidnet import _pyramid

    inputs = image_input((32, 32, 1), least=32)
    x = conv(layers.Rescaling(1 / 255, name="scale")(inputs), START, 3, name="conv1")
    x = _pyramid(norm(x, "conv1"), UNITS, WIDENED, basic)
    return classifier(inputs, x, 10, "pyramidnet")
