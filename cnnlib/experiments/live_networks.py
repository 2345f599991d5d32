"""The two small networks that live in the book's pages, and what rounding their weights costs.

"digits" is the recipe of the chapter "Building and training a CNN" with a quarter of its maps and
without its dropout, on scikit-learn's digits, enlarged from 8x8 to 16x16; "symbols" is a residual
network of 14 layers with batch normalization, on the generated symbols of 32x32. They learn from
pictures that are scaled, turned and shifted anew in every epoch, so that they also read what a
reader draws smaller or off the middle, with Adam and a rate that falls to 0 along a cosine.

A seed draws the first weights, the order of the pictures and their changes; the split into
training, validation and test pictures is always the same. The digits' rate, epochs and sizes were
chosen on the validation pictures and on digits from fonts, with seeds from 1,000. The pages get the
networks of seed 0, not the best ones; see `cnnlib.trained`.
"""

import base64
import math
import zlib
from functools import cache

import numpy as np
from PIL import Image

from cnnlib.data.digits import digits
from cnnlib.data.symbols import symbols
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.training import restart

BATCH = 32

SHOWN = 200
"""Held-out pictures that a page brings along: the first of the test pictures."""

EXPERIMENT = Experiment(
    question="How many held-out pictures do the pages' networks name rightly, and does rounding "
    "their weights to 16 bits change that?",
    claim="Very low precision is sufficient not just for running trained networks but also for "
    "training them.",
    source="Courbariaux, Bengio & David 2014 (arXiv:1412.7024), abstract",
    variants={
        "digits": {
            "network": "digits",
            "side": 16,
            "sizes": [0.5, 1.1],
            "rate": 0.01,
            "epochs": 100,
        },
        "symbols": {
            "network": "symbols",
            "side": 32,
            "sizes": [0.7, 1.4],
            "rate": 0.01,
            "epochs": 4,
        },
    },
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
            "The digits network names more than 95 of 100 held-out pictures rightly.",
            *("rounded", "digits"),
            above=95,
            unit="%",
        ),
        Rule(
            "The residual network names more than 90 of 100 held-out pictures rightly.",
            *("rounded", "symbols"),
            above=90,
            unit="%",
        ),
        Rule(
            "Rounding the digits network's weights to 16 bits costs less than half a point.",
            *("lost", "digits"),
            below=0.5,
            unit="percentage points",
        ),
        Rule(
            "Rounding the residual network's weights to 16 bits costs less than half a point.",
            *("lost", "symbols"),
            below=0.5,
            unit="percentage points",
        ),
    ),
)


def measure(seed, network, side, sizes, rate, epochs, examples):
    """Train a network, round its weights and judge both on the test pictures.

    Args:
        seed: of the first weights, the order of the pictures and their changes.
        network: "digits" or "symbols".
        side: of the pictures, in pixels.
        sizes: the least and the largest factor by which what is drawn grows while it learns.
        rate: the first learning rate.
        epochs: passes through the training pictures.
        examples: training pictures, or None for all of them.

    Returns:
        The measures.
    """
    data = pictures(network, side)
    x_train, y_train = data.x_train[:examples], data.y_train[:examples]
    model = _compiled(network, rate, epochs * math.ceil(len(x_train) / BATCH))
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


def pictures(network, side):
    """Return the `Dataset` that a network learns from and is judged by."""
    return {"digits": digits, "symbols": symbols}[network](size=side)


def build(network):
    """Build a network, not trained.

    Args:
        network: "digits" or "symbols".

    Returns:
        A `keras.Model` from pictures of 0 to 255, uint8 or float, to the ten classes'
        probabilities.
    """
    return {"digits": _digits, "symbols": _symbols}[network]()


def _digits():
    from keras import Input, Sequential, layers

    return Sequential(
        [
            Input((16, 16, 1), name="input"),
            layers.Rescaling(1 / 255, name="scale"),
            layers.Conv2D(8, 3, activation="relu", name="conv1"),
            layers.Conv2D(16, 3, activation="relu", name="conv2"),
            layers.MaxPooling2D(2, name="pool"),
            layers.Flatten(name="flatten"),
            layers.Dense(32, activation="relu", name="hidden"),
            layers.Dense(10, activation="softmax", name="digit"),
        ],
        name="digits",
    )


def _symbols():
    from keras import layers

    from cnnlib.models._parts import classifier, conv_norm_relu, image_input
    from cnnlib.models._residual import basic, post_activation, units

    inputs = image_input((32, 32, 1), least=32)
    x = conv_norm_relu(layers.Rescaling(1 / 255, name="scale")(inputs), 8, 3, name="conv1")
    for unit, filters, stride in units((2, 2, 2), 8):
        x = post_activation(x, basic(filters, stride), unit)
    return classifier(inputs, x, 10, "symbols")


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
def _compiled(network, rate, steps):
    from keras import optimizers

    model = build(network)
    falling = optimizers.schedules.CosineDecay(rate, steps)
    model.compile(optimizers.Adam(falling), "sparse_categorical_crossentropy")
    return model


def _guesses(model, images):
    return model.predict_on_batch(images).argmax(axis=1)


def _per_cent(right):
    return round(100 * float(right.mean()), 3)
