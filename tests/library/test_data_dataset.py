import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlib.data import Dataset
from cnnlib.data.dataset import sizes, stratify
from cnnlib.data.stream import Stream


def test_sizes_are_those_of_the_notes():
    assert sizes(9032) == (1536, 1355)


@given(st.lists(st.integers(3, 60), min_size=2, max_size=8), st.integers(0, 5))
def test_every_image_is_in_one_part_and_every_part_holds_its_share_of_each_class(members, seed):
    labels = Stream(seed, 1).permutation(sum(members))
    labels = np.repeat(np.arange(len(members)), members)[labels]
    counts = sizes(len(labels))
    parts = stratify(labels, counts, Stream(seed))
    assert [len(part) for part in parts[1:]] == list(counts)
    assert sorted(np.concatenate(parts).tolist()) == list(range(len(labels)))
    for part in parts:
        share = len(part) / len(labels) * np.array(members)
        assert np.abs(np.bincount(labels[part], minlength=len(members)) - share).max() < 2


def test_the_parts_are_in_random_order_and_depend_on_the_seed():
    labels = np.repeat(np.arange(4), 100)
    first, again, other = (stratify(labels, (60, 40), Stream(seed)) for seed in (5, 5, 6))
    for part, same, different in zip(first, again, other, strict=True):
        np.testing.assert_array_equal(part, same)
        assert set(part) != set(different)
        assert 0.6 < np.mean(np.diff(labels[part]) != 0) < 0.9


def test_a_dataset_says_what_it_holds():
    images, labels = np.zeros((1200, 8, 6, 3), np.uint8), np.zeros(1200, np.int64)
    data = Dataset(images, labels, images[:30], labels[:30], images[:2], labels[:2], ("a", "b"))
    assert repr(data) == (
        "Dataset of 8x6x3 images: 1,200 to train, 30 to validate, 2 to test; 2 classes: a, b"
    )
    assert repr(data._replace(class_names=tuple("abcdefghijkl"))).endswith(
        "12 classes: a, b, c, d, e, f, g, h, i, j, ..."
    )


def test_a_dataset_unpacks_in_the_order_of_its_fields():
    fields = "x_train y_train x_val y_val x_test y_test class_names"
    assert Dataset._fields == tuple(fields.split())


def test_sizes_are_shares_of_the_count():
    for count in range(20, 400):
        val, test = sizes(count)
        assert test == pytest.approx(0.15 * count, abs=1)
        assert val == pytest.approx(0.17 * count, abs=1)
        assert count - val - test > count / 2
