"""`FailureRunsExplorer`: each failure beside its cure, run by run, gradient by gradient."""

from cnnlib.experiments.failures import CURES, FAILURES
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider, Switch

MEASURES = ("accuracy", "start", "loss", "dead", "before", "after")


def runs():
    """Return the stored runs of the experiment "failures".

    Returns:
        A dict from a failure to two lists of runs by seed, dicts of `MEASURES`: as it fails, and
        cured. Gradients are pairs of a layer and a number, from the first layer to the last: a
        page keeps the order of lists alone.
    """
    from cnnlib import experiments

    stored = experiments.results("failures").astype(object)
    stored = stored.where(stored.notna(), None)
    by_variant = {
        variant: own[[*MEASURES]].to_dict("records") for variant, own in stored.groupby("variant")
    }
    for run in (one for runs in by_variant.values() for one in runs):
        for when in ("before", "after"):
            run[when] = [[name, run[when][name]] for name in sorted(run[when], key=_from_below)]
    return {name: [by_variant[name], by_variant[CURES.get(name, "healthy")]] for name in FAILURES}


def _from_below(layer):
    return layer == "digit", layer


class FailureRunsExplorer(Explorer):
    """Per cent of new digits right, every run a dot, and the gradients of one run by layer.

    Chapter "When training fails". The numbers were measured; see the experiment "failures".
    """

    failure = Choice(
        "Failure",
        {name: name for name in FAILURES},
        "dead network",
        "what is wrong; the other row is the same network cured",
    )
    seed = Slider("Seed", 0, 4, 0, "which run is marked")
    trained = Switch("After the training", True, "when the gradients were measured")
    runs = Data(runs)

    def compute(self):
        """Return per cent right of the marked run, as it fails and cured."""
        return tuple(runs[self.seed]["accuracy"] for runs in self.runs[self.failure])

    def figure(self):
        """Draw every run."""
        from cnnlib import plots

        series = {
            name: {
                failure.replace(" ", "\n"): [run["accuracy"] for run in both[which]]
                for failure, both in self.runs.items()
            }
            for which, name in enumerate(("failing", "cured"))
        }
        figure = plots.seeds(series, "", "% of new digits right")
        figure.set_size_inches(8, 3.4)
        figure.axes[0].tick_params(axis="x", labelsize=7)
        return plots.show(figure, "Every failure and its cure, every run a dot")
