"""The small figures of DenseNet's chapter draw what Python computes, and that is the network's."""

from functools import partial

import numpy as np
import pytest
from browsing import settle

import cnnlib
from cnnlib import experiments, models, trained
from cnnlib.analysis.weightless import without_weights
from cnnlib.explorers import (
    DenseBlockExplorer,
    DenseGrowthExplorer,
    DenseRunsExplorer,
    FeatureReuseExplorer,
    LiveNetworkExplorer,
)
from cnnlib.explorers.dense_block import START
from cnnlib.explorers.feature_reuse import readers

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_a_block_reads_what_the_model_s_layers_do(words):
    made = [
        DenseBlockExplorer(layers=layers, growth=growth, layer=layer)
        for layers, growth, layer in ((1, 12, 1), (5, 12, 3), (8, 1, 8), (8, 24, 2))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        reads, links, behind = explorer.compute()
        assert numbers[:3] == [explorer.layer, explorer.layers, START]
        assert reads in numbers
        assert numbers[-3:] == [links, explorer.layers, behind]


def test_the_staircase_is_the_model_s(words):
    cases = [("121", 32, 0.5), ("169", 32, 0.5), ("201", 12, 1.0), ("121", 24, 0.7)]
    made = [
        DenseGrowthExplorer(network=network, growth=growth, compression=compression)
        for network, growth, compression in cases
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        ends, parameters = explorer.compute()
        build = partial(
            models.build,
            f"DenseNet{explorer.network}",
            growth_rate=explorer.growth,
            compression=explorer.compression,
        )
        model = without_weights(build)
        assert cnnlib.analyze(model).trainable_params == parameters
        assert [
            model.get_layer(f"dense{block}_{layers}_concat").output.shape[-1]
            for block, layers in enumerate(explorer.blocks[explorer.network], 1)
        ] == ends
        assert numbers[-5:] == [*ends, parameters]


def test_links_weigh_what_the_trained_kernels_do(words):
    model = trained.model("densenet")
    cases = [("1", 1, 0), ("1", 4, 2), ("1", 7, 5), ("2", 3, 2), ("2", 7, 0)]
    made = [
        FeatureReuseExplorer(block=block, reader=reader, source=source)
        for block, reader, source in cases
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        weight, right = explorer.compute()
        assert numbers[-4:] == [pytest.approx(weight, abs=6e-4), right, 200, 197]
        name, _ = readers(int(explorer.block))[explorer.reader - 1]
        kernel = model.get_layer(name).get_weights()[0]
        start = {"1": 8, "2": 16}[explorer.block]
        edges = [0, *range(start, kernel.shape[-2] + 1, 4)]
        own = kernel[..., edges[explorer.source] : edges[explorer.source + 1], :]
        assert weight == pytest.approx(np.abs(own).mean(), abs=1e-4)


@pytest.mark.parametrize(("block", "reader", "source"), [("1", 3, 0), ("2", 7, 5)])
def test_the_network_in_the_page_loses_as_much_with_a_link(block, reader, source):
    triangle = FeatureReuseExplorer(block=block, reader=reader, source=source)
    cut = {"layer": triangle.inputs[block][reader - 1], "input": source}
    assert LiveNetworkExplorer("densenet", edits=[cut]).compute()["right"] == triangle.compute()[1]


def test_a_link_that_is_cut_in_the_triangle_is_cut_in_the_network(shown):
    triangle = FeatureReuseExplorer(reader=3, source=0)
    page, (links, network) = shown(triangle, triangle.beside(LiveNetworkExplorer("densenet")))
    links.get_by_role("application").press("Enter")
    settle(page)
    assert links.get_by_role("status").inner_text().endswith(" Cut.")
    told = network.get_by_text("Right on 116 of 200 held-out pictures, 197 before.")
    told.wait_for(timeout=20_000)
    network.get_by_role("button", name="Reset").click()
    network.get_by_text("Right on 197 of 200 held-out pictures.").wait_for(timeout=20_000)
    settle(page)
    assert links.get_by_role("status").inner_text().endswith(" Not cut.")
    assert page.errors == []


def test_the_runs_are_those_that_are_stored(words):
    stored = experiments.results("dense_parameters").set_index(["variant", "seed"])["accuracy"]
    made = [DenseRunsExplorer(seed=seed) for seed in range(5)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        assert {network: right for network, (_, right) in found.items()} == {
            network: stored[network, explorer.seed] for network in found
        }
        assert numbers[0] == explorer.seed
        for _, right in found.values():
            assert pytest.approx(right, abs=0.051) in numbers
