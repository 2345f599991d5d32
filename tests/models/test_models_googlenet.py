"""What is particular to GoogLeNet."""

import functools
import itertools
import math

import keras
import numpy as np
import pytest
import tensorflow as tf
from building import without_weights
from keras import layers

import cnnlib
from cnnlib import models
from cnnlib.models.googlenet import MODULES

# Szegedy et al. 2015, table 1: thousands of parameters and millions of multiply-adds.
TABLE = {
    "conv1": (2.7, 34),
    "conv2": (112, 360),
    "inception_3a": (159, 128),
    "inception_3b": (380, 304),
    "inception_4a": (364, 73),
    "inception_4b": (437, 88),
    "inception_4c": (463, 100),
    "inception_4d": (580, 119),
    "inception_4e": (840, 170),
    "inception_5a": (1072, 54),
    "inception_5b": (1388, 71),
    "fc": (1000, 1),
}


googlenet = functools.partial(without_weights, "GoogLeNet")


def row(model, prefix):
    """Return the layers with weights of a row of table 1."""
    return [
        layer
        for layer in model.layers
        if isinstance(layer, (layers.Conv2D, layers.Dense)) and layer.name.startswith(prefix)
    ]


def weights(model, prefix):
    """Return a row's weights, biases left out."""
    return sum(math.prod(layer.kernel.shape) for layer in row(model, prefix))


def macs(model, prefix):
    names = {layer.name for layer in row(model, prefix)}
    return sum(layer.macs for layer in cnnlib.analyze(model).layers if layer.name in names)


def test_figures_are_the_published_ones():
    analysis = cnnlib.analyze(googlenet())
    assert (analysis.trainable_params, analysis.macs) == (6_998_552, 1_582_671_872)


def test_auxiliary_classifiers_double_the_parameters():
    plain, auxiliary = (googlenet(auxiliary=choice) for choice in (False, True))
    assert cnnlib.analyze(auxiliary).trainable_params == 13_378_280
    added = {
        module: sum(
            layer.count_params()
            for layer in auxiliary.layers
            if layer.name.startswith(f"auxiliary_{module}")
        )
        for module in ("4a", "4d")
    }
    assert added == {"4a": 3_188_840, "4d": 3_190_888}
    assert {layer.name for layer in plain.layers} < {layer.name for layer in auxiliary.layers}


def test_weights_of_table_1_are_reproduced_in_three_rows_alone():
    model = googlenet()
    off = {name: abs(weights(model, name) / 1024 - rounded) for name, (rounded, _) in TABLE.items()}
    assert [name for name in TABLE if off[name] <= 0.5] == ["conv2", "inception_3a", "fc"]


def test_multiply_adds_of_table_1_are_reproduced_but_for_two_rows():
    model = googlenet()
    off = {name: abs(macs(model, name) / 1e6 - rounded) for name, (_, rounded) in TABLE.items()}
    assert [name for name in TABLE if off[name] >= 1] == ["conv1", "inception_5a"]


def test_the_first_row_of_table_1_is_a_depthwise_and_a_1x1_convolution():
    separable = keras.Sequential(
        [
            keras.Input((224, 224, 3)),
            layers.DepthwiseConv2D(7, 2, "same", depth_multiplier=8, use_bias=False),
            layers.Conv2D(64, 1, use_bias=False),
        ]
    )
    analysis = cnnlib.analyze(separable)
    thousands, millions = TABLE["conv1"]
    assert round(analysis.params / 1e3, 1) == thousands
    assert round(analysis.macs / 1e6) == millions
    assert weights(googlenet(), "conv1") == 9_408


def test_a_module_concatenates_branches_with_the_maps_of_table_1():
    model = googlenet()
    for module, maps in MODULES.items():
        name = f"inception_{module}"
        parts = ("1x1", "3x3_reduce", "3x3", "5x5_reduce", "5x5", "pool_proj")
        assert maps == tuple(model.get_layer(f"{name}_{part}").filters for part in parts)
        joined = [model.get_layer(f"{name}_{part}").output for part in parts if "red" not in part]
        assert all(
            one is other for one, other in zip(model.get_layer(name).input, joined, strict=True)
        )


def test_output_sizes_and_maps_are_those_of_table_1():
    model = googlenet()
    shapes = {
        "conv1": (112, 64),
        "pool1": (56, 64),
        "conv2": (56, 192),
        "pool2": (28, 192),
        "inception_3a": (28, 256),
        "inception_3b": (28, 480),
        "pool3": (14, 480),
        "inception_4a": (14, 512),
        "inception_4b": (14, 512),
        "inception_4c": (14, 512),
        "inception_4d": (14, 528),
        "inception_4e": (14, 832),
        "pool4": (7, 832),
        "inception_5a": (7, 832),
        "inception_5b": (7, 1024),
    }
    assert shapes == {name: model.get_layer(name).output.shape[2:] for name in shapes}
    assert model.get_layer("avg_pool").output.shape == (None, 1024)
    assert model.get_layer("dropout").rate == 0.4


def test_22_layers_with_weights_lie_on_the_longest_path():
    model = googlenet()
    depths = {id(model.input): 0}
    for layer in model.layers[1:]:
        inputs = layer.input if isinstance(layer.input, list) else [layer.input]
        below = max(depths[id(tensor)] for tensor in inputs)
        depths[id(layer.output)] = below + isinstance(layer, (layers.Conv2D, layers.Dense))
    assert depths[id(model.output)] == 22


def test_two_normalizations_stand_around_the_second_convolution():
    names = [layer.name for layer in googlenet().layers]
    order = ["pool1", "norm1", "conv2_reduce", "conv2", "norm2", "pool2"]
    assert names[names.index("pool1") : names.index("pool2") + 1] == order


def test_the_receptive_field_is_the_published_one_and_branches_share_centres():
    field = cnnlib.analyze(googlenet()).receptive_field("inception_5b")
    assert (field.size, field.stride, field.aligned) == ((715, 715), (32, 32), True)


def test_auxiliary_classifiers_stand_on_4x4_maps_of_4a_and_4d():
    model = googlenet(auxiliary=True)
    for module, maps in (("4a", 512), ("4d", 528)):
        pool = model.get_layer(f"auxiliary_{module}_pool")
        assert pool.input is model.get_layer(f"inception_{module}").output
        assert pool.output.shape == (None, 4, 4, maps)
    assert [output.shape for output in model.outputs] == [(None, 1000)] * 3


def test_auxiliary_losses_reach_the_layers_below_their_classifiers_alone():
    model = models.GoogLeNet(auxiliary=True, width=0.1, input_shape=(65, 65, 1), classes=4)
    images = np.random.default_rng(2).uniform(size=(4, 65, 65, 1))
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.math.log(model(images)[1][:, 0]))
    kernels = [layer.kernel for layer in row(model, "")]
    gradients = tape.gradient(loss, kernels)
    reached = {
        layer.name
        for layer, gradient in zip(row(model, ""), gradients, strict=True)
        if gradient is not None
    }
    below = {
        layer.name
        for prefix in ("conv", "inception_3", "inception_4a", "auxiliary_4a")
        for layer in row(model, prefix)
    }
    assert reached == below


def test_width_scales_the_maps_of_every_convolution():
    narrow, full = googlenet(width=0.25, input_shape=(32, 32, 3)), googlenet()
    for one, other in itertools.zip_longest(row(narrow, ""), row(full, "")):
        if isinstance(one, layers.Conv2D):
            assert one.filters == other.filters / 4


def test_sizes_may_stay_open_and_start_at_32_or_65_pixels():
    body = googlenet(input_shape=(None, None, 3), classes=0)
    assert body.output_shape == (None, None, None, 1024)
    assert googlenet(input_shape=(32, 32, 1), classes=0).output_shape == (None, 1, 1, 1024)
    heads = googlenet(auxiliary=True, input_shape=(65, 65, 1))
    assert heads.get_layer("auxiliary_4a_pool").output.shape == (None, 1, 1, 512)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"input_shape": (32, 31, 3)}, ValueError, "`input_shape` .* at least 32"),
        (
            {"input_shape": (64, 65, 3), "auxiliary": True},
            ValueError,
            "`input_shape` .* at least 65",
        ),
        (
            {"input_shape": (None, 65, 3), "auxiliary": True},
            ValueError,
            "`input_shape` .* known",
        ),
        ({"auxiliary": True, "classes": 0}, ValueError, "`classes` must be at least 1"),
        ({"auxiliary": 1}, TypeError, "`auxiliary`"),
        ({"width": 0}, ValueError, "`width`"),
        ({"classes": 2.5}, TypeError, "`classes`"),
    ],
)
def test_wrong_options_are_named(options, error, message):
    with pytest.raises(error, match=rf"^{message}.*Received: "):
        models.GoogLeNet(**options)
