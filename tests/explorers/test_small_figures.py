"""The small figures that stand in several chapters draw what Python computes."""

import numpy as np
import pytest

from cnnlib import filters, geometry
from cnnlib.explorers import (
    CheckerboardExplorer,
    OrientationExplorer,
    OverlapExplorer,
    WaveExplorer,
)
from cnnlib.explorers.orientation import answer
from cnnlib.explorers.wave import KERNELS

pytest_plugins = ("browser_fixtures", "figure_fixtures")


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
        coming_out = [explorer.waves] if transform > 1e-9 else []
        assert numbers[:-1] == [explorer.waves, *coming_out]
        assert numbers[-1] == pytest.approx(100 * transform, abs=0.51)


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
