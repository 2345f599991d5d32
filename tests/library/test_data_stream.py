import numpy as np

from cnnlib.data.stream import Stream


def test_uniform_numbers_are_the_generator_s_high_bits():
    words = np.random.PCG64(np.random.SeedSequence(3, spawn_key=(4,))).random_raw(6)
    expected = [(int(word) >> 11) / 2**53 for word in words]
    np.testing.assert_array_equal(Stream(3, 4).uniform(0, 1, 2, 3).reshape(-1), expected)


def test_uniform_numbers_fill_their_range():
    numbers = Stream(0).uniform(-2, 3, 10_000)
    assert numbers.min() >= -2
    assert numbers.max() < 3
    np.testing.assert_allclose(np.quantile(numbers, [0.2, 0.4, 0.6, 0.8]), [-1, 0, 1, 2], atol=0.1)


def test_integers_reach_every_value_below_each_limit():
    limits = np.repeat([1, 3, 7], 500)
    drawn = Stream(0).integers(limits, 1500).reshape(3, 500)
    assert [set(row.tolist()) for row in drawn] == [set(range(n)) for n in (1, 3, 7)]


def test_a_permutation_holds_every_number_once():
    permutation = Stream(0).permutation(1000)
    assert sorted(permutation.tolist()) == list(range(1000))
    assert np.abs(permutation - np.arange(1000)).mean() > 250


def test_another_key_is_another_stream():
    keys = [(0,), (0, 0), (1,), (0, 1), (1, 0), (2**32,), (2**80,), (0, 0, 1), (0, 1, 0)]
    assert len({Stream(*key).raw(1).item() for key in keys}) == len(keys)
    assert Stream(1, 2).raw(3).tolist() == Stream(1, 2).raw(3).tolist()
