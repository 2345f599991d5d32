"""The layers that Keras lacks, against plain NumPy, and what every layer owes a network."""

from typing import NamedTuple

import keras
import numpy as np
import pytest
import tensorflow as tf

import cnnlib
from cnnlib import ops
from cnnlib.analysis import record
from cnnlib.analysis.modeltape import ModelTape
from cnnlib.layers import (
    DIGITS,
    DepthwiseMaxPooling2D,
    HighwayGate,
    LocalResponseNormalization,
    PadChannels,
    PartialConvolution2D,
    RBFOutput,
    TrainableAveragePooling2D,
    scaled_tanh,
)

RNG = np.random.default_rng(5)
IMAGES = RNG.normal(0, 1, (2, 7, 6, 6)).astype("float32")
FEATURES = RNG.normal(0, 1, (3, 84)).astype("float32")
GATE = RNG.random(IMAGES.shape).astype("float32")
TABLE = ((0, 2), (5,), (4, 1, 3))


def normalized(x, size=5, bias=2.0, alpha=1e-4, beta=0.75):
    y = np.empty_like(x)
    for i in range(x.shape[-1]):
        near = x[..., max(0, i - size // 2) : i + size // 2 + 1]
        y[..., i] = x[..., i] / (bias + alpha * np.sum(near**2, axis=-1)) ** beta
    return y


def pooled(x, coefficient, bias):
    rows, columns = x.shape[1] // 2 * 2, x.shape[2] // 2 * 2
    x = x[:, :rows, :columns]
    total = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
    return coefficient * total + bias


def partially_convolved(x, kernel, bias):
    pairs = [(i, o) for o, seen in enumerate(TABLE) for i in seen]
    maps = [bias[o] for o in range(len(TABLE))]
    for index, (i, o) in enumerate(pairs):
        maps[o] = maps[o] + ops.conv2d(x[..., i : i + 1], kernel[:, :, None, index, None])
    return np.concatenate(maps, axis=-1)


def distances(x, centers):
    return np.array([[np.sum((row - center) ** 2) for center in centers] for row in x])


class Case(NamedTuple):
    make: callable
    inputs: list
    expected: callable


CASES = {
    "highway": Case(
        HighwayGate,
        [IMAGES, IMAGES[::-1], GATE],
        lambda h, x, t: h * t + x * (1 - t),
    ),
    "pad": Case(
        lambda **options: PadChannels(8, **options),
        [IMAGES],
        lambda x: np.pad(x, ((0, 0), (0, 0), (0, 0), (0, 2))),
    ),
    "lrn": Case(LocalResponseNormalization, [IMAGES * 50], normalized),
    "lrn-caffe": Case(
        lambda **options: LocalResponseNormalization.caffe(3, alpha=0.6, beta=0.5, **options),
        [IMAGES],
        lambda x: normalized(x, 3, 1, 0.2, 0.5),
    ),
    "depthwise-pool": Case(
        lambda **options: DepthwiseMaxPooling2D(3, **options),
        [IMAGES],
        lambda x: np.stack([x[..., :3].max(-1), x[..., 3:].max(-1)], axis=-1),
    ),
    "trainable-pool": Case(TrainableAveragePooling2D, [IMAGES], pooled),
    "trainable-pool-tanh": Case(
        lambda **options: TrainableAveragePooling2D(scaled_tanh, **options),
        [IMAGES],
        lambda *values: 1.7159 * np.tanh(2 * pooled(*values) / 3),
    ),
    "partial": Case(
        lambda **options: PartialConvolution2D(TABLE, 3, **options), [IMAGES], partially_convolved
    ),
    "partial-relu": Case(
        lambda **options: PartialConvolution2D(TABLE, 2, "relu", **options),
        [IMAGES],
        lambda *values: np.maximum(partially_convolved(*values), 0),
    ),
    "rbf": Case(lambda **options: RBFOutput(DIGITS, **options), [FEATURES], distances),
}


def model_of(name, **options):
    """Return a model of one layer whose weights are no longer what they were at the start."""
    case = CASES[name]
    inputs = [keras.Input(x.shape[1:]) for x in case.inputs]
    layer = case.make(**options)
    model = keras.Model(inputs, layer(inputs if len(inputs) > 1 else inputs[0]))
    for weight in layer.trainable_weights:
        weight.assign(np.random.default_rng(2).normal(0, 1, weight.shape))
    return model, layer


def expected_of(name, layer):
    weights = [weight.numpy() for weight in layer.weights]
    return CASES[name].expected(*CASES[name].inputs, *weights)


@pytest.mark.parametrize("name", CASES)
def test_a_layer_computes_what_numpy_does(name):
    model, layer = model_of(name)
    np.testing.assert_allclose(
        model(CASES[name].inputs), expected_of(name, layer), rtol=1e-5, atol=1e-5
    )


@pytest.mark.parametrize("name", CASES)
def test_a_layer_compiles_to_the_same(name):
    model, layer = model_of(name)
    compiled = tf.function(model, jit_compile=True)
    np.testing.assert_allclose(
        compiled(CASES[name].inputs), expected_of(name, layer), rtol=1e-5, atol=1e-5
    )


@pytest.mark.parametrize("name", CASES)
def test_mixed_precision_keeps_weights_in_float32_and_gradients_finite(name):
    model, layer = model_of(name, dtype="mixed_float16")
    inputs = [tf.constant(x) for x in CASES[name].inputs]
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        outputs = model(inputs)
    assert outputs.dtype == "float16"
    assert {weight.dtype for weight in layer.weights} <= {"float32"}
    np.testing.assert_allclose(outputs, expected_of(name, layer), rtol=0.01, atol=0.02)
    gradients = tape.gradient(outputs, [*inputs, *layer.trainable_weights])
    assert all(np.isfinite(gradient).all() for gradient in gradients)


@pytest.mark.parametrize("name", CASES)
def test_a_saved_layer_computes_the_same(name, tmp_path):
    model, layer = model_of(name)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert loaded.layers[-1].get_config() == layer.get_config()
    np.testing.assert_array_equal(loaded(CASES[name].inputs), model(CASES[name].inputs))


@pytest.mark.parametrize("name", CASES)
def test_the_output_shape_is_known_before_the_layer_runs(name):
    _, layer = model_of(name)
    shapes = [x.shape for x in CASES[name].inputs]
    assert layer.compute_output_shape(shapes if len(shapes) > 1 else shapes[0]) == (
        expected_of(name, layer).shape
    )
    if len(shapes[0]) == 4:
        open_shapes = [(None, None, None, shape[-1]) for shape in shapes]
        shape = layer.compute_output_shape(open_shapes if len(shapes) > 1 else open_shapes[0])
        assert shape == (None, None, None, expected_of(name, layer).shape[-1])


@pytest.mark.parametrize("name", CASES)
def test_the_analysis_knows_every_layer(name):
    model, _ = model_of(name)
    analysis = cnnlib.analyze(model)
    assert analysis.not_counted == analysis.passed_through == ()


PIXELS = 7 * 6
MAP = 4 * PIXELS  # bytes of one map of float32


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("highway", 4 * 6 * MAP),  # h, x, t and 1 - t
        ("pad", 0),
        ("lrn", 3 * 6 * MAP),  # its operand, the sums and their power
        ("depthwise-pool", (6 + 2) * MAP),  # operand and result
        ("trainable-pool", 4 * 3 * 3 * 6),  # the sums that the coefficient scales
        ("partial", 6 * MAP + 4 * 9 * 6 * 3),  # its operand and the dense kernel
        ("rbf", 4 * 840),  # the differences
    ],
)
def test_training_keeps_what_the_backward_pass_reads(name, expected):
    inputs = [keras.Input(x.shape[1:]) for x in CASES[name].inputs]
    below = [keras.layers.Dense(x.shape[-1])(x) for x in inputs]
    layer = CASES[name].make()
    analysis = cnnlib.analyze(keras.Model(inputs, layer(below if len(below) > 1 else below[0])))
    tape = ModelTape(analysis.precision, training=True).follow(analysis.graph, record)
    loss = next(i for i, each in enumerate(tape.operations) if each.name == "loss")
    forward = {each.writes for each in tape.operations[:loss]}
    backward = {buffer for each in tape.operations[loss:] for buffer in each.reads}
    assert sum(buffer.bytes for buffer in forward & backward) == expected


@pytest.mark.parametrize(
    ("name", "size", "stride"),
    [
        ("highway", 1, 1),
        ("pad", 1, 1),
        ("lrn", 1, 1),
        ("depthwise-pool", 1, 1),
        ("trainable-pool", 2, 2),
        ("partial", 3, 1),
    ],
)
def test_receptive_fields(name, size, stride):
    field = cnnlib.analyze(model_of(name)[0]).receptive_field()
    assert (field.size, field.stride) == ((size, size), (stride, stride))


def test_arithmetic_counts_what_the_network_has():
    cost = {name: cnnlib.analyze(model_of(name)[0]).other for name in CASES}
    assert cost["highway"].elementwise == 4 * 6 * PIXELS
    assert cost["pad"] == (0, 0, 0, 0, 0)
    assert cost["lrn"].normalization == 2 * 6 * PIXELS
    assert cost["lrn"].pooling == 5 * 6 * PIXELS
    assert cost["depthwise-pool"].pooling == 6 * PIXELS
    # 3x3 windows of 2x2 pixels and 6 maps.
    assert cost["trainable-pool"] == (0, 54, 54, 0, 4 * 54)
    assert cost["trainable-pool-tanh"].elementwise == 2 * 54
    # 5x4 places, 6 connections of 3x3, 3 maps.
    assert cost["partial"] == (20 * 6 * 9, 20 * 3, 0, 0, 0)
    assert cost["partial-relu"].elementwise == 30 * 3
    assert cost["rbf"].macs == 840


def test_normalization_of_large_values_does_not_overflow_in_float16():
    images = np.full((1, 1, 1, 5), 1000, "float16")
    layer = LocalResponseNormalization(dtype="float16")
    np.testing.assert_allclose(layer(images), normalized(images.astype("float32")), rtol=2e-3)


def test_caffe_divides_alpha_by_the_size():
    layer = LocalResponseNormalization.caffe()
    assert (layer.bias, layer.alpha) == (1, pytest.approx(2e-5))


def test_trainable_pooling_starts_as_average_pooling():
    expected = ops.average_pool2d(IMAGES, 2)
    np.testing.assert_allclose(TrainableAveragePooling2D()(IMAGES), expected, atol=1e-6)


def test_partial_convolution_has_kernels_for_its_connections_only():
    layer = PartialConvolution2D(TABLE, 3)
    layer.build(IMAGES.shape)
    assert [weight.shape for weight in layer.trainable_weights] == [(3, 3, 6), (3,)]
    values = np.abs(layer.kernel.numpy())
    for connection, inputs in enumerate([2, 2, 1, 3, 3, 3]):
        limit = 2.4 / (9 * inputs)
        assert 0.5 * limit < values[..., connection].max() <= limit


def test_an_output_map_ignores_inputs_without_a_connection():
    keras.utils.set_random_seed(0)
    layer = PartialConvolution2D(TABLE, 3)
    before, changed = layer(IMAGES).numpy(), IMAGES.copy()
    changed[..., 5] += 1
    moved = np.abs(layer(changed) - before).max(axis=(0, 1, 2)) > 1e-3
    assert moved.tolist() == [False, True, False]


def test_bitmaps_stay_as_they_are():
    layer = RBFOutput(DIGITS)
    layer.build((None, 84))
    assert layer.trainable_weights == []
    np.testing.assert_array_equal(layer.centers, np.reshape(DIGITS, (10, 84)))


def test_digits_are_ten_bitmaps_that_differ_in_many_cells():
    bitmaps = np.array(DIGITS)
    assert bitmaps.shape == (10, 12, 7)
    assert set(bitmaps.ravel()) == {-1, 1}
    differ = (bitmaps[:, None] != bitmaps[None]).sum(axis=(2, 3))
    assert differ[~np.eye(10, dtype=bool)].min() >= 5


def test_scaled_tanh_maps_one_to_one_and_ends_at_its_amplitude():
    values = scaled_tanh(np.array([-100.0, -1, 0, 1, 100], "float32"))
    np.testing.assert_allclose(values, [-1.7159, -1, 0, 1, 1.7159], atol=1e-4)


@pytest.mark.parametrize(
    ("make", "error", "name"),
    [
        (lambda: HighwayGate()([IMAGES, IMAGES]), ValueError, "inputs"),
        (lambda: HighwayGate()([IMAGES, IMAGES, IMAGES[..., :1]]), ValueError, "inputs"),
        (lambda: HighwayGate()(IMAGES), ValueError, "inputs"),
        (lambda: HighwayGate()(np.ones((2, 2, 2))), ValueError, "inputs"),
        (lambda: PadChannels(0), ValueError, "filters"),
        (lambda: PadChannels(2.5), TypeError, "filters"),
        (lambda: PadChannels(5)(IMAGES), ValueError, "filters"),
        (lambda: LocalResponseNormalization(4), ValueError, "size"),
        (lambda: LocalResponseNormalization(0), ValueError, "size"),
        (lambda: LocalResponseNormalization(bias=0), ValueError, "bias"),
        (lambda: LocalResponseNormalization(alpha=-1), ValueError, "alpha"),
        (lambda: LocalResponseNormalization(beta=-1), ValueError, "beta"),
        (lambda: LocalResponseNormalization.caffe(0), ValueError, "size"),
        (lambda: DepthwiseMaxPooling2D(4)(IMAGES), ValueError, "pool_size"),
        (lambda: DepthwiseMaxPooling2D("2"), TypeError, "pool_size"),
        (lambda: TrainableAveragePooling2D()(IMAGES[:, :1]), ValueError, "inputs"),
        (lambda: TrainableAveragePooling2D()(FEATURES), ValueError, "inputs"),
        (lambda: PartialConvolution2D((), 3), ValueError, "connections"),
        (lambda: PartialConvolution2D((0, 1), 3), ValueError, "connections"),
        (lambda: PartialConvolution2D(((0,), ()), 3), ValueError, "connections"),
        (lambda: PartialConvolution2D(((0, 0),), 3), ValueError, "connections"),
        (lambda: PartialConvolution2D(((-1,),), 3), ValueError, "connections"),
        (lambda: PartialConvolution2D(((0.5,),), 3), TypeError, "connections"),
        (lambda: PartialConvolution2D(((6,),), 3)(IMAGES), ValueError, "connections"),
        (lambda: PartialConvolution2D(TABLE, 0), ValueError, "kernel_size"),
        (lambda: PartialConvolution2D(TABLE, 7)(IMAGES), ValueError, "inputs"),
        (lambda: RBFOutput([1, 2]), ValueError, "bitmaps"),
        (lambda: RBFOutput([[1], [1, 2]]), ValueError, "bitmaps"),
        (lambda: RBFOutput("digits"), ValueError, "bitmaps"),
        (lambda: RBFOutput(DIGITS)(IMAGES), ValueError, "bitmaps"),
    ],
)
def test_wrong_arguments_are_named(make, error, name):
    with pytest.raises(error, match=rf"(?s)`{name}` .*Received: "):
        make()
