"""The layers of LeNet-5 as it was in 1998; see the chapter "LeNet-5"."""

import keras
import numpy as np
from keras import initializers, ops

from cnnlib.checks import check_integer
from cnnlib.geometry import output_size

_serializable = keras.saving.register_keras_serializable(package="cnnlib")


@_serializable
def scaled_tanh(x):
    """Return 1.7159 tanh(2x / 3), which maps 1 to 1 and -1 to -1.

    Y. LeCun, L. Bottou, Y. Bengio & P. Haffner, "Gradient-Based Learning Applied to Document
    Recognition", Proc. IEEE 86 (1998), appendix A. See the chapter "LeNet-5".

    Args:
        x: numbers of any shape.

    Returns:
        Numbers of the same shape, between -1.7159 and 1.7159.
    """
    return 1.7159 * ops.tanh(2 / 3 * x)


@_serializable
class TrainableAveragePooling2D(keras.layers.Layer):
    """Sum each 2x2 window of a map, multiply by the map's coefficient and add its bias.

    Windows do not overlap. Y. LeCun, L. Bottou, Y. Bengio & P. Haffner, "Gradient-Based Learning
    Applied to Document Recognition", Proc. IEEE 86 (1998), section II-B, layers S2 and S4. The
    coefficients start at 1/4, where the layer is plain average pooling; the paper does not say.
    See the chapter "LeNet-5".

    Args:
        activation: what follows, as for Keras layers; None for nothing.
        **kwargs: as for every Keras layer.

    Raises:
        ValueError: the images are smaller than 2x2.
    """

    pool_size = strides = (2, 2)

    def __init__(self, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        """Create a coefficient and a bias per map."""
        _check_size(input_shape, least=2)
        maps = (input_shape[-1],)
        self.coefficient = self.add_weight(
            name="coefficient", shape=maps, initializer=initializers.Constant(1 / 4)
        )
        self.bias = self.add_weight(name="bias", shape=maps, initializer="zeros")

    def call(self, inputs):
        """Return the pooled maps."""
        mean = ops.average_pool(inputs, 2, 2, "valid", data_format="channels_last")
        return self.activation(4 * mean * self.coefficient + self.bias)

    def compute_output_shape(self, input_shape):
        """Return the input's shape with half the height and width, rounded down."""
        batch, *sizes, maps = input_shape
        return (batch, *(size and size // 2 for size in sizes), maps)

    def get_config(self):
        """Return the arguments."""
        return super().get_config() | {"activation": keras.activations.serialize(self.activation)}


@_serializable
class PartialConvolution2D(keras.layers.Layer):
    """Convolve, where each output map sees only the input maps that a table gives it.

    Only the kernels of the table's connections exist as parameters. The layer computes with the
    dense kernel that has zeros in the other places, as one convolution is quicker than many.
    Y. LeCun, L. Bottou, Y. Bengio & P. Haffner, "Gradient-Based Learning Applied to Document
    Recognition", Proc. IEEE 86 (1998), table I: in LeNet-5's C3, 60 kernels of 5x5 and 16 biases
    are 1,516 parameters. `kernel` is [rows, columns, connections], output map after output map;
    its values start uniform within 2.4 / (inputs of a unit), as in the paper, biases at 0. See
    the chapter "LeNet-5".

    Args:
        connections: for each output map, the input maps that it sees: a tuple of tuples.
        kernel_size: side of the kernels. There is no padding, and the stride is 1.
        activation: what follows, as for Keras layers; None for nothing.
        **kwargs: as for every Keras layer.

    Raises:
        TypeError: an argument has the wrong type.
        ValueError: an output map without or with repeated input maps, an input map that the
            input lacks, or images smaller than a kernel.
    """

    strides = (1, 1)

    def __init__(self, connections, kernel_size, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.connections = _check_connections(connections)
        self.kernel_size = (check_integer("kernel_size", kernel_size, least=1),) * 2
        self.activation = keras.activations.get(activation)

    @property
    def filters(self):
        """Output maps."""
        return len(self.connections)

    def build(self, input_shape):
        """Create a kernel per connection and a bias per output map."""
        _check_size(input_shape, least=self.kernel_size[0])
        channels = input_shape[-1]
        if max(map(max, self.connections)) >= channels:
            raise ValueError(
                f"`connections` must name input maps from 0 to {channels - 1}. "
                f"Received: {self.connections}"
            )
        pairs = [(i, o) for o, seen in enumerate(self.connections) for i in seen]
        # A product with this 0-1 matrix puts each kernel in its place in the dense one.
        self._places = np.zeros((len(pairs), channels * self.filters), "float32")
        self._places[range(len(pairs)), [i * self.filters + o for i, o in pairs]] = 1
        self.kernel = self.add_weight(
            name="kernel", shape=(*self.kernel_size, len(pairs)), initializer=self._uniform
        )
        self.bias = self.add_weight(name="bias", shape=(self.filters,), initializer="zeros")

    def _uniform(self, shape, dtype=None):
        cells = self.kernel_size[0] * self.kernel_size[1]
        limits = [2.4 / (cells * len(seen)) for seen in self.connections for _ in seen]
        return ops.convert_to_tensor(limits, dtype) * initializers.RandomUniform(-1, 1)(
            shape, dtype
        )

    def call(self, inputs):
        """Return the output maps."""
        kernel = ops.convert_to_tensor(self.kernel)
        places = ops.cast(self._places, kernel.dtype)
        shape = (*self.kernel_size, inputs.shape[-1], self.filters)
        dense = ops.reshape(ops.matmul(kernel, places), shape)
        y = ops.conv(inputs, dense, 1, "valid", data_format="channels_last")
        return self.activation(y + self.bias)

    def compute_output_shape(self, input_shape):
        """Return the shape that the kernels leave, with `filters` channels."""
        batch, *sizes, _ = input_shape
        kernel, _ = self.kernel_size
        return (batch, *(size and output_size(size, kernel) for size in sizes), self.filters)

    def get_config(self):
        """Return the arguments."""
        return super().get_config() | {
            "connections": [list(seen) for seen in self.connections],
            "kernel_size": self.kernel_size[0],
            "activation": keras.activations.serialize(self.activation),
        }


@_serializable
class RBFOutput(keras.layers.Layer):
    """Measure the squared distance of the input to a fixed bitmap per class.

    y[i] = sum over j of (x[j] - bitmap[i][j])^2; the class is the one of the *smallest* output.
    Y. LeCun, L. Bottou, Y. Bengio & P. Haffner, "Gradient-Based Learning Applied to Document
    Recognition", Proc. IEEE 86 (1998), section II-B, equation 7. The bitmaps are parameters that
    are not trained. See the chapter "LeNet-5".

    Args:
        bitmaps: numbers [classes, ...], +1 and -1 in the paper; each class's are laid out in a
            row, one per input.
        **kwargs: as for every Keras layer.

    Raises:
        ValueError: the bitmaps are not of one size, or of another than the input's.
    """

    def __init__(self, bitmaps, **kwargs):
        super().__init__(**kwargs)
        try:
            self.bitmaps = np.asarray(bitmaps, "float32")
        except (TypeError, ValueError):
            self.bitmaps = np.empty(0)
        if self.bitmaps.ndim < 2 or not self.bitmaps.size:
            raise ValueError(f"`bitmaps` must be numbers [classes, ...]. Received: {bitmaps!r}")
        self.bitmaps = self.bitmaps.reshape(len(self.bitmaps), -1)

    def build(self, input_shape):
        """Check the size of the input and store the bitmaps as fixed weights."""
        classes, inputs = self.bitmaps.shape
        if input_shape[-1] != inputs:
            raise ValueError(
                f"`bitmaps` must have {input_shape[-1]} cells, one per input. Received: {inputs}"
            )
        self.centers = self.add_weight(
            name="centers",
            shape=(classes, inputs),
            initializer=lambda shape, dtype=None: ops.convert_to_tensor(self.bitmaps, dtype),
            trainable=False,
        )

    def call(self, inputs):
        """Return the squared distances."""
        return ops.sum(ops.square(ops.expand_dims(inputs, -2) - self.centers), axis=-1)

    def compute_output_shape(self, input_shape):
        """Return the input's shape with one value per class."""
        return (*input_shape[:-1], len(self.bitmaps))

    def get_config(self):
        """Return the arguments."""
        return super().get_config() | {"bitmaps": self.bitmaps.tolist()}


def _check_size(input_shape, least):
    sizes = [size for size in input_shape[1:3] if size is not None]
    if len(input_shape) != 4 or any(size < least for size in sizes):
        raise ValueError(
            "`inputs` must be images [batch, height, width, channels] of at least "
            f"{least}x{least}. Received: shape {tuple(input_shape)}"
        )


def _check_connections(connections):
    try:
        table = [list(seen) for seen in connections]
    except TypeError:
        table = []
    if not table or any(not seen or len(seen) != len(set(seen)) for seen in table):
        raise ValueError(
            "`connections` must give each output map one or more different input maps. "
            f"Received: {connections!r}"
        )
    return tuple(tuple(check_integer("connections", i, least=0) for i in seen) for seen in table)
