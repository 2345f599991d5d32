"""The small figures of padding, strides and filters draw what Python computes."""

import node
import numpy as np
import pytest

from cnnlib import data, experiments, geometry, ops
from cnnlib.explorers import (
    BorderCountsExplorer,
    ConventionsExplorer,
    DarkFrameExplorer,
    EvenAreaExplorer,
    HolesExplorer,
    LearnedKernelExplorer,
    LeftoverExplorer,
    LookAlikeExplorer,
    NoisyExamplesExplorer,
    ReadWindowExplorer,
    StridedMapExplorer,
    StrideExplorer,
    ThresholdExplorer,
    TurnedEdgeExplorer,
)
from cnnlib.explorers.dark_frame import OUTSIDE
from cnnlib.explorers.learned_kernel import TARGET, photographs

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_both_conventions_spell_what_tensorflow_computes(words):
    made = [ConventionsExplorer(width=n, stride=s) for n in range(3, 10) for s in (1, 2, 3)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        ours, theirs = explorer.compute()
        assert numbers[:-3] == [*ours, *theirs]


BLURRED = """return data.cases.map(([size, outside]) => {
  const picture = { data: Float32Array.from(data.pixels), shape: [128, 128, 1] };
  const { data: values, shape } = ops.blurred(picture, size, outside);
  return { values: [...values], shape };
});"""


def test_the_blurred_picture_is_tensorflows():
    pixels = (data.picture("temple", 128, grey=True) / np.float32(255)).ravel().tolist()
    cases = [(size, outside) for size in (1, 4, 11) for outside in OUTSIDE]
    run = node.run(BLURRED, {"cases": cases, "pixels": pixels}, "dark_frame/math.js")
    for (size, outside), found in zip(cases, run, strict=True):
        expected = DarkFrameExplorer(size=size, outside=outside).compute()
        assert found["shape"][:2] == list(expected.shape)
        np.testing.assert_allclose(found["values"], expected.ravel(), atol=1e-5)


def test_a_corner_reads_as_much_of_the_picture_as_it_says(words):
    made = [DarkFrameExplorer(size=size) for size in (1, 2, 11, 20)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        size = explorer.size
        white = ops.conv2d(np.ones((1, 32, 32, 1)), np.ones((size, size, 1, 1)), padding="same")
        real = white[0, 0, 0, 0]
        assert numbers[-3:-1] == [real, size**2 - real]
        assert numbers[-1] == pytest.approx(100 * real / size**2, abs=0.51)


def test_a_mirrored_corner_counts_each_pixel_once(words):
    made = [DarkFrameExplorer(size=size, outside="mirror") for size in (2, 11, 20)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        cells = np.pad(np.arange(32**2).reshape(32, 32), ((explorer.size - 1) // 2, 0), "symmetric")
        window = cells[: explorer.size, : explorer.size]
        assert numbers[-3:] == [len(np.unique(window)), window.size, 100]


def test_a_strides_work_is_counted_as_in_python(words):
    made = [StrideExplorer(stride=stride) for stride in range(1, 9)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[0] == explorer.stride
        assert explorer.compute() == numbers[2] ** 2 * 7**2 * 3 * 64


def test_the_page_trains_as_tensorflow_does(words):
    made = [
        LearnedKernelExplorer(step=step, rate=rate, momentum=momentum)
        for step, rate, momentum in (
            (0, 0.1, 0.9),
            (20, 0.1, 0.9),
            (30, 0.15, 0.5),
            (40, 0.05, 0.0),
        )
    ]
    photos = photographs()
    for explorer, numbers in zip(made, words(*made), strict=True):
        off = explorer.compute() - TARGET
        error = (ops.conv2d(photos, off[:, :, np.newaxis, np.newaxis]) ** 2).mean()
        assert numbers[0] == explorer.step
        assert numbers[1] == pytest.approx(error, abs=2e-4)
        assert numbers[2] == pytest.approx(abs(off).max(), abs=2e-4)


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_pixels_are_read_as_often_as_their_gradient_says(words, padding):
    made = [BorderCountsExplorer(kernel=kernel, padding=padding) for kernel in range(1, 8)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        reads = explorer.compute()
        assert numbers[-2:] == [reads[0, 0], reads[4, 4]]


def test_the_strided_map_has_the_size_and_the_zeros_of_tensorflow(words):
    made = [StridedMapExplorer(stride=stride) for stride in range(1, 9)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert tuple(numbers[3:5]) == explorer.compute().shape
        assert tuple(numbers[5:]) == geometry.pad_amounts(128, 3, explorer.stride)


def test_an_edge_is_answered_in_the_page_as_in_python(words):
    made = [TurnedEdgeExplorer(angle=angle) for angle in range(-180, 181, 30)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[0] == explorer.angle
        assert numbers[1] == pytest.approx(explorer.compute(), abs=0.006)


def test_a_painted_window_gets_the_answer_of_python(words):
    made = [LookAlikeExplorer(kernel=kernel) for kernel in ("line", "edge", "detector")]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[0] == len(explorer.bright)
        assert numbers[1:] == pytest.approx(explorer.compute(), abs=0.0051)
    assert [explorer.compute()[1] for explorer in made] == pytest.approx([5, 10, 4])


def test_an_even_area_is_answered_as_in_tensorflow(words):
    made = [
        EvenAreaExplorer(kernel=kernel, brightness=brightness, bias=bias)
        for kernel in ("vertical_line", "gaussian", "sobel_x", "detector")
        for brightness, bias in ((0.0, -1.25), (0.35, 0.0), (1.0, 1.0))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[0] == explorer.brightness
        assert numbers[-1] == pytest.approx(explorer.compute(), abs=0.0051)


def test_as_many_neurons_pass_a_threshold_as_in_numpy(words):
    made = [ThresholdExplorer(bias=bias) for bias in (-2.0, -1.0, -0.5, -0.05, 0.0, 0.05, 1.0, 2.0)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[0] == explorer.bias
        assert numbers[1] / numbers[2] == explorer.compute()


def test_noisy_examples_teach_what_training_with_keras_ended_at(words):
    made = [NoisyExamplesExplorer(noise=noise, run=run) for noise in (0, 1, 10) for run in (0, 7)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        off = explorer.compute()
        assert numbers == pytest.approx(
            [explorer.noise, explorer.run, off[explorer.run], off.mean()], abs=0.0051
        )
        stored = experiments.results("learned_sobel").query("seed == @explorer.run")
        trained = stored.set_index("variant")["off"]
        variant = f"noise {explorer.noise}" if explorer.noise else "no noise"
        assert off[explorer.run] == pytest.approx(trained[variant], abs=2e-5)


def whole(first, last):
    return range(int(first), int(last) + 1)


def test_a_neuron_reads_the_pixels_that_change_it_in_tensorflow(words):
    made = [ReadWindowExplorer(row=i, column=j) for i in range(3) for j in range(4)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        read = explorer.compute()
        rows, columns = (whole(*numbers[at : at + 6 : 5]) for at in (5, 14))
        inside = [(i, j) for i in rows for j in columns if 0 <= i < 5 and 0 <= j < 7]
        assert numbers[:2] == [explorer.row, explorer.column]
        assert sorted(inside) == list(zip(*np.nonzero(read), strict=True))
        assert numbers[-2:] == [read.sum(), 9 - read.sum()]


def test_columns_are_left_over_as_the_geometry_says(words):
    made = [LeftoverExplorer(width=width) for width in range(216, 233)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        outputs, left = explorer.compute()
        assert numbers[0] == explorer.width
        assert numbers[4] == outputs + left / 4
        assert numbers[5:] == [outputs, left]


def test_cells_are_skipped_as_in_tensorflow(words):
    made = [HolesExplorer(dilation=d, stride=s) for d in range(1, 5) for s in range(1, 5)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        dilation, stride = explorer.dilation, explorer.stride
        padding = geometry.pad_amounts(13, 3, stride, "same", dilation)
        outputs = geometry.output_size(13, 3, stride, "same", dilation)
        assert numbers[2:5] == [2 * dilation + 1, outputs, sum(padding)]
        assert numbers[5] == (explorer.compute() == 0).sum()
