"""Every experiment: what it declares, what it has stored, and that a seed repeats a run."""

import json

import pytest

from cnnlib import experiments
from cnnlib.experiments._declaration import SCALES

NAMES = experiments.available()


def covering(variants):
    """Return some variants in which every value that a setting takes in any of them occurs."""
    values = {name: {*map(repr, settings.items())} for name, settings in variants.items()}
    chosen, missing = [], set.union(*values.values())
    while missing:
        chosen.append(max(values, key=lambda name: len(values[name] & missing)))
        missing -= values[chosen[-1]]
    return chosen


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_repeats_a_run(name):
    declared = experiments.declaration(name)
    sample = covering(declared.variants)
    times = getattr(declared, "times", ())

    def repeated(measured):
        return {key: value for key, value in measured.items() if key not in times}

    first = {variant: experiments.run(name, variant, 3, "glimpse") for variant in sample}
    for measured in first.values():
        assert measured.keys() == declared.measures.keys()
        assert json.loads(json.dumps(measured, allow_nan=False)) == measured
    variant, measured = next(iter(first.items()))  # the others have run since
    assert repeated(experiments.run(name, variant, 3, "glimpse")) == repeated(measured)
    another = experiments.run(name, variant, 4, "glimpse")
    assert repeated(another) != repeated(measured)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_stored_was_measured_by_the_present_code(name):
    stale = experiments.stale(name)
    assert not stale, f"{len(stale)} runs are stale: python -m cnnlib experiment {name}"


@pytest.mark.parametrize("name", NAMES)
def test_what_the_book_shows_is_complete(name):
    missing = experiments.missing(name)
    assert not missing, f"{len(missing)} runs are missing: python -m cnnlib experiment {name}"


@pytest.mark.parametrize("name", NAMES)
def test_a_declaration_is_whole(name):
    declared = experiments.declaration(name)
    assert declared.question.endswith("?")
    assert declared.claim.endswith(".")
    assert declared.source
    assert tuple(declared.scales) == tuple(declared.seeds) == SCALES
    assert declared.seeds["small"] >= 3
    assert {*getattr(declared, "times", ())} < declared.measures.keys()
    for rule in declared.rules:
        assert {rule.variant, rule.against or rule.variant} <= declared.variants.keys()
        assert rule.measure in declared.measures
        assert rule.above < rule.below
        assert rule.claim.endswith(".")


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        (("no_such_claim", "dense", 0), "name"),
        (("_store", "dense", 0), "name"),
        (("shuffled_pixels", "sparse", 0), "variant"),
        (("shuffled_pixels", "dense", 0, "huge"), "scale"),
        (("shuffled_pixels", "dense", -1), "seed"),
    ],
)
def test_wrong_arguments_are_named(arguments, argument):
    with pytest.raises(ValueError, match=rf"^`{argument}` .*Received: "):
        experiments.run(*arguments)
