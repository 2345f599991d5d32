"""Gates on the maps: what they are worth at equal size, and whether they know the classes.

Two residual networks of 14 layers, of the form for small pictures but thinner, learn to name twenty
generated symbols of 16x16 pixels. One has squeeze-and-excitation in each of its six units. The
other has none, and one map more in each unit of its last stage, so that it has slightly more
weights. A seed draws all pictures, those of each step and the first weights: both networks of a
seed see the same pictures in the same order. Both have the same learning rate, tuned for neither.

Of the network with gates, each gate is read for each held-out picture. Then every gate is held at
its mean over the training pictures, and the network is judged again. See the chapter "SENet".
"""

from functools import cache, partial

import numpy as np

from cnnlib.data.symbols import symbols
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule

CLASSES, REDUCTION = 20, 4

RATE = 0.002
"""Adam's first rate, from which it falls to 0 along a cosine."""

WIDTHS = {"with gates": (8, 16, 32), "without": (8, 16, 33)}
"""The maps of the units in the three stages of two units each."""

EXPERIMENT = Experiment(
    question="At nearly equal size, does a residual network with gates on its maps name more new "
    "pictures rightly than one without, and do its gates know the classes?",
    claim="SE blocks improve a network's errors at slight additional cost. In early layers a gate "
    "is much the same for all classes; at greater depth it becomes class-specific.",
    source="Hu, Shen, Albanie, Sun & Wu 2020, table 2 and section 7.2",
    variants={network: {"network": network} for network in WIDTHS},
    scales={
        "glimpse": {"pictures": 1000, "steps": 40},
        "small": {"pictures": 3000, "steps": 280},
        "full": {"pictures": 20_000, "steps": 4800},
    },
    seeds={"glimpse": 1, "small": 3, "full": 3},
    measures={
        "parameters": "of the network",
        "accuracy": "per cent of the held-out pictures right",
        "training": "per cent of the first 1,000 training pictures right",
        "held": "per cent of the held-out pictures right with every gate held at its mean",
        "lost": "percentage points that holding the gates costs",
        "spread": "how far the gates' means of the classes scatter about the mean of all, for each "
        "unit: the standard deviation, as the root of its square's mean over the maps",
        "share": "per cent of the gates' variance between pictures that is variance between "
        "classes, for each unit",
        "widened": "the mean spread in the last stage, as a multiple of that in the first",
        "deepened": "the mean share in the last stage less that in the first, percentage points",
        "gates": "per cent: for each unit, for each class, the mean gate of each map",
    },
    rules=(
        Rule(
            "With gates the network names more new pictures rightly.",
            *("accuracy", "with gates", "without"),
            above=0,
            unit="percentage points",
        ),
        Rule(
            "Gates of the last stage scatter more between classes than those of the first.",
            *("widened", "with gates"),
            above=1,
            unit="times",
        ),
        Rule(
            "Of what a gate varies by, more is due to the class in the last stage.",
            *("deepened", "with gates"),
            above=0,
            unit="percentage points",
        ),
        Rule(
            "The trained network needs gates that follow the picture.",
            *("lost", "with gates"),
            above=0,
            unit="percentage points",
        ),
    ),
)


def measure(seed, network, pictures, steps):
    """Train a network from new weights, judge it on new pictures and read its gates.

    Args:
        seed: of all that is drawn.
        network: "with gates" or "without".
        pictures: drawn in all; 68 % are learned from, the rest is held out.
        steps: of gradient descent.

    Returns:
        The measures; those of gates are None without them.
    """
    data = symbols(CLASSES, size=16, count=pictures, seed=seed)
    model = _compiled(network, steps)
    _steps.train(model, data.x_train, data.y_train, seed, steps)
    images, classes = _steps.held_out(data)
    measured = {name: None for name in EXPERIMENT.measures} | {
        "parameters": model.count_params(),
        "accuracy": _steps.right(model, images, classes),
        "training": _steps.right(model, data.x_train[:1000], data.y_train[:1000]),
    }
    if network == "with gates":
        measured |= _by_class(gates(model, images), classes)
        hold(model, data.x_train)
        measured["held"] = _steps.right(model, images, classes)
        measured["lost"] = round(measured["accuracy"] - measured["held"], 3)
    return measured


def build(network):
    """Build one of the two networks, not trained.

    Args:
        network: "with gates" or "without".

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255 to twenty probabilities.
    """
    from keras import Input, layers

    from cnnlib.models._parts import classifier, conv_norm_relu
    from cnnlib.models._residual import basic, padding, post_activation
    from cnnlib.models.senet import squeeze_excite

    gated = partial(squeeze_excite, reduction=REDUCTION) if network == "with gates" else None
    inputs = Input((16, 16, 1))
    x = conv_norm_relu(layers.Rescaling(1 / 127.5, offset=-1)(inputs), 8, 3, name="conv1")
    for stage, filters in enumerate(WIDTHS[network], 2):
        for index in (1, 2):
            stride = 2 if stage > 2 and index == 1 else 1
            branch = basic(filters, stride)
            x = post_activation(x, branch, f"conv{stage}_{index}", padding, gated)
    return classifier(inputs, x, CLASSES, network.replace(" ", "_"))


def gates(model, images):
    """Return the gates that a network opens for pictures.

    Args:
        model: a network with `cnnlib.models.senet.squeeze_excite` in it.
        images: [count, height, width, channels].

    Returns:
        List of arrays [count, maps], one for each unit.
    """
    opened = _reader(model).predict_on_batch(images)
    return [unit[:, 0, 0].astype("float64") for unit in opened]


def hold(model, images):
    """Hold every gate at its mean over pictures, whatever the network reads.

    Args:
        model: as in `gates`; its weights are changed.
        images: [count, height, width, channels].
    """
    for layer, opened in zip(_excitations(model), gates(model, images), strict=True):
        mean = opened.mean(axis=0)
        layer.set_weights([np.zeros(layer.kernel.shape), np.log(mean / (1 - mean))])


@cache
def _reader(model):
    from keras import Model

    return Model(model.inputs, [layer.output for layer in _excitations(model)])


def _excitations(model):
    return [layer for layer in model.layers if layer.name.endswith("_excite")]


def _by_class(opened, classes):
    """Return the measures of gates: a list of [pictures, maps], one array for each unit."""
    means = [[unit[classes == one].mean(axis=0) for one in range(CLASSES)] for unit in opened]
    between = [np.var(unit, axis=0).mean() for unit in means]  # as many pictures of each class
    total = [unit.var(axis=0).mean() for unit in opened]
    spread = np.sqrt(between)
    share = 100 * np.divide(between, total)
    return {
        "spread": spread.round(5).tolist(),
        "share": share.round(3).tolist(),
        "widened": round(float(spread[-2:].mean() / spread[:2].mean()), 3),
        "deepened": round(float(share[-2:].mean() - share[:2].mean()), 3),
        "gates": [np.rint(100 * np.array(unit)).astype(int).tolist() for unit in means],
    }


@cache
def _compiled(network, steps):
    return _steps.compiled(build(network), RATE, steps, together=40)
