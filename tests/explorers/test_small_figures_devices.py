"""The figures of the chapter on devices draw what Python, NumPy and TensorFlow compute."""

import random

import node
import numpy as np
import pytest
import tensorflow as tf

from cnnlib import analyze, experiments
from cnnlib.experiments.card_steps import PREDICTED
from cnnlib.explorers import (
    CardMemoryExplorer,
    DeviceRunsExplorer,
    FeedingExplorer,
    FloatLineExplorer,
    LossScaleExplorer,
    ParallelTrafficExplorer,
    SplitBatchExplorer,
)
from cnnlib.explorers.feeding import CACHED
from cnnlib.explorers.float_line import FORMATS, nearest

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def values():
    choose = random.Random(0)
    yield from (0.1, 2.57e2, 7e4, 65_519, 65_520, 2e-8, 2**-25, 1.5 * 2**-24, 1.001e3, 9.999e6)
    for _ in range(300):
        yield choose.uniform(1, 10) * 10.0 ** choose.randint(-10, 6)


def test_formats_round_as_tensorflow_does_in_python_and_javascript():
    numbers = [float(np.float32(one)) for one in values()]  # TensorFlow's casts begin there
    found = node.run(
        """return data.numbers.map((value) => Object.values(data.formats).map((format) => {
          const { rounded, gap } = ops.nearest(value, format);
          return [rounded === Infinity ? "infinite" : rounded, gap];
        }));""",
        {"numbers": numbers, "formats": {name: list(one) for name, one in FORMATS.items()}},
        "float_line/math.js",
    )
    for value, row in zip(numbers, found, strict=True):
        for name, (rounded, gap) in zip(FORMATS, row, strict=True):
            expected = float(tf.cast(tf.constant(value, tf.float32), name))
            shown = np.inf if rounded == "infinite" else rounded
            assert shown == expected == nearest(value, name)[0], (value, name)
            assert gap == nearest(value, name)[1]


def test_neighbours_are_as_far_apart_as_numpy_says():
    for value in (1.0, 0.1, 1000.0, 3e-6):
        assert nearest(value, "float32")[1] == np.spacing(np.float32(value))
        assert nearest(value, "float16")[1] == np.spacing(np.float16(value))


def of_16_bits(name):
    """All positive numbers of a format, but infinity, in order."""
    bits = np.arange(1, 2**15)
    if name == "float16":
        found = bits.astype("uint16").view("float16")
    else:
        found = (bits << 16).astype("uint32").view("float32")
    return found[np.isfinite(found)].astype(float)


@pytest.mark.parametrize("name", ["float16", "bfloat16"])
def test_ticks_stand_at_all_numbers_of_a_format_and_nowhere_else(name):
    every = of_16_bits(name)
    windows = [(value * (1 - 2**-6), value * (1 + 2**-6)) for value in values()]
    found = node.run(
        "return data.windows.map(([from, to]) => ops.between(from, to, data.format, 200));",
        {"windows": windows, "format": list(FORMATS[name])},
        "float_line/math.js",
    )
    for (low, high), ticks in zip(windows, found, strict=True):
        expected = every[(every >= low) & (every <= high)]
        assert ticks == (expected.tolist() if len(expected) <= 200 else None), (low, high)


def test_beyond_its_largest_number_float16_has_no_ticks():
    assert of_16_bits("float16").max() == 65_504 < 7e4 * (1 - 2**-6)


def test_the_line_says_what_becomes_of_a_number(words):
    made = [
        FloatLineExplorer(digits=digits, power=power) for digits, power in ((2.57, 2), (1.5, 3))
    ]
    assert words(*made)[0][0] == 257
    assert words(*made)[1][0] == 1500
    assert [made[0].compute()[name][0] for name in FORMATS] == [257, 256, 257]


def test_scaled_gradients_are_sorted_as_float16_sorts_them(words):
    made = [LossScaleExplorer(power=power) for power in (0, 8, 15, 28)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[2:3] == [2.0**explorer.power] or 2.0**explorer.power in numbers
        shares = [float(share) for share in explorer.compute()]
        kinds = [number for number in numbers if number not in (2.0**explorer.power, 2, 16)]
        for share in shares:
            assert any(abs(share - kind) < 0.0051 for kind in kinds)


def test_the_bins_lose_what_was_measured():
    stored = experiments.results("precision").set_index(["variant", "seed"])
    lost = LossScaleExplorer().compute()[0]
    assert lost == pytest.approx(stored["lost"]["float32", 0], abs=1e-3)


@pytest.mark.parametrize("first", [1, 4, 6, 7])
def test_a_divided_batch_is_what_numpy_computes(first, words):
    gradient = SplitBatchExplorer(first=first)
    normalization = SplitBatchExplorer(first=first, kind="normalization")
    said, normalized = words(gradient, normalization)
    whole, means, together, summed = gradient.compute()
    shown = [number for number in said if number not in (1, 2, 8)]
    expected = [one for one in (*means, together, summed) if one not in (1, 2, 8)]
    assert shown == pytest.approx(expected, abs=0.0051)
    assert summed == whole
    one, two = normalization.compute()
    layer = tf.keras.layers.BatchNormalization(epsilon=1e-9)
    batch = np.array(gradient.values, "float32")[:, np.newaxis]
    parts = [np.ravel(layer(part, training=True)) for part in np.split(batch, [first])]
    np.testing.assert_allclose(one, np.ravel(layer(batch, training=True)), atol=1e-4)
    np.testing.assert_allclose(two, np.concatenate(parts), atol=1e-4)
    assert normalized[-2] in (1, pytest.approx(abs(two[0]), abs=0.0051))


def test_traffic_counts_the_weights_and_inputs_of_alexnet(words):
    made = [
        ParallelTrafficExplorer(scheme=scheme, batch=batch)
        for scheme in ("pictures", "maps", "cheaper")
        for batch in ("16", "128", "1024")
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[0] == explorer.compute()[1]
    assert made[0].compute()[1] == 2 * analyze("AlexNetSingle").params


def schedules():
    choose = random.Random(0)
    for _ in range(60):
        yield {
            "workers": choose.randint(1, 4),
            "ahead": choose.randint(0, 3),
            "cache": choose.choice(list(CACHED)),
            "train": 5 * choose.randint(1, 12),
            "seed": choose.randint(0, 4),
        }


def test_the_time_line_is_the_same_in_python_and_javascript():
    made = [FeedingExplorer(**settings) for settings in schedules()]
    asked = [one.settings() | {"spans": one.runs[one.seed]["spans"]} for one in made]
    found = node.run(
        """return data.map(({ spans, cache, ...how }) => [0, ops.CACHED[cache]].map((spared) =>
          ops.schedule(spans, { ...how, spared }).map(
            ({ begin, end, start }) => [begin, end, start])));""",
        asked,
        "feeding/math.js",
    )
    for explorer, epochs in zip(made, found, strict=True):
        np.testing.assert_allclose(epochs, explorer.compute())


def test_a_device_never_has_two_batches_and_a_buffer_no_more_than_it_holds():
    for settings in schedules():
        explorer = FeedingExplorer(**settings)
        for epoch in explorer.compute():
            starts = [start for _, _, start in epoch]
            assert (np.diff(starts) >= explorer.train - 1e-9).all()
            for number, (begin, end, start) in enumerate(epoch):
                assert begin <= end <= start
                if explorer.ahead and number >= explorer.ahead:
                    assert begin >= starts[number - explorer.ahead]


@pytest.mark.parametrize("which", ["elsewhere", "here", "distribution", "precision"])
def test_the_runs_are_those_that_are_stored(which, words):
    made = [DeviceRunsExplorer(shown=which, seed=seed) for seed in (0, 4)]
    name = which if which in ("distribution", "precision") else "pipelines"
    stored = experiments.results(name).set_index(["variant", "seed"])["ratio"]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        for variant, ratio in found.items():
            full = f"{variant}, {which}" if name == "pipelines" else variant
            assert stored[full, explorer.seed] == ratio
            assert any(abs(ratio - number) < 0.0051 for number in numbers)


@pytest.mark.parametrize("policy", ["float32", "mixed_float16"])
def test_the_memory_of_a_step_is_what_a_card_took(policy, words):
    made = [CardMemoryExplorer(policy=policy, network=network) for network in range(1, 8)]
    stored = experiments.results("card_steps").set_index("variant")["memory"]
    for explorer, (name, predicted) in zip(made, PREDICTED.items(), strict=True):
        measured = stored[f"{name}, {policy}"]
        assert len(set(measured)) == 1
        found = measured.iloc[0] / predicted[policy != "float32"]
        assert explorer.compute() == pytest.approx(found)
    near = sum(abs(explorer.compute() - 1) < 0.25 for explorer in made)
    for explorer, numbers in zip(made, words(*made), strict=True):
        *_, times, right, all_ = numbers
        assert abs(times - explorer.compute()) < 0.0051
        assert (right, all_) == (near, 7)
