"""Layers that work across the channels of each pixel."""

import keras
from keras import ops

from cnnlib.checks import check_integer, check_number

_serializable = keras.saving.register_keras_serializable(package="cnnlib")


@_serializable
class HighwayGate(keras.layers.Layer):
    """Mix a transformed and a carried input: y = h t + x (1 - t).

    Call it on [h, x, t]: the transform, the input and the gate, from 0 to 1, all of one shape.
    R. K. Srivastava, K. Greff & J. Schmidhuber, "Training Very Deep Networks", NIPS 2015,
    equation 3. See the chapter "Highway networks".

    Raises:
        ValueError: the inputs are not three of one shape.
    """

    def build(self, input_shape):
        """Check that there are three inputs of one shape."""
        shapes = {tuple(each) if isinstance(each, list) else each for each in input_shape}
        if len(input_shape) != 3 or len(shapes) != 1 or not isinstance(shapes.pop(), tuple):
            raise ValueError(f"`inputs` must be [h, x, t] of one shape. Received: {input_shape}")

    def call(self, inputs):
        """Return the mixture."""
        h, x, t = inputs
        return h * t + x * (1 - t)

    def compute_output_shape(self, input_shape):
        """Return the shape of each input."""
        return tuple(input_shape[0])


@_serializable
class PadChannels(keras.layers.Layer):
    """Append maps of zeros up to a number of channels, as a shortcut without parameters does.

    Option A of K. He, X. Zhang, S. Ren & J. Sun, "Deep Residual Learning for Image Recognition",
    CVPR 2016, section 3.3. See the chapters "ResNet" and "PyramidNet".

    Args:
        filters: channels of the output, at least those of the input.
        **kwargs: as for every Keras layer.

    Raises:
        TypeError: `filters` is not an integer.
        ValueError: `filters` is less than 1, or than the input's channels.
    """

    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = check_integer("filters", filters, least=1)

    def build(self, input_shape):
        """Check that the input has no more channels than the output."""
        if input_shape[-1] > self.filters:
            raise ValueError(
                f"`filters` must be at least the input's {input_shape[-1]} channels. "
                f"Received: {self.filters}"
            )

    def call(self, inputs):
        """Return the padded images."""
        missing = self.filters - inputs.shape[-1]
        return ops.pad(inputs, [(0, 0)] * (len(inputs.shape) - 1) + [(0, missing)])

    def compute_output_shape(self, input_shape):
        """Return the input's shape with `filters` channels."""
        return (*input_shape[:-1], self.filters)

    def get_config(self):
        """Return the arguments."""
        return super().get_config() | {"filters": self.filters}


@_serializable
class LocalResponseNormalization(keras.layers.Layer):
    """Divide each value by a measure of what `size` neighbouring maps say at the same pixel.

    b[i] = a[i] / (bias + alpha * sum of a[j]^2) ** beta, over the maps j at most size // 2 from
    map i; beyond the first and the last map there is nothing to add. A. Krizhevsky, I. Sutskever
    & G. E. Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", NIPS 2012,
    section 3.3, whose constants are the defaults. The squares are summed in float32, because
    float16 ends at 65,504. See the chapter "AlexNet".

    Args:
        size: how many maps to sum over, n; odd.
        bias: the constant k, above 0.
        alpha: factor on the sum of the squares, at least 0; see `caffe` for the other convention.
        beta: the exponent, at least 0.
        **kwargs: as for every Keras layer.

    Raises:
        TypeError: `size` is not an integer, or another argument no number.
        ValueError: an argument's value is not allowed.
    """

    def __init__(self, size=5, bias=2.0, alpha=1e-4, beta=0.75, **kwargs):
        super().__init__(**kwargs)
        self.size = check_integer("size", size, least=1)
        if self.size % 2 == 0:
            raise ValueError(f"`size` must be odd. Received: {size!r}")
        self.bias = check_number("bias", bias, above=0)
        self.alpha = check_number("alpha", alpha, low=0)
        self.beta = check_number("beta", beta, low=0)

    @classmethod
    def caffe(cls, size=5, bias=1.0, alpha=1e-4, beta=0.75, **kwargs):
        """Return the layer in Caffe's convention, which divides `alpha` by `size`.

        Args:
            size: how many maps to average over; odd.
            bias: the constant k, 1 in Caffe's own networks.
            alpha: factor on the mean of the squares.
            beta: the exponent.
            **kwargs: as for every Keras layer.

        Returns:
            A `LocalResponseNormalization` with `alpha` / `size`: 2e-5 for the defaults.
        """
        return cls(size, bias, alpha / check_integer("size", size, least=1), beta, **kwargs)

    def call(self, inputs):
        """Return the normalized values."""
        x = ops.cast(inputs, keras.backend.result_type(inputs.dtype, "float32"))
        channels, reach = x.shape[-1], self.size // 2
        padded = ops.pad(ops.square(x), [(0, 0)] * (len(x.shape) - 1) + [(reach, reach)])
        total = sum(padded[..., shift : shift + channels] for shift in range(self.size))
        y = x * ops.power(self.bias + self.alpha * total, -self.beta)
        return ops.cast(y, inputs.dtype)

    def compute_output_shape(self, input_shape):
        """Return the input's shape."""
        return tuple(input_shape)

    def get_config(self):
        """Return the arguments."""
        own = {"size": self.size, "bias": self.bias, "alpha": self.alpha, "beta": self.beta}
        return super().get_config() | own


@_serializable
class DepthwiseMaxPooling2D(keras.layers.Layer):
    """Keep, at each pixel, the largest value of each group of neighbouring maps.

    With kernels that learn a pattern in several positions or turns, the largest of their answers
    changes little when the pattern moves or turns. See the chapter "Pooling and invariance".

    Args:
        pool_size: maps in a group; divides the input's channels.
        **kwargs: as for every Keras layer.

    Raises:
        TypeError: `pool_size` is not an integer.
        ValueError: `pool_size` is less than 1, or does not divide the input's channels.
    """

    def __init__(self, pool_size, **kwargs):
        super().__init__(**kwargs)
        self.pool_size = check_integer("pool_size", pool_size, least=1)

    def build(self, input_shape):
        """Check that the groups fill the channels."""
        if input_shape[-1] % self.pool_size:
            raise ValueError(
                f"`pool_size` must divide {input_shape[-1]} channels. Received: {self.pool_size}"
            )

    def call(self, inputs):
        """Return the largest values."""
        groups = inputs.shape[-1] // self.pool_size
        return ops.max(ops.reshape(inputs, (*ops.shape(inputs)[:-1], groups, self.pool_size)), -1)

    def compute_output_shape(self, input_shape):
        """Return the input's shape with one channel per group."""
        return (*input_shape[:-1], input_shape[-1] // self.pool_size)

    def get_config(self):
        """Return the arguments."""
        return super().get_config() | {"pool_size": self.pool_size}
