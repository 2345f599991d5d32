"""The small figures of SENet's chapter draw what Python computes, and that is the networks'."""

import itertools

import numpy as np
import pytest

from cnnlib import analyze, experiments, models
from cnnlib.explorers import (
    ClassGatesExplorer,
    ExcitationExplorer,
    ReductionExplorer,
    SqueezeExplorer,
)
from cnnlib.explorers.excitation import MAPS
from cnnlib.explorers.reduction import ERRORS, PLAIN, STAGES

PUBLISHED = {"2": 45.7, "4": 35.7, "8": 30.7, "16": 28.1, "32": 26.9}
"""Millions of parameters; a margin of 0.053, because the first is cut and not rounded."""

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_the_page_squeezes_as_tensorflow_does(words):
    made = [
        SqueezeExplorer(size=size, height=height, pooling=pooling)
        for size, height in ((1, 0.1), (4, 0.8), (6, 1.0))
        for pooling in ("mean", "max")
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[-1] == pytest.approx(explorer.compute(), abs=0.0006)


def test_the_page_opens_the_gates_that_tensorflow_computes(words):
    settings = [
        {},
        {"ears": 0.0, "fur": 0.0},
        {"ears": 1.0, "fur": 1.0, "wheels": 1.0, "road": 0.5},
        {"ears": 0.0, "fur": 0.0, "wheels": 0.8},
    ]
    made = [ExcitationExplorer(**one) for one in settings]
    for explorer, numbers in zip(made, words(*made), strict=True):
        gates = explorer.compute()["gates"]
        assert numbers[:4] == pytest.approx(gates, abs=0.0051)
        assert numbers[4:] == pytest.approx(
            [explorer.wheels * gates[MAPS.index("wheels")], explorer.wheels], abs=0.0051
        )


@pytest.mark.parametrize("reduction", PUBLISHED)
def test_gates_cost_what_the_model_has_more(reduction, words):
    explorer = ReductionExplorer(reduction=reduction)
    gated = analyze(models.SEResNet50(reduction=int(reduction)))
    plain = analyze("ResNet50")
    assert plain.trainable_params == PLAIN
    assert gated.params / 1e6 == pytest.approx(PUBLISHED[reduction], abs=0.053)
    more = gated.trainable_params - PLAIN
    assert sum(explorer.compute()) == more
    layers = gated.to_frame().set_index("name")["params"]
    for (stage, *_), cost in zip(STAGES, explorer.compute(), strict=True):
        assert layers[layers.index.str.match(f"{stage}_.*_(reduce|excite)$")].sum() == cost
    ((r, sum_, share, _, *errors),) = words(explorer)
    assert (r, sum_) == (int(reduction), more)
    assert share == pytest.approx(100 * more / PLAIN, abs=0.051)
    assert errors == [ERRORS[reduction][0], 1, ERRORS[reduction][1], 5, *ERRORS["none"]]


def test_gates_by_class_are_the_stored_runs(words):
    stored = experiments.results("gates")
    stored = stored[stored["variant"] == "with gates"].set_index("seed")
    chosen = itertools.product((1, 6), (1, 20), stored.index)
    made = [ClassGatesExplorer(unit=unit, chosen=one, seed=seed) for unit, one, seed in chosen]
    for explorer, numbers in zip(made, words(*made), strict=True):
        run = stored.loc[explorer.seed]
        gates = np.array(run["gates"][explorer.unit - 1])
        found = explorer.compute()
        assert sorted(found["gates"]) == sorted(gates[explorer.chosen - 1])
        order = np.array(found["gates"])
        assert numbers[:3] == [explorer.unit, gates.shape[1], explorer.seed]
        assert numbers[3:5] == [order.min(), order.max()]
        assert numbers[5:] == pytest.approx([100 * found["spread"], found["share"]], abs=0.51)
