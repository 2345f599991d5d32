"""`ReductionExplorer`: what the gates of SE-ResNet-50 cost, and what was measured with them."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data

STAGES = [["conv2", 3, 256], ["conv3", 4, 512], ["conv4", 6, 1024], ["conv5", 3, 2048]]
"""Name, units and maps of each stage of ResNet-50."""

PLAIN = 25_557_032
"""Trained parameters of ResNet-50, without gates."""

ERRORS = {"2": (22.29, 6.00), "4": (22.25, 6.09), "8": (22.26, 5.99), "16": (22.28, 6.03)}
ERRORS |= {"32": (22.72, 6.20), "none": (23.30, 6.55)}
"""Top-1 and top-5 errors in per cent: Hu, Shen, Albanie, Sun & Wu 2020, table 10."""


class ReductionExplorer(Explorer):
    """The parameters that gates add to each stage of ResNet-50, and the published errors.

    Chapter "SENet".
    """

    reduction = Choice(
        "Reduction r",
        {name: name for name in ERRORS if name != "none"},
        "16",
        "factor by which the first dense layer narrows the maps",
    )
    stages = Data(lambda: STAGES)
    errors = Data(lambda: ERRORS)
    plain = Data(lambda: PLAIN)

    def compute(self):
        """Return the parameters of the gates in each stage, biases included."""
        added = []
        for _, units, maps in STAGES:
            between = maps // int(self.reduction)
            added.append(units * ((maps + 1) * between + (between + 1) * maps))
        return added

    def figure(self):
        """Draw the parameters by the reduction."""
        from cnnlib import plots

        choices = [int(name) for name in ERRORS if name != "none"]
        sums = [sum(ReductionExplorer(reduction=str(r)).compute()) / 1e6 for r in choices]
        figure = plots.curves(choices, {"million parameters of the gates": sums}, "reduction r")
        return plots.show(figure, "What the gates of SE-ResNet-50 cost")
