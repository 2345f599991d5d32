"""`ConcatenationExplorer`: how many maps leave one inception module after another."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider

READ, BRANCHES = 256, (128, 192, 96)
"""Maps that the first module reads, and maps of the 1x1, 3x3 and 5x5 branch of every module."""


class ConcatenationExplorer(Explorer):
    """The concatenated maps of a stack of modules, branch by branch.

    Chapter "GoogLeNet and Inception".
    """

    pooled = Choice(
        "Pooling branch",
        {"all": "passes all it reads", "projected": "projected to 64"},
        "all",
        "what comes out of the pooling branch",
    )
    modules = Slider("Modules", 1, 9, 3, "modules, one after another")

    def compute(self):
        """Return the maps after the input and after each module."""
        maps = [READ]
        for _ in range(self.modules):
            maps.append(sum(BRANCHES) + (maps[-1] if self.pooled == "all" else 64))
        return maps

    def figure(self):
        """Draw the maps."""
        from cnnlib import plots

        maps = self.compute()
        figure = plots.spans([(0, count) for count in maps], "maps")
        return plots.show(figure, f"{maps[0]} maps, and {maps[-1]:,} after {self.modules} modules")
