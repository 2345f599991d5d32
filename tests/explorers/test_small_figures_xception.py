"""The small figures of Xception's chapter draw what Python computes, and that is the network's."""

import keras
import numpy as np
import pytest

import cnnlib
from cnnlib import experiments
from cnnlib.explorers import (
    ContinuumExplorer,
    FaceExplorer,
    FlowsExplorer,
    KernelRankExplorer,
    SeparableRunsExplorer,
)
from cnnlib.explorers.continuum import SEGMENTS
from cnnlib.explorers.kernel_rank import kernels

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_segments_cost_what_grouped_convolutions_do(words):
    made = [ContinuumExplorer(segments=str(count)) for count in SEGMENTS]
    for explorer, numbers in zip(made, words(*made), strict=True):
        point, space = explorer.compute()
        found = [number for number in numbers if number not in (1, 3)][:4]
        expected = [point, space, point + space]
        assert found == [*expected, pytest.approx(100 * sum(expected[:2]) / 5760, abs=0.051)]


def test_the_last_segment_s_kernels_are_a_depthwise_convolution_s():
    layer = keras.layers.DepthwiseConv2D(3, use_bias=False)
    layer.build((None, 8, 8, 24))
    assert ContinuumExplorer(segments="24").compute()[1] == layer.count_params()


@pytest.mark.parametrize("depthwise", [True, False])
@pytest.mark.parametrize("pointwise", [True, False])
def test_a_face_is_where_tensorflow_finds_it(depthwise, pointwise, words):
    made = [
        FaceExplorer(mouth=mouth, depthwise=depthwise, pointwise=pointwise) for mouth in range(9)
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = np.argwhere(explorer.compute() > 0.5)
        assert len(found) <= 1
        assert numbers[0] == explorer.mouth
        expected = [1, *(float(row) for row, _ in found)] if len(found) else [0]
        assert numbers[1:] == expected


def test_few_patterns_keep_what_numpy_computes(words):
    made = [
        KernelRankExplorer(rank=rank, channel=channel)
        for rank in (1, 2, 5)
        for channel in (0, 3, 7)
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        kept = 100 * explorer.compute()
        assert numbers == [
            *(explorer.rank, 9, 16, 25 * explorer.rank, 144),
            pytest.approx(kept, abs=0.11),
        ]


def test_all_patterns_together_are_the_kernels():
    explorer = KernelRankExplorer()
    for channel in range(8):
        patterns, shares = (
            np.array(explorer.block[part][channel]) for part in ("patterns", "shares")
        )
        block = kernels()[:, :, channel].reshape(9, 16)
        np.testing.assert_allclose(patterns.T @ shares, block, atol=2e-3)


def test_the_flows_are_the_model_s(words):
    made = [FlowsExplorer(number=number) for number in (1, 2, 3, 12, 36)]
    layers = cnnlib.analyze("Xception").to_frame().set_index("name")
    names = ("module1_conv1", "module1_conv2", "module2_sep1", "module6_sep1", "module14_sep2")
    for explorer, name, numbers in zip(made, names, words(*made), strict=True):
        weights, plain = explorer.compute()
        assert weights == layers["params"][name]
        assert numbers[0] == explorer.number
        assert weights == numbers[3] + (numbers[4] if explorer.number > 2 else 0)
        assert explorer.number <= 2 or plain in numbers


def test_there_are_36_convolutions_in_14_modules():
    convolutions = FlowsExplorer().convolutions
    assert len(convolutions) == 36
    assert sorted({one["module"] for one in convolutions}) == list(range(1, 15))
    assert sum(one["halves"][0] > 0 for one in convolutions) == 34


def test_the_runs_are_those_that_are_stored(words):
    stored = experiments.results("separable").set_index(["variant", "seed"])["accuracy"]
    made = [SeparableRunsExplorer(seed=seed) for seed in range(5)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        assert found == {network: stored[network, explorer.seed] for network in found}
        pair = [found["separable"], found["plain, equal cost"]]
        assert numbers[1:4] == pytest.approx([*pair, pair[0] - pair[1]], abs=0.051)
