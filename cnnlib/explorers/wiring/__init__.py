"""`WiringExplorer`: LeNet-5's first layer, dense, local, and with shared weights."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider

SIDE, KERNEL, MAPS = 32, 5, 6
UNITS = SIDE + 1 - KERNEL
"""Units along the side of a map."""


class WiringExplorer(Explorer):
    """A unit of LeNet-5's C1, the pixels that it reads, and whose weights it has.

    Chapter "LeNet-5". The weights are made up.
    """

    wiring = Choice(
        "Wiring",
        {
            "dense": "dense: reads every pixel",
            "local": "local: reads 5×5 pixels",
            "shared": "local, weights shared",
        },
        "dense",
        "what a unit reads, and whether its map shares one kernel",
    )
    row = Slider("Row", 0, UNITS - 1, 8, "of the unit in its map, counted from 0")
    column = Slider("Column", 0, UNITS - 1, 12, "of the unit in its map, counted from 0")

    def compute(self):
        """Return the layer's parameters and connections, biases included."""
        inputs = SIDE**2 if self.wiring == "dense" else KERNEL**2
        connections = MAPS * UNITS**2 * (inputs + 1)
        return MAPS * (inputs + 1) if self.wiring == "shared" else connections, connections

    def figure(self):
        """Draw both as bars."""
        from matplotlib.figure import Figure

        from cnnlib import plots

        parameters, connections = self.compute()
        with plots.style():
            figure = Figure(figsize=(6.5, 1.4))
            axis = figure.subplots()
            axis.barh(["connections", "parameters"], [connections, parameters])
            axis.set(xscale="log", xlim=(1, 1e7))
        return plots.show(figure, f"{parameters:,} parameters, {connections:,} connections")
