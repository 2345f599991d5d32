"""The small figures of the convolution family and TensorFlow draw what Python computes."""

import pytest

from cnnlib.explorers import (
    PipelineExplorer,
    ToneExplorer,
)

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_tones_are_answered_as_in_tensorflow(words):
    made = [ToneExplorer(pitch=pitch, periods=n) for n in (1, 2, 4) for pitch in (1, 5, 10, 13)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[:2] == [explorer.periods, explorer.pitch]
        assert numbers[2] == pytest.approx(100 * explorer.compute(), abs=0.51)


def test_steps_of_a_pipeline_run_as_often_as_in_tensorflow(shown):
    made = [PipelineExplorer(cache=cache, epochs=2) for cache in range(6)]
    page, boxes = shown(*made)
    for explorer, box in zip(made, boxes, strict=True):
        ran = ", ".join(f"{step} {count:,}" for step, count in explorer.compute().items())
        assert f"2 epochs: {ran} times." in box.get_by_role("status").inner_text()
    assert page.errors == []
