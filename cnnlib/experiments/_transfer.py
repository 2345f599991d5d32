"""What the experiments of the chapter "Transfer learning" share.

The trunk is the network "alphabet" of the pages, without its head: it has learned forty symbols.
What is to be learned are ten others, which it has never seen. Both are drawn by the same program,
on the same kinds of paper: the two tasks are near to each other.
"""

from functools import cache

import numpy as np

from cnnlib import trained
from cnnlib.data.symbols import symbols
from cnnlib.experiments import _steps

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
    return data.x_train, data.y_train, *_steps.held_out(data)


def few(classes, examples, random):
    """Choose `examples` pictures of each class; return their numbers."""
    chosen = [
        random.choice(np.flatnonzero(classes == one), examples, replace=False)
        for one in range(CLASSES)
    ]
    return np.concatenate(chosen)


@cache
def head(inputs, steps):
    """Return a compiled dense layer with softmax that reads so many numbers."""
    from keras import Input, Sequential, layers

    dense = layers.Dense(CLASSES, activation="softmax", kernel_initializer="zeros")
    return _steps.compiled(Sequential([Input((inputs,)), dense]), 0.01, steps, together=10)
