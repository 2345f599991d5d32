"""What an experiment declares, and how it is found by its name."""

import importlib
import math
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cnnlib.checks import check_choice

SCALES = ("glimpse", "small", "full")


@dataclass(frozen=True)
class Rule:
    """A claim, and the rule by which it will be judged, stated before anything is measured.

    The quantity is a measure's mean over the seeds or, with `against`, the mean of the
    differences of two variants, seed by seed. Its 95 % bootstrap interval decides: inside the
    claimed range the runs show the claim, outside they do not, across its end it is unclear.

    Attributes:
        claim: a sentence.
        measure: the measured number that it is about.
        variant: the variant that it is about.
        against: the variant whose measure is subtracted.
        above: the lower end of the claimed range.
        below: its upper end.
        unit: of the quantity, for the reader.
    """

    claim: str
    measure: str
    variant: str
    against: str | None = None
    above: float = -math.inf
    below: float = math.inf
    unit: str = ""


@dataclass(frozen=True)
class Experiment:
    """What is asked, what is run, and what will count as an answer.

    A module of this package holds one as `EXPERIMENT`, and a function `measure(seed, **settings)`
    that makes one run, from a variant's and a scale's settings, and returns its numbers and
    curves by name. It must not depend on the runs before it: a compiled model that it keeps has
    to be restarted (see `cnnlib.training.restart`).

    Attributes:
        question: a sentence.
        claim: what the source claims.
        source: where it does: paper and section, figure or table.
        variants: name -> settings.
        scales: name (one of `SCALES`) -> settings.
        seeds: name of a scale -> runs of each variant; they have the seeds 0, 1, 2 ...
        measures: name of a measured number or curve -> what it is.
        rules: how the claims will be judged.
    """

    question: str
    claim: str
    source: str
    variants: Mapping[str, Mapping]
    scales: Mapping[str, Mapping]
    seeds: Mapping[str, int]
    measures: Mapping[str, str]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class TimedExperiment(Experiment):
    """An experiment that also measures how long something takes, which no seed repeats.

    Attributes:
        times: the measures that differ from run to run of one seed.
    """

    times: tuple[str, ...]


@dataclass(frozen=True)
class CardExperiment(TimedExperiment):
    """An experiment about a graphics card: without one, nothing but a glimpse of it is measured."""


def available():
    """Return the names of the experiments.

    Returns:
        Sorted list of strings.
    """
    modules = pkgutil.iter_modules([str(Path(__file__).parent)])
    return sorted(module.name for module in modules if not module.name.startswith("_"))


def module(name):
    """Return the module of an experiment.

    Args:
        name: one of `available()`.

    Raises:
        ValueError: unknown name.
    """
    check_choice("name", name, available())
    return importlib.import_module(f"cnnlib.experiments.{name}")


def declaration(name):
    """Return what an experiment declares.

    Args:
        name: one of `available()`.

    Returns:
        An `Experiment`.

    Raises:
        ValueError: unknown name.
    """
    return module(name).EXPERIMENT
