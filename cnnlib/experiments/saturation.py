"""How fast networks learn with ReLU and with tanh, set up as in 2012 and as today.

Four layers like those of figure 1 of the paper on AlexNet, made small: three convolutions, two of
them followed by overlapping pooling, and a softmax, trained on ten generated symbols of 16x16
pixels by gradient descent with momentum. Nothing is regularized. As in 2012: pixels from 0 to 255
less their mean, and weights of a standard deviation of 0.01. As today: the same pixels divided by
64, and Glorot's weights. A seed draws the pictures, their order and the first weights, which both
activations share. Of three or four rates, a factor of three apart, each got the one with which it
was quickest with the seed 1000. See the chapter "AlexNet".
"""

from functools import cache

import numpy as np

from cnnlib.data.symbols import symbols
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.training import restart

BATCH = 32

EVERY = 20
"""Steps after which the error on the pictures that were learned from is taken."""

ENOUGH = 25
"""Per cent wrong, to which the paper counts."""

RATES = {
    ("2012", "relu"): 0.003,
    ("2012", "tanh"): 0.03,
    ("today", "relu"): 0.03,
    ("today", "tanh"): 0.03,
}

EXPERIMENT = Experiment(
    question="How many steps do a network of ReLUs and one of tanh units take until they are wrong "
    "on a quarter of what they learn from?",
    claim="A four-layer convolutional network with ReLUs reaches a training error of 25 % on "
    "CIFAR-10 six times faster than an equivalent network with tanh neurons.",
    source="Krizhevsky, Sutskever & Hinton 2012, figure 1",
    variants={
        f"{activation}, {setup}": {"activation": activation, "setup": setup}
        for setup, activation in RATES
    },
    scales={"glimpse": {"steps": 60}, "small": {"steps": 600}, "full": {"steps": 6000}},
    seeds={"glimpse": 1, "small": 5, "full": 50},
    measures={
        "curve": f"per cent of the training pictures wrong in each {EVERY} steps, until the end",
        "steps": f"until {ENOUGH} % wrong, or None",
        "doublings": "binary logarithm of these steps, or of all that were allowed",
    },
    rules=(
        Rule(
            "Set up as in 2012, tanh takes longer.",
            *("doublings", "tanh, 2012", "relu, 2012"),
            above=0,
            unit="doublings",
        ),
        Rule(
            "Set up as in 2012, tanh takes at least twice as long.",
            *("doublings", "tanh, 2012", "relu, 2012"),
            above=1,
            unit="doublings",
        ),
        Rule(
            "Set up as today, tanh takes longer.",
            *("doublings", "tanh, today", "relu, today"),
            above=0,
            unit="doublings",
        ),
    ),
)


def measure(seed, activation, setup, steps):
    """Train a network from new weights until it is wrong on a quarter of its pictures.

    Args:
        seed: of all that is drawn.
        activation: "relu" or "tanh".
        setup: "2012" or "today".
        steps: of gradient descent, at most.

    Returns:
        The measures.
    """
    x, y = pictures(seed, setup)
    model = _compiled(activation, setup)
    restart(model, seed)
    random = np.random.default_rng(seed)
    curve = []
    while len(curve) * EVERY < steps and not (curve and curve[-1] <= ENOUGH):
        batches = random.permutation(len(x))[: EVERY * BATCH].reshape(EVERY, BATCH)
        right = [model.train_on_batch(x[batch], y[batch])[1] for batch in batches]
        curve.append(round(100 - 100 * float(np.mean(right)), 3))
    taken = len(curve) * EVERY
    return {
        "curve": curve,
        "steps": taken if curve[-1] <= ENOUGH else None,
        "doublings": round(float(np.log2(taken)), 4),
    }


def pictures(seed, setup):
    """Return what a network learns from.

    Args:
        seed: of the pictures.
        setup: "2012" or "today".

    Returns:
        A tuple: float32 array [n, 16, 16, 1], and the classes [n].
    """
    data = symbols(size=16, count=2000, seed=seed)
    centred = data.x_train - data.x_train.mean(axis=0)
    return centred.astype("float32") / {"2012": 1, "today": 64}[setup], data.y_train


def build(activation, setup):
    """Build a network, not trained.

    Args:
        activation: "relu" or "tanh".
        setup: "2012" or "today".

    Returns:
        A `keras.Model` from `pictures` to ten probabilities.
    """
    from keras import Input, Sequential, initializers, layers

    weights = {
        "2012": lambda: initializers.RandomNormal(stddev=0.01),
        "today": initializers.GlorotUniform,
    }[setup]

    def convolution(maps):
        return layers.Conv2D(
            maps, 5, padding="same", activation=activation, kernel_initializer=weights()
        )

    return Sequential(
        [
            Input((16, 16, 1)),
            convolution(8),
            layers.MaxPooling2D(3, 2),
            convolution(8),
            layers.MaxPooling2D(3, 2),
            convolution(16),
            layers.Flatten(),
            layers.Dense(10, activation="softmax", kernel_initializer=weights()),
        ]
    )


@cache
def _compiled(activation, setup):
    from keras import optimizers

    model = build(activation, setup)
    model.compile(
        optimizers.SGD(RATES[setup, activation], momentum=0.9),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
