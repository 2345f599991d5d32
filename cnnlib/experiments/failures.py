"""Failures of the chapter "When training fails", each beside its cure.

Scikit-learn's digits, enlarged to 16x16: 1,221 to learn from, in batches of 32, six epochs. Two
convolutions and two dense layers, trained with momentum at a rate of 0.02, are the healthy
network; a failure changes one thing in it. The dead network is another one: that of the chapter
"Building and training a CNN" for Fashion-MNIST with an eighth of its maps, trained with Adam at ten
times its usual rate and at thirty times; its cure is the usual rate. A seed draws the first
weights, the order of the pictures and the dropout; the split is always the same. Before and after
the training `cnnlib.training.diagnose` looks at it.
"""

from functools import cache

import numpy as np

from cnnlib.data.digits import digits
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule

SIDE, BATCH = 16, 32

VARIANTS = {
    "healthy": {},
    "dead network": {"network": "deep", "rate": 0.01, "fault": "dead units"},
    "dead network, 0.03": {"network": "deep", "rate": 0.03, "fault": "dead units"},
    "dead network, cured": {"network": "deep", "rate": 0.001},
    "unscaled inputs": {"scaled": False, "fault": "unscaled inputs"},
    "rate too high": {"rate": 1.0, "fault": "learning rate too high"},
    "rate too low": {"rate": 0.000005, "fault": "learning rate too low"},
    "ReLU on the output": {"output": "relu", "fault": "output activation"},
    "shuffled labels": {"labels": "shuffled"},
    "begun at zero": {"initializer": "zeros", "fault": "equal weights"},
    "sorted pictures": {"order": "sorted", "fault": "sorted data"},
    "batches of one": {"norm": True, "batch": 1, "fault": "batches of one"},
    "batches of one, cured": {"norm": True},
}
"""What each variant has that the healthy network has not, and what `diagnose` should find.

Labels that are shuffled it cannot find: it looks at no picture."""

CURES = {
    "dead network": "dead network, cured",
    "dead network, 0.03": "dead network, cured",
    "batches of one": "batches of one, cured",
}
"""The variant that cures a failure, where it is not the healthy network."""

FAILURES = [name for name in VARIANTS if name != "healthy" and not name.endswith("cured")]

EXPERIMENT = Experiment(
    question="Does every failure of the chapter fail, and its cure cure it?",
    claim="A network in which one thing is wrong does not learn; put right, it does.",
    source="the chapter's own claim; lecture notes that print a loss of 2.3026",
    variants=VARIANTS,
    scales={
        "glimpse": {"examples": 320, "epochs": 2},
        "small": {"examples": None, "epochs": 6},
        "full": {"examples": None, "epochs": 20},
    },
    seeds={"glimpse": 1, "small": 5, "full": 20},
    measures={
        "accuracy": "per cent of the test pictures right",
        "start": "loss of the training pictures before the first step",
        "loss": "loss of the training pictures after the last, without dropout",
        "guesses": "whether that loss is less than 0.1 from guessing, ln 10, or above it: 1 or 0",
        "dead": "per cent of the ReLU units dead after the training, in the layer with most",
        "before": "gradient of every layer's kernel before the first step, root mean square",
        "after": "the same after the last",
        "found": "whether `diagnose` names the failure, before the training or after it: 1 or 0",
        "alarms": "findings before the training and after it, each counted once",
    },
    rules=(
        *(
            Rule(
                f"Cured, the network names more digits rightly by 20 points and more: {name}.",
                *("accuracy", CURES.get(name, "healthy"), name),
                above=20,
                unit="percentage points",
            )
            for name in FAILURES
        ),
        Rule(
            "At a rate of 0.01 more than half of the runs of the dead network end guessing.",
            *("guesses", "dead network"),
            above=0.5,
            unit="of the runs",
        ),
        Rule(
            "At 0.03 its loss ends within 0.1 of guessing, ln 10.",
            *("loss", "dead network, 0.03"),
            above=float(np.log(10)) - 0.1,
            below=float(np.log(10)) + 0.1,
        ),
        Rule(
            "At 0.03 more than nine of ten units of one of its layers are dead.",
            *("dead", "dead network, 0.03"),
            above=90,
            unit="%",
        ),
        *(
            Rule(
                f"`diagnose` names it in more than nine of ten runs: {name}.",
                *("found", name),
                above=0.9,
                unit="of the runs",
            )
            for name in FAILURES
            if "fault" in VARIANTS[name]
        ),
        Rule(
            "In the healthy network it finds nothing.",
            *("alarms", "healthy"),
            below=0.1,
            unit="findings",
        ),
    ),
)


def measure(
    seed,
    examples,
    epochs,
    network="small",
    rate=0.02,
    scaled=True,
    output="softmax",
    labels="right",
    initializer="he_normal",
    order="mixed",
    norm=False,
    batch=BATCH,
    fault=None,
):
    """Train a network in which something may be wrong.

    Args:
        seed: of the first weights, the order of the pictures and the dropout.
        examples: training pictures, or None for all of them.
        epochs: passes through the training pictures.
        network: "small", trained with momentum 0.9, or "deep", with Adam.
        rate: its learning rate.
        scaled: whether the network divides pixels by 255.
        output: activation of the last layer.
        labels: "right", or "shuffled" among the training pictures.
        initializer: of the kernels of the small network.
        order: "mixed" anew in every epoch, or "sorted" by class.
        norm: whether its hidden layer has batch normalization.
        batch: pictures from which each gradient is taken.
        fault: what `diagnose` should find.

    Returns:
        The measures.
    """
    from cnnlib import device
    from cnnlib.training import diagnose, restart

    data = digits(size=SIDE)
    x, y = data.x_train[:examples], data.y_train[:examples]
    if order == "sorted":
        places = np.argsort(y, kind="stable")
        x, y = x[places], y[places]
    if labels == "shuffled":
        y = np.random.default_rng(seed).permutation(y)
    model = compiled(network, rate, scaled, output, initializer, norm)
    restart(model, seed)
    device.setup(seed)
    before, start = diagnose(model, x, y), _loss(model, x, y)
    model.fit(x, y, batch, epochs, 0, shuffle=order == "mixed")
    after = diagnose(model, x, y)
    found = {(one.fault, one.layer) for one in (*before, *after)}
    loss = _loss(model, x, y)
    return {
        "accuracy": _steps.right(model, data.x_test, data.y_test),
        "start": start,
        "loss": loss,
        "guesses": int(loss is None or loss > np.log(10) - 0.1),
        "dead": round(100 * float(after.layers["dead"].max()), 1),
        "before": _gradients(before.layers),
        "after": _gradients(after.layers),
        "found": int(fault in {name for name, _ in found}),
        "alarms": len(found),
    }


def _loss(model, x, y):
    """Return the mean loss of pictures, or None where it is no number."""
    loss = float(model.evaluate(x, y, 1000, verbose=0))
    return round(loss, 4) if np.isfinite(loss) else None


def _gradients(layers):
    """Return the size of the gradient of every layer that has one, by name."""
    return {name: float(f"{size:.3g}") for name, size in layers["gradient"].dropna().items()}


@cache
def compiled(network, rate, scaled=True, output="softmax", initializer="he_normal", norm=False):
    """Return a network for pictures [batch, 16, 16, 1] of 0 to 255; see `measure` for `Args`.

    Returns:
        A compiled `keras.Model`, the same for the same arguments.
    """
    from keras import Input, Sequential, layers, optimizers

    scale = layers.Rescaling(1 / 255 if scaled else 1)
    if network == "deep":
        model = Sequential([Input((SIDE, SIDE, 1)), scale, *deep()])
        optimizer = optimizers.Adam(rate)
    else:
        how = {"kernel_initializer": initializer}
        model = Sequential(
            [
                Input((SIDE, SIDE, 1)),
                scale,
                layers.Conv2D(8, 5, activation="relu", name="conv1", **how),
                layers.MaxPooling2D(2),
                layers.Conv2D(16, 3, activation="relu", name="conv2", **how),
                layers.Flatten(),
                layers.Dense(32, name="hidden", **how),
                *([layers.BatchNormalization(name="norm")] if norm else []),
                layers.ReLU(name="relu"),
                layers.Dense(10, activation=output, name="digit", **how),
            ]
        )
        optimizer = optimizers.SGD(rate, momentum=0.9)
    model.compile(optimizer, "sparse_categorical_crossentropy", steps_per_execution=38)
    return model


def deep():
    """Return the layers of the dead network, between the scale of its pixels and ten classes."""
    from keras import layers

    def convolution(number, maps, size=3):
        name = f"conv{number}"
        return layers.Conv2D(maps, size, padding="same", activation="relu", name=name)

    return [
        *(convolution(1, 8, 7), layers.MaxPooling2D(2)),
        *(convolution(2, 16), convolution(3, 16), layers.MaxPooling2D(2)),
        *(convolution(4, 32), convolution(5, 32), layers.MaxPooling2D(2)),
        layers.Flatten(),
        *(layers.Dense(32, activation="relu", name="hidden1"), layers.Dropout(0.5)),
        *(layers.Dense(16, activation="relu", name="hidden2"), layers.Dropout(0.5)),
        layers.Dense(10, activation="softmax", name="digit"),
    ]
