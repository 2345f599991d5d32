"""What networks lose when pixels are shuffled, and how many pictures they need.

Digits of 8x8 pixels; a convolutional and a dense network with about as many weights; the pixels as
they are, or shuffled in one way for all pictures of a run, or the digit put anywhere in a frame of
16x16, where the dense network has more weights. Each network takes equally many steps of gradient
descent on 40, 80, ... pictures. A seed draws the split of the digits, their places, the order of
the pixels, the pictures of each step and the first weights, which variants share. The rates were
chosen on validation pictures with seeds from 1,000. See the chapter "From the visual cortex to
CNNs".
"""

from functools import cache

import numpy as np

from cnnlib.data.digits import digits
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.training import restart

EVERYTHING = 1221
"""Pictures to train on in a split of the digits."""

BATCH = 32

MIDDLE = {"counts": [40, 80, 160, EVERYTHING], "enough": 90}
SHUFFLED = {"counts": [EVERYTHING], "enough": 90}
ANYWHERE = {"counts": [160, 320, 640, EVERYTHING], "enough": 40}
"""How many pictures to learn from, and the per cent right for which those needed are counted."""

EXPERIMENT = Experiment(
    question="Does a network need neighbouring pixels to be neighbours, and how many pictures "
    "does it need?",
    claim="To a fully connected network the inputs may come in any fixed order without changing "
    "what training gives, and its many weights require a larger training set than a "
    "convolutional network's few.",
    source="LeCun, Bottou, Bengio & Haffner 1998, section II",
    variants={
        "dense": {"network": "dense", "pixels": "whole", **MIDDLE},
        "dense, shuffled": {"network": "dense", "pixels": "shuffled", **SHUFFLED},
        "dense, anywhere": {"network": "dense", "pixels": "anywhere", **ANYWHERE},
        "convolutional": {"network": "convolutional", "pixels": "whole", **MIDDLE},
        "convolutional, shuffled": {"network": "convolutional", "pixels": "shuffled", **SHUFFLED},
        "convolutional, anywhere": {"network": "convolutional", "pixels": "anywhere", **ANYWHERE},
    },
    scales={
        "glimpse": {"counts": [EVERYTHING], "steps": 150},
        "small": {"steps": 400},
        "full": {"counts": [20, 40, 80, 160, 320, 640, EVERYTHING], "steps": 2400},
    },
    seeds={"glimpse": 1, "small": 12, "full": 100},
    measures={
        "pictures": "how many pictures it learned from",
        "curve": "per cent of the test pictures right, for each of these numbers of pictures",
        "accuracy": "per cent right after learning from all of them",
        "needed": "binary logarithm of the pictures needed for `enough` per cent right, not below "
        "that of the fewest tried",
    },
    rules=(
        Rule(
            "The convolutional network loses accuracy when the pixels are shuffled.",
            *("accuracy", "convolutional", "convolutional, shuffled"),
            above=0,
            unit="percentage points",
        ),
        Rule(
            "The dense network is as good with shuffled pixels, to within a percentage point.",
            *("accuracy", "dense", "dense, shuffled"),
            above=-1,
            below=1,
            unit="percentage points",
        ),
        Rule(
            "In the middle of the picture the convolutional network needs fewer pictures.",
            *("needed", "dense", "convolutional"),
            above=0,
            unit="doublings",
        ),
        Rule(
            "In the middle of the picture it needs far fewer, at most half as many.",
            *("needed", "dense", "convolutional"),
            above=1,
            unit="doublings",
        ),
        Rule(
            "Anywhere in the picture the convolutional network needs fewer pictures.",
            *("needed", "dense, anywhere", "convolutional, anywhere"),
            above=0,
            unit="doublings",
        ),
        Rule(
            "Anywhere in the picture it needs far fewer, at most half as many.",
            *("needed", "dense, anywhere", "convolutional, anywhere"),
            above=1,
            unit="doublings",
        ),
    ),
)


def measure(seed, network, pixels, enough, counts, steps):
    """Train a network on ever more pictures, each time from the same new weights.

    Args:
        seed: of all that is drawn.
        network: "dense" or "convolutional".
        pixels: "whole", "shuffled" or "anywhere".
        enough: per cent right, for which the pictures needed are counted.
        counts: how many pictures to learn from.
        steps: of gradient descent, for each of these.

    Returns:
        The measures.
    """
    data = digits(size=8, seed=seed)
    x_train, x_test = _CHANGES[pixels]((data.x_train, data.x_test), np.random.default_rng(seed))
    model = _network(network, x_train.shape[1])
    curve = []
    for count in counts:
        restart(model, seed)
        for batch in _batches(count, steps, np.random.default_rng([seed, count])):
            model.train_on_batch(x_train[batch], data.y_train[batch])
        guesses = model.predict_on_batch(x_test).argmax(axis=1)
        curve.append(round(100 * float((guesses == data.y_test).mean()), 3))
    return {
        "pictures": counts,
        "curve": curve,
        "accuracy": curve[-1],
        "needed": _needed(counts, curve, enough),
    }


def _whole(parts, random):
    return parts


def _shuffled(parts, random):
    order = random.permutation(64)
    return [part.reshape(-1, 64)[:, order].reshape(part.shape) for part in parts]


def _anywhere(parts, random):
    return [_placed(part, random.integers(9, size=(len(part), 2))) for part in parts]


def _placed(pictures, places):
    frames = np.zeros((len(pictures), 16, 16, 1), np.uint8)
    for frame, picture, (row, column) in zip(frames, pictures, places, strict=True):
        frame[row : row + 8, column : column + 8] = picture
    return frames


_CHANGES = {"whole": _whole, "shuffled": _shuffled, "anywhere": _anywhere}


@cache
def _network(kind, side):
    from keras import Input, Sequential, layers, optimizers

    hidden = {
        "dense": lambda: [layers.Flatten(), layers.Dense(64, activation="relu")],
        "convolutional": lambda: [
            layers.Conv2D(16, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(16, 3, padding="same", activation="relu"),
            layers.Flatten(),
        ],
    }
    first = [Input((side, side, 1)), layers.Rescaling(1 / 255)]
    model = Sequential([*first, *hidden[kind](), layers.Dense(10, activation="softmax")])
    rate = {"dense": 0.01, "convolutional": 0.003}[kind]
    model.compile(optimizers.Adam(rate), "sparse_categorical_crossentropy")
    return model


def _batches(count, steps, random):
    """Return which pictures each step sees: all once in random order, then all once more ..."""
    rounds = -(-steps * BATCH // count)
    order = np.concatenate([random.permutation(count) for _ in range(rounds)])
    return order[: steps * BATCH].reshape(steps, BATCH)


def _needed(counts, curve, enough):
    """Return the logarithm of the pictures needed, or None if the curve never gets there.

    The curve is straight between two numbers of pictures, on a logarithmic scale.
    """
    reached = [index for index, share in enumerate(curve) if share >= enough]
    if not reached:
        return None
    last = reached[0] + 1
    return round(float(np.interp(enough, curve[:last][-2:], np.log2(counts[:last][-2:]))), 4)
