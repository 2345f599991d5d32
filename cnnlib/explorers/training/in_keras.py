"""The run of the page, in Keras: the same first weights, batches, masks and shifts."""

import keras
import numpy as np
import tensorflow as tf

from cnnlib.explorers.live_network.in_keras import layer_of
from cnnlib.explorers.training.network import Numbers, digits, first_weights, graph

UPDATES = {
    "sgd": lambda rate: keras.optimizers.SGD(rate),
    "momentum": lambda rate: keras.optimizers.SGD(rate, momentum=0.9),
    "adam": lambda rate: keras.optimizers.Adam(rate),
}
NAMES = ("loss", "accuracy", "validation_loss", "validation_accuracy")
MOST = -np.log(np.float64(1.2e-38))  # the largest loss of a picture that is counted


def model_of(graph):
    """Return a Keras model from pictures and dropout's factors to the numbers before softmax."""
    pictures, factors = keras.Input((16, 16, 1)), keras.Input((32,))
    x = pictures
    for entry in graph["layers"][1:-1]:
        dropped = entry["kind"] == "Dropout"
        x = keras.layers.Multiply()([x, factors]) if dropped else layer_of(entry)(x)
    return keras.Model([pictures, factors], x)


def curves(how, epochs):
    """Train as the page does.

    Args:
        how: the explorer's settings.
        epochs: passes through the pictures.

    Returns:
        A dict of lists, a number for every half epoch: "epoch", and "loss", "accuracy",
        "validation_loss" and "validation_accuracy".
    """
    pictures, labels, shuffled, held_out, truth = digits()
    classes = shuffled if how["data"] == "mislabelled" else labels
    size, count = how["batch"], len(classes)
    network = graph(how["inputs"], how["norm"], how["output"], how["dropout"])
    model = model_of(network)
    model.set_weights(first_weights(network, how["initializer"], how["seed"]))
    step = _stepper(model, UPDATES[how["optimizer"]](how["rate"]))
    order, dropped, moved = (Numbers(4 * how["seed"] + k) for k in (1, 2, 3))
    found = {name: [] for name in ("epoch", *NAMES)}
    taught, steps = [], count // size
    every = max(1, int(steps / 2 + 0.5))
    for number in range(epochs * steps):
        place = number % steps * size
        if not place:
            queue = np.arange(count) if how["data"] == "sorted" else order.permutation(count)
        batch = queue[place : place + size]
        factors = np.float32(dropped.draw(size, 32) >= how["dropout"]) / (1 - how["dropout"])
        shown = shifted(pictures[batch], how["shift"], moved)
        taught.append(_judged(*step(shown, factors, classes[batch]), classes[batch]))
        if (number + 1) % every == 0 or number + 1 == epochs * steps:
            logits = model([held_out, np.ones((len(held_out), 32))], training=False)
            tested = _judged(_losses(truth, logits), logits, truth)
            values = ((number + 1) * size / count, *np.mean(taught, axis=0), *tested)
            for name, value in zip(found, values, strict=True):
                found[name].append(float(value))
            taught = []
    return found


def _losses(classes, logits):
    return tf.nn.sparse_softmax_cross_entropy_with_logits(classes, logits)


def _stepper(model, optimizer):
    """Return a function that takes one step and returns the pictures' losses and the logits."""

    @tf.function
    def step(pictures, factors, classes):
        with tf.GradientTape() as tape:
            logits = model([pictures, factors], training=True)
            losses = _losses(classes, logits)
            loss = tf.reduce_mean(losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return losses, logits

    return lambda *given: step(*map(tf.constant, given))


def _judged(losses, logits, classes):
    """Return mean loss and accuracy of pictures."""
    right = np.argmax(logits, axis=-1) == classes
    return np.minimum(losses, MOST).mean(), right.mean()


def shifted(pictures, most, numbers):
    """Shift every picture by up to `most` pixels down and right, or up and left, with zeros behind.

    Args:
        pictures: uint8 array [count, height, width, 1].
        most: pixels.
        numbers: a `Numbers`.

    Returns:
        Float32 array like `pictures`.
    """
    if not most:
        return pictures.astype("float32")
    moves = np.floor(numbers.draw(len(pictures), 2) * (2 * most + 1)).astype(int)
    around = ((0, 0), (most, most), (most, most), (0, 0))
    framed = np.pad(pictures.astype("float32"), around)
    height, width = pictures.shape[1:3]
    windows = np.lib.stride_tricks.sliding_window_view(framed, (height, width), axis=(1, 2))
    down, right = (2 * most - moves).T
    return np.moveaxis(windows[np.arange(len(pictures)), down, right], 1, -1)
