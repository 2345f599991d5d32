"""Depth with gates and without: how highway networks and plain ones learn digits.

Networks of 10, 20 and 50 layers of 3x3 convolutions, from `cnnlib.models.HighwayNet`, learn
scikit-learn's digits, enlarged to 16x16. Highway networks have 8 maps; plain ones, which have no
gates, 11, so that a layer has nearly as many weights (1,089 and 1,152 without biases). Both start
with He's weights, the gates with a bias of -2 or, in one network, of 0. A seed draws the first
weights and the order of the pictures. All learn with the same rate, Adam's usual one, tuned for
none. See the chapter "Highway networks".
"""

from functools import cache

import numpy as np

from cnnlib.data.digits import digits
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.training import restart

BATCH = 32

RATE = 0.001
"""Adam's, for all networks."""

DEPTHS = (10, 20, 50)

EXPERIMENT = Experiment(
    question="Do digits become harder to learn with 20 and 50 layers than with 10, with gates and "
    "without, and does a gate need a negative bias to begin with?",
    claim="Plain networks become much harder to optimize with increasing depth, while highway "
    "networks of up to 100 layers can still be optimized well; a negative bias lets a network "
    "carry its input through at first.",
    source="Srivastava, Greff & Schmidhuber 2015, Training Very Deep Networks, section 2.1 and "
    "figure 1",
    variants={
        f"{kind}, {depth} layers": {"gates": kind == "gates", "bias": -2.0, "depth": depth}
        for kind in ("plain", "gates")
        for depth in DEPTHS
    }
    | {"gates, 50 layers, bias 0": {"gates": True, "bias": 0.0, "depth": 50}},
    scales={
        "glimpse": {"epochs": 1, "shallower": 3},
        "small": {"epochs": 5, "shallower": 0},
        "full": {"epochs": 40, "shallower": 0},
    },
    seeds={"glimpse": 1, "small": 3, "full": 5},
    measures={
        "layers": "with weights, gates apart",
        "parameters": "of the network",
        "loss": "mean cross-entropy of the training batches in the last epoch; ln 10 is guessing",
        "curve": "the same for each epoch",
        "accuracy": "per cent of the held-out pictures right",
    },
    rules=(
        Rule(
            "Fifty plain layers learn worse than ten.",
            *("loss", "plain, 50 layers", "plain, 10 layers"),
            above=0,
            unit="nats",
        ),
        Rule(
            "With gates, fifty layers learn better than without.",
            *("loss", "gates, 50 layers", "plain, 50 layers"),
            below=0,
            unit="nats",
        ),
        Rule(
            "Fifty plain layers stay at guessing.",
            *("loss", "plain, 50 layers"),
            above=2.2,
            unit="nats",
        ),
        Rule(
            "With gates, fifty layers cost less than half a nat against ten.",
            *("loss", "gates, 50 layers", "gates, 10 layers"),
            below=0.5,
            unit="nats",
        ),
        Rule(
            "With gates, ten layers learn better than without.",
            *("loss", "gates, 10 layers", "plain, 10 layers"),
            below=0,
            unit="nats",
        ),
        Rule(
            "With gates that begin with a bias of 0, fifty layers stay at guessing.",
            *("loss", "gates, 50 layers, bias 0"),
            above=2.2,
            unit="nats",
        ),
    ),
)


def measure(seed, gates, bias, depth, epochs, shallower):
    """Train a network from new weights and judge it.

    Args:
        seed: of the first weights and of the order of the pictures.
        gates: whether the layers have gates.
        bias: where the gates' biases start.
        depth: layers with weights, gates apart.
        epochs: passes through the training pictures.
        shallower: by how much the depth is divided, for a glimpse; 0 leaves it.

    Returns:
        The measures.
    """
    data = digits(size=16)
    depth = max(4, depth // shallower) if shallower else depth
    model = _compiled(depth, gates, bias)
    restart(model, seed)
    random = np.random.default_rng(seed)
    curve = []
    for _ in range(epochs):
        order = random.permutation(len(data.x_train))[: len(data.x_train) // BATCH * BATCH]
        seen = model.fit(data.x_train[order], data.y_train[order], BATCH, shuffle=False, verbose=0)
        curve.append(round(seen.history["loss"][0], 5))
    return {
        "layers": depth,
        "parameters": model.count_params(),
        "loss": curve[-1],
        "curve": curve,
        "accuracy": _steps.right(model, *_steps.held_out(data)),
    }


def build(depth, gates, bias):
    """Build a network, not trained.

    Args:
        depth: layers with weights, gates apart.
        gates: whether the layers have gates.
        bias: where the gates' biases start.

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255 to ten probabilities.
    """
    from keras import Input, Model, layers

    from cnnlib.models import HighwayNet

    network = HighwayNet(
        depth=depth,
        width=8 if gates else 11,
        gates=gates,
        transform_bias=bias,
        input_shape=(16, 16, 1),
    )
    inputs = Input((16, 16, 1))
    return Model(inputs, network(layers.Rescaling(1 / 127.5, offset=-1)(inputs)))


@cache
def _compiled(depth, gates, bias):
    from keras import optimizers

    model = build(depth, gates, bias)
    model.compile(optimizers.Adam(RATE), "sparse_categorical_crossentropy")
    return model
