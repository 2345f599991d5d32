"""AlexNet's two towers, against one of them and against a network that is not divided.

Each network names twenty generated symbols of 16x16 pixels: five convolutions, pooling windows of
3x3 that overlap behind the first, the second and the fifth, and two dense layers. In the network
with two towers the second, the fourth and the fifth convolution have two groups, as in the paper.
The network with one tower has half as many maps in all convolutions but the last, as the one to
which the paper compares. The undivided one has all maps and no groups. A seed draws all pictures,
those of each step and the first weights: all networks of a seed see the same pictures in the same
order. All have the same learning rate, tuned for none. See the chapter "AlexNet".
"""

from functools import cache

from cnnlib.data.symbols import symbols
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule

CLASSES = 20

RATE = 0.002
"""Adam's first rate, from which it falls to 0 along a cosine."""

MAPS, HALF = (16, 32, 48, 48, 32), (8, 16, 24, 24, 32)
"""The maps of the five convolutions, and of those of one tower."""

NETWORKS = {
    "two towers": {"maps": MAPS, "groups": 2},
    "one tower": {"maps": HALF, "groups": 1},
    "undivided": {"maps": MAPS, "groups": 1},
}
"""Name of a network -> what `build` is told."""

EXPERIMENT = Experiment(
    question="Do two towers name more new pictures rightly than one, and fewer than a network "
    "that is not divided?",
    claim="Two towers make 1.7 points fewer top-1 errors and 1.2 points fewer top-5 errors than a "
    "network with half as many kernels in each convolution.",
    source="Krizhevsky et al. 2012, section 3.2",
    variants={network: {"network": network} for network in NETWORKS},
    scales={
        "glimpse": {"pictures": 1000, "steps": 40},
        "small": {"pictures": 4000, "steps": 400},
        "full": {"pictures": 40_000, "steps": 6000},
    },
    seeds={"glimpse": 1, "small": 5, "full": 3},
    measures={
        "parameters": "of the network",
        "macs": "multiply-adds for one picture",
        "accuracy": "per cent of the new pictures right, some third of those that are drawn",
        "training": "per cent of the first 1,000 training pictures right",
    },
    rules=(
        Rule(
            "Two towers learn more than one.",
            *("accuracy", "two towers", "one tower"),
            above=0,
            unit="percentage points",
        ),
        Rule(
            "Two towers learn less than the undivided network.",
            *("accuracy", "two towers", "undivided"),
            below=0,
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
    from cnnlib import analyze

    data = symbols(CLASSES, size=16, count=pictures, seed=seed)
    model = _compiled(network, steps)
    _steps.train(model, data.x_train, data.y_train, seed, steps)
    analysis = analyze(model)
    return {
        "parameters": analysis.params,
        "macs": analysis.macs,
        "accuracy": _steps.right(model, *_steps.held_out(data)),
        "training": _steps.right(model, data.x_train[:1000], data.y_train[:1000]),
    }


def build(maps, groups):
    """Build a network, not trained.

    Args:
        maps: of the five convolutions.
        groups: of the second, the fourth and the fifth.

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255 to twenty probabilities.
    """
    from keras import Input, Model, layers

    from cnnlib.models._parts import head
    from cnnlib.models.alexnet import conv, dense_layers

    inputs = Input((16, 16, 1))
    x = layers.Rescaling(1 / 127.5, offset=-1)(inputs)
    for number, filters in enumerate(maps, 1):
        divided = groups if number in (2, 4, 5) else 1
        x = conv(x, filters, 3, groups=divided, name=f"conv{number}")
        if number in (1, 2, 5):
            x = layers.MaxPooling2D(3, 2, "same", name=f"pool{number}")(x)
    x = dense_layers(layers.Flatten(name="flatten")(x), (64,), 0)
    return Model(inputs, head(x, CLASSES), name="alexnet")


@cache
def _compiled(network, steps):
    return _steps.compiled(build(**NETWORKS[network]), RATE, steps, together=40)
