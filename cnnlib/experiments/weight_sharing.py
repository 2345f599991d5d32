"""What weight sharing saves: a network like LeNet-5 against a dense one with as many parameters.

Both learn to name ten generated symbols of 16x16 pixels, from 200 or 1,000 pictures, in equally
many steps of gradient descent. A seed draws all pictures, those of each step and the first weights,
so that the two networks of a seed see the same pictures in the same order. Both have the same
learning rate, tuned for neither. See the chapter "LeNet-5".
"""

from functools import cache

from cnnlib.data.symbols import symbols
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule

BATCH = 32

RATE = 0.003
"""Adam's first rate, from which it falls to 0 along a cosine."""

EXPERIMENT = Experiment(
    question="With as many parameters, does a network whose weights are shared over the picture "
    "name more new pictures rightly than a dense one?",
    claim="Weight sharing reduces the number of free parameters, and with them the gap between the "
    "error on new pictures and that on the training pictures.",
    source="LeCun, Bottou, Bengio & Haffner 1998, section II.A",
    variants={
        f"{network}, {pictures:,}": {"network": network, "pictures": pictures}
        for pictures in (200, 1000)
        for network in ("convolutional", "dense")
    },
    scales={"glimpse": {"steps": 100}, "small": {"steps": 400}, "full": {"steps": 4000}},
    seeds={"glimpse": 1, "small": 5, "full": 5},
    measures={
        "parameters": "of the network",
        "accuracy": "per cent of the test pictures right",
        "training": "per cent of the training pictures right",
    },
    rules=(
        Rule(
            "Of 200 pictures the convolutional network learns more.",
            *("accuracy", "convolutional, 200", "dense, 200"),
            above=0,
            unit="percentage points",
        ),
        Rule(
            "Of 1,000 pictures the convolutional network learns more.",
            *("accuracy", "convolutional, 1,000", "dense, 1,000"),
            above=0,
            unit="percentage points",
        ),
        Rule(
            "Of 200 pictures the convolutional network learns more than the dense one of 1,000.",
            *("accuracy", "convolutional, 200", "dense, 1,000"),
            above=0,
            unit="percentage points",
        ),
    ),
)


def measure(seed, network, pictures, steps):
    """Train a network from new weights and judge it on new pictures.

    Args:
        seed: of all that is drawn.
        network: "convolutional" or "dense".
        pictures: how many it learns from.
        steps: of gradient descent.

    Returns:
        The measures.
    """
    data = symbols(size=16, count=2000, seed=seed)
    x_train, y_train = data.x_train[:pictures], data.y_train[:pictures]
    model = _compiled(network, steps)
    _steps.train(model, x_train, y_train, seed, steps, BATCH)
    return {
        "parameters": model.count_params(),
        "accuracy": _steps.right(model, data.x_test, data.y_test),
        "training": _steps.right(model, x_train, y_train),
    }


def build(network):
    """Build one of the two networks, not trained.

    Args:
        network: "convolutional" or "dense".

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255 to ten probabilities.
    """
    from keras import Input, Sequential, layers

    hidden = {
        "convolutional": lambda: [
            layers.Conv2D(8, 5, padding="same", activation="tanh"),
            layers.AveragePooling2D(2),
            layers.Conv2D(16, 5, padding="same", activation="tanh"),
            layers.AveragePooling2D(2),
            layers.Flatten(),
            layers.Dense(32, activation="tanh"),
        ],
        "dense": lambda: [layers.Flatten(), layers.Dense(45, activation="tanh")],
    }
    first = [Input((16, 16, 1)), layers.Rescaling(1 / 127.5, offset=-1)]
    return Sequential([*first, *hidden[network](), layers.Dense(10, activation="softmax")])


@cache
def _compiled(network, steps):
    return _steps.compiled(build(network), RATE, steps, together=50)
