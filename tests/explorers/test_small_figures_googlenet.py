"""The small figures of GoogLeNet's chapter draw what Python computes, and that is the network's."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import cnnlib
from cnnlib.explorers import (
    AuxiliaryGradientExplorer,
    BottleneckExplorer,
    ConcatenationExplorer,
    FactorizationExplorer,
    InceptionModuleExplorer,
    ObjectSizeExplorer,
    PointwiseExplorer,
)
from cnnlib.models.googlenet import MODULES

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_a_kernel_of_the_object_s_size_answers_most(words):
    made = [ObjectSizeExplorer(side=side) for side in range(1, 8)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[2:9:3] == pytest.approx(explorer.compute(), abs=0.0051)
    assert [explorer.compute().argmax() for explorer in made] == [0, 1, 1, 2, 2, 2, 2]


def macs(layer, read, side=28):
    inputs = keras.Input((side, side, read))
    return cnnlib.analyze(keras.Model(inputs, layer(inputs))).macs


@pytest.mark.parametrize(("branch", "kernel", "maps"), [("5", 5, 32), ("3", 3, 128)])
def test_a_bottleneck_costs_what_its_layers_do(branch, kernel, maps, words):
    conv = keras.layers.Conv2D
    made = [BottleneckExplorer(branch=branch, between=between) for between in (1, 16, 96, 192)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        expected = (
            macs(conv(explorer.between, 1), 192),
            macs(conv(maps, kernel, padding="same"), explorer.between),
            macs(conv(maps, kernel, padding="same"), 192),
        )
        assert explorer.compute() == expected
        squeezed, spread, direct = expected
        assert numbers[:4] == [explorer.between, squeezed, spread, squeezed + spread]
        assert numbers[4:] == [pytest.approx(100 * (squeezed + spread) / direct, abs=0.051), direct]


def test_the_widths_of_3a_are_the_paper_s():
    assert MODULES["3a"].five_reduce == BottleneckExplorer().between == 16
    assert MODULES["3a"].three_reduce == 96
    assert (MODULES["3a"].five, MODULES["3a"].three) == (32, 128)


def test_a_unit_of_one_pixel_gives_tensorflow_s_map(words):
    made = [
        PointwiseExplorer(red=r, green=g, blue=b)
        for r, g, b in ((1.0, -0.5, -0.5), (-0.5, -0.5, 1.0), (0.25, 0.25, 0.25))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        at = explorer.compute()[int(numbers[0]), int(numbers[1])]
        assert max(numbers[8], 0) == pytest.approx(at, abs=0.0051)


def test_a_module_costs_what_analyze_counts(words):
    bottlenecks = {"three": 128, "five": 32, "pool": 64}
    made = [
        InceptionModuleExplorer(),
        InceptionModuleExplorer(three=64, five=64, pool=64),
        InceptionModuleExplorer(**bottlenecks),
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        costs, maps = explorer.compute()
        assert [numbers[i] for i in (2, 5, 8, 9)] == list(costs)
        assert numbers[10::5] == [sum(costs), maps]
    naive, drawn, paper = (sum(explorer.compute()[0]) for explorer in made)
    assert (naive, drawn) == (854_196_224, 271_351_808)
    layers = cnnlib.analyze("GoogLeNet").to_frame().set_index("name")["macs"]
    assert paper == layers[layers.index.str.startswith("inception_3b")].sum()


def test_naive_modules_grow_and_projected_ones_do_not(words):
    made = [
        ConcatenationExplorer(modules=modules, pooled=pooled)
        for modules in (1, 9)
        for pooled in ("all", "projected")
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[:2] == [explorer.modules, explorer.compute()[-1]]
    assert [explorer.compute()[-1] for explorer in made] == [672, 480, 4000, 480]
    branches = [tf.zeros([1, 4, 4, maps]) for maps in (128, 192, 96, 256)]
    assert tf.concat(branches, axis=3).shape[-1] == 672


@pytest.mark.parametrize("variance", ["1/n", "2/n"])
def test_the_page_adds_the_gradients_that_were_measured(variance, words):
    made = [AuxiliaryGradientExplorer(variance=variance, weight=w) for w in (0.0, 0.3, 1.0)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        alone, together = explorer.compute()
        assert numbers[3:8:2] == pytest.approx((together / alone)[[0, 5, 8]], abs=0.051)
        assert numbers[9] == pytest.approx(alone[8] / alone[0], rel=0.05)
    assert np.all(np.diff(AuxiliaryGradientExplorer(weight=0.0).compute()[0]) > 0)


@pytest.mark.parametrize("way", ["pair", "stack"])
def test_small_kernels_see_as_much_as_the_large_one(way, words):
    made = [FactorizationExplorer(side=side, way=way) for side in (3, 5, 7, 9)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        inputs = x = keras.Input((32, 32, 1))
        for kernel in explorer.compute():
            x = keras.layers.Conv2D(1, kernel, use_bias=False)(x)
        small = cnnlib.analyze(keras.Model(inputs, x))
        field = small.receptive_field()
        assert field.size == (explorer.side, explorer.side)
        share = round(100 * small.params / explorer.side**2)
        assert numbers[2] == explorer.side**2
        assert numbers[3:-2] == [side for kernel in explorer.compute() for side in kernel]
        assert numbers[-2:] == [small.params, share]
