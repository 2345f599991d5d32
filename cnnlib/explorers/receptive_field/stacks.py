"""Stacks of layers: those of the explorer's menu, the reader's own, and how far they reach."""

from cnnlib import geometry
from cnnlib.checks import check_integer, check_padding

LARGEST = {"kernel": 11, "stride": 5, "dilation": 16, "padding": 5}
DEEPEST = 64
DEFAULTS = {"kind": "convolution", "stride": 1, "padding": "valid", "dilation": 1, "name": ""}
"""What a layer is that says no more than its kernel."""
USUAL_SIDE = 48  # pixels of the picture's side for a stack of the reader's own


def _conv(name, kernel, stride=1, padding="valid", dilation=1, kind="convolution"):
    how = {"stride": stride, "padding": padding, "dilation": dilation}
    return {"name": name, "kind": kind, "kernel": kernel, **how}


def _pool(name, kernel, stride, padding="valid"):
    return _conv(name, kernel, stride, padding, kind="pooling")


def _vgg16():
    for block, convolutions in enumerate((2, 2, 3, 3, 3), start=1):
        for place in range(1, convolutions + 1):
            yield _conv(f"block{block}_conv{place}", 3, padding="same")
        yield _pool(f"block{block}_pool", 2, 2)


def _resnet50():
    yield _conv("conv1", 7, 2, 3)
    yield _pool("pool1", 3, 2, "same")
    for stage, units in enumerate((3, 4, 6, 3), start=2):
        for unit in range(1, units + 1):
            name = f"conv{stage}_{unit}_conv"
            yield _conv(f"{name}1", 1, 2 if unit == 1 and stage > 2 else 1)
            yield _conv(f"{name}2", 3, padding="same")
            yield _conv(f"{name}3", 1)


def _googlenet():
    yield from (_conv("conv1", 7, 2, 3), _pool("pool1", 3, 2, "same"))
    yield from (_conv("conv2_reduce", 1), _conv("conv2", 3, padding="same"))
    for stage, modules in enumerate(("ab", "abcde", "ab"), start=3):
        yield _pool(f"pool{stage - 1}", 3, 2, "same")
        for module in modules:
            name = f"inception_{stage}{module}_5x5"
            yield from (_conv(f"{name}_reduce", 1), _conv(name, 5, padding="same"))


STACKS = {
    "small": (
        "a small stack",
        USUAL_SIDE,
        [
            *(_conv("conv1", 3), _pool("pool1", 2, 2), _conv("conv2", 3)),
            *(_pool("pool2", 2, 2), _conv("conv3", 3)),
        ],
    ),
    "LeNet5": (
        "LeNet-5",
        32,
        [*(_conv("C1", 5), _pool("S2", 2, 2), _conv("C3", 5), _pool("S4", 2, 2)), _conv("C5", 5)],
    ),
    "AlexNet": (
        "AlexNet",
        227,
        [
            *(_conv("conv1", 11, 4), _pool("pool1", 3, 2)),
            *(_conv("conv2", 5, padding="same"), _pool("pool2", 3, 2)),
            *(_conv(f"conv{i}", 3, padding="same") for i in (3, 4, 5)),
            _pool("pool5", 3, 2),
        ],
    ),
    "ZFNet": (
        "ZFNet",
        224,
        [
            *(_conv("conv1", 7, 2, 1), _pool("pool1", 3, 2, 1)),
            *(_conv("conv2", 5, 2), _pool("pool2", 3, 2, 1)),
            *(_conv(f"conv{i}", 3, padding="same") for i in (3, 4, 5)),
            _pool("pool5", 3, 2),
        ],
    ),
    "VGG16": ("VGG16", 224, list(_vgg16())),
    "GoogLeNet": ("GoogLeNet (5×5)", 224, list(_googlenet())),
    "ResNet50": ("ResNet-50", 224, list(_resnet50())),
    "dilated": (
        "dilated kernels",
        96,
        [_conv(f"dilation {d}", 3, padding="same", dilation=d) for d in (1, 1, 2, 4, 8, 16, 1)],
    ),
}
"""Title, input side and layers of each stack, named as in `cnnlib.models`."""


def trace(side, layers):
    """Follow a stack of layers over an input as far as they fit.

    Args:
        side: cells of the input.
        layers: dicts as in the explorer.

    Returns:
        A list of pairs, for the input and for each layer: its outputs, and its
        `geometry.ReceptiveField`.
    """
    rows, stack = [(side, geometry.receptive_field([]))], []
    for layer in layers:
        how = [layer[name] for name in ("kernel", "stride", "padding", "dilation")]
        before, after = geometry.pad_amounts(rows[-1][0], *how)
        if geometry.receptive_field([how]).size > rows[-1][0] + before + after:
            break
        stack.append((how[0], how[1], before, how[3]))
        outputs = geometry.output_size(rows[-1][0], *how)
        rows.append((outputs, geometry.receptive_field(stack)))
    return rows


def checked_stack(stack):
    """Return the layers of a stack of the reader's own, complete.

    Args:
        stack: a list of dicts with "kernel" and any of `DEFAULTS`.

    Returns:
        A list of dicts.

    Raises:
        TypeError: `stack` is no list of dicts, or a number is none.
        ValueError: it has no layers or too many, or one that the explorer does not know.
    """
    if not isinstance(stack, (list, tuple)) or not all(isinstance(one, dict) for one in stack):
        raise TypeError(f"`stack` must be a name or a list of dicts. Received: {stack!r}")
    if not 1 <= len(stack) <= DEEPEST:
        raise ValueError(f"`stack` must have 1 to {DEEPEST} layers. Received: {len(stack)}")
    return [_checked_layer(f"stack[{index}]", layer) for index, layer in enumerate(stack)]


def _checked_layer(name, layer):
    unknown = set(layer) - {"kernel", *DEFAULTS}
    if unknown or "kernel" not in layer:
        raise ValueError(
            f"`{name}` must have a kernel and may have {', '.join(DEFAULTS)}. Received: {layer!r}"
        )
    layer = DEFAULTS | layer
    if layer["kind"] not in ("convolution", "pooling") or not isinstance(layer["name"], str):
        raise ValueError(
            f'`{name}` must be a "convolution" or "pooling", its name a string. Received: {layer!r}'
        )
    for one in ("kernel", "stride", "dilation"):
        layer[one] = check_integer(f"{name}[{one!r}]", layer[one], 1, LARGEST[one])
    padding = check_padding(layer["padding"])
    if not isinstance(padding, str):
        check_integer(f"{name}['padding']", padding, 0, LARGEST["padding"])
    return layer | {"padding": padding}
