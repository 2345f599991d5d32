"""What the architectures since batch normalization have in common: input, convolution, head."""

import keras
from keras import layers

from cnnlib.checks import check_integer, check_number


def image_input(input_shape, least):
    """Return the input layer of a network that takes images of any size from `least`.

    Args:
        input_shape: (height, width, channels); a height or width of None is left open.
        least: the smallest height and width, in pixels.

    Returns:
        A Keras tensor [batch, height, width, channels].

    Raises:
        ValueError: `input_shape` is something else, or the images are too small.
    """
    shape = tuple(input_shape) if isinstance(input_shape, (tuple, list)) else ()
    sizes = [size for size in shape[:2] if size is not None]
    if not (
        len(shape) == 3
        and all(isinstance(size, int) and size >= least for size in sizes)
        and isinstance(shape[2], int)
        and shape[2] >= 1
    ):
        raise ValueError(
            "`input_shape` must be (height, width, channels) with a height and a width of at "
            f"least {least}. Received: {input_shape!r}"
        )
    return keras.Input(shape, name="input")


def conv(x, filters, kernel, stride=1, groups=1, *, name):
    """Apply a convolution without bias, as before batch normalization, keeping ceil(n / stride).

    Strided convolutions pad both sides alike, as the papers' Caffe and Torch code does: then the
    fields of a strided 3x3 convolution and of the 1x1 convolution on its shortcut share centres.
    The weights start with the variance of He, Zhang, Ren & Sun, "Delving Deep into Rectifiers",
    ICCV 2015, but uniform, which is quicker to draw than their normal distribution.

    Args:
        x: Keras tensor [batch, height, width, channels].
        filters: output channels.
        kernel: side of the kernel, odd.
        stride: pixels from one output to the next.
        groups: parts into which the channels are split.
        name: the layer's name.

    Returns:
        A Keras tensor [batch, ceil(height / stride), ceil(width / stride), filters].
    """
    padding = "same"
    if stride > 1 and kernel > 1:
        x = layers.ZeroPadding2D(kernel // 2, name=f"{name}_pad")(x)
        padding = "valid"
    return layers.Conv2D(
        filters,
        kernel,
        stride,
        padding,
        groups=groups,
        use_bias=False,
        kernel_initializer="he_uniform",
        name=name,
    )(x)


def norm(x, name):
    """Apply batch normalization with the papers' constants; `name` gets the suffix "_bn"."""
    return layers.BatchNormalization(momentum=0.9, epsilon=1e-5, name=f"{name}_bn")(x)


def relu(x, name):
    """Apply a rectifier; `name` gets the suffix "_relu"."""
    return layers.ReLU(name=f"{name}_relu")(x)


def norm_relu(x, name):
    """Apply batch normalization, then a rectifier."""
    return relu(norm(x, name), name)


def conv_norm_relu(x, filters, kernel, stride=1, groups=1, *, name):
    """Apply `conv`, batch normalization and a rectifier."""
    return norm_relu(conv(x, filters, kernel, stride, groups, name=name), name)


def imagenet_stem(x, filters=64):
    """Apply the 7x7 convolution and the 3x3 max pooling, both of stride 2, of many papers."""
    return stem_pool(conv_norm_relu(x, filters, 7, 2, name="conv1"))


def stem_pool(x):
    """Apply 3x3 max pooling of stride 2, rounding sizes up as the papers' Caffe code does."""
    return layers.MaxPooling2D(3, 2, "same", name="pool1")(x)


def drop(x, dropout, name):
    """Apply dropout, or nothing where the share `dropout` is 0.

    Raises:
        TypeError: `dropout` is not a number.
        ValueError: `dropout` is not from 0 to below 1.
    """
    dropout = check_number("dropout", dropout, low=0, below=1)
    return layers.Dropout(dropout, name=name)(x) if dropout else x


def flat(x, input_shape):
    """Lay out feature maps in a row for a dense layer.

    Args:
        x: Keras tensor [batch, height, width, channels].
        input_shape: the model's, for the message.

    Raises:
        ValueError: the height or width is open.
    """
    if None in x.shape[1:]:
        raise ValueError(
            "`input_shape` must have a known height and width, because a dense layer has one "
            f"weight per input. Received: {input_shape!r}"
        )
    return layers.Flatten(name="flatten")(x)


def head(x, classes):
    """Apply the dense layer and softmax, which is float32 under mixed precision too."""
    return layers.Softmax(dtype="float32", name="softmax")(layers.Dense(classes, name="fc")(x))


def classifier(inputs, x, classes, name, dropout=0.0):
    """Close a network with global average pooling, a dense layer and softmax.

    Args:
        inputs: the input layer's Keras tensor.
        x: the last feature maps.
        classes: outputs of the dense layer; 0 leaves the body alone, which ends with `x`.
        name: the model's name.
        dropout: share of the pooled features that training drops.

    Returns:
        A `keras.Model`.

    Raises:
        TypeError: `classes` is not an integer.
        ValueError: `classes` is negative.
    """
    if check_integer("classes", classes, least=0):
        x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
        x = drop(x, dropout, "dropout")
        x = head(x, classes)
    return keras.Model(inputs, x, name=name)


def repeats(depth, layers_each, rest):
    """Return n of a depth that is layers_each * n + rest.

    Args:
        depth: layers with weights, as the papers count them: shortcuts left out.
        layers_each: layers that one more repeat adds.
        rest: layers outside the repeats.

    Returns:
        The integer n, at least 1.

    Raises:
        TypeError: `depth` is not an integer.
        ValueError: no n gives this depth.
    """
    depth = check_integer("depth", depth, least=layers_each + rest)
    if (depth - rest) % layers_each:
        raise ValueError(f"`depth` must be {layers_each}n+{rest}. Received: {depth!r}")
    return (depth - rest) // layers_each
