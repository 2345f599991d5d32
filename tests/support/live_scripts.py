"""The live network's scripts, and a network of shortcuts, a gate and branches for them to run."""

import keras
import numpy as np
from keras import layers

from cnnlib import live
from cnnlib.layers import (
    HighwayGate,
    PadChannels,
    PartialConvolution2D,
    TrainableAveragePooling2D,
    scaled_tanh,
)

FOLDER = "live_network"
MODULES = [
    f"{FOLDER}/{name}.js" for name in ("live", "explain", "graph", "layout", "picture", "edits")
]
BEGIN = """
    const bytes = (list) => Uint8Array.from(list);
    const { weights, pictures } = data;
    const live = ops.liveNetwork({ ...data, weights: bytes(weights), pictures: bytes(pictures) });
    const graph = live.drawn;
"""


TABLE = ((0, 2, 5), (3, 1), (6, 4, 0, 2))


def branched():
    """A network of shortcuts, a gate and branches, its weights drawn at random."""
    inputs = keras.Input((9, 8, 1))
    x = layers.Rescaling(1 / 255)(inputs)
    x = layers.Conv2D(4, 3, padding="same", activation="relu", name="stem")(x)
    y = layers.Conv2D(4, 3, padding="same", groups=2, dilation_rate=2, name="grouped")(x)
    y = layers.BatchNormalization(name="norm")(y)
    x = layers.Add(name="add")([x, y])
    gate = layers.Conv2D(4, 1, activation="sigmoid", name="gate")(x)
    inner = layers.DepthwiseConv2D(3, padding="same", activation="tanh", name="depthwise")(x)
    x = HighwayGate(name="highway")([inner, x, gate])
    left = layers.MaxPooling2D(2, name="pool")(x)
    right = layers.Conv2D(3, 2, strides=2, activation="relu", name="strided")(x)
    x = layers.Concatenate(name="join")([left, right])
    scale = layers.GlobalAveragePooling2D(name="mean")(x)
    scale = layers.Dense(7, activation="sigmoid", name="excite")(scale)
    x = layers.Multiply(name="scale")([x, layers.Reshape((1, 1, 7))(scale)])
    x = PadChannels(9, name="pad")(x)
    x = TrainableAveragePooling2D(scaled_tanh, name="trainable")(x)
    x = PartialConvolution2D(TABLE, 2, "tanh", name="partial")(x)
    x = layers.Dense(5, activation="relu", name="hidden")(layers.Flatten()(x))
    model = keras.Model(inputs, layers.Dense(3, activation="softmax", name="class")(x))
    random = np.random.default_rng(0)
    model.set_weights(
        [
            np.float16(random.uniform(0.2, 0.9, w.shape) if "variance" in w.path else value)
            for w in model.weights
            for value in [random.normal(0, 0.5, w.shape)]
        ]
    )
    return model


def given():
    """The network with four pictures, as the page gets it."""
    exported = live.export(branched())
    pictures = np.random.default_rng(1).integers(0, 256, (4, 9, 8, 1), "uint8")
    return {
        "graph": exported.graph,
        "weights": list(exported.weights),
        "pictures": pictures.ravel().tolist(),
        "labels": [0, 1, 2, 0],
        "low": 0,
        "high": 255,
    }
