"""The small VGG of the pages: two stacks of two 3x3 convolutions, on digits of 16x16 pixels.

Like its large model it keeps the sides of the maps in a stack, halves them behind it and doubles
the maps. Rate and epochs were tried on the validation pictures with seed 1,000.
"""

from cnnlib.experiments import _live, live_digits

EXPERIMENT = _live.declared("vgg", 95, sizes=[0.5, 1.1], rate=0.003, epochs=40)


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
    from keras import Input, Sequential, layers

    def conv(maps, name):
        return layers.Conv2D(maps, 3, padding="same", activation="relu", name=name)

    return Sequential(
        [
            Input((16, 16, 1), name="input"),
            layers.Rescaling(1 / 255, name="scale"),
            conv(8, "block1_conv1"),
            conv(8, "block1_conv2"),
            layers.MaxPooling2D(2, name="block1_pool"),
            conv(16, "block2_conv1"),
            conv(16, "block2_conv2"),
            layers.MaxPooling2D(2, name="block2_pool"),
            layers.Flatten(name="flatten"),
            layers.Dense(32, activation="relu", name="fc1"),
            layers.Dense(10, activation="softmax", name="digit"),
        ],
        name="vgg",
    )
