"""What is particular to the VGG family."""

import keras
import numpy as np
import pytest
from architectures import EARLY
from building import kinds, without_weights
from keras import layers

import cnnlib
from cnnlib import models

NAMES = {"A": "VGG11", "B": "VGG13", "C": "VGG16C", "D": "VGG16", "E": "VGG19"}
FIGURES = {oracle.name: oracle for oracle in EARLY}


@pytest.mark.parametrize("column", NAMES)
def test_figures_of_a_column_are_the_published_ones(column):
    figures = FIGURES[NAMES[column]]
    analysis = cnnlib.analyze(without_weights(NAMES[column]))
    assert analysis.trainable_params == figures.params
    assert figures.macs in (None, analysis.macs)


@pytest.mark.parametrize(
    ("column", "weight_layers"), [("A", 11), ("B", 13), ("C", 16), ("D", 16), ("E", 19)]
)
def test_a_column_has_as_many_layers_with_weights(column, weight_layers):
    model = without_weights(NAMES[column])
    assert len(kinds(model, (layers.Conv2D, layers.Dense))) == weight_layers
    sizes = [layer.output.shape[1] for layer in kinds(model, layers.MaxPooling2D)]
    assert sizes == [112, 56, 28, 14, 7]


def test_only_column_c_has_1x1_convolutions_one_in_each_of_the_last_three_blocks():
    for column, name in NAMES.items():
        pointwise = [
            layer.name
            for layer in kinds(without_weights(name), layers.Conv2D)
            if layer.kernel_size == (1, 1)
        ]
        assert pointwise == [f"block{block}_conv3" for block in (3, 4, 5) if column == "C"]


def test_layers_are_named_after_the_blocks_and_dropout_follows_the_dense_layers():
    names = [layer.name for layer in without_weights("VGG11").layers]
    assert names[:4] == ["input", "block1_conv1", "block1_pool", "block2_conv1"]
    assert names[-8:] == [
        "block5_pool",
        "flatten",
        "fc1",
        "fc1_dropout",
        "fc2",
        "fc2_dropout",
        "fc",
        "softmax",
    ]


def test_the_receptive_field_of_16_layers_is_the_published_one():
    field = cnnlib.analyze(without_weights("VGG16", classes=0)).receptive_field()
    assert (field.size, field.stride, field.padding) == ((212, 212), (32, 32), (90, 90))


def test_the_body_computes_what_keras_applications_computes():
    shape = (48, 32, 3)
    theirs = keras.applications.VGG16(weights=None, include_top=False, input_shape=shape)
    ours = models.VGG16(input_shape=shape, classes=0)
    ours.set_weights(theirs.get_weights())
    images = np.random.default_rng(1).uniform(size=(2, *shape)).astype("float32")
    expected = np.asarray(theirs(images))
    assert expected.std() > 0
    np.testing.assert_allclose(ours(images), expected, rtol=1e-4, atol=1e-6 * expected.max())


def test_other_blocks_kernels_and_dense_layers_come_from_the_same_builder():
    model = models.VGG11(
        blocks=((4, (6, 5)), (8,), ((8, 7), 8)),
        dense=(12,),
        dropout=0,
        input_shape=(9, 8, 1),
        classes=3,
    )
    kernels = [layer.kernel.shape for layer in kinds(model, (layers.Conv2D, layers.Dense))]
    assert kernels == [
        (3, 3, 1, 4),
        (5, 5, 4, 6),
        (3, 3, 6, 8),
        (7, 7, 8, 8),
        (3, 3, 8, 8),
        (8, 12),
        (12, 3),
    ]
    assert not kinds(model, layers.Dropout)
    probabilities = model(np.ones((2, 9, 8, 1), "float32"))
    np.testing.assert_allclose(np.sum(probabilities, axis=1), 1, rtol=1e-5)


def test_the_body_takes_images_of_any_size_and_the_dense_layers_one():
    body = without_weights("VGG11", input_shape=(None, None, 3), classes=0)
    assert body.output_shape == (None, None, None, 512)
    small = without_weights("VGG11", input_shape=(32, 32, 1))
    assert small.get_layer("flatten").output.shape == (None, 512)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"input_shape": (31, 32, 3)}, ValueError, "`input_shape` .* at least 32"),
        ({"input_shape": (None, 32, 3)}, ValueError, "`input_shape` .* known"),
        ({"blocks": ()}, ValueError, "`blocks`"),
        ({"blocks": 5}, ValueError, "`blocks`"),
        ({"blocks": ((64,), 128)}, ValueError, r"`blocks\[1\]` must be a tuple"),
        ({"blocks": ((64,), ())}, ValueError, r"`blocks\[1\]` must be a tuple"),
        ({"blocks": (((64, 3, 1),),)}, ValueError, r"`blocks\[0\]` must hold"),
        ({"blocks": ((0,),)}, ValueError, r"`blocks\[0\]`"),
        ({"blocks": ((64.0,),)}, TypeError, r"`blocks\[0\]`"),
        ({"blocks": ((8,),), "dense": 64}, ValueError, "`dense`"),
        ({"blocks": ((8,),), "dense": (64, 0)}, ValueError, r"`dense\[1\]`"),
        ({"blocks": ((8,),), "dense": (64,), "dropout": 1}, ValueError, "`dropout`"),
        ({"blocks": ((8,),), "classes": -1}, ValueError, "`classes`"),
    ],
)
def test_wrong_options_are_named(options, error, message):
    with pytest.raises(error, match=rf"^{message}.*Received: "):
        models.VGG11(**({"input_shape": (32, 32, 3)} | options))
