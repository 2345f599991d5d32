"""Small networks that live in the book's pages: how each is trained, rounded and judged.

A network that a page calls "digits" is the experiment `live_digits`; the module of such an
experiment holds `build`, which makes the network, and `pictures`, from which it learns and by which
it is judged. It learns from pictures that are scaled, turned and shifted anew in every epoch, so
that it also reads what a reader draws smaller or off the middle, with Adam and a rate that falls to
0 along a cosine.

A seed draws the first weights, the order of the pictures and their changes; the split into
training, validation and test pictures is always the same. The pages get the network of seed 0, not
the best one; see `cnnlib.trained`.
"""

import base64
import math
import zlib
from functools import cache

import numpy as np
from PIL import Image

from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.trained import SHOWN
from cnnlib.training import restart

BATCH = 32


def declared(network, least, **settings):
    """Declare the experiment that trains a network of the pages.

    Args:
        network: its name.
        least: per cent of the held-out pictures that it is claimed to name rightly.
        **settings: "sizes", "rate" and "epochs", as in `measure`.

    Returns:
        An `Experiment` with one variant of the network's name.
    """
    return Experiment(
        question=f"How many held-out pictures does the page's network {network!r} name rightly, "
        "and does rounding its weights to 16 bits change that?",
        claim="Very low precision is sufficient not just for running trained networks but also "
        "for training them.",
        source="Courbariaux, Bengio & David 2014 (arXiv:1412.7024), abstract",
        variants={network: settings},
        scales={
            "glimpse": {"examples": 320, "epochs": 2},
            "small": {"examples": None},
            "full": {"examples": None},
        },
        seeds={"glimpse": 1, "small": 3, "full": 10},
        measures={
            "accuracy": "per cent of the test pictures right, with weights in float32",
            "rounded": "per cent right with weights rounded to float16",
            "lost": "by how many percentage points rounding lowers the accuracy",
            "changed": "test pictures that get another class by rounding",
            "shown": f"per cent of the first {SHOWN} test pictures right, with rounded weights",
            "curve": "per cent of the validation pictures right after each epoch",
            "weights": "all weights in Keras's order, as float16 in base64",
            "checksum": "of the weights' bytes: CRC-32",
        },
        rules=(
            Rule(
                f"The network names more than {least} of 100 held-out pictures rightly.",
                *("rounded", network),
                above=least,
                unit="%",
            ),
            Rule(
                "Rounding the network's weights to 16 bits costs less than half a point.",
                *("lost", network),
                below=0.5,
                unit="percentage points",
            ),
        ),
    )


def measure(seed, build, data, sizes, rate, epochs, examples):
    """Train a network, round its weights and judge both on the test pictures.

    Args:
        seed: of the first weights, the order of the pictures and their changes.
        build: a function that returns the `keras.Model`, not trained.
        data: a `cnnlib.data.Dataset`.
        sizes: the least and the largest factor by which what is drawn grows while it learns.
        rate: the first learning rate.
        epochs: passes through the training pictures.
        examples: training pictures, or None for all of them.

    Returns:
        The measures.
    """
    x_train, y_train = data.x_train[:examples], data.y_train[:examples]
    model = _compiled(build, rate, epochs * math.ceil(len(x_train) / BATCH))
    restart(model, seed)
    random = np.random.default_rng(seed)
    curve = []
    for _ in range(epochs):
        changed = moved(x_train, random, sizes)
        order = random.permutation(len(changed))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            model.train_on_batch(changed[batch], y_train[batch])
        curve.append(_per_cent(_guesses(model, data.x_val) == data.y_val))
    exact = _guesses(model, data.x_test)
    weights = [weight.astype("<f2") for weight in model.get_weights()]
    model.set_weights(weights)
    rounded = _guesses(model, data.x_test)
    accuracy, right = _per_cent(exact == data.y_test), rounded == data.y_test
    stored = b"".join(weight.tobytes() for weight in weights)
    return {
        "accuracy": accuracy,
        "rounded": _per_cent(right),
        "lost": round(accuracy - _per_cent(right), 3),
        "changed": int((exact != rounded).sum()),
        "shown": _per_cent(right[:SHOWN]),
        "curve": curve,
        "weights": base64.b64encode(stored).decode(),
        "checksum": zlib.crc32(stored),
    }


def moved(images, random, sizes):
    """Scale, turn and shift every picture, as another hand would have drawn it.

    Args:
        images: uint8 array [n, side, side, 1].
        random: a `numpy.random.Generator`.
        sizes: the least and the largest factor by which what is drawn grows.

    Returns:
        uint8 array like `images`: also turned by up to 0.2 radians and shifted by up to an eighth
        of the side. What comes from beyond the border is the border's median.
    """
    count, side = images.shape[:2]
    middle = side / 2
    steps = np.exp(-random.uniform(*np.log(sizes), count))  # from pixel to pixel, in the original
    turns = random.uniform(-0.2, 0.2, count)
    centres = middle + random.uniform(-side / 8, side / 8, (count, 2))
    border = np.ones((side, side), bool)
    border[1:-1, 1:-1] = False
    papers = np.median(images[:, border, 0], axis=1)
    result = np.empty_like(images)
    for index, (x, y) in enumerate(centres):
        right, down = steps[index] * math.cos(turns[index]), steps[index] * math.sin(turns[index])
        affine = (
            *(right, -down, middle - right * x + down * y),
            *(down, right, middle - down * x - right * y),
        )
        result[index, ..., 0] = Image.fromarray(images[index, ..., 0]).transform(
            (side, side),
            Image.Transform.AFFINE,
            affine,
            Image.Resampling.BILINEAR,
            fillcolor=int(papers[index]),
        )
    return result


@cache
def _compiled(build, rate, steps):
    return _steps.compiled(build(), rate, steps)


def _guesses(model, images):
    return model.predict_on_batch(images).argmax(axis=1)


def _per_cent(right):
    return round(100 * float(right.mean()), 3)
