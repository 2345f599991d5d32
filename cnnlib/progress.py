"""A line that says how far long work has come; a live notebook shows it, and no built page does."""

import sys
import time

PATIENCE = 1
"""Seconds of work before the line appears."""


class ImportLine:
    """Announces, in a live notebook, the import of TensorFlow, which takes seconds."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        """Leave the import of `name` to the finders of `sys.meta_path` that come after this one."""
        if name == "tensorflow" and "ipykernel" in sys.modules:
            print("TensorFlow is being loaded", end="\r", file=sys.stderr)


def counted(items, what):
    """Yield items one by one, and count them in a line once that takes a while.

    Args:
        items: what the work goes over, such as a list or a range.
        what: the word for one of them, such as "Step".
    """
    start, end = time.monotonic(), ""
    for number, item in enumerate(items, 1):
        if time.monotonic() - start >= PATIENCE:  # to the stream that pages and tests leave out
            print(f"\r{what} {number} of {len(items)}", end="", file=sys.stderr)
            end = "\r"  # what is written next stands in place of the line
        yield item
    print(end=end, file=sys.stderr)


def epochs():
    """Return a Keras callback that counts the epochs of a `fit`."""
    import keras

    class Epochs(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            self.counting = counted(range(self.params["epochs"]), "Epoch")

        def on_epoch_begin(self, epoch, logs=None):
            next(self.counting)

        def on_train_end(self, logs=None):
            next(self.counting, None)

    return Epochs()
