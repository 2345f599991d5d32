"""What is particular to SqueezeNet."""

import math

import keras
import numpy as np
import pytest
from building import kinds, without_weights
from keras import layers

import cnnlib
from cnnlib import models
from cnnlib.models.squeezenet import FIRES


def weights(model, name):
    """Return the weights, biases left out, of the convolutions whose names start so."""
    return sum(
        math.prod(layer.kernel.shape)
        for layer in kinds(model, layers.Conv2D)
        if layer.name.startswith(name)
    )


@pytest.mark.parametrize(
    ("name", "params", "macs"),
    [("SqueezeNet", 1_248_424, 818_924_576), ("SqueezeNet11", 1_235_496, 349_151_936)],
)
def test_figures_are_the_published_ones(name, params, macs):
    analysis = cnnlib.analyze(without_weights(name))
    assert (analysis.trainable_params, analysis.macs) == (params, macs)


# Iandola et al. 2016, table 1, parameters before pruning, which include biases.
@pytest.mark.parametrize(
    ("layer", "params"),
    [
        ("conv1", 14_208),
        ("fire2", 11_920),
        ("fire3", 12_432),
        ("fire4", 45_344),
        ("fire5", 49_440),
        ("fire6", 104_880),
        ("fire7", 111_024),
        ("fire8", 188_992),
        ("fire9", 197_184),
        ("conv10", 513_000),
    ],
)
def test_parameters_of_a_row_are_those_of_table_1(layer, params):
    rows = cnnlib.analyze(without_weights("SqueezeNet")).layers
    assert sum(row.params for row in rows if row.name.split("_")[0] == layer) == params


@pytest.mark.parametrize(
    ("name", "sizes"), [("SqueezeNet", (109, 54, 27, 13)), ("SqueezeNet11", (111, 55, 27, 13))]
)
def test_sizes_round_up_in_pooling_as_in_the_authors_code(name, sizes):
    model = without_weights(name)
    pooled = [layer.output.shape[1] for layer in kinds(model, layers.MaxPooling2D)]
    assert (model.get_layer("conv1").output.shape[1], *pooled) == sizes


@pytest.mark.parametrize("size", range(2, 9))
def test_pooling_takes_the_maximum_of_the_windows_that_start_within_reach(size):
    model = models.SqueezeNet(
        stem=(2, 1),
        pools=("conv1",),
        fires={"fire2": (1, 1, 1)},
        input_shape=(2 * size, 2 * size, 1),
        classes=0,
    )
    body = keras.Model(
        model.input, [model.get_layer("conv1").output, model.get_layer("conv1_pool").output]
    )
    images = np.random.default_rng(size).normal(size=(1, 2 * size, 2 * size, 1))
    maps, pooled = (np.asarray(output) for output in body(images))
    starts = range(0, 2 * math.ceil((size - 3) / 2) + 1, 2)
    expected = [[maps[0, i : i + 3, j : j + 3].max((0, 1)) for j in starts] for i in starts]
    np.testing.assert_array_equal(pooled[0], expected)


def test_fire_modules_are_those_of_table_1_whatever_the_version():
    for name in ("SqueezeNet", "SqueezeNet11"):
        model = without_weights(name)
        for fire, widths in FIRES.items():
            parts = ("squeeze", "expand_1x1", "expand_3x3")
            assert widths == tuple(model.get_layer(f"{fire}_{part}").filters for part in parts)
            assert model.get_layer(fire).output.shape[-1] == widths.expand1 + widths.expand3


def test_no_layer_is_dense():
    model = without_weights("SqueezeNet")
    assert not kinds(model, layers.Dense)
    assert [layer.name for layer in model.layers[-4:]] == [
        "dropout",
        "conv10",
        "avg_pool",
        "softmax",
    ]


def test_simple_bypass_joins_every_second_module_and_has_no_weights():
    plain, simple = (without_weights("SqueezeNet", bypass=kind) for kind in (None, "simple"))
    adds = kinds(simple, layers.Add)
    assert [layer.name for layer in adds] == [f"fire{n}_add" for n in (3, 5, 7, 9)]
    for layer in adds:
        fire = layer.name.removesuffix("_add")
        assert layer.input[0] is simple.get_layer(f"{fire}_squeeze").input
        assert layer.input[1] is simple.get_layer(fire).output
    assert simple.count_params() == plain.count_params()


def test_complex_bypass_joins_the_other_modules_through_1x1_convolutions():
    model = without_weights("SqueezeNet", bypass="complex")
    assert [layer.name for layer in kinds(model, layers.Add)] == [f"{fire}_add" for fire in FIRES]
    bypasses = [layer for layer in kinds(model, layers.Conv2D) if "bypass" in layer.name]
    assert [layer.kernel.shape for layer in bypasses] == [
        (1, 1, 96, 128),
        (1, 1, 128, 256),
        (1, 1, 256, 384),
        (1, 1, 384, 512),
    ]


def test_other_fire_modules_come_from_the_same_builder():
    model = models.SqueezeNet(
        stem=(4, 3),
        pools=("fire3",),
        fires={"fire2": (2, 3, 5), "fire3": (3, 8, 1)},
        input_shape=(9, 12, 1),
        classes=3,
    )
    assert weights(model, "fire2") == 4 * 2 + 2 * 3 + 9 * 2 * 5
    assert model.get_layer("fire3_pool").output.shape == (None, 2, 2, 9)
    probabilities = model(np.ones((2, 9, 12, 1), "float32"))
    np.testing.assert_allclose(np.sum(probabilities, axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize(("name", "least"), [("SqueezeNet", 21), ("SqueezeNet11", 17)])
def test_the_least_input_leaves_one_pixel(name, least):
    body = without_weights(name, input_shape=(least, least, 1), classes=0)
    assert body.output_shape == (None, 1, 1, 512)
    with pytest.raises(ValueError, match=rf"^`input_shape` .* at least {least}\. Received: "):
        models.build(name, input_shape=(least, least - 1, 1))


def test_height_and_width_may_stay_open():
    model = without_weights("SqueezeNet11", input_shape=(None, None, 3))
    assert model.output_shape == (None, 1000)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"stem": 96}, ValueError, "`stem` must be a pair"),
        ({"stem": (96, 0)}, ValueError, "`stem`"),
        ({"stem": (96.0, 7)}, TypeError, "`stem`"),
        ({"pools": "conv1"}, ValueError, "`pools`"),
        ({"pools": ("conv2",)}, ValueError, "`pools` must be some of conv1, fire2"),
        ({"fires": ((16, 64, 64),)}, ValueError, "`fires`"),
        ({"fires": {"fire2": (16, 64)}}, ValueError, "`fires`"),
        ({"fires": {"fire2": (0, 64, 64)}}, ValueError, r"`fires\['fire2'\]`"),
        ({"bypass": "gated"}, ValueError, "`bypass` must be None"),
        ({"classes": -1}, ValueError, "`classes`"),
    ],
)
def test_wrong_options_are_named(options, error, message):
    with pytest.raises(error, match=rf"^{message}.*Received: "):
        models.SqueezeNet(**options)
