"""`PaddedUnitExplorer`: a unit that widens, its shortcut filled up with zeros, map by map."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider, Switch

READ = (5, 3, 6, 2, 4, 7, 3, 5)
"""What the unit reads, one number for each map."""

FOUND = (2, 3, 1, 4, 1, 1, 3, 2, 4, 3, 5, 2, 3, 4, 2, 5)
"""What its branch gives."""


class PaddedUnitExplorer(Explorer):
    """The maps behind a unit that widens: some are sums, some come from the branch alone.

    Chapter "PyramidNet".
    """

    added = Slider("Added maps", 0, 8, 2, "by which the unit widens")
    branch = Switch("Branch", True, "the unit's convolutions")

    def compute(self):
        """Return what the unit gives, map by map."""
        maps = len(READ) + self.added
        shortcut = [*READ, *[0] * self.added]
        return [
            one + found * self.branch for one, found in zip(shortcut, FOUND[:maps], strict=True)
        ]

    def figure(self):
        """Draw what the unit gives."""
        from cnnlib import plots

        sums = self.compute()
        figure = plots.curves(range(1, len(sums) + 1), {"behind the unit": sums}, "map")
        return plots.show(figure, f"{len(READ)} maps are sums, {self.added} come from the branch")
