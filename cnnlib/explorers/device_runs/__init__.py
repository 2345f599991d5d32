"""`DeviceRunsExplorer`: how much longer or shorter something took, run by run."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider

SHOWN = {
    "elsewhere": ("pipelines", "a pipeline, the device elsewhere"),
    "here": ("pipelines", "a pipeline, this computer the device"),
    "distribution": ("distribution", "two devices on the same cores"),
    "precision": ("precision", "16 bits on a processor"),
}
"""Name of what is shown -> its experiment, and what a reader calls it."""


def runs():
    """Return the stored ratios.

    Returns:
        A dict from each of `SHOWN` to a list of dicts: "name" and "ratios", a list by seed.
    """
    from cnnlib import experiments

    found = {}
    for shown, (experiment, _) in SHOWN.items():
        stored = experiments.results(experiment).groupby("variant", sort=False)["ratio"]
        found[shown] = [
            {"name": variant.removesuffix(f", {shown}"), "ratios": ratios.tolist()}
            for variant, ratios in stored
            if experiment != "pipelines" or variant.endswith(f", {shown}")
        ]
    return found


class DeviceRunsExplorer(Explorer):
    """Times over those of the plain form that took turns with it, every run a dot.

    Chapter "More than one device". The numbers were measured; see the experiments "pipelines",
    "distribution" and "precision".
    """

    seed = Slider("Seed", 0, 4, 0, "which run is marked")
    shown = Choice(
        "What is compared",
        {name: words for name, (_, words) in SHOWN.items()},
        "elsewhere",
        "which runs are shown",
    )
    runs = Data(runs)

    def compute(self):
        """Return the ratios of the marked run by name."""
        return {one["name"]: one["ratios"][self.seed] for one in self.runs[self.shown]}

    def figure(self):
        """Draw every run, the means and their intervals."""
        from cnnlib import plots

        series = {one["name"]: {"": one["ratios"]} for one in self.runs[self.shown]}
        figure = plots.seeds(series, "", "times the plain form's time")
        return plots.show(figure, f"{SHOWN[self.shown][1]}, every run a dot")
