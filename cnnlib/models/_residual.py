"""Residual units, and how ResNet, ResNeXt, Wide ResNet and SENet stack them."""

import math
from types import MappingProxyType
from typing import NamedTuple

from keras import layers

from cnnlib.layers import PadChannels
from cnnlib.models._parts import conv, drop, norm, norm_relu, relu

#: Depth -> units per stage: He, Zhang, Ren & Sun 2016, table 1; 200 from their second paper.
STAGES = MappingProxyType(
    {
        18: (2, 2, 2, 2),
        34: (3, 4, 6, 3),
        50: (3, 4, 6, 3),
        101: (3, 4, 23, 3),
        152: (3, 8, 36, 3),
        200: (3, 24, 36, 3),
    }
)


class Conv(NamedTuple):
    """One convolution of a residual branch.

    Attributes:
        filters: output channels.
        kernel: side of the kernel.
        stride: pixels from one output to the next.
        groups: parts into which the channels are split.
    """

    filters: int
    kernel: int
    stride: int = 1
    groups: int = 1


def basic(filters, stride):
    """Return the branch of two 3x3 convolutions, as a tuple of `Conv`."""
    return Conv(filters, 3, stride), Conv(filters, 3)


def bottleneck(filters, stride, *, inner=None, groups=1, stride_first=False):
    """Return the branch that squeezes with 1x1, convolves with 3x3 and widens with 1x1.

    Args:
        filters: a quarter of the unit's output channels.
        stride: the unit's stride.
        inner: channels of the 3x3 convolution; None: `filters`.
        groups: groups of the 3x3 convolution.
        stride_first: whether the stride is on the first 1x1, not on the 3x3 convolution.

    Returns:
        A tuple of `Conv`.
    """
    inner = inner or filters
    first, second = (stride, 1) if stride_first else (1, stride)
    return Conv(inner, 1, first), Conv(inner, 3, second, groups), Conv(4 * filters, 1)


def stage_units(depth, least=18):
    """Return the units per stage of an ImageNet form.

    Args:
        depth: one of `STAGES`.
        least: the smallest depth that the architecture has.

    Returns:
        A tuple of four integers.

    Raises:
        ValueError: an unknown depth.
    """
    allowed = [known for known in STAGES if known >= least]
    if depth not in allowed:
        raise ValueError(
            f"`depth` must be one of {', '.join(map(str, allowed))}. Received: {depth!r}"
        )
    return STAGES[depth]


def units(counts, filters, first=2):
    """Walk through the stages: each but the first halves the maps and doubles their number.

    Args:
        counts: units in each stage.
        filters: the first stage's width.
        first: number of the first stage, for the names; the stem is `conv1`.

    Yields:
        A unit's name ("conv3_1" is the first of stage 3), width and stride.
    """
    for stage, count in enumerate(counts):
        for index in range(count):
            stride = 2 if stage and not index else 1
            yield f"conv{stage + first}_{index + 1}", filters * 2**stage, stride


def projection(x, filters, stride, name, kernel=1):
    """Shortcut B where shapes change: a convolution with batch normalization."""
    return norm(conv(x, filters, kernel, stride, name=name), name)


def plain_projection(x, filters, stride, name):
    """Shortcut B of pre-activation units: a 1x1 convolution alone."""
    return conv(x, filters, 1, stride, name=name)


def padding(x, filters, stride, name, pool=1):
    """Shortcut A where shapes change: fewer pixels, zeros in the new channels, no weights.

    Args:
        x: Keras tensor [batch, height, width, channels].
        filters: output channels, at least those of `x`.
        stride: pixels from one output to the next.
        name: the shortcut's name.
        pool: side of the average pooling; 1 takes every `stride`-th pixel as it is.

    Returns:
        A Keras tensor with `filters` channels.
    """
    if stride > 1:
        x = layers.AveragePooling2D(pool, stride, "same", name=f"{name}_pool")(x)
    if filters > x.shape[-1]:
        x = PadChannels(filters, name=name)(x)
    return x


def post_activation(x, branch, name, shortcut=projection, recalibrate=None):
    """Add a residual unit of the first kind: convolution, normalization, rectifier.

    He, Zhang, Ren & Sun, "Deep Residual Learning for Image Recognition", CVPR 2016, figure 2.

    Args:
        x: Keras tensor [batch, height, width, channels].
        branch: the convolutions, from `basic` or `bottleneck`.
        name: the unit's name, the start of its layers' names.
        shortcut: what changes the shape of `x` where the branch does; None: no addition at all.
        recalibrate: function (x, name) that rescales the branch's output, or None.

    Returns:
        A Keras tensor.
    """
    y = x
    for index, spec in enumerate(branch, 1):
        y = norm(conv(y, *spec, name=f"{name}_conv{index}"), f"{name}_conv{index}")
        if index < len(branch):
            y = relu(y, f"{name}_conv{index}")
    if recalibrate:
        y = recalibrate(y, f"{name}_se")
    if shortcut:
        if changes_shape(x, branch):
            x = shortcut(x, *_ends(branch), f"{name}_shortcut")
        y = layers.Add(name=f"{name}_add")([x, y])
    return relu(y, name)


def pre_activation(x, branch, name, shortcut=plain_projection, dropout=0.0, activated=False):
    """Add a residual unit of the second kind: normalization, rectifier, convolution.

    He, Zhang, Ren & Sun, "Identity Mappings in Deep Residual Networks", ECCV 2016, figure 1.
    Where the shape changes, shortcut and branch share the first activation.

    Args:
        x: Keras tensor [batch, height, width, channels].
        branch: the convolutions, from `basic` or `bottleneck`.
        name: the unit's name, the start of its layers' names.
        shortcut: what changes the shape of `x` where the branch does; None: no addition at all.
        dropout: share of the activations that training drops before the second convolution.
        activated: whether `x` comes from a rectifier and needs no first activation.

    Returns:
        A Keras tensor.
    """
    y = x if activated else norm_relu(x, f"{name}_conv1")
    if changes_shape(x, branch):
        x = shortcut(y, *_ends(branch), f"{name}_shortcut") if shortcut else x
    for index, spec in enumerate(branch, 1):
        if index > 1:
            y = norm_relu(y, f"{name}_conv{index}")
        if index == 2:
            y = drop(y, dropout, f"{name}_dropout")
        y = conv(y, *spec, name=f"{name}_conv{index}")
    return layers.Add(name=f"{name}_add")([x, y]) if shortcut else y


def changes_shape(x, branch):
    """Return whether the branch's output has other channels or fewer pixels than `x`."""
    return _ends(branch) != (x.shape[-1], 1)


def _ends(branch):
    return branch[-1].filters, math.prod(spec.stride for spec in branch)
