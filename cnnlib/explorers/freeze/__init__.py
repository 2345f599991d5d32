"""`FreezeExplorer`: modules of Xception, frozen or not, and what training then changes."""

from functools import cache

import traitlets

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Place, Switch

MODULES = 14

HEADS = {"pooled": (2048 + 1) * 10, "flattened": (5 * 5 * 2048 + 1) * 10}
"""What the dense layer of ten classes reads, for pictures of 150x150 -> its parameters."""


@cache
def modules():
    """Return Xception's modules, a list of dicts of what each holds.

    "learned" are its kernels and the normalizations' factors and shifts, "statistics" the moving
    means and variances, which no gradient changes.
    """
    from cnnlib import analyze

    found = [{"learned": 0, "statistics": 0} for _ in range(MODULES)]
    for layer in analyze("Xception").layers:
        if layer.name.startswith("module"):
            one = found[int(layer.name.split("_")[0].removeprefix("module")) - 1]
            one["learned"] += layer.trainable_params
            one["statistics"] += layer.params - layer.trainable_params
    return found


class FreezeExplorer(Explorer):
    """The 14 modules of Xception and a new head as switches: frozen, or learning.

    Chapter "Transfer learning".
    """

    frozen = Place(
        traitlets.List(traitlets.Int(), list(range(1, MODULES + 1))),
        "the frozen modules, counted from the picture",
    )
    head = Choice(
        "The head reads",
        {"pooled": "2,048 pooled numbers", "flattened": "51,200 flattened"},
        "pooled",
        "what its dense layer of ten classes reads",
    )
    inference = Switch(
        "Normalization in inference mode",
        True,
        "batch normalization uses its stored statistics and keeps them",
    )
    at = Place(traitlets.Int(MODULES), "the module that the keyboard is at", MODULES)
    modules = Data(modules)
    heads = Data(lambda: dict(HEADS))

    def compute(self):
        """Return how many numbers are trained, kept, and statistics that follow the batches."""
        learned = [one["learned"] for one in self.modules]
        statistics = [one["statistics"] for one in self.modules]
        thawed = [number for number in range(MODULES) if number + 1 not in self.frozen]
        trained = sum(learned[number] for number in thawed) + HEADS[self.head]
        moving = 0 if self.inference else sum(statistics[number] for number in thawed)
        whole = sum(learned) + sum(statistics) + HEADS[self.head]
        return {"trained": trained, "kept": whole - trained - moving, "moving": moving}

    def figure(self):
        """Draw how many numbers each module holds."""
        from cnnlib import plots

        counts = [one["learned"] / 1e6 for one in self.modules]
        figure = plots.curves(range(1, MODULES + 1), {"million numbers": counts}, "module")
        return plots.show(figure, "What Xception's 14 modules hold, from the picture to the head")
