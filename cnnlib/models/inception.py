"""Inception-v3 and Inception-v4; see the chapter "GoogLeNet and Inception"."""

from functools import partial

from keras import layers

from cnnlib.checks import check_boolean, check_integer, check_number
from cnnlib.models._parts import classifier, image_input, relu
from cnnlib.models._published import ONE_CROP, Published
from cnnlib.models._registry import family

#: Below this side of the input, the last reduction has no window left.
LEAST = 75


@family(
    {"InceptionV3": {}},
    published={
        "InceptionV3": Published(
            "Inception-v3",
            {ONE_CROP: 5.6},
            family="Inception",
            year=2015,
            source="Szegedy et al. 2016",
        )
    },
)
def inception_v3(
    width=1.0,
    gamma=True,
    input_shape=(299, 299, 3),
    classes=1000,
    name="inception_v3",
):
    """Build Inception-v3: modules with factorized convolutions at three scales.

    C. Szegedy, V. Vanhoucke, S. Ioffe, J. Shlens & Z. Wojna, "Rethinking the Inception
    Architecture for Computer Vision", CVPR 2016, table 1 and figures 5 to 7 and 10. See the
    chapter "GoogLeNet and Inception". Deviations: the widths are those of the authors' published
    weights, as the paper gives few; there the stem's fourth convolution is 1x1 where table 1 has
    3x3. The auxiliary head is left out.

    Args:
        width: factor on every layer's maps, 1 in the paper; less makes a network for small
            experiments.
        gamma: whether batch normalization learns a scale beside its shift, as in torchvision's
            weights; the authors' own code and keras.applications learn the shift only.
        input_shape: (height, width, channels), from 75x75.
        classes: outputs; 0 leaves the body.
    """
    conv = _convolution(width, gamma)
    inputs = image_input(input_shape, least=LEAST)
    x = conv(inputs, 32, 3, strides=2, padding="valid", name="conv1")
    x = conv(x, 32, 3, padding="valid", name="conv2")
    x = conv(x, 64, 3, name="conv3")
    x = layers.MaxPooling2D(3, 2, name="pool1")(x)
    x = conv(x, 80, 1, name="conv4")
    x = conv(x, 192, 3, padding="valid", name="conv5")
    x = layers.MaxPooling2D(3, 2, name="pool2")(x)
    for index, projection in enumerate((32, 64, 64), 1):
        x = _v3_a(conv, x, projection, f"inception_a{index}")
    x = _v3_reduce_a(conv, x, "reduction_a")
    for index, maps in enumerate((128, 160, 160, 192), 1):
        x = _v3_b(conv, x, maps, f"inception_b{index}")
    x = _v3_reduce_b(conv, x, "reduction_b")
    for index in (1, 2):
        x = _v3_c(conv, x, f"inception_c{index}")
    return classifier(inputs, x, classes, name)


def _v3_a(conv, x, projection, name):
    """Add figure 5's module: two 3x3 instead of a 5x5, and the 5x5 that the code kept."""
    one = conv(x, 64, 1, name=f"{name}_1x1")
    five = conv(x, 48, 1, name=f"{name}_5x5_reduce")
    five = conv(five, 64, 5, name=f"{name}_5x5")
    double = conv(x, 64, 1, name=f"{name}_double_reduce")
    double = conv(double, 96, 3, name=f"{name}_double_1")
    double = conv(double, 96, 3, name=f"{name}_double_2")
    pool = _pool_projection(conv, x, projection, name)
    return layers.Concatenate(name=name)([one, five, double, pool])


def _v3_reduce_a(conv, x, name):
    """Add figure 10's reduction: convolutions of stride 2 beside a pooling of stride 2."""
    three = conv(x, 384, 3, strides=2, padding="valid", name=f"{name}_3x3")
    double = conv(x, 64, 1, name=f"{name}_double_reduce")
    double = conv(double, 96, 3, name=f"{name}_double_1")
    double = conv(double, 96, 3, strides=2, padding="valid", name=f"{name}_double_2")
    pool = layers.MaxPooling2D(3, 2, name=f"{name}_pool")(x)
    return layers.Concatenate(name=name)([three, double, pool])


def _v3_b(conv, x, maps, name):
    """Add figure 6's module: 7x7 convolutions as 1x7 and 7x1."""
    one = conv(x, 192, 1, name=f"{name}_1x1")
    seven = conv(x, maps, 1, name=f"{name}_7x7_reduce")
    seven = _chain(conv, seven, [(maps, (1, 7)), (192, (7, 1))], f"{name}_7x7")
    double = conv(x, maps, 1, name=f"{name}_double_reduce")
    double = _chain(
        conv,
        double,
        [(maps, (7, 1)), (maps, (1, 7)), (maps, (7, 1)), (192, (1, 7))],
        f"{name}_double",
    )
    pool = _pool_projection(conv, x, 192, name)
    return layers.Concatenate(name=name)([one, seven, double, pool])


def _v3_reduce_b(conv, x, name):
    """Add the second reduction, with a 7x7 before one of its convolutions of stride 2."""
    three = conv(x, 192, 1, name=f"{name}_3x3_reduce")
    three = conv(three, 320, 3, strides=2, padding="valid", name=f"{name}_3x3")
    seven = conv(x, 192, 1, name=f"{name}_7x7_reduce")
    seven = _chain(conv, seven, [(192, (1, 7)), (192, (7, 1))], f"{name}_7x7")
    seven = conv(seven, 192, 3, strides=2, padding="valid", name=f"{name}_7x7_3x3")
    pool = layers.MaxPooling2D(3, 2, name=f"{name}_pool")(x)
    return layers.Concatenate(name=name)([three, seven, pool])


def _v3_c(conv, x, name):
    """Add figure 7's module: 1x3 and 3x1 side by side, for many maps on a small grid."""
    one = conv(x, 320, 1, name=f"{name}_1x1")
    three = conv(x, 384, 1, name=f"{name}_3x3_reduce")
    three = _fork(conv, three, 384, f"{name}_3x3")
    double = conv(x, 448, 1, name=f"{name}_double_reduce")
    double = conv(double, 384, 3, name=f"{name}_double_3x3")
    double = _fork(conv, double, 384, f"{name}_double")
    pool = _pool_projection(conv, x, 192, name)
    return layers.Concatenate(name=name)([one, *three, *double, pool])


@family(
    {"InceptionV4": {}},
    published={
        "InceptionV4": Published(
            "Inception-v4",
            {ONE_CROP: 5.0},
            family="Inception",
            year=2016,
            source="Szegedy et al. 2017",
        )
    },
)
def inception_v4(
    blocks=(4, 7, 3),
    width=1.0,
    gamma=True,
    input_shape=(299, 299, 3),
    classes=1000,
    name="inception_v4",
):
    """Build Inception-v4: uniform modules at three scales, without residual connections.

    C. Szegedy, S. Ioffe, V. Vanhoucke & A. A. Alemi, "Inception-v4, Inception-ResNet and the
    Impact of Residual Connections on Learning", AAAI 2017, figures 3 to 9. See the chapter
    "GoogLeNet and Inception". The auxiliary head, which the figures leave out, is left out.

    Args:
        blocks: number of modules A, B and C.
        width: factor on every layer's maps, 1 in the paper; less makes a network for small
            experiments.
        gamma: whether batch normalization learns a scale beside its shift, as in R. Cadene's
            PyTorch port; the authors' own code learns the shift only.
        input_shape: (height, width, channels), from 75x75.
        classes: outputs; 0 leaves the body.
    """
    if not isinstance(blocks, (tuple, list)) or len(blocks) != 3:
        raise ValueError(f"`blocks` must be three numbers of modules. Received: {blocks!r}")
    counts = [check_integer(f"blocks[{i}]", count, least=0) for i, count in enumerate(blocks)]
    conv = _convolution(width, gamma)
    inputs = image_input(input_shape, least=LEAST)
    x = _v4_stem(conv, inputs)
    modules = (_v4_a, _v4_b, _v4_c)
    reductions = (_v4_reduce_a, _v4_reduce_b, None)
    for letter, module, count, reduce in zip("abc", modules, counts, reductions, strict=True):
        for index in range(1, count + 1):
            x = module(conv, x, f"inception_{letter}{index}")
        if reduce:
            x = reduce(conv, x, f"reduction_{letter}")
    return classifier(inputs, x, classes, name, dropout=0.2)


def _v4_stem(conv, x):
    """Add figure 3: three times two branches side by side, 299 pixels to 35."""
    x = conv(x, 32, 3, strides=2, padding="valid", name="conv1")
    x = conv(x, 32, 3, padding="valid", name="conv2")
    x = conv(x, 64, 3, name="conv3")
    pool = layers.MaxPooling2D(3, 2, name="stem_1_pool")(x)
    three = conv(x, 96, 3, strides=2, padding="valid", name="stem_1_3x3")
    x = layers.Concatenate(name="stem_1")([pool, three])
    three = conv(x, 64, 1, name="stem_2_3x3_reduce")
    three = conv(three, 96, 3, padding="valid", name="stem_2_3x3")
    seven = conv(x, 64, 1, name="stem_2_7x7_reduce")
    seven = _chain(conv, seven, [(64, (7, 1)), (64, (1, 7))], "stem_2_7x7")
    seven = conv(seven, 96, 3, padding="valid", name="stem_2_7x7_3x3")
    x = layers.Concatenate(name="stem_2")([three, seven])
    three = conv(x, 192, 3, strides=2, padding="valid", name="stem_3_3x3")
    pool = layers.MaxPooling2D(3, 2, name="stem_3_pool")(x)
    return layers.Concatenate(name="stem_3")([three, pool])


def _v4_a(conv, x, name):
    """Add figure 4's module, on the 35x35 grid."""
    pool = _pool_projection(conv, x, 96, name)
    one = conv(x, 96, 1, name=f"{name}_1x1")
    three = conv(x, 64, 1, name=f"{name}_3x3_reduce")
    three = conv(three, 96, 3, name=f"{name}_3x3")
    double = conv(x, 64, 1, name=f"{name}_double_reduce")
    double = conv(double, 96, 3, name=f"{name}_double_1")
    double = conv(double, 96, 3, name=f"{name}_double_2")
    return layers.Concatenate(name=name)([pool, one, three, double])


def _v4_reduce_a(conv, x, name):
    """Add figure 7's reduction, 35x35 to 17x17, with table 1's widths."""
    pool = layers.MaxPooling2D(3, 2, name=f"{name}_pool")(x)
    three = conv(x, 384, 3, strides=2, padding="valid", name=f"{name}_3x3")
    double = conv(x, 192, 1, name=f"{name}_double_reduce")
    double = conv(double, 224, 3, name=f"{name}_double_1")
    double = conv(double, 256, 3, strides=2, padding="valid", name=f"{name}_double_2")
    return layers.Concatenate(name=name)([pool, three, double])


def _v4_b(conv, x, name):
    """Add figure 5's module, on the 17x17 grid."""
    pool = _pool_projection(conv, x, 128, name)
    one = conv(x, 384, 1, name=f"{name}_1x1")
    seven = conv(x, 192, 1, name=f"{name}_7x7_reduce")
    seven = _chain(conv, seven, [(224, (1, 7)), (256, (7, 1))], f"{name}_7x7")
    double = conv(x, 192, 1, name=f"{name}_double_reduce")
    double = _chain(
        conv,
        double,
        [(192, (1, 7)), (224, (7, 1)), (224, (1, 7)), (256, (7, 1))],
        f"{name}_double",
    )
    return layers.Concatenate(name=name)([pool, one, seven, double])


def _v4_reduce_b(conv, x, name):
    """Add figure 8's reduction, 17x17 to 8x8."""
    pool = layers.MaxPooling2D(3, 2, name=f"{name}_pool")(x)
    three = conv(x, 192, 1, name=f"{name}_3x3_reduce")
    three = conv(three, 192, 3, strides=2, padding="valid", name=f"{name}_3x3")
    seven = conv(x, 256, 1, name=f"{name}_7x7_reduce")
    seven = _chain(conv, seven, [(256, (1, 7)), (320, (7, 1))], f"{name}_7x7")
    seven = conv(seven, 320, 3, strides=2, padding="valid", name=f"{name}_7x7_3x3")
    return layers.Concatenate(name=name)([pool, three, seven])


def _v4_c(conv, x, name):
    """Add figure 6's module, on the 8x8 grid."""
    pool = _pool_projection(conv, x, 256, name)
    one = conv(x, 256, 1, name=f"{name}_1x1")
    three = conv(x, 384, 1, name=f"{name}_3x3_reduce")
    three = _fork(conv, three, 256, f"{name}_3x3")
    double = conv(x, 384, 1, name=f"{name}_double_reduce")
    double = _chain(conv, double, [(448, (1, 3)), (512, (3, 1))], f"{name}_double_3x3")
    double = _fork(conv, double, 256, f"{name}_double")
    return layers.Concatenate(name=name)([pool, one, *three, *double])


def _convolution(width, gamma):
    """Return `_conv` with the options of a whole network."""
    width = check_number("width", width, above=0, high=4)
    return partial(_conv, width=width, gamma=check_boolean("gamma", gamma))


def _conv(x, filters, kernel, *, width, gamma, strides=1, padding="same", name):
    """Apply a convolution without bias, batch normalization and a rectifier."""
    x = layers.Conv2D(
        max(1, round(width * filters)),
        kernel,
        strides,
        padding,
        use_bias=False,
        kernel_initializer="he_uniform",
        name=name,
    )(x)
    x = layers.BatchNormalization(momentum=0.9, epsilon=1e-3, scale=gamma, name=f"{name}_bn")(x)
    return relu(x, name)


def _chain(conv, x, steps, name):
    """Apply convolutions (maps, kernel) one after another."""
    for index, (maps, kernel) in enumerate(steps, 1):
        x = conv(x, maps, kernel, name=f"{name}_{index}")
    return x


def _fork(conv, x, maps, name):
    """Apply a 1x3 and a 3x1 convolution side by side."""
    return [conv(x, maps, side, name=f"{name}_{side[0]}x{side[1]}") for side in ((1, 3), (3, 1))]


def _pool_projection(conv, x, maps, name):
    """Apply 3x3 average pooling that keeps the maps' sides, and a 1x1 convolution."""
    x = layers.AveragePooling2D(3, 1, "same", name=f"{name}_pool")(x)
    return conv(x, maps, 1, name=f"{name}_pool_proj")
