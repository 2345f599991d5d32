"""The small figures of the convolution family draw what Python computes."""

import pytest

from cnnlib.explorers import ToneExplorer

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_tones_are_answered_as_in_tensorflow(words):
    made = [ToneExplorer(pitch=pitch, periods=n) for n in (1, 2, 4) for pitch in (1, 5, 10, 13)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[:2] == [explorer.periods, explorer.pitch]
        assert numbers[2] == pytest.approx(100 * explorer.compute(), abs=0.51)
