"""`PrefetchExplorer`: batches are prepared and trained on, one after the other or at once."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

BATCHES = 8


class PrefetchExplorer(Explorer):
    """When each batch is prepared, and when the network trains on it.

    Chapter "TensorFlow in one sitting". A model of `tf.data`: a worker starts on a batch when it
    is free and the buffer has room.
    """

    prepare = Slider("Prepare a batch, ms", 5, 40, 30, "time for one batch", step=5)
    train = Slider("Train on it, ms", 5, 40, 20, "time for one batch", step=5)
    ahead = Slider("Batches ahead", 0, 4, 0, "size of the buffer of `prefetch`; 0: none")
    workers = Slider("Workers", 1, 4, 1, "batches that are prepared at the same time")

    def compute(self):
        """Follow eight batches.

        Returns:
            For each batch when its preparation and its training begin, in milliseconds.
        """
        free, starts = [0] * self.workers, []
        for batch in range(BATCHES):
            room = 0
            if self.ahead == 0 and batch:
                room = starts[-1][1] + self.train
            elif batch >= self.ahead > 0:
                room = starts[batch - self.ahead][1]
            worker = batch % self.workers
            begin = max(free[worker], room)
            free[worker] = begin + self.prepare
            last = starts[-1][1] + self.train if starts else 0
            starts.append((begin, max(free[worker], last)))
        return starts

    def figure(self):
        """Draw when the network trains, without and with a batch ahead."""
        from cnnlib import plots

        same = {"prepare": self.prepare, "train": self.train}
        spans = [
            (start, start + self.train)
            for ahead in (0, 1)
            for _, start in type(self)(ahead=ahead, **same).compute()
        ]
        figure = plots.spans(spans, "milliseconds")
        return plots.show(figure, "Training on eight batches, without and with one batch ahead")
