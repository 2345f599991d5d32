"""What `input_shape` may be, and what is said where it is wrong."""

import keras
import numpy as np
import pytest
from keras import layers

from cnnlib.analysis.graph import walk


def shapes(model, **options):
    return [step.outputs[0].shape for step in walk(model, **options).steps]


def test_a_sequential_model_without_input_takes_a_shape():
    model = keras.Sequential([layers.Conv2D(2, 3, name="conv"), layers.Flatten(name="flat")])
    with pytest.raises(ValueError, match=r"^`input_shape` is needed.*Received: None$"):
        walk(model)
    assert shapes(model, input_shape=(5, 5, 1)) == [(1, 3, 3, 2), (1, 18)]
    model.build((None, 5, 5, 1))
    assert shapes(model) == [(1, 3, 3, 2), (1, 18)]


def open_model():
    return keras.Sequential(
        [layers.Input((None, None, 1), name="image"), layers.Conv2D(3, 5), layers.MaxPooling2D(2)]
    )


@pytest.mark.parametrize("given", [(6, 6, 1), [6, 6, 1], [(6, 6, 1)], {"image": (6, 6, 1)}])
def test_open_sizes_get_the_given_ones(given):
    assert shapes(open_model(), input_shape=given) == [(1, 2, 2, 3), (1, 1, 1, 3)]
    assert shapes(open_model(), input_shape=(np.int64(6), 6, 1))[0] == (1, 2, 2, 3)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (None, ValueError),
        ((6, 6), ValueError),
        ((6, 6, 2), ValueError),
        ((4, 4, 1), ValueError),
        ((5, 5, 1), ValueError),
        ((0, 6, 1), ValueError),
        ((6, -6, 1), ValueError),
        ((), ValueError),
        ([(6, 6, 1), (6, 6, 1)], ValueError),
        ({"picture": (6, 6, 1)}, ValueError),
        ((6.0, 6, 1), TypeError),
        ((True, 6, 1), TypeError),
        ((None, 6, 1), TypeError),
        ("6x6x1", TypeError),
        (6, TypeError),
    ],
)
def test_a_wrong_input_shape_is_one_clear_error(given, error):
    with pytest.raises(error, match=r"^`input_shape` [^\n]*Received: [^\n]+$"):
        walk(open_model(), input_shape=given)


def test_a_shape_that_empties_a_tensor_is_too_small():
    inputs = keras.Input((None, 2))
    model = keras.Model(inputs, inputs[:, 4:])
    assert shapes(model, input_shape=(5, 2)) == [(1, 1, 2)]
    with pytest.raises(ValueError, match=r"^`input_shape` .*empty.*Received: \[\(1, 4, 2\)\]"):
        walk(model, input_shape=(4, 2))


@pytest.mark.parametrize("thing", [layers.Dense(3), keras.Model, None, "VGG16"])
def test_what_is_no_model_is_refused(thing):
    with pytest.raises(TypeError, match=r"^`model` must be a keras.Model. Received: "):
        walk(thing)


@pytest.mark.parametrize(("batch", "error"), [(0, ValueError), (1.5, TypeError)])
def test_a_wrong_batch_size_is_refused(batch, error):
    with pytest.raises(error, match=r"^`batch_size` .*Received: "):
        walk(open_model(), batch, (6, 6, 1))
