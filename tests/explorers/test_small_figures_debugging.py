"""The small figures of "When training fails" draw what Keras and Python compute."""

import itertools
import math

import numpy as np
import pytest

from cnnlib import experiments
from cnnlib.experiments.failures import CURES, FAILURES, VARIANTS
from cnnlib.explorers import (
    BatchOfOneExplorer,
    ClippedScoresExplorer,
    ConstantGuessExplorer,
    DyingUnitExplorer,
    FadingSignalExplorer,
    FailureRunsExplorer,
    InputScaleExplorer,
    LossReadingExplorer,
    SortedBatchesExplorer,
    ValleyExplorer,
)
from cnnlib.explorers.batch_of_one import EPSILON, SUMS
from cnnlib.explorers.input_scale import LARGEST
from cnnlib.explorers.loss_reading import reading

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_a_constant_answer_costs_what_keras_says(words):
    settings = ((10, 10), (50, 10), (99, 10), (1, 90), (60, 75))
    made = [ConstantGuessExplorer(said=said, share=share) for said, share in settings]
    for explorer, numbers in zip(made, words(*made), strict=True):
        loss, least = explorer.compute()
        assert numbers == pytest.approx([explorer.said, explorer.share, loss, least], abs=6e-5)
        assert least <= loss + 1e-9
    assert made[0].compute() == pytest.approx((math.log(10), math.log(10)))


def test_a_unit_learns_and_dies_as_in_keras(words):
    settings = [(0.5, 0, 0.0), (0.5, 20, 0.0), (1.4, 7, 0.0), (1.5, 4, 0.0), (1.5, 25, 0.2)]
    made = [DyingUnitExplorer(rate=r, step=n, leak=leak) for r, n, leak in settings]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        assert numbers[0] == explorer.step
        wanted = [found[name] for name in ("weight", "bias", "loss", "gradient")]
        assert numbers[1:5] == pytest.approx(wanted, rel=6e-3, abs=2e-6)


def test_only_too_large_a_step_kills_the_unit_for_good():
    for rate in (0.1, 0.5, 1.0, 1.4):
        assert DyingUnitExplorer(rate=rate, step=20).compute()["alive"] == 8
    for rate in (1.5, 2.0, 3.0):
        found = DyingUnitExplorer(rate=rate, step=1).compute()
        assert (found["alive"], found["gradient"]) == (0, 0)


def test_two_weights_go_where_keras_takes_them(words):
    settings = [(0.1, 3, 20), (0.02, 10, 50), (1.0, 1, 1), (0.25, 3, 6)]
    made = [ValleyExplorer(rate=r, input=a, step=n) for r, a, n in settings]
    for explorer, numbers in zip(made, words(*made), strict=True):
        one, other = explorer.compute()[-1]
        loss = (one**2 + (explorer.input * other) ** 2) / 2
        wanted = [explorer.step, one, other, loss, 2 / explorer.input**2]
        assert numbers[:5] == pytest.approx(wanted, rel=6e-3, abs=1e-6)


@pytest.mark.parametrize("input", [1, 3, 10])
def test_below_twice_the_inverse_square_the_loss_falls_and_above_it_rises(input):
    def losses(rate):
        places = ValleyExplorer(rate=rate, input=input, step=5).compute()
        return [(one**2 + (input * other) ** 2) / 2 for one, other in places]

    limit = 2 / input**2
    falling, rising = losses(0.98 * limit), losses(1.05 * limit)
    assert all(one > other for one, other in itertools.pairwise(falling))
    assert rising[-1] > rising[0]


def test_loss_and_gradient_by_the_scale_are_those_of_tensorflow(words):
    made = [InputScaleExplorer(scale=one) for one in LARGEST]
    for explorer, numbers in zip(made, words(*made), strict=True):
        loss, gradient = explorer.compute()
        assert numbers[1:3] == pytest.approx([loss, gradient], rel=6e-3)
        assert numbers[4] == pytest.approx(
            100 * 0.01 * gradient / explorer.given["weights"], rel=6e-3
        )


def test_scores_behind_a_relu_are_pushed_as_in_tensorflow(words):
    settings = list(itertools.product((-4.0, -1.0, 0.0, 0.5, 3.0), (False, True)))
    made = [ClippedScoresExplorer(score=score, relu=relu) for score, relu in settings]
    for explorer, numbers in zip(made, words(*made), strict=True):
        probability, push = explorer.compute()
        wanted = [100 * probability, -math.log(probability), push]
        assert numbers[-3:] == pytest.approx(wanted, abs=0.051)
        assert (push == 0) == (explorer.relu and explorer.score <= 0)


def test_what_is_left_of_a_batch_is_what_keras_leaves(words):
    settings = [(8, 1), (1, 1), (1, 13), (16, 9), (4, 15)]
    made = [BatchOfOneExplorer(batch=batch, picture=picture) for batch, picture in settings]
    for explorer, numbers in zip(made, words(*made), strict=True):
        start = explorer.picture - 1
        chosen = [SUMS[(start + i) % 16] for i in range(explorer.batch)]
        left = (chosen[0] - np.mean(chosen)) / math.sqrt(np.var(chosen) + EPSILON)
        assert explorer.compute() == pytest.approx(left, abs=1e-5)
        wanted = [chosen[0], np.mean(chosen), np.std(chosen), left]
        assert numbers[-4:] == pytest.approx(wanted, abs=0.0051)
    assert [one.compute() for one in made[1:3]] == [0, 0]


def test_a_signal_grows_and_fades_as_the_weights_say(shown):
    settings = [(1.0, 50), (0.5, 20), (1.5, 20), (0.8, 10), (1.3, 0)]
    made = [FadingSignalExplorer(size=size, layers=layers) for size, layers in settings]
    _, boxes = shown(*made)
    for explorer, box in zip(made, boxes, strict=True):
        said = box.get_by_role("status").inner_text().split(" is ")[1].split(" times")[0]
        digits, _, power = said.replace(",", "").partition("·10")
        ups = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
        assert float(digits) * 10.0 ** int(ups or 0) == pytest.approx(explorer.compute(), rel=0.06)


@pytest.mark.parametrize("size", [0.8, 1.0, 1.2])
def test_random_layers_multiply_a_signal_by_that_much(size):
    rng = np.random.default_rng(0)
    factors = []
    for _ in range(20):
        signal = start = rng.normal(size=512)
        for _ in range(8):
            weights = rng.normal(size=(512, 512)) * size * math.sqrt(2 / 512)
            signal = np.maximum(signal @ weights, 0)
        factors.append(np.mean(signal**2) / np.mean(start**2))
    expected = FadingSignalExplorer(size=size, layers=8).compute()
    assert math.sqrt(np.mean(factors)) == pytest.approx(expected, rel=0.1)


def test_batches_hold_the_classes_that_python_counts(words):
    settings = [(1, 20, False), (3, 20, False), (8, 100, True), (1, 20, True), (60, 55, True)]
    made = [SortedBatchesExplorer(step=s, batch=b, shuffled=on) for s, b, on in settings]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[-10:] == explorer.compute().tolist()
        assert sum(numbers[-10:]) == explorer.batch


@pytest.mark.parametrize("failure", FAILURES)
def test_runs_are_those_that_were_stored(failure, words):
    stored = experiments.results("failures").set_index(["variant", "seed"])
    for seed in (0, 4):
        explorer = FailureRunsExplorer(failure=failure, seed=seed)
        pair = [stored.loc[name, seed] for name in (failure, CURES.get(failure, "healthy"))]
        assert explorer.compute() == tuple(one["accuracy"] for one in pair)
        (numbers,) = words(explorer)
        assert numbers[:3] == pytest.approx([seed, *(one["accuracy"] for one in pair)], abs=0.051)
        assert numbers[-2:] == pytest.approx([one["dead"] for one in pair], rel=6e-3)


@pytest.mark.parametrize("failure", FAILURES)
def test_layers_stand_from_the_first_to_the_last(failure, shown):
    _, (box,) = shown(FailureRunsExplorer(failure=failure))
    names = box.locator("svg .cnn-axis").all_text_contents()
    layers = [name for name in names if name.startswith(("conv", "hidden", "digit"))]
    assert layers[-1] == "digit"
    assert layers[:-1] == sorted(layers[:-1])
    assert len(layers) in (4, 8)


def test_a_line_of_equal_loss_ends_where_the_picture_does(shown):
    _, (box,) = shown(ValleyExplorer(input=1))
    lines = box.locator("svg path.cnn-stroke").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('d'))"
    )
    parts = [path.count("M") for path in lines]
    assert parts[0] == 1  # a whole circle
    assert max(parts) > 2  # pieces of one that is too large, not joined along the edge


def test_every_failure_has_its_cure_among_the_variants():
    assert {CURES.get(name, "healthy") for name in FAILURES} | set(FAILURES) == set(VARIANTS)


READINGS = {
    "near guessing, as it should. It still guesses": (10, 2.3, 2.3, 10, 10),
    "far above guessing": (10, 122.0, 2.3, 10, 10),
    "far below guessing": (100, 1.0, 0.1, 99, 98),
    "rises": (10, 2.4, 50.0, 12, 11),
    "does not carry over": (10, 2.4, 0.5, 90, 9),
    "by heart": (10, 2.4, 0.01, 100, 70),
    "not yet well": (10, 2.4, 1.2, 60, 58),
    "It learns.": (2, 0.7, 0.1, 98, 96),
}


def test_numbers_are_read_in_the_page_as_in_python(shown):
    names = ("classes", "first", "last", "taught", "new")
    made = [LossReadingExplorer(**dict(zip(names, one, strict=True))) for one in READINGS.values()]
    page, boxes = shown(*made)
    assert page.errors == []
    for explorer, box, part in zip(made, boxes, READINGS, strict=True):
        said = box.get_by_role("status").inner_text()
        assert said == " ".join(explorer.compute())
        assert part in said


def test_the_reading_changes_at_guessing():
    at = [reading(10, 2.3, loss, 50, 45)[1] for loss in (2.3, 2.08, 2.06)]
    assert at[0] == at[1] != at[2]
