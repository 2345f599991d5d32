"""`PointingExplorer`: how five ways to ask "where?" did, run by run."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

MEASURES = {
    "asked": "points at the digit asked for, %",
    "other": "points at the other digit, %",
    "with_occlusion": "agrees with occlusion",
    "kept": "agrees with its random network",
}


def runs():
    """Return the stored runs of the experiment "agreement".

    Returns:
        A dict from a measure to a list, one dict for each method: its name and its seeds' values.
    """
    from cnnlib import experiments
    from cnnlib.experiments.agreement import METHODS

    stored = experiments.results("agreement").sort_values("seed")
    of = {method: own for method, own in stored.groupby("variant")}
    return {
        measure: [{"name": method, "values": of[method][measure].tolist()} for method in METHODS]
        for measure in MEASURES
    }


class PointingExplorer(Explorer):
    """A dot for each run of each method: where its maps point, and what they agree with.

    Chapter "Watching a network see". The numbers were measured; see the experiment "agreement".
    """

    measure = Choice("What is counted", MEASURES, "asked", "of each method's maps")
    seed = Slider("Seed", 0, 2, 0, "which trained network is marked")
    runs = Data(runs)

    def compute(self):
        """Return the marked network's number by method."""
        return {one["name"]: one["values"][self.seed] for one in self.runs[self.measure]}

    def figure(self):
        """Draw where the maps of all runs point."""
        from cnnlib import plots

        asked = {one["name"]: one["values"] for one in self.runs["asked"]}
        figure = plots.seeds({"": asked}, "", "% on the digit asked for")
        return plots.show(figure, "How often five maps point at the digit that is asked for")
