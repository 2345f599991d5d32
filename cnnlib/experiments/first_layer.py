"""The first layer of AlexNet and of ZF Net, on pieces of photographs at their full resolution.

Small networks tell sixteen photographs by pieces of 80x80 grey pixels. Their first layers have 24
kernels of 11x11 or of 7x7 pixels, at every fourth or at every second one. A stride of 2 is made
up for in the second convolution, as ZF Net does, so that all layers behind it have the same sizes
and the same parameters: overlapping pooling, a second convolution of 5x5, pooling, a third of 3x3,
pooling and two dense layers. The pieces to learn from come from the left two thirds of each
photograph, the new ones from the rest; each has a mean of 0 and a standard deviation of 1, so that
brightness and contrast tell nothing. The first layer's weights start with a standard deviation of
0.01, as in AlexNet's paper (ZF Net's says 0.01 and not of what), and in two further networks as He
draws them, thirteen (11x11) and twenty times (7x7) as large; those of all other layers as He draws
them. A seed draws the pieces, those of each step and the first weights. The rate was tried with the
seed 1,000 and is that of all networks. See the chapter "ZF Net".
"""

import base64
from functools import cache

import numpy as np

from cnnlib.data import images
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule

PHOTOGRAPHS = [name for name in images.pictures() if name != "chessboard"]  # which is too small

SIDE, SHIFTS, MAPS = 80, 3, 24
"""Pixels of a piece, by how many it is shifted at most, and kernels of the first layer."""

RATE = 0.002
"""Adam's first rate, from which it falls to 0 along a cosine."""

LEAST = 0.05
"""A map whose spread is less than this share of the largest one counts as dead."""

MIDDLE = (0.1, 0.25)
"""Cycles per pixel: the middle frequencies."""

NETWORKS = {
    f"{kernel}×{kernel}, stride {stride}" + ", loud" * loud: {
        "kernel": kernel,
        "stride": stride,
        "loud": loud,
    }
    for kernel, stride, loud in (
        (11, 4, False),
        (7, 2, False),
        (11, 2, False),
        (7, 4, False),
        (11, 4, True),
        (7, 2, True),
    )
}
"""The first two are AlexNet's first layer and ZF Net's, the next two change one of the two alone,
and the last are the first two with first weights as He draws them."""

_ALEXNET, _ZFNET, _STRIDE, _KERNEL, _LOUD_ALEXNET, _LOUD_ZFNET = NETWORKS
_POINTS = {"above": 0, "unit": "percentage points"}

EXPERIMENT = Experiment(
    question="Does a first layer of 7x7 kernels and stride 2 see more than one of 11x11 and "
    "stride 4: fewer dead maps, less aliasing, more frequencies, more pictures named rightly?",
    claim="The first layer of Krizhevsky et al. is a mix of extremely high and low frequencies "
    "with little coverage of the mid ones, and its stride of 4 causes aliasing artifacts. Kernels "
    "of 7x7 with a stride of 2 give more distinctive features and fewer dead ones, and improve the "
    "classification.",
    source="Zeiler & Fergus 2014, section 4.1, figure 5 and table 2",
    variants=NETWORKS,
    scales={
        "glimpse": {"pieces": 320, "steps": 20},
        "small": {"pieces": 4000, "steps": 200},
        "full": {"pieces": 40_000, "steps": 6000},
    },
    seeds={"glimpse": 1, "small": 3, "full": 20},
    measures={
        "accuracy": "per cent of the new pieces right, two for each five to learn from",
        "training": "per cent of the first 1,000 pieces to learn from right",
        "dead": f"per cent of the first layer's maps with less than {LEAST:.0%} of the largest "
        "spread over the new pieces",
        "folded": "per cent of what the kernels let through that has too high a frequency for the "
        "stride, the mean of the maps",
        "middle": "per cent of the kernels with the largest gain at {} to {} cycles per "
        "pixel".format(*MIDDLE),
        "moved": "per cent of the new pieces that get another name one, two or three pixels to the "
        "right, the mean of the three",
        "kernels": "the first layer's, float16 [side, side, 24] in base64",
    },
    rules=(
        Rule(
            "ZF Net's first layer lets the network name more new pieces rightly.",
            *("accuracy", _ZFNET, _ALEXNET),
            **_POINTS,
        ),
        Rule("AlexNet's has more dead maps.", "dead", _ALEXNET, _ZFNET, **_POINTS),
        Rule(
            "More of what AlexNet's lets through is aliased.", "folded", _ALEXNET, _ZFNET, **_POINTS
        ),
        Rule(
            "Fewer of AlexNet's kernels answer best to middle frequencies.",
            "middle",
            _ZFNET,
            _ALEXNET,
            **_POINTS,
        ),
        Rule(
            "With AlexNet's, small shifts change more names.", "moved", _ALEXNET, _ZFNET, **_POINTS
        ),
        Rule("The smaller stride alone gains accuracy.", "accuracy", _STRIDE, _ALEXNET, **_POINTS),
        Rule("The smaller kernel alone gains accuracy.", "accuracy", _KERNEL, _ALEXNET, **_POINTS),
        Rule(
            "With loud first weights ZF Net's first layer gains accuracy.",
            *("accuracy", _LOUD_ZFNET, _LOUD_ALEXNET),
            **_POINTS,
        ),
    ),
)


def measure(seed, kernel, stride, loud, pieces, steps):
    """Train a network from new weights, judge it on new pieces and look at its first layer.

    Args:
        seed: of all that is drawn.
        kernel, stride, loud: as in `build`.
        pieces: how many are learned from.
        steps: of gradient descent.

    Returns:
        The measures.
    """
    model = _compiled(kernel, stride, loud, steps)
    learned, classes = drawn(pieces, seed, new=False)
    _steps.train(model, learned[:, :, :SIDE], classes, seed, steps)
    wide, names = drawn(pieces * 2 // 5, seed, new=True)
    new = wide[:, :, :SIDE]
    guesses = model.predict_on_batch(new).argmax(axis=1)
    moved = [
        (model.predict_on_batch(wide[:, :, shift : SIDE + shift]).argmax(axis=1) != guesses).mean()
        for shift in range(1, SHIFTS + 1)
    ]
    kernels = model.get_layer("conv1").get_weights()[0][:, :, 0]
    return {
        "accuracy": _per_cent(guesses == names),
        "training": _steps.right(model, learned[:1000, :, :SIDE], classes[:1000]),
        "dead": _per_cent(dead(model.get_layer("conv1"), new)),
        "folded": _per_cent(folded(kernels, new[:160], stride)),
        "middle": _per_cent([MIDDLE[0] <= best <= MIDDLE[1] for best in best_frequencies(kernels)]),
        "moved": _per_cent(moved),
        "kernels": base64.b64encode(kernels.astype("<f2").tobytes()).decode(),
    }


def drawn(count, seed, new):
    """Draw pieces of the photographs, as many of each, half of them mirrored.

    Args:
        count: of the pieces.
        seed: of the draw.
        new: whether they come from the right thirds, from which nothing is learned.

    Returns:
        float32 [count, SIDE, SIDE + SHIFTS, 1], with a mean of 0 and a standard deviation of 1, and
        the numbers of their photographs [count].
    """
    random = np.random.default_rng([seed, new])
    numbers = np.arange(count) % len(PHOTOGRAPHS)
    pieces = np.empty((count, SIDE, SIDE + SHIFTS, 1), "float32")
    for piece, number in zip(pieces, numbers, strict=True):
        photograph = _photograph(PHOTOGRAPHS[number])
        cut = photograph.shape[1] * 2 // 3
        part = photograph[:, cut:] if new else photograph[:, :cut]
        height, width, _ = piece.shape
        top, left = (
            random.integers(a - b + 1) for a, b in zip(part.shape, (height, width), strict=True)
        )
        cropped = part[top : top + height, left : left + width]
        cropped = cropped[:, ::-1] if random.random() < 0.5 else cropped
        piece[..., 0] = (cropped - cropped.mean()) / max(cropped.std(), 8)
    return pieces, numbers


def build(kernel, stride, loud):
    """Build a network, not trained.

    Args:
        kernel: side of the first layer's kernels.
        stride: of the first layer, 2 or 4.
        loud: whether its first weights are He's, too.

    Returns:
        A `keras.Model` from pieces [batch, SIDE, SIDE, 1] to the photographs' probabilities.
    """
    from keras import Input, Model, initializers, layers

    def conv(x, maps, kernel, stride, name, first="he_uniform"):
        x = layers.Conv2D(
            *(maps, kernel, stride, "same"),
            activation="relu",
            kernel_initializer=first,
            name=name,
        )(x)
        return layers.MaxPooling2D(3, 2, "same")(x)

    inputs = Input((SIDE, SIDE, 1))
    quiet = {} if loud else {"first": initializers.RandomNormal(stddev=0.01)}
    x = conv(inputs, MAPS, kernel, stride, "conv1", **quiet)
    x = conv(x, 48, 5, 4 // stride, "conv2")
    x = layers.Flatten()(conv(x, 64, 3, 1, "conv3"))
    x = layers.Dense(64, activation="relu", kernel_initializer="he_uniform")(x)
    return Model(inputs, layers.Dense(len(PHOTOGRAPHS), activation="softmax")(x))


def dead(layer, pieces):
    """Say which maps of a layer hardly change over pieces: booleans [maps]."""
    from keras import ops

    spread = ops.convert_to_numpy(layer(pieces)).std(axis=(0, 1, 2))
    return spread < LEAST * spread.max()


def folded(kernels, pieces, stride):
    """Return the share of each map's energy that its stride is too wide for.

    Every map is computed at all pixels, before its activation, and taken apart into waves: those
    with more than half a cycle from one window to the next come out as slower ones.

    Args:
        kernels: [side, side, maps].
        pieces: float32 [count, height, width, 1].
        stride: of the layer, in pixels.

    Returns:
        float [maps], from 0 to 1.
    """
    from keras import ops

    sums = ops.convert_to_numpy(ops.conv(pieces, kernels[:, :, np.newaxis], padding="valid"))
    sums = sums - sums.mean(axis=(1, 2), keepdims=True)
    fade = np.hanning(sums.shape[1])[:, np.newaxis] * np.hanning(sums.shape[2])
    energy = (np.abs(np.fft.fft2(sums * fade[..., np.newaxis], axes=(1, 2))) ** 2).mean(axis=0)
    down, right = (np.abs(np.fft.fftfreq(length)) for length in energy.shape[:2])
    beyond = np.maximum(down[:, np.newaxis], right) > 1 / (2 * stride)
    return energy[beyond].sum(axis=0) / energy.sum(axis=(0, 1))


def best_frequencies(kernels):
    """Return what wave each kernel [side, side, maps] lets through best, in cycles per pixel."""
    size = 64
    gains = np.abs(np.fft.fft2(kernels, s=(size, size), axes=(0, 1))).reshape(size**2, -1)
    waves = np.fft.fftfreq(size)
    return np.hypot(waves[:, np.newaxis], waves).ravel()[gains.argmax(axis=0)]


@cache
def _photograph(name):
    return images.picture(name, grey=True).astype("float32")


def _per_cent(shares):
    return round(100 * float(np.mean(shares)), 3)


@cache
def _compiled(kernel, stride, loud, steps):
    return _steps.compiled(build(kernel, stride, loud), RATE, steps, together=20)
