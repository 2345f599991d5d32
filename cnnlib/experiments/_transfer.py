"""What the experiments of the chapter "Transfer learning" share.

The trunk is the network "alphabet" of the pages, without its head: it has learned forty symbols.
What is to be learned are ten others, which it has never seen. Both are drawn by the same program,
on the same kinds of paper: the two tasks are near to each other.
"""

from functools import cache

import numpy as np

from cnnlib import trained
from cnnlib.data.symbols import symbols

CLASSES, BATCH, TRUNKS = 10, 30, 3


@cache
def trunk(seed):
    """Return the trained trunk of a seed, of which there are `TRUNKS`.

    Returns:
        A `keras.Model` from pictures [batch, 32, 32, 1] of 0 to 255 to 64 numbers.
    """
    import keras

    model = trained.model("alphabet", seed % TRUNKS)
    return keras.Model(model.input, model.get_layer("avg_pool").output)


def pictures(seed):
    """Draw the ten symbols.

    Returns:
        The pictures to learn from and their classes, then new ones and theirs.
    """
    data = symbols(CLASSES, size=32, count=2600, seed=seed)
    new = np.concatenate([data.x_val, data.x_test]), np.concatenate([data.y_val, data.y_test])
    return data.x_train, data.y_train, *new


def few(classes, examples, random):
    """Choose `examples` pictures of each class; return their numbers."""
    chosen = [
        random.choice(np.flatnonzero(classes == one), examples, replace=False)
        for one in range(CLASSES)
    ]
    return np.concatenate(chosen)


def learn(model, x, y, steps, random):
    """Train a compiled model for some steps of `BATCH` pictures, drawn anew for each."""
    order = np.concatenate([random.choice(len(x), BATCH, replace=False) for _ in range(steps)])
    model.fit(x[order], y[order], BATCH, shuffle=False, verbose=0)


def right(model, x, y):
    """Return per cent right."""
    return round(100 * float((model.predict_on_batch(x).argmax(axis=1) == y).mean()), 3)


def compiled(model, rate, steps):
    """Compile a model for Adam with a rate that falls to 0 along a cosine; return it."""
    from keras import optimizers

    falling = optimizers.schedules.CosineDecay(rate, steps)
    model.compile(
        optimizers.Adam(falling), "sparse_categorical_crossentropy", steps_per_execution=10
    )
    return model


@cache
def head(inputs, steps):
    """Return a compiled dense layer with softmax that reads so many numbers."""
    from keras import Input, Sequential, layers

    dense = layers.Dense(CLASSES, activation="softmax", kernel_initializer="zeros")
    return compiled(Sequential([Input((inputs,)), dense]), 0.01, steps)
