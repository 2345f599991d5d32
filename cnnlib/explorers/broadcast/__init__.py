"""`BroadcastExplorer`: two small tensors are added, and sizes of 1 are stretched."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

MOST = 4


class BroadcastExplorer(Explorer):
    """Two matrices of any shape and their sum, where broadcasting allows one.

    Chapter "TensorFlow in one sitting". The first holds 10, 20, 30, ... row by row, the second 1,
    2, 3, ...
    """

    rows = Slider("First: rows", 1, MOST, 3, "of the first tensor")
    columns = Slider("First: columns", 1, MOST, 1, "of the first tensor")
    other_rows = Slider("Second: rows", 1, MOST, 3, "of the second tensor")
    other_columns = Slider("Second: columns", 1, MOST, 1, "of the second tensor")

    def tensors(self):
        """Return both tensors, float32 [rows, columns]."""
        shapes = (self.rows, self.columns), (self.other_rows, self.other_columns)
        first, second = (
            np.arange(1.0, h * w + 1, dtype="float32").reshape(h, w) for h, w in shapes
        )
        return 10 * first, second

    def compute(self):
        """Add them in TensorFlow.

        Returns:
            The sum, float32 [rows, columns], or None where TensorFlow refuses.
        """
        import tensorflow as tf

        try:
            return tf.add(*self.tensors()).numpy()
        except tf.errors.InvalidArgumentError:
            return None

    def figure(self):
        """Draw both tensors and their sum."""
        from cnnlib import plots

        panels = [("first", self.tensors()[0]), ("second", self.tensors()[1])]
        total = self.compute()
        panels += [] if total is None else [("sum", total)]
        shapes = ", ".join(f"{name} {one.shape[0]}×{one.shape[1]}" for name, one in panels)
        return plots.show(plots.pictures(panels), f"Two tensors and their sum: {shapes}")
