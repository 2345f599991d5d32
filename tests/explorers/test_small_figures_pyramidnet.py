"""The small figures of PyramidNet's chapter draw what Python computes: the network's own."""

from functools import partial

import keras
import numpy as np
import pytest

import cnnlib
from cnnlib import experiments, models
from cnnlib.analysis.weightless import without_weights
from cnnlib.explorers import (
    NormOrderExplorer,
    PaddedUnitExplorer,
    PyramidLesionExplorer,
    PyramidWidthsExplorer,
)
from cnnlib.explorers.norm_order import ORDERS
from cnnlib.explorers.padded_unit import FOUND, READ
from cnnlib.explorers.pyramid_widths import UNITS, widths

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def adds(model):
    """The maps behind each unit of a model."""
    return [one.output.shape[-1] for one in model.layers if isinstance(one, keras.layers.Add)]


@pytest.mark.parametrize("alpha", [8, 48, 84, 270])
def test_units_that_add_are_the_model_s(alpha):
    model = without_weights(partial(models.PyramidNet, alpha=alpha))
    assert widths("additive", alpha) == adds(model)
    explorer = PyramidWidthsExplorer(alpha=alpha)
    assert explorer.compute()[1] == cnnlib.analyze(model).trainable_params


def test_stages_are_a_resnet_s():
    assert widths("stages", 48) == adds(without_weights(partial(models.ResNetCIFAR, depth=110)))


def test_units_that_multiply_end_as_wide_by_equal_factors():
    found = np.array(widths("multiplicative", 270))
    assert len(found) == UNITS
    assert found[-1] == 286
    exact = 16 * (286 / 16) ** (np.arange(1, UNITS + 1) / UNITS)
    assert ((exact - found >= -1e-6) & (exact - found < 1)).all()


def test_what_is_said_of_a_unit_is_computed(words):
    made = [
        PyramidWidthsExplorer(growth=growth, alpha=alpha, unit=unit)
        for growth, alpha, unit in (
            ("additive", 48, 27),
            ("multiplicative", 270, 18),
            ("multiplicative", 8, 54),
            ("additive", 100, 37),
        )
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        maps, count = explorer.compute()
        assert numbers == [explorer.unit, UNITS, explorer.alpha, *maps, count]


@pytest.mark.parametrize("branch", [True, False])
def test_a_padded_unit_adds_as_keras_does(branch):
    explorer = PaddedUnitExplorer(added=5, branch=branch)
    x = np.float32(READ)[None, None, None]
    padded = cnnlib.layers.PadChannels(13)(x)
    found = np.float32(FOUND[:13]) * branch
    np.testing.assert_array_equal(np.ravel(padded) + found, explorer.compute())


def test_a_padded_unit_is_drawn_as_it_is_computed(shown):
    made = [PaddedUnitExplorer(added=added) for added in (0, 2, 8)]
    _, boxes = shown(*made)
    for explorer, box in zip(made, boxes, strict=True):
        said = box.locator("svg .cnn-tick").all_text_contents()
        assert [int(one) for one in said[2::3]] == explorer.compute()


@pytest.mark.parametrize("order", ORDERS)
def test_a_branch_of_random_weights_has_the_size_that_is_said(order, words):
    explorer = NormOrderExplorer(order=order, x=-0.7, size=2.0)
    reads, gives = explorer.compute()
    ((x, read, size),) = words(explorer)
    assert (x, read, size) == (-0.7, reads, gives)
    rng = np.random.default_rng(0)
    y = rng.normal(size=(2000, 256))
    first = True
    for layer in ORDERS[order]:
        if layer == "BN":
            y = (y - y.mean(0)) / y.std(0)
        elif layer == "ReLU":
            y = np.maximum(y, 0)
        else:
            scale = np.sqrt(2 / 256) * (1 if first else 2.0)
            y, first = y @ (scale * rng.normal(size=(256, 256))), False
    assert np.std(y) == pytest.approx(gives, rel=0.15)


def test_lesions_are_those_that_are_stored(words):
    stored = experiments.results("pyramid_lesion").set_index(["variant", "seed"])
    made = [
        PyramidLesionExplorer(depth=depth, seed=seed, unit=unit)
        for depth, seed, unit in (("20", 0, 3), ("20", 2, 8), ("32", 1, 14))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        place = {"20": "shallow", "32": "deep"}[explorer.depth]
        found = explorer.compute()
        for network, (accuracy, left) in found.items():
            run = stored.loc[f"{network}, {place}", explorer.seed]
            assert (accuracy, left) == (run["accuracy"], run["without"][explorer.unit])
        assert numbers[:2] == [explorer.seed, explorer.unit + 1]
        said = [one for network in ("ResNet", "PyramidNet") for one in reversed(found[network])]
        assert numbers[3:] == pytest.approx(said, abs=0.051)
