"""The small AlexNet of the pages, with its two towers, on 28x28 digits.

As in its large model the second, the fourth and the fifth convolution read maps of their own tower
only, the third reads both; pooling windows overlap, and the first two layers are normalized across
maps. Rate and epochs were tried on the validation pictures with seed 1,000.
"""

from cnnlib.data.digits import digits
from cnnlib.experiments import _live

TOWERS = 2

EXPERIMENT = _live.declared("alexnet", 95, sizes=[0.6, 1.1], rate=0.003, epochs=40)


def measure(seed, **settings):
    """Train the network; see `_live.measure`."""
    return _live.measure(seed, build, pictures(), **settings)


def pictures():
    """Return the `Dataset` that the network learns from and is judged by."""
    return digits(size=28)


def build():
    """Build the network, not trained.

    Returns:
        A `keras.Model` from pictures [batch, 28, 28, 1] of 0 to 255, uint8 or float, to the ten
        classes' probabilities.
    """
    from keras import Model, layers

    from cnnlib.layers import LocalResponseNormalization
    from cnnlib.models._parts import head, image_input
    from cnnlib.models.alexnet import conv, dense_layers

    inputs = image_input((28, 28, 1), least=28)
    x = conv(layers.Rescaling(1 / 255, name="scale")(inputs), 12, 5, 2, "valid", name="conv1")
    x = LocalResponseNormalization(name="norm1")(x)
    x = layers.MaxPooling2D(3, 2, "same", name="pool1")(x)
    x = conv(x, 16, 3, groups=TOWERS, name="conv2")
    x = LocalResponseNormalization(name="norm2")(x)
    x = conv(x, 24, 3, name="conv3")
    x = conv(x, 24, 3, groups=TOWERS, name="conv4")
    x = conv(x, 16, 3, groups=TOWERS, name="conv5")
    x = layers.Flatten(name="flatten")(layers.MaxPooling2D(3, 2, name="pool5")(x))
    x = dense_layers(x, (32, 32), 0)
    return Model(inputs, head(x, 10), name="alexnet")
