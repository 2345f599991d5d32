"""LeNet-5, as published and as it is built today; see the chapter "LeNet-5"."""

import keras
from keras import initializers, layers, ops

from cnnlib.checks import check_choice, check_integer, check_number
from cnnlib.layers import (
    DIGITS,
    PartialConvolution2D,
    RBFOutput,
    TrainableAveragePooling2D,
    scaled_tanh,
)
from cnnlib.models._parts import flat, head, image_input
from cnnlib.models._published import Published
from cnnlib.models._registry import family

#: Table I: for each map of C3, the maps of S2 that it sees.
C3_TABLE = (
    *((0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5)),
    *((0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5)),
    *((0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)),
    (0, 1, 2, 3, 4, 5),
)


@family(
    {"LeNet5": {}},
    published={
        "LeNet5": Published("LeNet-5", family="LeNet", year=1998, source="LeCun et al. 1998")
    },
)
def lenet5(
    input_shape=(32, 32, 1),
    classes=10,
    name="lenet5",
):
    """Build LeNet-5 as published: trainable pooling, C3's table, scaled tanh, RBF output.

    The outputs are squared distances to the bitmaps of the digits, and the smallest tells the
    class. Train it with the paper's loss and count with the accuracy that goes with it:
    `model.compile("adam", MAPLoss(), metrics=[nearest_accuracy])`, both in
    `cnnlib.models.lenet`. Y. LeCun, L. Bottou, Y. Bengio & P. Haffner, "Gradient-Based Learning
    Applied to Document Recognition", Proc. IEEE 86 (1998), section II-B. See the chapter
    "LeNet-5". Deviations: the paper prints its bitmaps as a picture only, so these are drawn
    anew; biases start at 0 and pooling as plain averages.

    Args:
        input_shape: (height, width, channels), from 28x28; less than 32 is padded with zeros to
            32, so that 28x28 digits get 2 on each side. The paper's pixels are about -0.1 for
            paper and 1.175 for ink.
        classes: outputs, at most 10: the digits from 0; other symbols may take their places. 0
            leaves the body, which ends with C5.
    """
    classes = check_integer("classes", classes, least=0, most=len(DIGITS))
    inputs = image_input(input_shape, least=28)
    x = _conv(_padded(inputs), 6, "C1")
    x = TrainableAveragePooling2D(scaled_tanh, name="S2")(x)
    x = PartialConvolution2D(C3_TABLE, 5, scaled_tanh, name="C3")(x)
    x = TrainableAveragePooling2D(scaled_tanh, name="S4")(x)
    x = _conv(x, 120, "C5")
    if classes:
        x = _f6(x, input_shape)
        x = RBFOutput(DIGITS[:classes], dtype="float32", name="output")(x)
    return keras.Model(inputs, x, name=name)


@family({"LeNet5Modern": {}})
def lenet5_modern(
    pooling="average",
    activation="tanh",
    input_shape=(32, 32, 1),
    classes=10,
    name="lenet5_modern",
):
    """Build LeNet-5 as it is built today: dense C3, pooling without parameters, softmax.

    Y. LeCun, L. Bottou, Y. Bengio & P. Haffner, "Gradient-Based Learning Applied to Document
    Recognition", Proc. IEEE 86 (1998), section II-B, for the layers' sizes. See the chapter
    "LeNet-5".

    Args:
        pooling: "average" or "max".
        activation: what follows C1, C3, C5 and F6: "tanh", "relu" or "sigmoid".
        input_shape: (height, width, channels), from 28x28; less than 32 is padded with zeros to
            32, so that 28x28 digits get 2 on each side.
        classes: outputs; 0 leaves the body, which ends with C5.
    """
    pools = {"average": layers.AveragePooling2D, "max": layers.MaxPooling2D}
    check_choice("pooling", pooling, pools)
    check_choice("activation", activation, ("tanh", "relu", "sigmoid"))
    inputs = image_input(input_shape, least=28)
    x = layers.Conv2D(6, 5, activation=activation, name="C1")(_padded(inputs))
    x = pools[pooling](2, name="S2")(x)
    x = layers.Conv2D(16, 5, activation=activation, name="C3")(x)
    x = pools[pooling](2, name="S4")(x)
    x = layers.Conv2D(120, 5, activation=activation, name="C5")(x)
    if check_integer("classes", classes, least=0):
        x = layers.Dense(84, activation, name="F6")(flat(x, input_shape))
        x = head(x, classes)
    return keras.Model(inputs, x, name=name)


@keras.saving.register_keras_serializable(package="cnnlib")
class MAPLoss(keras.losses.Loss):
    """The loss that LeNet-5 is trained with: near the right bitmap, far from the others.

    y[right] + log(exp(-margin) + sum over i of exp(-y[i])) for the distances y. The constant is
    the distance of an imagined class of rubbish: outputs that are all further away than it are
    not pushed any more. Y. LeCun, L. Bottou, Y. Bengio & P. Haffner, "Gradient-Based Learning
    Applied to Document Recognition", Proc. IEEE 86 (1998), section II-C, equation 9, which gives
    no value for the constant. The bitmaps are 52 to 212 apart; with much less than that, training
    first draws all outputs to the bitmaps' mean and is slow to leave it. See the chapter
    "LeNet-5".

    Args:
        margin: the constant j, a squared distance above 0.
        **kwargs: as for every Keras loss.

    Raises:
        ValueError: `margin` is not above 0.
    """

    def __init__(self, margin=100.0, name="map_loss", **kwargs):
        super().__init__(name=name, **kwargs)
        self.margin = check_number("margin", margin, above=0)

    def call(self, y_true, y_pred):
        """Return the loss of each image.

        Args:
            y_true: class numbers [batch] or [batch, 1].
            y_pred: squared distances [batch, classes].
        """
        y_true = ops.cast(ops.reshape(y_true, (-1,)), "int32")
        right = ops.sum(ops.one_hot(y_true, y_pred.shape[-1], dtype=y_pred.dtype) * y_pred, -1)
        rubbish = ops.full_like(y_pred[:, :1], -self.margin)
        return right + ops.logsumexp(ops.concatenate([-y_pred, rubbish], -1), -1)

    def get_config(self):
        """Return the arguments."""
        return super().get_config() | {"margin": self.margin}


@keras.saving.register_keras_serializable(package="cnnlib")
def nearest_accuracy(y_true, y_pred):
    """Tell for which images the nearest bitmap is the right one.

    Args:
        y_true: class numbers [batch] or [batch, 1].
        y_pred: squared distances [batch, classes], LeNet-5's output.

    Returns:
        Zeros and ones [batch].
    """
    right = ops.cast(ops.reshape(y_true, (-1,)), "int32")
    return ops.cast(ops.equal(ops.argmin(y_pred, -1), right), "float32")


def _padded(inputs):
    """Surround images of less than 32 pixels a side with zeros, up to 32."""
    missing = [max(32 - (size or 32), 0) for size in inputs.shape[1:3]]
    if not any(missing):
        return inputs
    around = [(zeros // 2, zeros - zeros // 2) for zeros in missing]
    return layers.ZeroPadding2D(around, name="pad")(inputs)


def _conv(x, filters, name):
    return layers.Conv2D(
        filters,
        5,
        activation=scaled_tanh,
        kernel_initializer=_uniform(25 * x.shape[-1]),
        name=name,
    )(x)


def _f6(x, input_shape):
    x = flat(x, input_shape)
    uniform = _uniform(x.shape[-1])
    return layers.Dense(84, scaled_tanh, kernel_initializer=uniform, name="F6")(x)


def _uniform(inputs):
    """Return the paper's start of the weights of units with so many inputs."""
    return initializers.RandomUniform(-2.4 / inputs, 2.4 / inputs)
