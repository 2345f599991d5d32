"""DenseNets against ResNets of several sizes: new pictures named rightly, by parameters.

DenseNets with bottlenecks and compression (22 layers) and ResNets (20 layers), both in their
papers' form for small pictures, name twenty generated symbols of 16x16 pixels. A DenseNet's size is
its growth rate, a ResNet's the maps of its first stage. A seed draws all pictures, those of each
step and the first weights: all networks of a seed see the same pictures in the same order. All have
the same learning rate, tuned for none. See the chapter "DenseNet".
"""

from functools import cache

from cnnlib.data.symbols import symbols
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule

CLASSES = 20

RATE = 0.003
"""Adam's first rate, from which it falls to 0 along a cosine."""

NETWORKS = {
    "DenseNet, k = 4": ("dense", 4),
    "DenseNet, k = 8": ("dense", 8),
    "ResNet, 4 maps": ("residual", 4),
    "ResNet, 8 maps": ("residual", 8),
    "ResNet, 16 maps": ("residual", 16),
}
"""Name of a network -> its kind, and its growth rate or the maps of its first stage."""


def _rule(claim, network, other):
    return Rule(claim, "accuracy", network, other, above=0, unit="percentage points")


EXPERIMENT = Experiment(
    question="Do DenseNets name as many new pictures rightly as ResNets with more parameters?",
    claim="DenseNets need fewer parameters than ResNets for the same accuracy: a DenseNet-BC with "
    "about a third of the parameters of a ResNet is as good.",
    source="Huang, Liu, van der Maaten & Weinberger 2017, sections 4.3 and 5 and figures 3 and 4",
    variants={name: {"kind": kind, "width": width} for name, (kind, width) in NETWORKS.items()},
    scales={
        "glimpse": {"pictures": 1000, "steps": 20},
        "small": {"pictures": 4000, "steps": 300},
        "full": {"pictures": 40_000, "steps": 6000},
    },
    seeds={"glimpse": 1, "small": 5, "full": 5},
    measures={
        "parameters": "of the network, moving statistics not counted",
        "macs": "multiply-adds for one picture",
        "accuracy": "per cent of the new pictures right, some third of those that are drawn",
        "training": "per cent of the first 1,000 training pictures right",
    },
    rules=(
        _rule(
            "A DenseNet names more rightly than a ResNet with twice as many parameters.",
            *("DenseNet, k = 8", "ResNet, 8 maps"),
        ),
        _rule(
            "So does a smaller one against a smaller ResNet.", "DenseNet, k = 4", "ResNet, 4 maps"
        ),
        _rule(
            "A DenseNet names more rightly than a ResNet with eight times as many parameters.",
            *("DenseNet, k = 8", "ResNet, 16 maps"),
        ),
    ),
)


def measure(seed, kind, width, pictures, steps):
    """Train a network from new weights and judge it on new pictures.

    Args:
        seed: of all that is drawn.
        kind: "dense" or "residual".
        width: the growth rate, or the maps of the first stage.
        pictures: how many are drawn, those to be judged by included.
        steps: of gradient descent.

    Returns:
        The measures.
    """
    from cnnlib import analyze

    data = symbols(CLASSES, size=16, count=pictures, seed=seed)
    model = _compiled(kind, width, steps)
    learned = data.x_train / 127.5 - 1
    _steps.train(model, learned, data.y_train, seed, steps)
    new, classes = _steps.held_out(data)
    analysis = analyze(model)
    return {
        "parameters": analysis.trainable_params,
        "macs": analysis.macs,
        "accuracy": _steps.right(model, new / 127.5 - 1, classes),
        "training": _steps.right(model, learned[:1000], data.y_train[:1000]),
    }


def build(kind, width):
    """Build a network, not trained.

    Args:
        kind: "dense" or "residual".
        width: the growth rate, or the maps of the first stage.

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of -1 to 1 to twenty probabilities.
    """
    from cnnlib.models import DenseNetCIFAR
    from cnnlib.models._parts import classifier, conv_norm_relu, image_input, repeats
    from cnnlib.models._residual import basic, padding, post_activation, units

    shape = (16, 16, 1)
    if kind == "dense":
        form = {"depth": 22, "bottleneck": True, "compression": 0.5}
        return DenseNetCIFAR(growth_rate=width, input_shape=shape, classes=CLASSES, **form)
    inputs = image_input(shape, least=16)
    x = conv_norm_relu(inputs, width, 3, name="conv1")
    for unit, maps, stride in units((repeats(20, 6, 2),) * 3, width):
        x = post_activation(x, basic(maps, stride), unit, padding)
    return classifier(inputs, x, CLASSES, kind)


@cache
def _compiled(kind, width, steps):
    return _steps.compiled(build(kind, width), RATE, steps, together=20)
