"""A line that says how far long work has come; a live notebook shows it, and no built page does."""

import sys


def counted(items, what):
    """Yield items one by one, and count them.

    Args:
        items: what the work goes over, such as a list or a range.
        what: the word for one of them, such as "Step".
    """
    for number, item in enumerate(items, 1):
        _say(what, number, len(items))
        yield item
    _end()


def epochs():
    """Return a Keras callback that counts the epochs of a `fit`."""
    import keras

    callback = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: _say("Epoch", epoch + 1, callback.params["epochs"]),
        on_train_end=lambda logs: _end(),
    )
    return callback


def _say(what, number, count):
    """Write on the error stream, which pages and tests leave out, over what was written before."""
    print(f"\r{what} {number} of {count}", end="", file=sys.stderr)


def _end():
    """Let what is written next stand in place of the line."""
    print("\r", end="", file=sys.stderr)
