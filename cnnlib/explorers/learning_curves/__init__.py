"""`LearningCurvesExplorer`: how many pictures two networks need for what they shall get right."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

PIXELS = {"whole": "", "shuffled": ", shuffled", "anywhere": ", anywhere"}
"""What the variants of the experiment are called behind the network's name."""
NETWORKS = ("dense", "convolutional")


def runs():
    """Return the stored runs of the experiment "shuffled_pixels".

    Returns:
        A dict from a variant to its numbers of pictures ("pictures"), the per cent right of every
        seed at each of them ("curves"), and the 95 % interval of their means ("intervals").
    """
    from cnnlib import experiments
    from cnnlib.intervals import mean_interval

    stored = experiments.results("shuffled_pixels")
    found = {}
    for variant, own in stored.groupby("variant"):
        curves = np.stack(own["curve"])
        found[variant] = {
            "pictures": list(own["pictures"].iloc[0]),
            "curves": curves.tolist(),
            "intervals": [list(mean_interval(column)) for column in curves.T],
        }
    return found


class LearningCurvesExplorer(Explorer):
    """Test digits right against the pictures to learn from, every start a dot, for two networks.

    Chapter "From the visual cortex to CNNs". The numbers were measured; see the experiment
    "shuffled_pixels".
    """

    pixels = Choice(
        "Digits",
        {"whole": "as they are", "shuffled": "pixels shuffled", "anywhere": "anywhere in a frame"},
        "whole",
        "what the networks were trained on",
    )
    right = Slider("Wanted right, %", 20, 99, 90, "the pictures needed for it are read off")
    runs = Data(runs)

    def compute(self):
        """Return for each network how many pictures it needs.

        Returns:
            A dict from "dense" and "convolutional" to the geometric mean over all starts, in which
            the fewest pictures tried count where they are enough; None where a start fails, and
            where only one number of pictures was tried.
        """
        found = {}
        for network in NETWORKS:
            one = self.runs[network + PIXELS[self.pixels]]
            needed = [self._needed(one["pictures"], curve) for curve in one["curves"]]
            unknown = None in needed or len(one["pictures"]) == 1
            found[network] = None if unknown else float(2 ** np.mean(needed))
        return found

    def _needed(self, pictures, curve):
        reached = [index for index, share in enumerate(curve) if share >= self.right]
        if not reached:
            return None
        last = reached[0] + 1
        return np.interp(self.right, curve[:last][-2:], np.log2(pictures[:last][-2:]))

    def figure(self):
        """Draw every start, the mean and its interval."""
        from cnnlib import plots

        series = {}
        for network in NETWORKS:
            one = self.runs[network + PIXELS[self.pixels]]
            columns = np.array(one["curves"]).T
            series[network] = dict(zip(one["pictures"], columns, strict=True))
        figure = plots.seeds(series, "pictures to learn from", "test digits right, %")
        return plots.show(figure, "Per cent of the test digits right, a dot for each start")
