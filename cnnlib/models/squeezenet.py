"""SqueezeNet; see the chapter "All of them, compared"."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import keras
from keras import layers

from cnnlib.checks import check_integer
from cnnlib.models._parts import drop, image_input
from cnnlib.models._published import ONE_CROP, Published
from cnnlib.models._registry import family


class Fire(NamedTuple):
    """The maps of one fire module, named as in the paper.

    Attributes:
        squeeze: maps of the 1x1 convolution that narrows the input, s1x1.
        expand1: maps of the 1x1 convolution beside the 3x3, e1x1.
        expand3: maps of the 3x3 convolution, e3x3.
    """

    squeeze: int
    expand1: int
    expand3: int


#: Iandola et al. 2016, table 1.
FIRES = MappingProxyType(
    {
        "fire2": Fire(16, 64, 64),
        "fire3": Fire(16, 64, 64),
        "fire4": Fire(32, 128, 128),
        "fire5": Fire(32, 128, 128),
        "fire6": Fire(48, 192, 192),
        "fire7": Fire(48, 192, 192),
        "fire8": Fire(64, 256, 256),
        "fire9": Fire(64, 256, 256),
    }
)
_BYPASSES = (None, "simple", "complex")


@family(
    {
        "SqueezeNet": {"stem": (96, 7), "pools": ("conv1", "fire4", "fire8")},
        "SqueezeNet11": {"stem": (64, 3), "pools": ("conv1", "fire3", "fire5")},
    },
    published={
        "SqueezeNet": Published(
            "SqueezeNet 1.0",
            {ONE_CROP: 19.7},
            family="SqueezeNet",
            year=2016,
            source="Iandola et al. 2016",
        )
    },
)
def squeezenet(
    stem,
    pools,
    fires=FIRES,
    bypass=None,
    input_shape=(224, 224, 3),
    classes=1000,
    name="squeezenet",
):
    """Build a SqueezeNet: fire modules, and no dense layer.

    F. N. Iandola, S. Han, M. W. Moskewicz, K. Ashraf, W. J. Dally & K. Keutzer, "SqueezeNet:
    AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size", arXiv:1602.07360,
    2016, table 1 and figure 2; 1.1 is their later release, with less computation. See the
    chapter "All of them, compared". Sizes are those of the authors' Caffe code, without padding
    in the first convolution and with sizes rounded up in pooling: 224 -> 109 -> 54, where the
    paper's table has 111 and 55.

    Args:
        stem: (maps, kernel) of the first convolution, whose stride is 2.
        pools: layers after which 3x3 max pooling of stride 2 follows: "conv1" or fire modules.
        fires: name -> (squeeze, expand1, expand3), the fire modules in order.
        bypass: None; "simple" adds a module's input to its output where they have equal numbers
            of maps; "complex" does it everywhere, through a 1x1 convolution where they differ.
        input_shape: (height, width, channels); the least size depends on `stem` and `pools`: 21
            for 1.0 and 17 for 1.1.
        classes: outputs; 0 leaves the body, which ends with the last fire module.
    """
    maps, kernel = _check(stem, pools, fires, bypass)
    # A pooling needs 2 pixels; the first convolution makes (n - kernel) // 2 + 1 of n.
    inputs = image_input(input_shape, least=kernel + 2 * (2 ** len(pools) - 1))
    x = _conv(inputs, maps, kernel, "conv1", strides=2, padding="valid")
    x = _pool(x, "conv1", pools)
    for fire, widths in fires.items():
        x = _bypass(x, _fire(x, Fire(*widths), fire), bypass, fire)
        x = _pool(x, fire, pools)
    if check_integer("classes", classes, least=0):
        x = _conv(drop(x, 0.5, "dropout"), classes, 1, "conv10")
        x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
        x = layers.Softmax(dtype="float32", name="softmax")(x)
    return keras.Model(inputs, x, name=name)


def _check(stem, pools, fires, bypass):
    """Check the options that are tables, and return the stem's maps and kernel."""
    if not isinstance(stem, (tuple, list)) or len(stem) != 2:
        raise ValueError(f"`stem` must be a pair (maps, kernel). Received: {stem!r}")
    if not isinstance(fires, Mapping) or any(
        not isinstance(widths, (tuple, list)) or len(widths) != 3 for widths in fires.values()
    ):
        raise ValueError(
            "`fires` must be a mapping of names to (squeeze, expand1, expand3). "
            f"Received: {fires!r}"
        )
    for fire, widths in fires.items():
        for value in widths:
            check_integer(f"fires[{fire!r}]", value, least=1)
    allowed = ("conv1", *fires)
    if not isinstance(pools, (tuple, list)) or any(pool not in allowed for pool in pools):
        raise ValueError(f"`pools` must be some of {', '.join(allowed)}. Received: {pools!r}")
    if bypass not in _BYPASSES:
        raise ValueError(f'`bypass` must be None, "simple" or "complex". Received: {bypass!r}')
    return [check_integer("stem", value, least=1) for value in stem]


def _conv(x, filters, kernel, name, **options):
    """Apply a convolution and a rectifier; it keeps the maps' sides unless `options` say so."""
    options = {"padding": "same"} | options
    return layers.Conv2D(
        filters,
        kernel,
        activation="relu",
        kernel_initializer="he_uniform",
        name=name,
        **options,
    )(x)


def _pool(x, layer, pools):
    """Apply 3x3 max pooling of stride 2 where it follows `layer`, rounding sizes up."""
    if layer not in pools:
        return x
    # A zero changes no maximum of rectified maps; where sizes are odd, no window reaches it.
    x = layers.ZeroPadding2D(((0, 1), (0, 1)), name=f"{layer}_pool_pad")(x)
    return layers.MaxPooling2D(3, 2, name=f"{layer}_pool")(x)


def _fire(x, widths, name):
    """Add a fire module: squeeze the maps, then expand them by 1x1 and 3x3 side by side."""
    x = _conv(x, widths.squeeze, 1, f"{name}_squeeze")
    one = _conv(x, widths.expand1, 1, f"{name}_expand_1x1")
    three = _conv(x, widths.expand3, 3, f"{name}_expand_3x3")
    return layers.Concatenate(name=name)([one, three])


def _bypass(x, y, bypass, name):
    """Add a fire module's input `x` to its output `y`, as figure 2 does."""
    if bypass == "complex" and x.shape[-1] != y.shape[-1]:
        x = layers.Conv2D(y.shape[-1], 1, name=f"{name}_bypass")(x)
    elif bypass is None or x.shape[-1] != y.shape[-1]:
        return y
    return layers.Add(name=f"{name}_add")([x, y])
