"""`DropoutCommitteeExplorer`: a layer with dropout as a committee of all its parts."""

import itertools

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

VOTES = (2.4, -1.6, 1.2, -0.8)
"""What four hidden units add to the weighted sum of a sigmoid."""


class DropoutCommitteeExplorer(Explorer):
    """The sixteen networks that dropout makes of four units, and what stands for them all.

    Chapter "AlexNet".
    """

    member = Slider("Member", 0, 15, 5, "which of the sixteen networks is marked")
    strength = Slider("Strength of the votes", 0.25, 3.0, 1.0, "factor on all four", 0.25)
    votes = Data(lambda: list(VOTES))

    def compute(self):
        """Return what the members say on average, and what all units halved say.

        Returns:
            A tuple: mean of the probabilities; their geometric mean, normalized; the
            probability of the network of all units with halved outputs.
        """
        votes = self.strength * np.array(VOTES)
        kept = np.array(list(itertools.product((0, 1), repeat=4)))
        yes = 1 / (1 + np.exp(-kept @ votes))
        for_it, against = (np.exp(np.log(one).mean()) for one in (yes, 1 - yes))
        halved = 1 / (1 + np.exp(-votes.sum() / 2))
        return yes.mean(), for_it / (for_it + against), halved

    def figure(self):
        """Draw the probabilities of all members."""
        from cnnlib import plots

        kept = np.array(list(itertools.product((0, 1), repeat=4)))
        yes = np.sort(1 / (1 + np.exp(-kept @ (self.strength * np.array(VOTES)))))
        figure = plots.curves(np.arange(16), {"probability": yes}, "member, sorted")
        return plots.show(figure, f"Sixteen networks, {yes.mean():.2f} on average")
