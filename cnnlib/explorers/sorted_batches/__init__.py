"""`SortedBatchesExplorer`: which classes a batch holds, with and without shuffling."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider, Switch

OF_EACH, CLASSES = 40, 10


def counts(batch, step, shuffled):
    """Return how many pictures of each class a batch holds.

    Args:
        batch: pictures in it.
        step: which one it is, counted from 1.
        shuffled: whether the pictures come in a new order in every epoch, or sorted by class.
    """
    from cnnlib.explorers.training.network import Numbers

    pictures = OF_EACH * CLASSES
    epoch, place = divmod(step - 1, pictures // batch)
    order = Numbers(epoch).permutation(pictures) if shuffled else np.arange(pictures)
    chosen = order[place * batch : (place + 1) * batch]
    return np.bincount(chosen // OF_EACH, minlength=CLASSES)


class SortedBatchesExplorer(Explorer):
    """The classes of one batch of 400 pictures, 40 of each of ten classes.

    Chapter "When training fails".
    """

    step = Slider("Step", 1, 60, 1, "which batch is shown")
    batch = Slider("Batch", 5, 100, 20, "pictures in it", 5)
    shuffled = Switch("Shuffled", False, "whether each epoch has a new order, or classes in order")

    def compute(self):
        """Return how many pictures of each class the batch holds."""
        return counts(self.batch, self.step, self.shuffled)

    def figure(self):
        """Draw how many classes each batch holds, step by step."""
        from cnnlib import plots

        steps = range(1, 21)
        named = {
            name: [np.count_nonzero(counts(20, step, shuffled)) for step in steps]
            for name, shuffled in (("sorted", False), ("shuffled", True))
        }
        figure = plots.curves(steps, named, "step")
        return plots.show(
            figure, "Sorted, a batch of 20 holds one class; shuffled, most of the ten"
        )
