"""The small GoogLeNet of the pages: two inception modules with bottlenecks, on 16x16 digits."""

from cnnlib.data.digits import digits
from cnnlib.experiments import _live

MODULES = {"a": (6, 4, 8, 2, 4, 4), "b": (8, 6, 12, 3, 6, 6)}
"""The maps of each module, as in the paper's table."""

EXPERIMENT = _live.declared("googlenet", 90, sizes=[0.6, 1.1], rate=0.01, epochs=25)


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
    from keras import Input, Model, layers

    from cnnlib.models.googlenet import Module, inception

    inputs = Input((16, 16, 1), name="input")
    x = _conv(layers.Rescaling(1 / 255, name="scale")(inputs), 8, 3, name="conv1")
    x = layers.MaxPooling2D(2, name="pool1")(x)
    for name, maps in MODULES.items():
        x = inception(_conv, x, Module(*maps), name)
    x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
    return Model(inputs, layers.Dense(10, activation="softmax", name="digit")(x), name="googlenet")


def _conv(x, maps, kernel, *, name):
    from keras import layers

    return layers.Conv2D(
        maps, kernel, padding="same", activation="relu", kernel_initializer="he_uniform", name=name
    )(x)
