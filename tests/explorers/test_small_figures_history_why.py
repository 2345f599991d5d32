"""The small figures of the first two chapters draw what Python computes."""

import numpy as np
import pytest

from cnnlib.explorers import (
    EvenWindowExplorer,
    FitExplorer,
    GradientExplorer,
    ImpulseExplorer,
    InvarianceExplorer,
    LearningCurvesExplorer,
    SharingExplorer,
    SharpeningExplorer,
    ShuffleExplorer,
)

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_a_gradient_has_the_answers_of_sobels_filters(words):
    made = [GradientExplorer(angle=angle) for angle in range(-180, 181, 45)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[0] == explorer.angle
        assert numbers[1:] == pytest.approx(explorer.compute(), abs=0.0051)


def test_dots_get_what_tensorflow_gives(words):
    made = [
        ImpulseExplorer(kernel=kernel, dots=dots, row=row, column=column)
        for kernel in ("corner", "edges", "mean")
        for dots, row, column in ((1, 3, 4), (1, 0, 8), (2, 6, 2), (3, 5, 4))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        _, answers = explorer.compute()
        assert numbers[-3] == np.count_nonzero(abs(answers) > 1e-6)
        assert numbers[-1] == pytest.approx(abs(answers).max(), abs=0.0051)


def test_a_window_moves_a_dot_as_in_python(words):
    made = [EvenWindowExplorer(size=size, layers=n) for size in range(1, 12) for n in (1, 4)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        row = explorer.compute()
        assert row.sum() == pytest.approx(1)
        assert numbers[-2] == pytest.approx(row @ np.arange(len(row)), abs=0.051)
        assert numbers[-1] == pytest.approx((explorer.size % 2 == 0) * explorer.layers / 2)


def test_a_kernel_has_the_weights_and_neurons_that_keras_counts(words):
    made = [SharingExplorer(kernel=kernel) for kernel in range(1, 9)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        weights, neurons, dense = explorer.compute()
        assert numbers[2:4] == [weights, neurons]
        assert dense == 64 * neurons


def test_a_shuffled_digit_gets_the_answers_of_python(words):
    made = [ShuffleExplorer(digit=n, shuffled=on) for n in range(10) for on in (False, True)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        answer, window = explorer.compute()
        assert [numbers[1], numbers[-1]] == pytest.approx([answer, window], abs=0.0051)


def test_a_fit_has_the_errors_of_numpys(words):
    made = [
        FitExplorer(examples=examples, parameters=parameters)
        for examples, parameters in ((8, 8), (8, 4), (40, 8), (12, 1), (20, 7))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[-2:] == pytest.approx(explorer.compute(), abs=0.0051)


def test_curves_need_the_pictures_that_the_experiment_counted(words):
    from cnnlib import experiments

    made = [
        LearningCurvesExplorer(pixels=pixels, right=right)
        for pixels, right in (("whole", 90), ("whole", 80), ("anywhere", 40), ("anywhere", 30))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[1:3] == pytest.approx(list(explorer.compute().values()), abs=0.51)
    stored = experiments.results("shuffled_pixels").groupby("variant")["needed"].mean()
    assert made[0].compute()["dense"] == pytest.approx(2 ** stored["dense"], abs=0.1)
    assert LearningCurvesExplorer(pixels="anywhere", right=90).compute()["dense"] is None


def test_what_was_not_measured_is_not_read_off(shown):
    shuffled = LearningCurvesExplorer(pixels="shuffled", right=90)
    assert set(shuffled.compute().values()) == {None}
    easy = LearningCurvesExplorer(pixels="whole", right=20)
    assert list(easy.compute().values()) == pytest.approx([40, 40])
    _, boxes = shown(shuffled, easy)
    unmeasured, bound = (box.get_by_role("status").inner_text() for box in boxes)
    assert "enough for 90 % right was not measured" in unmeasured
    assert "dense at most 40 pictures, convolutional at most 40 pictures" in bound


def test_a_thing_that_moves_has_the_answers_of_python(words):
    made = [InvarianceExplorer(place=n, window=w) for n in (0, 8, 31) for w in (1, 5, 8, 32)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[-3:] == pytest.approx(explorer.compute(), abs=0.0051)


def test_detail_is_added_as_in_tensorflow(words):
    made = [SharpeningExplorer(amount=amount) for amount in (-1.0, 0.0, 1.5, 4.0)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        sharpened = explorer.compute()
        beyond = ((sharpened < -1e-6) | (sharpened > 1 + 1e-6)).mean()
        assert numbers[0] == abs(explorer.amount)
        assert numbers[-1] == pytest.approx(100 * beyond, abs=0.51)
