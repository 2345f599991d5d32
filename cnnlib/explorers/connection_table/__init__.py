"""`ConnectionTableExplorer`: which maps of S2 each map of LeNet-5's C3 reads, as switches."""

import numpy as np
import traitlets

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, State

KERNEL, UNITS = 25, 100
"""Weights of a kernel of 5x5, and units of a map of 10x10."""


def _paper():
    """Return table I as rows of 16 zeros and ones, a row for each map of S2."""
    from cnnlib.models.lenet import C3_TABLE

    return [[int(row in seen) for seen in C3_TABLE] for row in range(6)]


class ConnectionTableExplorer(Explorer):
    """The connections of C3, and the parameters and the symmetry that follow from them.

    Chapter "LeNet-5".
    """

    table = Choice(
        "Table",
        {"paper": "of the paper", "complete": "every map reads all"},
        "paper",
        "which connections there are before you switch some",
    )
    switched = State(traitlets.List(traitlets.Int()))
    row = State(traitlets.Int(0))
    column = State(traitlets.Int(0))
    paper = Data(_paper)

    def compute(self):
        """Return C3's parameters and connections, biases included."""
        start = np.array(self.paper) if self.table == "paper" else np.ones((6, 16), int)
        flips = np.isin(np.arange(start.size), self.switched).reshape(start.shape)
        kernels = int((start ^ flips).sum())
        return KERNEL * kernels + 16, UNITS * (KERNEL * kernels + 16)

    def figure(self):
        """Draw the table."""
        from cnnlib import plots

        table = np.array(self.paper, "float32") if self.table == "paper" else np.ones((6, 16))
        figure = plots.pictures([("maps of S2 (rows) that maps of C3 (columns) read", table)])
        return plots.show(figure, f"C3 has {self.compute()[0]:,} parameters")
