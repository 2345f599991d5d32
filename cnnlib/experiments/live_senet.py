"""The small SENet of the pages: three residual units with gates, on 16x16 digits."""

from cnnlib.data.digits import digits
from cnnlib.experiments import _live

REDUCTION = 4
"""Maps for each unit between the two dense layers of the gates."""

EXPERIMENT = _live.declared("senet", 90, sizes=[0.6, 1.1], rate=0.01, epochs=15)


def measure(seed, **settings):
    """Train the network; see `_live.measure`."""
    return _live.measure(seed, build, pictures(), **settings)


def pictures():
    """Return the `Dataset` that the network learns from and is judged by."""
    return digits(size=16)


def build():
    """Build the network, not trained.

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255, uint8 or float, to the ten
        classes' probabilities.
    """
    from functools import partial

    from keras import layers

    from cnnlib.models._parts import classifier, conv_norm_relu, image_input
    from cnnlib.models._residual import basic, post_activation, units
    from cnnlib.models.senet import squeeze_excite

    gated = partial(squeeze_excite, reduction=REDUCTION)
    inputs = image_input((16, 16, 1), least=16)
    x = conv_norm_relu(layers.Rescaling(1 / 255, name="scale")(inputs), 8, 3, name="conv1")
    for unit, filters, stride in units((1, 1, 1), 8):
        x = post_activation(x, basic(filters, stride), unit, recalibrate=gated)
    return classifier(inputs, x, 10, "senet")
