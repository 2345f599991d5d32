"""The small figures of ResNet's chapter draw what Python computes."""

import itertools
import math

import numpy as np
import pytest
import tensorflow as tf

from cnnlib import experiments
from cnnlib.explorers import (
    DegradationExplorer,
    LesionExplorer,
    ProductAndSumExplorer,
    ResidualUnitExplorer,
    UnitOrderExplorer,
    UnrolledPathsExplorer,
)
from cnnlib.explorers.residual_unit import WANTED

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_a_unit_gives_in_the_page_what_python_computes(shown):
    made = [
        ResidualUnitExplorer(wanted=wanted, x=x, strength=strength)
        for wanted in WANTED
        for x, strength in ((0.6, 50), (-1.3, 0), (2.0, 100))
    ]
    page, boxes = shown(*made)
    assert page.errors == []
    for explorer, box in zip(made, boxes, strict=True):
        found = explorer.compute()
        title, words = (
            box.locator(".cnn-title").inner_text(),
            box.get_by_role("status").inner_text(),
        )
        written = {name: f"{value + 0:.2f}".replace("-", "−") for name, value in found.items()}
        assert f"h(x) = {written['h']}, so f(x) = h(x) − x = {written['f']}" in title
        assert f"gives {written['with']} with a shortcut and {written['without']} without" in words


def test_with_no_strength_a_shortcut_makes_the_identity(words):
    made = [ResidualUnitExplorer(x=x, strength=0) for x in (-1.5, 0.7)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[1:3] == [explorer.x, 0]


@pytest.mark.parametrize("wanted", WANTED)
def test_sizes_are_roots_of_mean_squares(wanted, words):
    x = np.linspace(-2, 2, 81)
    h = WANTED[wanted](x)
    (numbers,) = words(ResidualUnitExplorer(wanted=wanted))
    sizes = [np.sqrt(np.mean(values**2)) for values in (h, h - x)]
    assert numbers[-2:] == pytest.approx(sizes, abs=0.0051)


def test_paths_are_those_that_a_walk_finds():
    explorer = UnrolledPathsExplorer(units=6, removed=2, slope=0.25)
    lengths = [sum(path) for path in itertools.product((0, 1), repeat=4)]
    carried = np.array([0.25**length for length in lengths])
    found = explorer.compute()
    assert found["paths"] == len(lengths)
    assert found["share"] == pytest.approx(np.bincount(lengths, minlength=7) / len(lengths))
    gradient = np.bincount(lengths, carried, minlength=7) / carried.sum()
    assert found["gradient"] == pytest.approx(gradient)


def test_the_page_counts_paths_and_finds_the_middle_of_the_gradient(words):
    settings = ((3, 0, 1.0), (54, 0, 0.25), (54, 3, 0.1), (20, 1, 0.6))
    made = [UnrolledPathsExplorer(units=n, removed=r, slope=s) for n, r, s in settings]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        assert found["paths"] in numbers
        first, last = map(int, numbers[-2:])
        assert found["gradient"][first : last + 1].sum() >= 0.95 - 1e-9
        assert found["gradient"][:first].sum() <= 0.025 + 1e-9
        assert found["gradient"][last + 1 :].sum() <= 0.025 + 1e-9


def test_paths_of_5_to_17_of_54_units_are_few():
    share = sum(math.comb(54, length) for length in range(5, 18)) / 2**54
    assert share == pytest.approx(0.0045, abs=0.00005)
    found = UnrolledPathsExplorer(units=54, slope=0.25).compute()
    assert found["gradient"][5:18].sum() > 0.95


def test_factors_are_those_of_tensorflows_gradient(words):
    made = [ProductAndSumExplorer(slope=a, units=n) for a, n in ((0.5, 20), (-0.5, 3), (0.1, 50))]
    for explorer, numbers in zip(made, words(*made), strict=True):
        x = tf.Variable(1.0, dtype="float64")
        with tf.GradientTape(persistent=True) as tape:
            plain = residual = x
            for _ in range(explorer.units):
                plain = explorer.slope * plain
                residual = residual + explorer.slope * residual
        gradients = [abs(float(tape.gradient(y, x))) for y in (plain, residual)]
        assert explorer.compute() == pytest.approx(gradients)
        assert numbers[-1] == pytest.approx(gradients[1], rel=0.06)


def test_a_curve_leaves_the_drawing_and_its_dot_with_it(shown):
    settings = ((0.1, 20), (0.1, 30), (0.0, 1), (-1.0, 1))
    page, boxes = shown(*(ProductAndSumExplorer(slope=a, units=n) for a, n in settings))
    assert page.errors == []
    assert [box.locator(".cnn-dot").count() for box in boxes] == [2, 1, 1, 1]
    ends = [
        box.locator("path.cnn-product").evaluate("path => path.getBBox().width") for box in boxes
    ]
    width = boxes[3].locator("path.cnn-product").evaluate("path => path.getBBox().width")
    assert ends == pytest.approx([width * 24 / 50, width * 24 / 50, 0, width], abs=0.1)


def test_a_bar_is_f_and_the_other_h(shown):
    made = [ResidualUnitExplorer(wanted=wanted, x=1.5) for wanted in WANTED]
    page, boxes = shown(*made)
    assert page.errors == []
    for explorer, box in zip(made, boxes, strict=True):
        found = explorer.compute()
        for name, value in (("residual", found["f"]), ("target", found["h"])):
            bar = box.locator(f"line.cnn-{name}")
            y1, y2 = (float(bar.get_attribute(end)) for end in ("y1", "y2"))
            assert (y1 - y2) / 50 == pytest.approx(value)  # 240 units of the drawing for 4.8


def test_units_of_both_orders_pass_in_the_page_what_python_computes(words):
    settings = itertools.product(
        ("post", "pre"), ((-1.0, 0.5), (1.0, 0.5), (0.3, -0.1), (0.0, -1.0))
    )
    made = [UnitOrderExplorer(order=order, x=x, added=added) for order, (x, added) in settings]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        assert numbers == pytest.approx([explorer.x, *found["values"], found["slope"]])


@pytest.mark.parametrize("order", ["post", "pre"])
def test_what_the_shortcuts_pass_is_what_tensorflow_adds(order):
    for x, added in ((-1.0, 0.5), (1.0, 0.5), (0.5, -0.4)):
        start = tf.Variable(x, dtype="float64")
        with tf.GradientTape(persistent=True) as tape:
            value, values = start, []
            for _ in range(3):
                value = tf.nn.relu(value + added) if order == "post" else value + added
                values.append(value)
        found = UnitOrderExplorer(order=order, x=x, added=added).compute()
        assert found["values"] == pytest.approx([float(one) for one in values])
        assert found["slope"] == float(tape.gradient(values[-1], start))


def test_the_curves_are_the_stored_runs(words):
    stored = experiments.results("degradation").set_index(["variant", "seed"])
    made = [DegradationExplorer(network=n, seed=s) for n in ("plain", "residual") for s in (0, 2)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        runs = [
            stored.loc[(f"{explorer.network}, {place}", explorer.seed)]
            for place in ("shallow", "deep")
        ]
        assert explorer.compute() == {run["depth"]: run["loss"] for run in runs}
        expected = [
            number for run in runs for number in (run["loss"], run["depth"], run["accuracy"])
        ]
        assert numbers[1:] == pytest.approx(expected, rel=0.06)


def test_lesions_are_the_stored_runs(words):
    stored = experiments.results("degradation").set_index(["variant", "seed"])
    made = [LesionExplorer(depth=d, seed=s, unit=u) for d, s, u in (("20", 0, 8), ("44", 2, 20))]
    for explorer, numbers in zip(made, words(*made), strict=True):
        place = {"20": "shallow", "44": "deep"}[explorer.depth]
        runs = {
            network: stored.loc[(f"{network}, {place}", explorer.seed)]
            for network in ("plain", "residual")
        }
        pairs = {
            name: (run["accuracy"], run["without"][explorer.unit]) for name, run in runs.items()
        }
        assert explorer.compute() == pairs
        written = [explorer.seed, explorer.unit + 1, len(runs["plain"]["without"])]
        written += [value for pair in pairs.values() for value in reversed(pair)]
        assert numbers == pytest.approx(written, abs=0.051)
