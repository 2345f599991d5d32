"""A line that says how far long work has come; a live notebook shows it, and no built page does."""

import sys
import time

PATIENCE = 1
"""Seconds of work before the line appears, and before it changes."""


class Line:
    """One line on the stream that pages and tests leave out."""

    def __init__(self):
        self.last, self.width = time.monotonic(), 0

    def say(self, words):
        """Put `words` into the line, at most once in `PATIENCE` seconds."""
        if time.monotonic() - self.last >= PATIENCE:
            print(f"\r{words:{self.width}}", end="", file=sys.stderr)
            self.last, self.width = time.monotonic(), len(words)

    def end(self):
        """Let what is written next stand in place of the line."""
        print(end="\r" if self.width else "", file=sys.stderr)


def counted(items, what):
    """Yield items one by one, and count them in a line once that takes a while.

    Args:
        items: what the work goes over, such as a list or a range.
        what: the word for one of them, such as "Step".
    """
    line = Line()
    for number, item in enumerate(items, 1):
        line.say(f"{what} {number} of {len(items)}")
        yield item
    line.end()


def epochs():
    """Return a Keras callback that counts the epochs and steps of a `fit`, and tells its loss."""
    import keras

    class Epochs(keras.callbacks.Callback):
        line = Line()  # for a `fit` that is interrupted before it begins

        def on_train_begin(self, logs=None):
            self.line = Line()

        def on_epoch_begin(self, epoch, logs=None):
            self.epoch = f"Epoch {epoch + 1} of {self.params['epochs']}"
            self.line.say(self.epoch)

        def on_train_batch_end(self, batch, logs=None):
            step = f"step {batch + 1} of {self.params['steps'] or '?'}"
            self.line.say(f"{self.epoch}, {step}, loss {logs['loss']:.4g}")

        def on_train_end(self, logs=None):
            self.line.end()

    return Epochs()
