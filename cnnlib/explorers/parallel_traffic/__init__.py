"""`ParallelTrafficExplorer`: how many numbers two devices exchange in a step, layer by layer."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data
from cnnlib.explorers.two_towers import layers

BATCHES = (16, 32, 64, 128, 256, 512, 1024)


class ParallelTrafficExplorer(Explorer):
    """AlexNet without towers on two devices, divided by pictures or by maps.

    Chapter "More than one device". Divided by pictures, a layer's gradients cross, once in each
    direction; divided by maps, what it reads crosses on the way forward, and the gradient of that
    on the way back. The picture itself is given to both devices.
    """

    scheme = Choice(
        "Each layer is divided",
        {"pictures": "by pictures", "maps": "by maps", "cheaper": "as is cheaper"},
        "pictures",
        "pictures: data parallelism; maps: model parallelism",
    )
    batch = Choice(
        "Batch",
        {str(count): f"{count:,} pictures" for count in BATCHES},
        "128",
        "pictures in a batch, of both devices together",
    )
    layers = Data(layers)

    def compute(self):
        """Return for each layer how many numbers cross by pictures and by maps, and in all."""
        rows = [
            (2 * (one["weights"] + one["biases"]), 2 * int(self.batch) * one["read"] * (index > 0))
            for index, one in enumerate(self.layers)
        ]
        # The first layer has no maps below that devices could have divided.
        pick = {"pictures": lambda row: row[0], "maps": lambda row: row[1], "cheaper": min}
        return rows, sum(map(pick[self.scheme], rows))

    def figure(self):
        """Draw what crosses for each layer."""
        import numpy as np

        from cnnlib import plots

        rows, total = self.compute()
        by_pictures, by_maps = np.array(rows, float).T
        series = {"by pictures": by_pictures, "by maps": by_maps}
        figure = plots.curves(np.arange(1.0, 9.0), series, "layer")
        return plots.show(figure, f"Numbers that cross in a step: {total:,} in all")
