"""The small figures draw what Python computes."""

import re

import node
import numpy as np
import pytest

from cnnlib import data, filters, geometry, ops
from cnnlib.explorers import (
    BorderCountsExplorer,
    CheckerboardExplorer,
    ConventionsExplorer,
    DarkFrameExplorer,
    LearnedKernelExplorer,
    OrientationExplorer,
    OverlapExplorer,
    StridedMapExplorer,
    StrideExplorer,
    TurnedEdgeExplorer,
    WaveExplorer,
)
from cnnlib.explorers.dark_frame import OUTSIDE
from cnnlib.explorers.learned_kernel import TARGET, photographs
from cnnlib.explorers.orientation import answer
from cnnlib.explorers.wave import KERNELS

pytest_plugins = "browser_fixtures"


@pytest.fixture
def words(shown):
    """Gives what explorers say on a page, and the numbers in it."""

    def read(*made):
        page, boxes = shown(*made)
        assert page.errors == []
        said = [box.get_by_role("status").inner_text() for box in boxes]
        number = re.compile(r"(?<![\w.])−?(?:\d+(?:\.\d+)?|\.\d+)")
        return [[float(one.replace("−", "-")) for one in number.findall(text)] for text in said]

    return read


def test_the_neuron_answers_in_the_page_as_in_python(words):
    made = [OrientationExplorer(angle=angle) for angle in range(-90, 91, 15)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[0] == explorer.angle
        assert numbers[1] == pytest.approx(100 * explorer.compute(), abs=0.51)


def test_the_bar_is_the_chapters_picture_turned():
    from scipy.ndimage import rotate

    bar = np.zeros((31, 31), "float32")
    bar[5:26, 14:17] = 1
    field = filters.vertical_line() - filters.vertical_line().mean()
    for angle in (0, 15, 30, 45, 60, 90):
        seen = rotate(bar, angle, reshape=False, order=1)[12:19, 12:19]
        assert answer(angle) == pytest.approx(max(0, (seen * field).sum()), abs=1e-5)


def test_waves_come_out_as_high_as_in_tensorflow(words):
    made = [WaveExplorer(kernel=kernel, waves=n) for kernel in KERNELS for n in (0, 3, 16, 29, 32)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        wave, out = explorer.compute()
        transform = abs(np.fft.rfft(out))[explorer.waves] / abs(np.fft.rfft(wave))[explorer.waves]
        assert numbers[:2] == [explorer.waves, explorer.waves]
        assert numbers[2] == pytest.approx(100 * transform, abs=0.51)


def test_fields_together_are_as_long_as_the_formula_says(words):
    made = [
        OverlapExplorer(field=field, jump=jump, kernel=kernel)
        for field, jump, kernel in ((8, 2, 3), (1, 1, 5), (12, 6, 4), (3, 6, 2), (5, 1, 1))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        field, jump, kernel = explorer.settings().values()
        assert explorer.compute() in numbers
        assert explorer.compute() == field + (kernel - 1) * jump
    stack = [(3, 1), (2, 2), (3, 1)]
    below = geometry.receptive_field(stack[:2])
    assert OverlapExplorer(field=below.size, jump=2, kernel=3).compute() == (
        geometry.receptive_field(stack).size
    )


@pytest.mark.parametrize("way", ["transposed", "enlarge"])
def test_the_four_kinds_of_places_get_what_tensorflow_gives(words, way):
    made = [
        CheckerboardExplorer(size=size, weights=weights, way=way)
        for size in range(2, 8)
        for weights in ("equal", "binomial")
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        places = [found[i::2, j::2] for i in (0, 1) for j in (0, 1)]
        assert all(np.ptp(place) < 1e-5 for place in places)
        said = sorted(numbers[-4:])
        assert said == pytest.approx(sorted(place[0, 0] for place in places), abs=0.0051)


def test_both_conventions_spell_what_tensorflow_computes(words):
    made = [ConventionsExplorer(width=n, stride=s) for n in range(3, 10) for s in (1, 2, 3)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers == np.concatenate(explorer.compute()).tolist()


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
