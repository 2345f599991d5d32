"""Residual networks that widen at every unit; see the chapter "PyramidNet"."""

from keras import layers

from cnnlib.checks import check_integer
from cnnlib.models._parts import (
    classifier,
    conv,
    image_input,
    imagenet_stem,
    norm,
    norm_relu,
    relu,
    repeats,
)
from cnnlib.models._published import ONE_CROP, Published
from cnnlib.models._registry import family
from cnnlib.models._residual import (
    basic,
    changes_shape,
    padding,
    stage_units,
    units,
)
from cnnlib.models._residual import bottleneck as bottleneck_branch


@family({"PyramidNet": {}}, stride=4)
def pyramidnet(
    depth=110,
    alpha=48,
    bottleneck=False,
    input_shape=(32, 32, 3),
    classes=10,
    name="pyramidnet",
):
    """Build an additive PyramidNet for small images.

    The k-th of N units has floor(16 + alpha k / N) maps, four times as many with bottlenecks.
    The paper's eq. 2 floors and its tables round to 0.1 M parameters; its rows with alpha 270
    lie 0.6 to 0.8 % below what the equation gives. D. Han, J. Kim & J. Kim, "Deep Pyramidal
    Residual Networks", CVPR 2017, table 1 and figure 6d. See the chapter "PyramidNet".

    Args:
        depth: layers with weights: 6n+2, or 9n+2 with bottlenecks.
        alpha: maps that all units together add.
        bottleneck: whether units are bottlenecks instead of two 3x3 convolutions.
    """
    counts = (repeats(depth, 9 if bottleneck else 6, 2),) * 3
    inputs = image_input(input_shape, least=4)
    x = norm(conv(inputs, 16, 3, name="conv1"), "conv1")
    x = _pyramid(x, counts, alpha, bottleneck_branch if bottleneck else basic)
    return classifier(inputs, x, classes, name)


@family(
    {"PyramidNet101": {"depth": 101, "alpha": 360}, "PyramidNet200": {"depth": 200}},
    published={
        "PyramidNet200": Published(
            "PyramidNet-200",
            {ONE_CROP: 5.29},
            family="PyramidNet",
            year=2016,
            source="Han, Kim & Kim 2017; their models",
        )
    },
    stride=32,
)
def pyramidnet_imagenet(
    depth,
    alpha=300,
    dropout=0.0,
    input_shape=(224, 224, 3),
    classes=1000,
    name="pyramidnet_imagenet",
):
    """Build an additive PyramidNet for ImageNet, of bottlenecks.

    The k-th of N units has 4 floor(64 + alpha k / N) maps. D. Han, J. Kim & J. Kim, "Deep
    Pyramidal Residual Networks", CVPR 2017, table 5: depth 200 with alpha 300, or 450 and
    dropout. See the chapter "PyramidNet".

    Args:
        depth: 50, 101, 152 or 200: layers with weights.
        alpha: a quarter of the maps that all units together add.
        dropout: share of the pooled features that training drops; the paper's 0.5 goes with
            alpha 450.
    """
    counts = stage_units(depth, least=50)
    inputs = image_input(input_shape, least=32)
    x = _pyramid(imagenet_stem(inputs), counts, alpha, bottleneck_branch)
    return classifier(inputs, x, classes, name, dropout)


def _pyramid(x, counts, alpha, branch):
    """Add the units, which widen from the stem's width by `alpha`, and the last activation."""
    alpha = check_integer("alpha", alpha, least=0)
    start, count = x.shape[-1], sum(counts)
    for index, (name, _, stride) in enumerate(units(counts, start), 1):
        x = _unit(x, branch(start + alpha * index // count, stride), stride, name)
    return norm_relu(x, "last")


def _unit(x, branch, stride, name):
    """Add a residual unit with one rectifier less and one batch normalization more."""
    y = norm(x, f"{name}_in")
    for index, spec in enumerate(branch, 1):
        y = norm(conv(y, *spec, name=f"{name}_conv{index}"), f"{name}_conv{index}")
        if index < len(branch):
            y = relu(y, f"{name}_conv{index}")
    if changes_shape(x, branch):
        x = padding(x, branch[-1].filters, stride, f"{name}_shortcut", pool=2)
    return layers.Add(name=f"{name}_add")([x, y])
