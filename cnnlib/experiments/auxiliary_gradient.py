"""What GoogLeNet's auxiliary classifiers add to the gradient, before anything is learned.

A GoogLeNet with a quarter of the maps, on 96x96 pictures of ten symbols, has the first weights of
a seed, and the gradients of its three losses are computed for the weights of each of its modules,
without dropout. From their lengths and the angles between them follows the gradient of any weighted
sum of the losses. Two scales of first weights are compared: a variance of 1/n for a unit that reads
n numbers, as in the version for Caffe, and of 2/n, which became usual for ReLUs in 2015. See the
chapter "GoogLeNet and Inception".
"""

from functools import cache

import numpy as np

from cnnlib.data.symbols import symbols
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.training import restart

CLASSES, SIDE = 10, 96

WEIGHT = 0.3
"""Of an auxiliary loss in the paper."""

EXPERIMENT = Experiment(
    question="Do the auxiliary classifiers make the first gradient of the lower modules longer?",
    claim="Auxiliary classifiers connected to intermediate layers increase the gradient signal "
    "that gets propagated back.",
    source="Szegedy et al. 2015, section 5",
    variants={"variance 1/n": {"variance": 1}, "variance 2/n": {"variance": 2}},
    scales={"glimpse": {"pictures": 8}, "small": {"pictures": 32}, "full": {"pictures": 64}},
    seeds={"glimpse": 1, "small": 5, "full": 50},
    measures={
        "gain": "length of the gradient for the weights of module 3a with auxiliary losses of "
        "weight 0.3, as a multiple of that without",
        "products": "for each module the dot products of the gradients of the losses: main, after "
        "4a, after 4d",
    },
    rules=(
        Rule(
            "With weights of variance 1/n the heads make the gradient of module 3a longer.",
            *("gain", "variance 1/n"),
            above=1,
            unit="times",
        ),
        Rule(
            "With weights of variance 2/n they do so, too.",
            *("gain", "variance 2/n"),
            above=1,
            unit="times",
        ),
        Rule(
            "They do so more with the smaller weights.",
            *("gain", "variance 1/n", "variance 2/n"),
            above=0,
            unit="times",
        ),
    ),
)


def measure(seed, variance, pictures):
    """Compute the gradients of a network that has learned nothing.

    Args:
        seed: of the pictures and the first weights.
        variance: of the convolutions' weights, times the numbers that a unit reads.
        pictures: whose mean loss is differentiated.

    Returns:
        The measures.
    """
    from cnnlib.models.googlenet import MODULES

    data = symbols(CLASSES, SIDE, count=10 * CLASSES, seed=seed)
    x, y = data.x_train[:pictures] / np.float32(127.5) - 1, data.y_train[:pictures]
    model = _compiled()
    restart(model, seed)
    for layer in model.layers:
        if hasattr(layer, "kernel_size"):
            layer.kernel.assign(layer.kernel * (variance / 2) ** 0.5)
    losses = [_gradients(model, output, x, y) for output in model.outputs]
    products = {module: _products(losses, f"inception_{module}_") for module in MODULES}
    weights = np.array([1, WEIGHT, WEIGHT])
    first = products["3a"]
    return {
        "gain": float(np.sqrt(weights @ first @ weights / first[0, 0])),
        "products": [
            [[float(f"{one:.6g}") for one in row] for row in products[m]] for m in MODULES
        ],
    }


def _gradients(model, output, x, y):
    """Return the gradient of one output's loss by the name of the weights."""
    import keras

    from cnnlib.training import _probe

    part = keras.Model(model.inputs, output)
    part.compile("sgd", "sparse_categorical_crossentropy")
    gradients = _probe.gradients(part, x, y)
    return dict(zip((one.path for one in part.trainable_variables), gradients, strict=True))


def _products(losses, module):
    """Return the dot products of the losses' gradients for a module's weights, float64 [3, 3]."""
    paths = [path for path in losses[0] if path.startswith(module)]
    vectors = [
        np.concatenate([np.ravel(loss.get(path, np.zeros_like(losses[0][path]))) for path in paths])
        for loss in losses
    ]
    rows = np.array(vectors, np.float64)
    return rows @ rows.T


@cache
def _compiled():
    from cnnlib import models

    model = models.GoogLeNet(
        auxiliary=True, width=0.25, input_shape=(SIDE, SIDE, 1), classes=CLASSES
    )
    for layer in model.layers:
        if hasattr(layer, "rate"):
            layer.rate = 0
    model.compile("sgd")
    return model
