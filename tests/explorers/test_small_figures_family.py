"""The small figures of the convolution family draw what Python computes."""

import pytest
from browsing import settle

from cnnlib.explorers import (
    MatrixExplorer,
    SegmentExplorer,
    SlicesExplorer,
    ToneExplorer,
    WiringsExplorer,
)
from cnnlib.explorers.slices import scan

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_tones_are_answered_as_in_tensorflow(words):
    made = [ToneExplorer(pitch=pitch, periods=n) for n in (1, 2, 4) for pitch in (1, 5, 10, 13)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[:2] == [explorer.periods, explorer.pitch]
        assert numbers[2] == pytest.approx(100 * explorer.compute(), abs=0.51)


def test_windows_of_a_sound_are_answered_as_in_tensorflow(words):
    made = [SegmentExplorer(start=start) for start in (0, 38, 190, 280, 375)]
    answers = made[0].compute()
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[:2] == [explorer.start, explorer.start + 24]
        assert numbers[2] == pytest.approx(answers[explorer.start], abs=0.0051)


def test_matter_begins_and_ends_where_tensorflow_says(words):
    made = [SlicesExplorer(slice=index) for index in range(1, 23)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        edges = explorer.compute()
        matter = int(scan()[explorer.slice].sum())
        assert numbers == [explorer.slice, matter, (edges > 1e-6).sum(), (edges < -1e-6).sum()]


@pytest.mark.parametrize(
    ("explorer", "ends"),
    [(SlicesExplorer(), ("Slice 1:", "Slice 22:")), (MatrixExplorer(), ("Row 0:", "Row 3:"))],
)
def test_home_and_end_lead_to_the_first_and_the_last(shown, explorer, ends):
    _, (box,) = shown(explorer)
    drawing = box.get_by_role("application", name="arrow keys").first
    for key, told in zip(("Home", "End"), ends, strict=True):
        drawing.press(key)
        settle(box.page)
        assert told in box.get_by_role("status").inner_text()


def test_a_layer_has_the_weights_that_keras_counts(words):
    made = [WiringsExplorer(maps=maps, kernel=kernel) for maps in (8, 128) for kernel in (1, 7)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        plain, groups, separable, pointwise = explorer.compute().values()
        kernel, maps = explorer.kernel, explorer.maps
        assert numbers == [kernel, kernel, 64, maps, plain, 4, groups, separable, 1, 1, pointwise]
