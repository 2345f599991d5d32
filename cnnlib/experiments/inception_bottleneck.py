"""What bottlenecks buy: inception modules with and without them, at nearly equal cost.

Both networks have four modules on a first convolution, batch normalization, global average pooling
and one dense layer, and learn to name twenty generated symbols of 16x16 pixels. Without bottlenecks
the branches have to be thin for the cost to be the same. Both end in 80 maps and have as many
weights; the naive one has 2 % more multiply-adds. A seed draws all pictures, those of each step and
the first weights: both networks of a seed see the same pictures in the same order. Both have the
same learning rate, tuned for neither. See the chapter "GoogLeNet and Inception".
"""

from functools import cache

from cnnlib.data.symbols import symbols
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule

CLASSES = 20

RATE = 0.002
"""Adam's first rate, from which it falls to 0 along a cosine."""

MAPS = {
    "bottleneck": ((8, 8, 16, 4, 8, 8), (16, 16, 32, 8, 16, 16)),
    "naive": ((3, 6, 3), (5, 10, 5)),
}
"""The maps of the first two modules and of the last two: as in the paper's table, and those of the
1x1, the 3x3 and the 5x5 branch."""

EXPERIMENT = Experiment(
    question="At nearly equal cost, do inception modules with bottlenecks name more new pictures "
    "rightly than naive ones?",
    claim="The naive form would cover the optimal sparse structure, but very inefficiently; "
    "1x1 reductions before the expensive convolutions make wider and deeper networks affordable.",
    source="Szegedy et al. 2015, section 4",
    variants={network: {"network": network} for network in MAPS},
    scales={
        "glimpse": {"pictures": 1000, "steps": 40},
        "small": {"pictures": 4000, "steps": 400},
        "full": {"pictures": 20_000, "steps": 4000},
    },
    seeds={"glimpse": 1, "small": 3, "full": 3},
    measures={
        "parameters": "of the network",
        "macs": "multiply-adds for one picture",
        "accuracy": "per cent of the test pictures right",
        "training": "per cent of the first 1,000 training pictures right",
    },
    rules=(
        Rule(
            "At nearly equal cost modules with bottlenecks learn more than naive ones.",
            *("accuracy", "bottleneck", "naive"),
            above=0,
            unit="percentage points",
        ),
    ),
)


def measure(seed, network, pictures, steps):
    """Train a network from new weights and judge it on new pictures.

    Args:
        seed: of all that is drawn.
        network: "bottleneck" or "naive".
        pictures: drawn in all; 68 % are learned from, 15 % are tested on.
        steps: of gradient descent.

    Returns:
        The measures.
    """
    from cnnlib import analyze

    data = symbols(CLASSES, size=16, count=pictures, seed=seed)
    model = _compiled(network, steps)
    _steps.train(model, data.x_train, data.y_train, seed, steps)
    return {
        "parameters": model.count_params(),
        "macs": analyze(model).macs,
        "accuracy": _steps.right(model, data.x_test, data.y_test),
        "training": _steps.right(model, data.x_train[:1000], data.y_train[:1000]),
    }


def build(network):
    """Build one of the two networks, not trained.

    Args:
        network: "bottleneck" or "naive".

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255 to twenty probabilities.
    """
    from keras import Input, layers

    from cnnlib.models._parts import classifier, conv_norm_relu

    add = {"bottleneck": _with_bottlenecks, "naive": _naive}[network]
    inputs = Input((16, 16, 1))
    x = conv_norm_relu(layers.Rescaling(1 / 127.5, offset=-1)(inputs), 16, 3, name="conv")
    early, late = MAPS[network]
    for stage, maps in (("a", early), ("b", late)):
        x = layers.MaxPooling2D(2)(x)
        for number in (1, 2):
            x = add(x, maps, f"{stage}{number}")
    return classifier(inputs, x, CLASSES, network)


def _with_bottlenecks(x, maps, name):
    from cnnlib.models._parts import conv_norm_relu
    from cnnlib.models.googlenet import Module, inception

    return inception(conv_norm_relu, x, Module(*maps), name)


def _naive(x, maps, name):
    from keras import layers

    from cnnlib.models._parts import conv_norm_relu

    kernels = zip(maps, (1, 3, 5), strict=True)
    branches = [conv_norm_relu(x, one, side, name=f"{name}_{side}") for one, side in kernels]
    return layers.Concatenate(name=name)([*branches, layers.MaxPooling2D(3, 1, "same")(x)])


@cache
def _compiled(network, steps):
    return _steps.compiled(build(network), RATE, steps, together=40)
