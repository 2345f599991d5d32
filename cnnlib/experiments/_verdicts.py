"""What was measured, as a table, and what it shows by the rules stated beforehand."""

import math
from dataclasses import dataclass

from cnnlib.checks import check_choice
from cnnlib.experiments import _declaration, _runner, _store
from cnnlib.experiments._declaration import Rule

FEWEST = 3
"""Seeds below which nothing is called shown or not shown."""


def results(name, scale="small", folder=_store.RESULTS):
    """Return the stored runs of an experiment.

    Args:
        name: one of `available()`.
        scale: "glimpse", "small" (two cores) or "full" (a graphics card).
        folder: a `pathlib.Path`, where the results are kept.

    Returns:
        A `pandas.DataFrame`, one row for each run: `variant`, `seed`, `scale`, the experiment's
        measures, and the provenance: hashes of the `configuration` and the `code`, `versions`,
        `device`, `seconds`.

    Raises:
        ValueError: a name is unknown.
    """
    import pandas as pd

    check_choice("scale", scale, _declaration.SCALES)
    runs = _runner.latest(name, scale, folder)
    measures = _declaration.declaration(name).measures
    before, after = ["variant", "seed", "scale"], ["configuration", "code", "versions", "device"]
    rows = [{**run, **run["measured"]} for run in runs]
    return pd.DataFrame(rows, columns=[*before, *measures, *after, "seconds"])


@dataclass(frozen=True)
class Verdict:
    """What the stored runs say about a claim.

    Attributes:
        rule: the claim and its rule.
        mean: of the measure, or of the differences of two variants, over the seeds.
        low: the lower end of the 95 % bootstrap interval of this mean.
        high: its upper end.
        seeds: how many.
        verdict: "shows", "does not show" or "unclear", as it is with fewer than three seeds.
    """

    rule: Rule
    mean: float
    low: float
    high: float
    seeds: int
    verdict: str

    def __str__(self):
        rule = self.rule
        unit = f" {rule.unit}" if rule.unit else ""
        if math.isinf(rule.above):
            wanted = f"below {rule.below:g}"
        elif math.isinf(rule.below):
            wanted = f"above {rule.above:g}"
        else:
            wanted = f"between {rule.above:g} and {rule.below:g}"
        width = self.high - self.low
        decimals = max(0, 1 - math.floor(math.log10(width))) if width > 0 else 3
        mean, low, high = (f"{one:z.{decimals}f}" for one in (self.mean, self.low, self.high))
        # The bootstrap interval of so few ends at the least and the greatest of them.
        ends = "95 %" if self.seeds > FEWEST else "the runs"
        return (
            f"{rule.claim}\n  {self.verdict}: {mean}{unit} ({ends}: {low} to {high}), "
            f"{self.seeds} seeds; claimed {wanted}"
        )


def verdicts(name, scale="small", folder=_store.RESULTS):
    """Judge the claims of an experiment by its stored runs.

    Args:
        name: one of `available()`.
        scale: as in `results`.
        folder: as in `results`.

    Returns:
        List of `Verdict`, in the order of the experiment's rules.

    Raises:
        ValueError: a name is unknown, or no run is stored.
    """
    runs = results(name, scale, folder)
    if runs.empty:
        raise ValueError(f"`name` must have stored runs at scale {scale}. Received: {name!r}")
    declared = _declaration.declaration(name)
    return [_judged(rule, runs, declared.variants) for rule in declared.rules]


def _judged(rule, runs, variants):
    from cnnlib.intervals import mean_interval

    values = runs.pivot(index="seed", columns="variant", values=rule.measure).astype(float)
    values = values.reindex(columns=[*variants])  # one may have no run yet
    quantity = values[rule.variant]
    if rule.against is not None:
        quantity = quantity - values[rule.against]
    low, high = mean_interval(quantity)
    verdict = "unclear"
    if len(quantity) >= FEWEST and rule.above < low and high < rule.below:
        verdict = "shows"
    elif len(quantity) >= FEWEST and (high <= rule.above or rule.below <= low):
        verdict = "does not show"
    return Verdict(rule, float(quantity.mean(skipna=False)), low, high, len(quantity), verdict)
