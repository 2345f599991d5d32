"""A large kernel, and a row and a column in its place.

Networks of two layers of 7x7, or of 1x7 and 7x1, on a first 3x3 convolution, with batch
normalization, global average pooling and one dense layer, name twenty generated symbols of 16x16
pixels, all on a grid of 16x16. A third network has rows and columns with so many maps that it has
as many weights as the first. A fourth is the first once more, and learns from smoothed labels. A
seed draws all pictures, those of each step and the first weights: all networks of a seed see the
same pictures in the same order. All have the same learning rate, tuned for none. See the chapter
"GoogLeNet and Inception".
"""

from functools import cache

from cnnlib.data.symbols import symbols
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule

CLASSES = 20

RATE = 0.002
"""Adam's first rate, from which it falls to 0 along a cosine."""

SMOOTHING = 0.1
"""The share of the label that is spread evenly over all classes."""

NETWORKS = {
    "7×7": {"maps": 16},
    "1×7 and 7×1": {"maps": 16, "pairs": True},
    "1×7 and 7×1, more maps": {"maps": 30, "pairs": True},
    "7×7, smoothed labels": {"maps": 16, "smoothing": SMOOTHING},
}
"""Name of a variant -> the maps of its layers, whether they are pairs, and the smoothing."""

EXPERIMENT = Experiment(
    question="Does a row and a column do the work of a square kernel, and do smoothed labels help?",
    claim="On grids of 12 to 20 pixels a 1xn convolution followed by an nx1 one gives very good "
    "results in the place of an nxn one, and smoothing the labels takes 0.2 points off the error.",
    source="Szegedy et al. 2016, sections 3.2 and 7",
    variants={network: {"network": network} for network in NETWORKS},
    scales={
        "glimpse": {"pictures": 1000, "steps": 20},
        "small": {"pictures": 4000, "steps": 300},
        "full": {"pictures": 40_000, "steps": 6000},
    },
    seeds={"glimpse": 1, "small": 3, "full": 5},
    measures={
        "parameters": "of the network",
        "macs": "multiply-adds for one picture",
        "accuracy": "per cent of the pictures right that were not learned from",
        "training": "per cent of the first 1,000 training pictures right",
    },
    rules=(
        Rule(
            "With as many maps, rows and columns are as good as squares, to two points.",
            *("accuracy", "1×7 and 7×1", "7×7"),
            above=-2,
            unit="percentage points",
        ),
        Rule(
            "With as many weights, rows and columns are better than squares.",
            *("accuracy", "1×7 and 7×1, more maps", "7×7"),
            above=0,
            unit="percentage points",
        ),
        Rule(
            "With smoothed labels the network names more new pictures rightly.",
            *("accuracy", "7×7, smoothed labels", "7×7"),
            above=0,
            unit="percentage points",
        ),
    ),
)


def measure(seed, network, pictures, steps):
    """Train a network from new weights and judge it on new pictures.

    Args:
        seed: of all that is drawn.
        network: one of `NETWORKS`.
        pictures: how many are drawn, those to be judged by included.
        steps: of gradient descent.

    Returns:
        The measures.
    """
    from keras.utils import to_categorical

    from cnnlib import analyze

    data = symbols(CLASSES, size=16, count=pictures, seed=seed)
    model = _compiled(network, steps)
    _steps.train(model, data.x_train, to_categorical(data.y_train, CLASSES), seed, steps)
    return {
        "parameters": model.count_params(),
        "macs": analyze(model).macs,
        "accuracy": _steps.right(model, *_steps.held_out(data)),
        "training": _steps.right(model, data.x_train[:1000], data.y_train[:1000]),
    }


def build(network):
    """Build one of the networks, not trained.

    Args:
        network: one of `NETWORKS`.

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255 to twenty probabilities.
    """
    from keras import Input, layers

    from cnnlib.models._parts import classifier, conv_norm_relu

    own = NETWORKS[network]
    inputs = Input((16, 16, 1))
    x = conv_norm_relu(layers.Rescaling(1 / 127.5, offset=-1)(inputs), 16, 3, name="conv")
    sides = ((1, 7), (7, 1)) if own.get("pairs") else ((7, 7),)
    for number in (1, 2):
        for side in sides:
            x = conv_norm_relu(x, own["maps"], side, name="large{}_{}x{}".format(number, *side))
    return classifier(inputs, x, CLASSES, "factorized")


@cache
def _compiled(network, steps):
    from keras import losses, optimizers

    model = build(network)
    falling = optimizers.schedules.CosineDecay(RATE, steps)
    loss = losses.CategoricalCrossentropy(label_smoothing=NETWORKS[network].get("smoothing", 0))
    model.compile(optimizers.Adam(falling), loss, steps_per_execution=20)
    return model
