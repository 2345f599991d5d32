"""Training by a number of steps, and judging, as several experiments do."""

import numpy as np

from cnnlib.training import restart

BATCH = 64


def compiled(model, rate, steps, together=1):
    """Give a model Adam with a rate that falls to 0 along a cosine, and cross-entropy.

    Args:
        model: a `keras.Model` from pictures to the classes' probabilities.
        rate: the first learning rate.
        steps: after which it is 0.
        together: steps that are taken at a time, which saves time.

    Returns:
        The model.
    """
    from keras import optimizers

    falling = optimizers.schedules.CosineDecay(rate, steps)
    model.compile(
        optimizers.Adam(falling), "sparse_categorical_crossentropy", steps_per_execution=together
    )
    return model


def train(model, images, classes, seed, steps, batch=BATCH):
    """Train a compiled model from new weights, as `learn` does.

    Args:
        model: as `compiled` returns it.
        images: [count, height, width, channels].
        classes: [count].
        seed: of the first weights and of the batches.
        steps: of gradient descent.
        batch: pictures of a step.
    """
    restart(model, seed)
    learn(model, images, classes, np.random.default_rng(seed), steps, batch)


def learn(model, images, classes, random, steps, batch=BATCH):
    """Train a compiled model from its present weights; each batch is drawn from all pictures.

    Args:
        model: as `compiled` returns it.
        images: [count, height, width, channels].
        classes: [count].
        random: a `numpy.random.Generator`, which draws.
        steps: of gradient descent.
        batch: pictures of a step.
    """
    order = drawn(len(images), random, steps, batch)
    model.fit(images[order], classes[order], batch, shuffle=False, verbose=0)


def drawn(count, random, steps, batch=BATCH):
    """Draw the pictures of each step, none of them twice in a step.

    Args:
        count: of the pictures to draw from.
        random: a `numpy.random.Generator`, which draws.
        steps: of gradient descent.
        batch: pictures of a step.

    Returns:
        Their numbers, [steps * batch].
    """
    return np.concatenate([random.choice(count, batch, replace=False) for _ in range(steps)])


def right(model, images, classes):
    """Return the per cent of pictures that a model names rightly, to three places."""
    guesses = model.predict_on_batch(images).argmax(axis=1)
    return round(100 * float((guesses == classes).mean()), 3)


def held_out(data):
    """Return the pictures and the classes of a `Dataset` that are not learned from."""
    return np.concatenate([data.x_val, data.x_test]), np.concatenate([data.y_val, data.y_test])
