"""Separable convolutions against plain ones at equal cost, and what stands between their halves.

Each network names twenty generated symbols of 16x16 pixels: a first layer of 3x3 kernels, 2x2 max
pooling, two layers, pooling, two layers, global average pooling and a dense layer, with batch
normalization and a ReLU behind every layer. They differ in the layers behind the first one:
separable, with nothing between depthwise and pointwise half as in the paper, or with an activation
there; or plain, with so few maps that parameters and multiply-adds are the same within 1.1 %, or
with as many maps as the separable network. In one network the first layer, which reads a single
channel, is separable, too. A seed draws all pictures, those of each step and the first weights: all
networks of a seed see the same pictures in the same order. All have the same learning rate, tuned
for none. See the chapter "Xception".
"""

from functools import cache

from cnnlib.data.symbols import symbols
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule

CLASSES = 20

RATE = 0.003
"""Adam's first rate, from which it falls to 0 along a cosine."""

MAPS, NARROW = (24, 48, 96), (12, 16, 36)
"""The maps of the first layer, of the next two and of the last two; NARROW costs a plain network
what MAPS cost a separable one."""

NETWORKS = {
    "separable": {"maps": MAPS},
    "plain, equal cost": {"maps": NARROW, "separable": False},
    "plain, equal maps": {"maps": MAPS, "separable": False},
    "ReLU between": {"maps": MAPS, "between": "relu"},
    "ELU between": {"maps": MAPS, "between": "elu"},
    "separable from the first layer": {"maps": MAPS, "first": True},
}
"""Name of a network -> what `build` is told."""


def _rule(claim, network, other, **ends):
    return Rule(claim, "accuracy", network, other, unit="percentage points", **ends)


EXPERIMENT = Experiment(
    question="At equal cost, do separable convolutions name more new pictures rightly than plain "
    "ones, and does an activation between their halves help?",
    claim="Separable convolutions use parameters more efficiently. Without an activation between "
    "depthwise and pointwise half, training is faster and ends better than with a ReLU or an ELU.",
    source="Chollet 2017, sections 4.5 and 4.7 (figure 10)",
    variants={network: {"network": network} for network in NETWORKS},
    scales={
        "glimpse": {"pictures": 1000, "steps": 20},
        "small": {"pictures": 4000, "steps": 300},
        "full": {"pictures": 40_000, "steps": 6000},
    },
    seeds={"glimpse": 1, "small": 5, "full": 3},
    measures={
        "parameters": "of the network, moving statistics not counted",
        "macs": "multiply-adds for one picture",
        "accuracy": "per cent of the new pictures right, some third of those that are drawn",
        "training": "per cent of the first 1,000 training pictures right",
    },
    rules=(
        _rule(
            "At equal parameters and multiply-adds separable convolutions learn more than plain.",
            *("separable", "plain, equal cost"),
            above=0,
        ),
        _rule(
            "At equal maps they learn less, with a fraction of the parameters.",
            *("separable", "plain, equal maps"),
            below=0,
        ),
        _rule("A ReLU between the halves does harm.", "ReLU between", "separable", below=0),
        _rule("An ELU between the halves does harm.", "ELU between", "separable", below=0),
        _rule(
            "A first layer that is separable, on one channel, does harm.",
            *("separable from the first layer", "separable"),
            below=0,
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
    new = _steps.held_out(data)
    analysis = analyze(model)
    return {
        "parameters": analysis.trainable_params,
        "macs": analysis.macs,
        "accuracy": _steps.right(model, *new),
        "training": _steps.right(model, data.x_train[:1000], data.y_train[:1000]),
    }


def build(maps, separable=True, between=None, first=False):
    """Build a network, not trained.

    Args:
        maps: of the first layer, of the next two and of the last two.
        separable: whether the layers behind the first one are separable.
        between: activation between depthwise and pointwise half, by its name in Keras.
        first: whether the first layer is separable, too.

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255 to twenty probabilities.
    """
    from keras import Input, layers

    from cnnlib.models._parts import classifier, conv, norm_relu

    def layer(x, filters, separable, name):
        if separable:
            x = layers.DepthwiseConv2D(
                3, padding="same", use_bias=False, activation=between, name=f"{name}_depthwise"
            )(x)
        x = conv(x, filters, 1 if separable else 3, name=name)
        return norm_relu(x, name)

    inputs = Input((16, 16, 1))
    x = layers.Rescaling(1 / 127.5, offset=-1)(inputs)
    x = layer(x, maps[0], first, "conv1")
    for stage, filters in enumerate(maps[1:], 2):
        x = layers.MaxPooling2D(2)(x)
        for number in (1, 2):
            x = layer(x, filters, separable, f"conv{stage}_{number}")
    return classifier(inputs, x, CLASSES, "separable" if separable else "plain")


@cache
def _compiled(network, steps):
    return _steps.compiled(build(**NETWORKS[network]), RATE, steps, together=20)
