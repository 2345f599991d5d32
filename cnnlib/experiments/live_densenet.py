"""The small DenseNet of the pages: two dense blocks of six layers, on digits of 16x16 pixels.

Each layer has a concatenation of its own, with one input for each earlier layer of its block, so
that every link can be cut alone. There is no batch normalization: a link that is cut gives 0.
"""

from cnnlib.data.digits import digits
from cnnlib.experiments import _live

GROWTH, LAYERS, BLOCKS = 4, 6, 2

EXPERIMENT = _live.declared("densenet", 95, sizes=[0.6, 1.1], rate=0.01, epochs=25)


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

    def conv(x, maps, kernel, name):
        return layers.Conv2D(
            *(maps, kernel),
            padding="same",
            activation="relu",
            kernel_initializer="he_uniform",
            name=name,
        )(x)

    def joined(sources, name):
        return layers.Concatenate(name=f"{name}_reads")(sources) if len(sources) > 1 else sources[0]

    inputs = Input((16, 16, 1), name="input")
    x = conv(layers.Rescaling(1 / 255, name="scale")(inputs), 2 * GROWTH, 3, "conv1")
    for block in range(1, BLOCKS + 1):
        if block > 1:
            x = conv(x, x.shape[-1] // 2, 1, "transition")
            x = layers.AveragePooling2D(2, name="transition_pool")(x)
        sources = [x]
        for number in range(1, LAYERS + 1):
            name = f"dense{block}_{number}"
            sources.append(conv(joined(sources, name), GROWTH, 3, name))
        x = joined(sources, f"block{block}")
    x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
    return Model(inputs, layers.Dense(10, activation="softmax", name="digit")(x), name="densenet")
