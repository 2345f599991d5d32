"""The small figures of LeNet-5's chapter draw what Python computes, and that is the paper's."""

import keras
import numpy as np
import pytest
from browsing import settle

import cnnlib
from cnnlib import experiments
from cnnlib.explorers import (
    ConnectionTableExplorer,
    RbfOutputExplorer,
    TrainablePoolingExplorer,
    WeightSharingExplorer,
    WiringExplorer,
)
from cnnlib.layers import DIGITS, PartialConvolution2D
from cnnlib.models.lenet import C3_TABLE

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_the_three_wirings_have_the_parameters_of_a_layer_so_wired(words):
    dense = keras.layers.Dense(6 * 28 * 28)
    dense.build((None, 32 * 32))
    c1 = next(layer for layer in cnnlib.analyze("LeNet5").layers if layer.name == "C1")
    connections = c1.other.macs + c1.other.bias
    expected = {
        "dense": (dense.count_params(),) * 2,
        "local": (connections, connections),
        "shared": (c1.params, connections),
    }
    made = [WiringExplorer(wiring=wiring) for wiring in expected]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert explorer.compute() == expected[explorer.wiring]
        assert tuple(numbers[-2:]) == explorer.compute()


def test_pooling_gives_in_the_page_what_the_layer_gives(words):
    made = [
        TrainablePoolingExplorer(coefficient=c, bias=b)
        for c, b in ((0.25, 0.0), (2.0, -6.0), (2.0, 6.0), (0.0, 1.5), (3.0, -8.0))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[:5] == pytest.approx(explorer.compute(), abs=0.0051)


def test_the_kinds_of_pooling_are_told_apart(shown):
    kinds = {(0.25, 0.0): "blurs", (2.0, -6.0): "AND", (2.0, 6.0): "OR", (2.0, 1.0): "3 of the"}
    page, boxes = shown(*(TrainablePoolingExplorer(coefficient=c, bias=b) for c, b in kinds))
    assert page.errors == []
    for kind, box in zip(kinds.values(), boxes, strict=True):
        assert kind in box.get_by_role("status").inner_text()


@pytest.mark.parametrize("table", ["paper", "complete"])
def test_the_table_has_the_parameters_of_the_layer(table, shown):
    explorer = ConnectionTableExplorer(table=table)
    connections = C3_TABLE if table == "paper" else [range(6)] * 16
    layer = PartialConvolution2D(connections, 5)
    layer.build((None, 14, 14, 6))
    parameters = layer.count_params()
    assert explorer.compute() == (parameters, 100 * parameters)
    page, (box,) = shown(explorer)
    assert page.errors == []
    title = box.locator(".cnn-title").inner_text()
    assert f"{parameters:,} parameters, {100 * parameters:,} connections" in title
    lit = box.locator("rect.cnn-cell").evaluate_all(
        "all => all.map((one) => one.classList.contains('cnn-lit'))"
    )
    expected = [[row in seen for seen in connections] for row in range(6)]
    assert np.reshape(lit, (6, 16)).tolist() == expected


def test_a_click_and_enter_turn_a_switch_and_turn_it_back(shown):
    explorer = ConnectionTableExplorer()
    page, (box,) = shown(explorer)
    title = box.locator(".cnn-title")
    box.locator("rect.cnn-cell").first.click()
    settle(page)
    explorer.switched = [0]
    assert f"{explorer.compute()[0]:,} parameters" in title.inner_text()
    assert "Map 0 of C3 reads 2 maps of S2: 1, 2." in box.get_by_role("status").inner_text()
    box.get_by_role("application").press("Enter")
    settle(page)
    assert "1,516 parameters" in title.inner_text()


def test_distances_are_those_of_the_output_layer(words):
    pairs = ((3, 8, 0), (3, 8, 50), (3, 1, 50), (0, 6, 0), (4, 7, 85))
    made = [RbfOutputExplorer(first=a, second=b, way=way) for a, b, way in pairs]
    for explorer, numbers in zip(made, words(*made), strict=True):
        far = np.sort(explorer.compute())
        assert numbers[-1] == pytest.approx(far[0] if explorer.way == 50 else far[1], abs=0.051)


def test_no_two_bitmaps_are_closer_than_0_and_6():
    bitmaps = np.reshape(DIGITS, (10, 84))
    apart = ((bitmaps[:, None] - bitmaps) ** 2).sum(-1)
    assert apart[0, 6] == 52 == apart[~np.eye(10, dtype=bool)].min()


def test_the_runs_are_those_that_are_stored(words):
    stored = experiments.results("weight_sharing").set_index(["variant", "seed"])
    made = [WeightSharingExplorer(pictures=n, seed=s) for n in ("200", "1,000") for s in (0, 4)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = [
            stored.loc[(f"{network}, {explorer.pictures}", explorer.seed)]
            for network in ("convolutional", "dense")
        ]
        pairs = [(run["accuracy"], run["training"]) for run in found]
        assert list(explorer.compute().values()) == pairs
        gaps = [training - accuracy for accuracy, training in pairs]
        expected = [explorer.seed, *(accuracy for accuracy, _ in pairs), *gaps]
        assert numbers[:5] == pytest.approx(expected, abs=0.051)
