"""The small AlexNet of the pages: two towers that meet before conv3, on digits of 16x16 pixels.

Its pixels are 0 to 255, as in 2012, so that response normalization with the paper's constants has
something to do. Rate and epochs were tried on the validation pictures with seed 1,000.
"""

from cnnlib.experiments import _live, live_digits

EXPERIMENT = _live.declared("alexnet", 93, sizes=[0.6, 1.1], rate=0.003, epochs=25)
TOWERS = ("a", "b")
"""They see each other's maps before conv3 and before the dense layers, as in the paper."""


def measure(seed, **settings):
    """Train the network; see `_live.measure`."""
    return _live.measure(seed, build, pictures(), **settings)


pictures = live_digits.pictures


def build():
    """Build the network, not trained.

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255, uint8 or float, to the ten
        classes' probabilities.
    """
    from keras import Input, Model, layers

    inputs = Input((16, 16, 1), name="input")
    both = layers.Concatenate(name="both")([_lower(inputs, tower) for tower in TOWERS])
    x = layers.Concatenate(name="all")([_upper(both, tower) for tower in TOWERS])
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(32, activation="relu", name="fc")(x)
    return Model(inputs, layers.Dense(10, activation="softmax", name="digit")(x), name="alexnet")


def _lower(x, tower):
    from keras import layers

    from cnnlib.layers import LocalResponseNormalization

    x = _conv(x, 6, 5, f"conv1_{tower}")
    x = LocalResponseNormalization(name=f"norm1_{tower}")(x)
    x = layers.MaxPooling2D(3, 2, name=f"pool1_{tower}")(x)
    x = _conv(x, 8, 3, f"conv2_{tower}")
    return layers.MaxPooling2D(3, 2, name=f"pool2_{tower}")(x)


def _upper(x, tower):
    x = _conv(x, 8, 3, f"conv3_{tower}")
    return _conv(x, 8, 3, f"conv4_{tower}")


def _conv(x, maps, kernel, name):
    from keras import layers

    return layers.Conv2D(maps, kernel, padding="same", activation="relu", name=name)(x)
