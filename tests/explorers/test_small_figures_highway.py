"""The small figures of the chapter on highway networks draw what Python computes."""

import re

import numpy as np
import pytest

from cnnlib import experiments
from cnnlib.explorers import (
    CarriedExplorer,
    DepthRunsExplorer,
    HighwayGateExplorer,
    HighwaySignalExplorer,
)
from cnnlib.explorers.highway_signal import carried

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_a_gate_mixes_as_the_library_s_layer_does(words):
    made = [
        HighwayGateExplorer(total=total, x=x, h=h)
        for total in (-6.0, -1.5, 0.0, 4.0)
        for x, h in ((-1.0, 1.5), (0.7, 0.0))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        t, y = explorer.compute()
        assert numbers[0] == pytest.approx(100 * t, abs=0.51)
        assert numbers[-1] == pytest.approx(y, abs=0.0051)


def sizes(text):
    """The numbers in a text, powers of ten included."""
    plain = text.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")).replace(",", "")
    found = re.findall(r"(-?\d+(?:\.\d+)?)(?:·10(-?\d+))?", plain)
    return [float(f"{digits}e{power or 0}") for digits, power in found]


def test_what_is_carried_is_a_product_of_closed_gates(shown):
    made = [
        CarriedExplorer(bias=bias, layers=layers)
        for bias in (-8.0, -4.0, -2.0, 0.0, 1.0)
        for layers in (0, 1, 50, 100)
    ]
    _, boxes = shown(*made)
    for explorer, box in zip(made, boxes, strict=True):
        said = sizes(box.get_by_role("status").inner_text())[-1]
        assert said == pytest.approx(100 * explorer.compute(), rel=0.051)


@pytest.mark.parametrize("depth", [1, 20, 100])
def test_signal_and_gradient_have_the_sizes_that_numpy_finds(depth, shown):
    made = [
        HighwaySignalExplorer(depth=depth, bias=bias, weights=weights)
        for bias, weights in ((-2.0, 1.0), (0.0, 0.5), (-6.0, 1.5))
    ]
    page, boxes = shown(*made)
    assert page.errors == []
    for explorer, box in zip(made, boxes, strict=True):
        said = sizes(box.get_by_role("status").inner_text().replace(", and", " and"))
        for numbers, found in zip((said[:3], said[3:]), explorer.compute().values(), strict=True):
            assert numbers[0] == pytest.approx(found["signal"][-1], rel=0.051)
            assert numbers[1] == pytest.approx(found["alike"], abs=0.0051)
            assert numbers[2] == pytest.approx(found["gradient"][0], rel=0.051)


def test_the_gradient_is_tensorflow_s():
    import keras
    import tensorflow as tf

    from cnnlib.explorers.highway_signal import SEED, UNITS
    from cnnlib.explorers.training.network import Numbers

    numbers = Numbers(SEED)
    x, back = (tf.constant(one) for one in 2 * numbers.draw(2, UNITS) - 1)
    limit = np.sqrt(6 / UNITS)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x
        for _ in range(5):
            kernel, gate = limit * (2 * numbers.draw(2, UNITS, UNITS) - 1)
            t = keras.ops.sigmoid(tf.linalg.matvec(gate, y) - 2)
            y = keras.ops.relu(tf.linalg.matvec(kernel, y)) * t + y * (1 - t)
        score = tf.reduce_sum(y * back)
    slope = np.linalg.norm(tape.gradient(score, x)) / np.linalg.norm(back)
    assert carried(5, -2, 1, gates=True)["gradient"][0] == pytest.approx(slope)


def test_what_was_measured_is_shown(shown):
    stored = experiments.results("gated_depth").set_index(["variant", "seed"])["loss"]
    explorer = DepthRunsExplorer(seed=2)
    _, (box,) = shown(explorer)
    text = box.get_by_role("status").inner_text()
    for network, loss in explorer.compute().items():
        assert loss == stored[(network, 2)]
        assert f"{network} {loss:.2f}" in text
