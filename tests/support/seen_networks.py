"""Networks small enough to know beforehand what is seen in them, and a picture for them."""

import keras
import numpy as np
from keras import Input, Model, Sequential, layers

RANDOM = np.random.default_rng(0)
PICTURE = RANDOM.normal(size=(6, 7, 2)).astype("float32")
WEIGHTS = RANDOM.normal(size=(6, 7, 2, 3)).astype("float32")


def linear(last=None):
    """A network whose scores are sums of pixels times `WEIGHTS`."""
    dense = layers.Dense(3, last, name="dense")
    model = Sequential([Input((6, 7, 2)), layers.Flatten(name="flat"), dense])
    dense.set_weights([WEIGHTS.reshape(-1, 3), np.array([1.0, 2, 3])])
    return model


def one_relu(kernel, **options):
    """1x1 convolutions: of two channels to a ReLU unit each, weighted with `kernel`, to one."""
    model = Sequential(
        [
            Input((2, 2, 2)),
            layers.Conv2D(2, 1, use_bias=False, name="hidden", **options),
            layers.Conv2D(1, 1, use_bias=False, name="sum"),
        ]
    )
    model.get_layer("hidden").set_weights([np.eye(2).reshape(1, 1, 2, 2)])
    model.get_layer("sum").set_weights([np.reshape(kernel, (1, 1, 2, 1))])
    return model


def pooling(*ends, filters=4):
    """Convolutions, global average pooling, then other layers."""
    keras.utils.set_random_seed(1)
    return Sequential(
        [
            Input((6, 7, 2)),
            layers.Conv2D(5, 3, activation="relu", name="low"),
            layers.BatchNormalization(name="norm"),
            layers.Conv2D(filters, 2, activation="relu", name="high"),
            layers.GlobalAveragePooling2D(name="mean"),
            *ends,
        ]
    )


def branched():
    """A functional model around another, with a shortcut, rectifiers as layers, and a softmax."""
    keras.utils.set_random_seed(2)
    x = inner_inputs = Input((4, 5, 6))
    x = layers.ReLU(name="relu")(layers.Conv2D(6, 3, padding="same", name="conv")(x))
    block = Model(inner_inputs, layers.Add(name="add")([inner_inputs, x]), name="block")
    inputs = Input((6, 7, 2), name="picture")
    x = layers.Conv2D(6, 3, name="first")(inputs)
    x = layers.MaxPooling2D(2, name="pool")(keras.ops.relu(block(x)))
    x = layers.Dropout(0.5)(layers.Flatten()(x))
    return Model(inputs, layers.Softmax(name="softmax")(layers.Dense(3, name="dense")(x)))


class Subclass(Model):
    def __init__(self):
        super().__init__()
        self.inner = linear("softmax")

    def call(self, x):
        return self.inner(x)


def subclass():
    model = Subclass()
    model(PICTURE[np.newaxis])
    return model
