"""What a stack of 3x3 convolutions is worth beside one large kernel that sees as much.

Each network names twenty generated symbols of 16x16 pixels: a layer of 3x3 kernels, 2x2 max
pooling, a block, pooling again and a dense layer. The networks differ in the block: two or three
layers of 3x3, two and one of 1x1, or one layer of 5x5 or 7x7, which has as many maps as the stack
or, "narrow", so many that the network has about as many parameters. They differ in their training,
too: with or without batch normalization before every ReLU, at a rate that falls to 0 along a cosine
or stays. A seed draws all pictures, the order of each epoch and the first weights, so that the
networks of a seed see the same pictures in the same order. All have the same first rate, tuned for
none. See the chapter "VGG".
"""

from functools import cache

import numpy as np

from cnnlib.data.symbols import symbols
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.training import restart

BATCH = 32

CLASSES = 20

MAPS = 20

RATE = 0.003
"""Adam's first rate."""

BLOCKS = {
    "3×3 twice": ((3, 3), MAPS),
    "5×5": ((5,), MAPS),
    "3×3 twice, 1×1": ((3, 3, 1), MAPS),
    "3×3 three times": ((3, 3, 3), MAPS),
    "7×7": ((7,), MAPS),
    "7×7 narrow": ((7,), 16),
}
"""Name of a network -> the kernels of its block, and the maps of all its convolutions."""

TRAININGS = {
    "normalized, falling": {"normalized": True, "falling": True},
    "normalized, constant": {"normalized": True, "falling": False},
    "plain, falling": {"normalized": False, "falling": True},
    "plain, constant": {"normalized": False, "falling": False},
}


def _leads(sentence, network, other, training="normalized, falling"):
    """Return the rule that a network names more new pictures rightly than another."""
    pair = (f"{network}: {training}", f"{other}: {training}")
    return Rule(sentence, "accuracy", *pair, above=0, unit="percentage points")


EXPERIMENT = Experiment(
    question="With an equal field, does a stack of 3x3 convolutions name more new pictures rightly "
    "than one large kernel, and on what does that depend?",
    claim="A deep net with small filters outperforms a shallow net with larger filters.",
    source="Simonyan & Zisserman 2015, section 4.1: B against B with 5x5 in place of pairs of 3x3",
    variants={
        f"{network}: {training}": {"network": network} | settings
        for network in BLOCKS
        for training, settings in TRAININGS.items()
        if training == "normalized, falling" or network in ("3×3 three times", "7×7")
    },
    scales={
        "glimpse": {"pictures": 1200, "epochs": 2},
        "small": {"pictures": 4000, "epochs": 5},
        "full": {"pictures": 20_000, "epochs": 10},
    },
    seeds={"glimpse": 1, "small": 3, "full": 3},
    measures={
        "parameters": "of the network, moving statistics not counted",
        "accuracy": "per cent of the new pictures right, some third of those that are drawn",
        "training": "per cent of the training pictures right",
    },
    rules=(
        *(
            _leads(
                f"Three layers of 3x3 lead one of 7x7 with as many maps: {training}.",
                *("3×3 three times", "7×7", training),
            )
            for training in TRAININGS
        ),
        _leads(
            "They lead a 7x7 with about as many parameters, too.", "3×3 three times", "7×7 narrow"
        ),
        _leads("Two layers of 3x3 lead one of 5x5 with as many maps.", "3×3 twice", "5×5"),
        _leads("A 1x1 layer behind two of 3x3 adds something.", "3×3 twice, 1×1", "3×3 twice"),
        _leads("A third layer of 3x3 adds more.", "3×3 three times", "3×3 twice, 1×1"),
    ),
)


def measure(seed, network, normalized, falling, pictures, epochs):
    """Train a network from new weights and judge it on new pictures.

    Args:
        seed: of all that is drawn.
        network: one of `BLOCKS`.
        normalized: whether there is batch normalization.
        falling: whether the rate falls to 0.
        pictures: how many are drawn, those to be judged by included.
        epochs: passes through the training pictures.

    Returns:
        The measures.
    """
    data = symbols(CLASSES, size=16, count=pictures, seed=seed)
    steps = epochs * (len(data.x_train) // BATCH)
    model = _compiled(network, normalized, falling, steps)
    restart(model, seed)
    random = np.random.default_rng(seed)
    epoch = len(data.x_train) // BATCH * BATCH
    order = np.concatenate([random.permutation(len(data.x_train))[:epoch] for _ in range(epochs)])
    model.fit(data.x_train[order], data.y_train[order], BATCH, shuffle=False, verbose=0)
    new = _steps.held_out(data)
    return {
        "parameters": sum(int(np.prod(weight.shape)) for weight in model.trainable_weights),
        "accuracy": _steps.right(model, *new),
        "training": _steps.right(model, data.x_train, data.y_train),
    }


def build(network, normalized=True):
    """Build a network, not trained.

    Args:
        network: one of `BLOCKS`.
        normalized: whether batch normalization stands before every ReLU.

    Returns:
        A `keras.Model` from pictures [batch, 16, 16, 1] of 0 to 255 to twenty probabilities.
    """
    from keras import Input, Sequential, layers

    kernels, maps = BLOCKS[network]
    model = Sequential([Input((16, 16, 1)), layers.Rescaling(1 / 127.5, offset=-1)])

    def add(kernel):
        model.add(layers.Conv2D(maps, kernel, padding="same", kernel_initializer="he_uniform"))
        if normalized:
            model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())

    add(3)
    model.add(layers.MaxPooling2D(2))
    for kernel in kernels:
        add(kernel)
    model.add(layers.MaxPooling2D(2))
    model.add(layers.Flatten())
    model.add(layers.Dense(CLASSES, activation="softmax"))
    return model


@cache
def _compiled(network, normalized, falling, steps):
    from keras import optimizers

    model = build(network, normalized)
    rate = optimizers.schedules.CosineDecay(RATE, steps) if falling else RATE
    model.compile(optimizers.Adam(rate), "sparse_categorical_crossentropy", steps_per_execution=25)
    return model
