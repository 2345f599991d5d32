"""Random small networks of the layers that the page can run."""

import keras
import numpy as np
from keras import layers

from cnnlib.layers import (
    DepthwiseMaxPooling2D,
    HighwayGate,
    LocalResponseNormalization,
    PadChannels,
    PartialConvolution2D,
    RBFOutput,
    TrainableAveragePooling2D,
    scaled_tanh,
)

ACTIVATIONS = ("linear", "relu", "relu6", "leaky_relu", "elu", "sigmoid", "tanh", "softmax")


class Maker:
    """Adds random layers to a Keras tensor.

    Args:
        seed: integer; the same seed makes the same network.
    """

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def pick(self, *options):
        return options[self.rng.integers(len(options))]

    def activation(self):
        return self.pick(*ACTIVATIONS, scaled_tanh)

    def window(self, x, name):
        """Return arguments of a layer with windows, which fit the maps of `x`."""
        size = [int(self.rng.integers(1, min(4, side) + 1)) for side in x.shape[1:3]]
        return {name: size, "padding": self.pick("valid", "same")}

    def convolved(self, x):
        options = self.window(x, "kernel_size") | {"use_bias": self.pick(True, False)}
        side = min(x.shape[1:3])
        if self.rng.random() < 0.5:
            options["strides"] = self.pick(1, 2, 3)
        elif side >= 2 * max(options["kernel_size"]):
            options["dilation_rate"] = 2
        return options | {"activation": self.activation()}

    def conv(self, x):
        groups = self.pick(*(g for g in (1, 1, 2, 3) if x.shape[-1] % g == 0))
        filters = groups * int(self.rng.integers(2, 4))
        return layers.Conv2D(filters, groups=groups, **self.convolved(x))(x)

    def transpose(self, x):
        options = self.window(x, "kernel_size") | {"strides": self.pick(1, 2)}
        filters = int(self.rng.integers(2, 5))
        return layers.Conv2DTranspose(filters, activation=self.activation(), **options)(x)

    def depthwise(self, x):
        multiplier = self.pick(2, 1 if x.shape[-1] > 1 else 2)  # softmax of one map is no test
        return layers.DepthwiseConv2D(depth_multiplier=multiplier, **self.convolved(x))(x)

    def separable(self, x):
        options = self.convolved(x) | {"depth_multiplier": self.pick(1, 2)}
        return layers.SeparableConv2D(int(self.rng.integers(2, 5)), **options)(x)

    def partial(self, x):
        """Convolve with a table in which every map reads some of the maps, in any order."""
        maps, size = x.shape[-1], int(self.rng.integers(1, min(4, *x.shape[1:3]) + 1))
        read = [int(self.rng.integers(1, maps + 1)) for _ in range(int(self.rng.integers(2, 5)))]
        table = [self.rng.permutation(maps)[:count].tolist() for count in read]
        return PartialConvolution2D(table, size, self.activation())(x)

    def trainable_pool(self, x):
        return TrainableAveragePooling2D(self.activation())(x) if min(x.shape[1:3]) > 1 else x

    def pool(self, x):
        kind = self.pick(layers.MaxPooling2D, layers.AveragePooling2D)
        options = self.window(x, "pool_size")
        return kind(strides=self.pick(None, 1, 2), **options)(x)

    def alone(self, x):
        """Add a layer that looks at each value, or each pixel, by itself."""
        return self.pick(
            layers.BatchNormalization(scale=self.pick(True, False), center=self.pick(True, False)),
            LocalResponseNormalization(self.pick(1, 3, 5), alpha=self.pick(0.1, 1.0)),
            layers.ReLU(max_value=self.pick(None, 1), negative_slope=0.1, threshold=0.25),
            layers.LeakyReLU(),
            layers.Activation(self.activation()),
            layers.Softmax(),
            layers.Rescaling(self.pick(0.5, [0.3] * x.shape[-1]), offset=0.1),
            layers.Dropout(0.5),
            layers.Dense(int(self.rng.integers(2, 6)), self.activation()),
            layers.ZeroPadding2D(((1, 0), (2, 1))),
            PadChannels(x.shape[-1] + 2),
        )(x)

    def squeezed(self, x):
        """Multiply each map by a gate, as in squeeze-and-excitation."""
        kind = self.pick(layers.GlobalAveragePooling2D, layers.GlobalMaxPooling2D)
        gate = layers.Dense(x.shape[-1], "sigmoid")(kind()(x))
        return layers.Multiply()([x, layers.Reshape((1, 1, x.shape[-1]))(gate)])

    def grouped(self, x):
        """Take the largest of a few maps, or of all twice: then each largest is there twice."""
        pooled = DepthwiseMaxPooling2D(self.pick(2, 2 * x.shape[-1]))(layers.Concatenate()([x, x]))
        return PadChannels(pooled.shape[-1] + 1)(pooled)

    def joined(self, x):
        """Add a shortcut of one of the kinds."""
        same = {"padding": "same"}
        y = layers.Conv2D(x.shape[-1], 3, activation=self.activation(), **same)(x)
        gate = layers.Conv2D(x.shape[-1], 1, activation="sigmoid")(x)
        return self.pick(
            lambda: layers.Add()([x, y, gate]),
            lambda: layers.Multiply()([x, y]),
            lambda: layers.Concatenate()([x, y]),
            lambda: HighwayGate()([y, x, gate]),
        )()

    def model(self):
        """Return a model of some layers whose weights are float16 numbers."""
        inputs = x = keras.Input((*self.rng.integers(4, 10, 2).tolist(), self.pick(1, 2, 3)))
        learning = (self.conv, self.transpose, self.depthwise, self.separable, self.partial)
        x = self.pick(*learning)(x)  # has weights, whose gradients come through all that follows
        others = (self.pool, self.trainable_pool, self.squeezed, self.grouped, self.joined)
        for _ in range(self.rng.integers(1, 4)):
            x = self.pick(*learning, *others, *[self.alone] * 8)(x)
        if self.rng.random() < 0.5:
            x = layers.Dense(int(self.rng.integers(2, 6)), self.activation())(layers.Flatten()(x))
            if self.rng.random() < 0.3:
                x = RBFOutput(np.zeros((3, x.shape[-1])))(x)
        model = keras.Model(inputs, x)
        for weight in model.weights:
            low = 0.5 if weight.name == "moving_variance" else -0.6
            values = self.rng.uniform(low, low + 1.2, weight.shape)
            weight.assign(values.astype("float16"))
        return model

    def pictures(self, model, count):
        return self.rng.normal(size=(count, *model.input_shape[1:])).astype("float32")
