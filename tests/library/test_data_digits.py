import numpy as np
from sklearn.datasets import load_digits

from cnnlib.data import load


def everything(data):
    images = np.concatenate([data.x_train, data.x_val, data.x_test])
    return images, np.concatenate([data.y_train, data.y_val, data.y_test])


def test_the_digits_are_scikit_learn_s():
    images, labels = everything(load("digits"))
    assert images.dtype == np.uint8
    assert labels.dtype == np.int64
    source = load_digits()
    expected = np.rint(source.images * 255 / 16).astype(int).reshape(-1, 64)
    assert sorted(zip(labels.tolist(), images.reshape(-1, 64).tolist(), strict=True)) == sorted(
        zip(source.target.tolist(), expected.tolist(), strict=True)
    )


def test_the_split_is_stratified_and_depends_on_the_seed():
    data, other = load("digits"), load("digits", seed=1)
    assert [len(y) for y in (data.y_train, data.y_val, data.y_test)] == [1221, 306, 270]
    for labels in (data.y_train, data.y_val, data.y_test):
        assert np.ptp(np.bincount(labels, minlength=10)) < 0.05 * len(labels)
    assert not np.array_equal(data.x_test, other.x_test)
    np.testing.assert_array_equal(data.x_test, load("digits", seed=0).x_test)


def test_enlarged_digits_are_the_same_digits_in_the_same_order():
    small, large = load("digits"), load("digits", size=32)
    assert large.x_val.shape == (306, 32, 32, 1)
    np.testing.assert_array_equal(small.y_val, large.y_val)
    blocks = large.x_val.reshape(306, 8, 4, 8, 4).mean(axis=(2, 4)).reshape(306, 1, 64)
    distances = np.abs(blocks - small.x_val.reshape(1, 306, 64)).sum(axis=2)
    np.testing.assert_array_equal(distances.argmin(axis=1), np.arange(306))
