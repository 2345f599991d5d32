import math

import numpy as np
import pytest

from cnnlib.intervals import mean_interval


def test_the_interval_of_normal_values_is_near_that_of_theory():
    values = np.random.default_rng(1).normal(5, 2, 400)
    low, high = mean_interval(values)
    half = 1.96 * values.std() / 20
    assert low == pytest.approx(values.mean() - half, abs=0.02)
    assert high == pytest.approx(values.mean() + half, abs=0.02)


def test_more_confidence_takes_a_wider_interval_and_the_same_values_give_the_same():
    values = [1.0, 2.0, 4.0, 8.0, 16.0]
    low, high = mean_interval(values, 0.99)
    narrow = mean_interval(values, 0.5)
    assert low < narrow[0] < np.mean(values) < narrow[1] < high
    assert narrow == mean_interval(values, 0.5)


def test_equal_values_leave_no_doubt_and_a_missing_one_no_answer():
    assert mean_interval([3, 3, 3]) == (3, 3)
    assert all(map(math.isnan, mean_interval([1, math.nan, 2])))


@pytest.mark.parametrize(
    ("values", "confidence", "name"),
    [([], 0.95, "values"), ([[1, 2]], 0.95, "values"), ([1, 2], 1, "confidence")],
)
def test_wrong_arguments_are_named(values, confidence, name):
    with pytest.raises(ValueError, match=rf"^`{name}` .*Received: "):
        mean_interval(values, confidence)
