"""`BatchesExplorer`: pictures go into batches, batches into epochs."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

PICTURES = 100


class BatchesExplorer(Explorer):
    """A hundred pictures, those of the present batch and those seen in this epoch.

    Chapter "Building and training a CNN". The order is new in every epoch; the last batch of an
    epoch may be smaller.
    """

    batch = Slider("Batch", 4, 100, 32, "pictures from which a gradient is taken", 4)
    step = Slider("Step", 1, 100, 1, "how often the weights have been changed")

    def compute(self):
        """Return the epoch, counted from 1, and the pictures of the step."""
        from cnnlib.explorers.training.network import Numbers

        steps = -(-PICTURES // self.batch)
        epoch, place = divmod(self.step - 1, steps)
        order = Numbers(epoch).permutation(PICTURES)
        return epoch + 1, order[place * self.batch : (place + 1) * self.batch].tolist()

    def figure(self):
        """Draw the pictures of the step."""
        import numpy as np

        from cnnlib import plots

        epoch, chosen = self.compute()
        panel = np.zeros(PICTURES)
        panel[chosen] = 1
        figure = plots.pictures([(f"step {self.step}, epoch {epoch}", panel.reshape(5, 20))])
        return plots.show(figure, f"{len(chosen)} pictures of {PICTURES}")
