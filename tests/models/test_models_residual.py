"""What is particular to the families of residual and dense units."""

import functools
import itertools

import keras
import numpy as np
import pytest
from building import kinds, without_weights
from keras import layers

import cnnlib
from cnnlib import models
from cnnlib.models.senet import squeeze_excite

RNG = np.random.default_rng(3)


@functools.cache
def body(name, *options):
    """Build without weights, for tests that look at the graph only."""
    return without_weights(name, **dict(options), classes=0)


@pytest.fixture(autouse=True, scope="module")
def _fresh_session():
    yield
    body.cache_clear()
    keras.utils.clear_session(free_memory=False)


def convolutions(model):
    """Return the convolutions that a depth counts: not those on shortcuts."""
    found = kinds(model, (layers.Conv2D, layers.SeparableConv2D))
    return [layer for layer in found if "shortcut" not in layer.name]


@pytest.mark.parametrize(
    ("name", "options", "depth"),
    [
        ("ResNet18", (), 18),
        ("ResNet34", (), 34),
        ("ResNet50", (), 50),
        ("ResNet152", (), 152),
        ("ResNetCIFAR", (("depth", 32),), 32),
        ("ResNeXtCIFAR", (), 29),
        ("DenseNet121", (), 121),
        ("DenseNetCIFAR", (), 40),
        ("PyramidNet", (("depth", 20),), 20),
        ("HighwayNet", (("gates", False),), 10),
    ],
)
def test_depth_counts_convolutions_and_the_dense_layer(name, options, depth):
    assert len(convolutions(body(name, *options))) + 1 == depth


def test_depth_of_a_wide_resnet_counts_convolutions_and_shortcuts():
    assert len(kinds(body("WideResNet"), layers.Conv2D)) == 28


def test_senet_154_has_as_many_layers_with_weights():
    assert len(convolutions(body("SENet154"))) + 1 == 154


@pytest.mark.parametrize(
    ("version", "strided"),
    [("v1", "conv3_1_conv1"), ("v1.5", "conv3_1_conv2"), ("v2", "conv3_1_conv2")],
)
def test_a_version_says_which_convolution_has_the_stride(version, strided):
    names = {
        layer.name
        for layer in convolutions(body("ResNet50", ("version", version)))
        if layer.strides == (2, 2) and layer.name.startswith("conv3")
    }
    assert names == {strided}


# Araujo, Norris & Sim 2019: the first two at 224x224, the sizes of torchvision's layout.
@pytest.mark.parametrize(
    ("name", "options", "size", "padding"),
    [
        ("ResNet50", (), 483, 239),
        ("ResNet152", (), 1507, 751),
        ("ResNet18", (), 435, None),
        ("ResNet34", (), 899, None),
        ("ResNet50", (("version", "v1.5"),), 427, None),
    ],
)
def test_receptive_fields_are_the_published_ones_and_branches_share_centres(
    name, options, size, padding
):
    field = cnnlib.analyze(body(name, *options)).receptive_field()
    assert (field.size, field.stride) == ((size, size), (32, 32))
    assert field.aligned
    assert padding is None or field.padding == (padding, padding)


def test_the_plain_network_lacks_shortcuts_and_keeps_every_other_layer():
    residual, plain = body("ResNet34"), body("ResNet34", ("shortcuts", False))
    assert not kinds(plain, layers.Add)
    names = [layer.name for layer in residual.layers]
    assert {layer.name for layer in plain.layers} == {
        name for name in names if "shortcut" not in name and "add" not in name
    }


def test_a_pre_activation_network_adds_without_a_rectifier_in_the_way():
    model = body("ResNet50", ("version", "v2"))
    adds = kinds(model, layers.Add)
    for before, after in itertools.pairwise(adds):
        if not after.name.endswith("_1_add"):
            assert after.input[0] is before.output
    assert not any(layer.name.startswith("conv2_1_conv1_") for layer in model.layers)
    assert model.layers[-1].name == "last_relu"


def identity_units(model, branch_end):
    """Give the branches' last batch normalization a gain of 0, so that shortcuts are all."""
    for layer in kinds(model, layers.BatchNormalization):
        if branch_end in layer.name:
            layer.gamma.assign(keras.ops.zeros_like(layer.gamma))


def test_shortcuts_without_weights_take_every_second_pixel_and_pad_with_zeros():
    model = models.ResNetCIFAR(depth=8, input_shape=(8, 8, 3), classes=0)
    identity_units(model, "_conv2_bn")
    images = RNG.standard_normal((2, 8, 8, 3)).astype("float32")
    stem = keras.Model(model.input, model.get_layer("conv1_relu").output)(images)
    expected = np.zeros((2, 2, 2, 64), "float32")
    expected[..., :16] = np.asarray(stem)[:, ::4, ::4]
    np.testing.assert_allclose(model(images), expected, atol=1e-6)
    assert not any("shortcut" in weight.path for weight in model.trainable_weights)


def test_pyramid_shortcuts_average_two_by_two_pixels():
    model = models.PyramidNet(depth=8, alpha=9, input_shape=(8, 8, 3), classes=0)
    identity_units(model, "_conv2_bn")
    images = RNG.standard_normal((1, 8, 8, 3)).astype("float32")
    stem = np.asarray(keras.Model(model.input, model.get_layer("conv1_bn").output)(images))
    pooled = stem.reshape(1, 2, 4, 2, 4, 16).mean(axis=(2, 4))
    expected = np.maximum(pooled, 0) / np.sqrt(1 + 1e-5)
    np.testing.assert_allclose(model(images)[..., :16], expected, atol=1e-5)
    np.testing.assert_array_equal(model(images)[..., 16:], 0)


def test_pyramid_units_widen_by_equal_steps_rounded_down():
    widths = [add.output.shape[-1] for add in kinds(body("PyramidNet", ("alpha", 84)), layers.Add)]
    steps = np.diff([16, *widths])
    assert len(widths) == 54
    assert widths[-1] == 100
    assert set(steps) == {1, 2}


def test_dense_layers_see_all_maps_before_them():
    concatenations = kinds(body("DenseNet121"), layers.Concatenate)
    widths = [layer.output.shape[-1] for layer in concatenations[:6]]
    assert widths == [96, 128, 160, 192, 224, 256]
    assert body("DenseNet121").get_layer("transition1_conv").output.shape[-1] == 128
    assert body("DenseNet121").output_shape == (None, 7, 7, 1024)


def test_xception_has_the_parts_that_the_paper_counts():
    model = body("Xception")
    shortcuts = [layer for layer in kinds(model, layers.Conv2D) if "shortcut" in layer.name]
    assert len(convolutions(model)) == 36
    assert len(kinds(model, layers.SeparableConv2D)) == 34
    assert len(kinds(model, layers.MaxPooling2D)) == 4
    assert [layer.kernel_size for layer in shortcuts] == [(1, 1)] * 4
    assert {layer.name.split("_")[0] for layer in convolutions(model)} == {
        f"module{number}" for number in range(1, 15)
    }


def test_total_parameters_include_the_moving_statistics():
    assert without_weights("Xception").count_params() == 22_910_480
    assert without_weights("ResNet50").count_params() == 25_557_032 + 53_120


def test_squeeze_and_excitation_scales_each_map_by_its_gate():
    inputs = keras.Input((4, 5, 8))
    model = keras.Model(inputs, squeeze_excite(inputs, "se", reduction=2))
    weights = [RNG.standard_normal(weight.shape).astype("float32") for weight in model.weights]
    model.set_weights(weights)
    images = RNG.standard_normal((3, 4, 5, 8)).astype("float32")
    reduce, reduce_bias, excite, excite_bias = weights
    hidden = np.maximum(images.mean(axis=(1, 2)) @ reduce + reduce_bias, 0)
    gates = 1 / (1 + np.exp(-(hidden @ excite + excite_bias)))
    np.testing.assert_allclose(model(images), images * gates[:, None, None], atol=1e-5)


def test_squeeze_and_excitation_of_256_maps_has_8464_parameters():
    inputs = keras.Input((1, 1, 256))
    assert keras.Model(inputs, squeeze_excite(inputs, "se", 16)).count_params() == 8_464


def test_gates_that_start_negative_carry_the_input_through():
    images = RNG.standard_normal((1, 8, 8, 1)).astype("float32")
    model = models.HighwayNet(transform_bias=-30.0, input_shape=(8, 8, 1), classes=0)
    first = keras.Model(model.input, model.get_layer("conv1").output)(images)
    last = keras.Model(model.input, model.get_layer("highway3").output)(images)
    np.testing.assert_allclose(last, first, atol=1e-6)
    plain = models.HighwayNet(gates=False, input_shape=(8, 8, 1), classes=0)
    assert not any("gate" in layer.name for layer in plain.layers)


def test_a_grouped_branch_has_the_paper_s_width():
    wide = body("ResNeXt50").get_layer("conv2_1_conv2")
    assert (wide.groups, wide.filters) == (32, 128)
    deep = body("ResNeXt50").get_layer("conv5_3_conv2")
    assert (deep.groups, deep.filters) == (32, 1024)
