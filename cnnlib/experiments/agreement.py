"""Do maps of "where" agree, do they find what is asked about, and do they depend on the weights?

The three trained networks of the pages that are called "scattered" see pictures of 40x40 with two
held-out digits of different classes, one in the left half and one in the right half, each at a
random height. Asked for is one of them, in turn the left and the right one. Each method says where
it sees that class. Its map counts in cells of 4x4 pixels, 10x10 of them, the size of the networks'
last maps: the mean size of a gradient, the mean loss by covering, or the class activation map
itself. The occluding square is 8x8 pixels, black as the paper, in steps of 4 pixels.

A map's strongest cell points at the digit asked for, or at the other, or at neither; a digit is
where its ink is, of 128 and more, and two pixels around. Pictures that a network gets wrong are
asked about as well: where is what it sees of the digit that is there?

The control is the same network with all its weights drawn anew as before training. See the chapter
"Watching a network see".
"""

from functools import cache

import numpy as np

from cnnlib import seeing, trained
from cnnlib.data.digits import digits
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.experiments.live_scattered import DIGIT, SIDE, build, scattered

CELL, SQUARE, INK, AROUND = 4, 8, 128, 2

NETWORKS = 3
"""Trained networks that there are: further seeds draw other pictures for them."""

METHODS = ("gradient", "guided gradient", "deconvnet", "occlusion", "class activation map")

EXPERIMENT = Experiment(
    question="Of two digits in a picture, which one do maps of a class point at, do the maps agree "
    "with one another, and what is left of them when all weights are random?",
    claim="Guided backpropagation is hardly affected by a randomization of the weights, while "
    "gradients and Grad-CAM are; class activation maps localize what a network was only taught to "
    "name.",
    source="Adebayo et al. 2018, section 3; Zhou et al. 2016, section 3",
    variants={method: {"method": method} for method in METHODS},
    scales={"glimpse": {"pictures": 4}, "small": {"pictures": 60}, "full": {"pictures": 1000}},
    seeds={"glimpse": 1, "small": 3, "full": 3},
    measures={
        "asked": "per cent of the pictures where the strongest cell lies on the digit asked for",
        "other": "per cent where it lies on the other digit",
        "chosen": "per cent of those that lie on a digit where it is the one asked for",
        "with_occlusion": "mean rank correlation with the occlusion map",
        "random_asked": "per cent asked for with random weights",
        "kept": "mean rank correlation of the map with that of random weights",
        "on_ink": "mean rank correlation of the random network's map with the ink in each cell",
        "checksum": "of the network's weights: CRC-32",
    },
    rules=(
        *(
            Rule(
                f"The {method} points at the digit asked for in more than 60 % of the pictures.",
                *("asked", method),
                above=60,
                unit="%",
            )
            for method in METHODS
        ),
        *(
            Rule(
                f"The {method} agrees with occlusion.",
                *("with_occlusion", method),
                above=0.5,
            )
            for method in METHODS
            if method != "occlusion"
        ),
        *(
            Rule(
                f"The {method} keeps more of its map than the gradient when weights are random.",
                *("kept", method, "gradient"),
                above=0,
            )
            for method in METHODS[1:3]
        ),
        Rule(
            "The class activation map keeps less of it.",
            *("kept", "class activation map", "gradient"),
            below=0,
        ),
    ),
)


def measure(seed, method, pictures):
    """Ask a trained network, and one of random weights, where they see a digit.

    Args:
        seed: of the trained network, of the pictures and of the random weights.
        method: one of `METHODS`.
        pictures: how many.

    Returns:
        The measures.
    """
    model, control = trained.model("scattered", seed % NETWORKS), randomized(seed)
    found = []
    for picture, ink, target in two_digits(pictures, seed):
        own, random, hidden = (
            _cells(network, picture, target, how)
            for network, how in ((model, method), (control, method), (model, "occlusion"))
        )
        found.append(
            {
                "asked": _points_at(own, ink[0]),
                "other": _points_at(own, ink[1]),
                "random_asked": _points_at(random, ink[0]),
                "with_occlusion": rank_correlation(own, hidden),
                "kept": rank_correlation(own, random),
                "on_ink": rank_correlation(random, _mean_cells(picture[..., 0])),
            }
        )
    means = {name: float(np.mean([one[name] for one in found])) for name in found[0]}
    shares = ("asked", "other", "random_asked")
    hit = means["asked"] + means["other"]
    return {
        **{name: round(100 * means[name], 3) for name in shares},
        "chosen": round(100 * means["asked"] / hit, 3) if hit else 0.0,
        **{name: round(means[name], 4) for name in means if name not in shares},
        "checksum": _checksum(seed),
    }


def two_digits(count, seed):
    """Compose pictures of two held-out digits.

    Args:
        count: how many.
        seed: of the choice.

    Returns:
        List of (picture, ink, target): a uint8 array [40, 40, 1]; two masks [40, 40], of the digit
        asked for and of the other; the class asked for.
    """
    held_out = digits(size=DIGIT)
    random = np.random.default_rng([seed, 14])
    made = []
    for number in range(count):
        first, second = random.choice(len(held_out.x_test), 2, replace=False)
        while held_out.y_test[first] == held_out.y_test[second]:
            second = random.integers(len(held_out.x_test))
        rows = random.integers(0, SIDE - DIGIT + 1, 2)
        columns = np.array([0, SIDE // 2]) + random.integers(0, SIDE // 2 - DIGIT + 1, 2)
        spots = list(zip(rows, columns, strict=True))[:: 1 if number % 2 else -1]
        drawn = [held_out.x_test[one] for one in (first, second)]
        ink = [_inked(scattered([one], [spot])) for one, spot in zip(drawn, spots, strict=True)]
        made.append((scattered(drawn, spots), ink, int(held_out.y_test[first])))
    return made


def randomized(seed, kept=0):
    """Return the network "scattered" with random weights.

    Args:
        seed: of the trained network and of the random weights: uniform, of He's variance; biases
            are 0.
        kept: how many layers with weights stay as they were trained, from the input.

    Returns:
        A `keras.Model`.
    """
    model, random = build(), np.random.default_rng([seed, 41])
    layers = [layer for layer in model.layers if layer.weights]
    learned = [
        layer for layer in trained.model("scattered", seed % NETWORKS).layers if layer.weights
    ]
    for place, layer in enumerate(layers):
        kernel, bias = (weight.shape for weight in layer.weights)
        limit = np.sqrt(6 / np.prod(kernel[:-1]))
        drawn = [random.uniform(-limit, limit, kernel), np.zeros(bias)]
        layer.set_weights(learned[place].get_weights() if place < kept else drawn)
    return model


def rank_correlation(one, other):
    """Return Spearman's rank correlation of two arrays; 0 where one is constant."""
    from scipy import stats

    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(stats.spearmanr(one.ravel(), other.ravel()).statistic)


_GRADIENTS = {
    "gradient": seeing.saliency,
    "guided gradient": seeing.guided_gradients,
    "deconvnet": seeing.deconvnet,
}


def _cells(model, picture, target, method):
    """Return what a method says of each cell of 4x4 pixels, float [10, 10]."""
    if method in _GRADIENTS:
        return _mean_cells(np.abs(_GRADIENTS[method](model, picture, target))[..., 0])
    if method == "class activation map":
        return seeing.class_activation_map(model, picture, target)
    lost = seeing.occlusion(model, picture, target, SQUARE, CELL, value=0)
    whole, times = np.zeros((SIDE // CELL,) * 2), np.zeros((SIDE // CELL,) * 2)
    reach = SQUARE // CELL
    for (row, column), one in np.ndenumerate(lost):
        whole[row : row + reach, column : column + reach] += one
        times[row : row + reach, column : column + reach] += 1
    return whole / times


def _mean_cells(values):
    return values.reshape(SIDE // CELL, CELL, SIDE // CELL, CELL).mean(axis=(1, 3))


def _inked(picture):
    """Return where there is ink, and two pixels around it."""
    from scipy import ndimage

    return ndimage.binary_dilation(picture[..., 0] >= INK, iterations=AROUND)


def _points_at(cells, ink):
    """Tell whether the strongest cell holds some of the ink."""
    row, column = CELL * np.array(np.unravel_index(cells.argmax(), cells.shape))
    return bool(ink[row : row + CELL, column : column + CELL].any())


@cache
def _checksum(seed):
    import zlib

    weights = trained.model("scattered", seed % NETWORKS).get_weights()
    return zlib.crc32(b"".join(one.astype("<f2").tobytes() for one in weights))
