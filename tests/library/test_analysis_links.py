import itertools

import keras
import numpy as np
import pytest
from keras import layers, ops
from random_networks import clipped, gradient_masks, hulls, make_positive

import cnnlib
from cnnlib.analysis import Links, links
from cnnlib.analysis.fields import Link


def model_of(shape, *stack):
    return keras.Sequential([layers.Input(shape), *stack])


def field_of(shape, *stack):
    model = model_of(shape, *stack)
    return cnnlib.analyze(model).receptive_field(model.layers[-1].name)


def assert_sees_what_the_gradient_says(model, least=0.0):
    """Compare every cell of the output, along every axis, with the gradient.

    Where a field ends outside the input, a dilated window may leave out border cells inside it.
    """
    make_positive(model, np.random.default_rng(0))
    field = cnnlib.analyze(model).receptive_field(model.layers[-1].name)
    places = list(itertools.product(*map(range, model.output_shape[1:-1])))
    for place, mask in zip(places, gradient_masks(model, places, least), strict=True):
        fields = list(zip(field.cells(*place), mask.shape, strict=True))
        if None in [clipped(cells, n) for cells, n in fields]:
            assert not mask.any()
            continue
        for found, ((first, last), n) in zip(hulls(mask), fields, strict=True):
            assert found[0] == first or first < 0 <= found[0]
            assert found[1] == last or found[1] < n <= last


WINDOWS = {
    "causal": ((9, 1), layers.Conv1D(1, 3, padding="causal", dilation_rate=2)),
    "causal, stride 2": ((9, 1), layers.Conv1D(1, 3, padding="causal", strides=2)),
    "1D, even kernel": ((10, 1), layers.Conv1D(1, 4, strides=3, padding="same")),
    "dilation": ((13, 14, 1), layers.Conv2D(1, 3, dilation_rate=(2, 3), padding="same")),
    "rectangular": ((7, 9, 1), layers.Conv2D(1, (2, 5), strides=2, padding="same")),
    "3D": ((5, 6, 7, 1), layers.Conv3D(1, (1, 2, 3), strides=2, padding="same")),
    "depthwise 1D": ((9, 2), layers.DepthwiseConv1D(3, dilation_rate=2)),
    "depthwise": ((7, 8, 2), layers.DepthwiseConv2D(3, strides=2, padding="same")),
    "separable 1D": ((9, 2), layers.SeparableConv1D(3, 4, strides=2)),
    "separable": ((7, 9, 2), layers.SeparableConv2D(3, 3, dilation_rate=2, padding="same")),
    "pooling": ((11, 1), layers.AveragePooling1D(3, strides=2, padding="same")),
    "pooling 3D": ((5, 6, 7, 1), layers.AveragePooling3D((1, 2, 3), padding="same")),
    "padding": ((5, 6, 1), layers.ZeroPadding2D(((1, 2), (0, 3)))),
    "padding 1D": ((5, 1), layers.ZeroPadding1D((2, 1))),
    "padding 3D": ((3, 4, 3, 1), layers.ZeroPadding3D(((1, 0), (0, 2), (1, 1)))),
    "cropping 1D": ((9, 1), layers.Cropping1D((2, 1))),
    "cropping": ((6, 7, 1), layers.Cropping2D(((1, 2), (0, 3)))),
    "cropping 3D": ((4, 5, 4, 1), layers.Cropping3D(((1, 0), (0, 2), (1, 1)))),
    "adaptive": ((11, 7, 1), layers.AdaptiveAveragePooling2D((4, 3))),
    "adaptive 1D, more cells": ((5, 1), layers.AdaptiveAveragePooling1D(7)),
    "transposed, rectangular": ((4, 5, 1), layers.Conv2DTranspose(1, (3, 4), strides=2)),
    "transposed 3D": ((3, 3, 4, 1), layers.Conv3DTranspose(1, 3, strides=2, padding="same")),
    "output padding": ((5, 1), layers.Conv1DTranspose(1, 3, strides=2, output_padding=1)),
}


@pytest.mark.parametrize("case", WINDOWS)
def test_a_layer_sees_what_its_gradient_says(case):
    shape, layer = WINDOWS[case]
    assert_sees_what_the_gradient_says(model_of(shape, layer))


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("kernel", [1, 2, 3, 4, 5])
def test_a_transposed_convolution_sees_what_its_gradient_says(kernel, stride, padding):
    layer = layers.Conv1DTranspose(1, kernel, strides=stride, padding=padding)
    assert_sees_what_the_gradient_says(model_of((6, 1), layer))


def test_a_dilated_window_may_fall_into_the_holes_of_a_transposed_convolution():
    model = model_of(
        (6, 1), layers.Conv1DTranspose(1, 1, strides=2), layers.Conv1D(1, 3, dilation_rate=2)
    )
    assert_sees_what_the_gradient_says(model)
    field = cnnlib.analyze(model).receptive_field()
    assert field.size == (3,)
    (first, last), *_ = field.cells(1)
    assert last < first  # odd cells see nothing


RESAMPLED = {
    "UpSampling1D": ((5, 1), layers.UpSampling1D(3)),
    "UpSampling3D": ((2, 3, 2, 1), layers.UpSampling3D((2, 1, 3))),
    "nearest": ((4, 5, 1), layers.UpSampling2D((2, 3))),
    "bilinear": ((4, 5, 1), layers.UpSampling2D((2, 3), interpolation="bilinear")),
    "bicubic": ((8, 9, 1), layers.UpSampling2D((2, 1), interpolation="bicubic")),
    "lanczos3": ((9, 8, 1), layers.UpSampling2D((1, 2), interpolation="lanczos3")),
    "smaller, nearest": ((9, 7, 1), layers.Resizing(4, 3, interpolation="nearest")),
    "smaller, bilinear": ((9, 7, 1), layers.Resizing(4, 5)),
    "larger, bilinear": ((5, 4, 1), layers.Resizing(7, 6)),
}


@pytest.mark.parametrize("case", RESAMPLED)
def test_a_resampled_map_sees_what_its_gradient_says(case):
    shape, layer = RESAMPLED[case]
    assert_sees_what_the_gradient_says(model_of(shape, layer), least=1e-5)


def test_a_resampling_whose_method_is_not_followed_is_unknown():
    field = field_of((8, 8, 1), layers.Resizing(4, 4, antialias=True))
    assert field.size == field.stride == field.padding == (None, None)
    with pytest.raises(ValueError, match=r"axes that could be followed. Received: \(0, 0\)"):
        field.cells(0, 0)


def test_channels_first_differs_in_the_order_of_the_axes_only():
    def build(data_format, shape):
        each = {"data_format": data_format}
        return field_of(
            shape,
            layers.ZeroPadding2D(((1, 0), (2, 0)), **each),
            layers.Conv2D(2, (3, 5), strides=2, **each),
            layers.MaxPooling2D((2, 3), **each),
            layers.Conv2DTranspose(1, 3, strides=2, **each),
            layers.UpSampling2D((1, 2), **each),
        )

    first, last = build("channels_first", (3, 32, 40)), build("channels_last", (32, 40, 3))
    assert first == last
    assert last.size == (9, 15)


EVERYTHING = {
    "global average pooling": ((8, 9, 2), layers.GlobalAveragePooling2D()),
    "global max pooling": ((8, 9, 2), layers.GlobalMaxPooling2D(keepdims=True)),
    "recurrent": ((7, 2), layers.LSTM(3, return_sequences=True)),
    "both directions": ((7, 2), layers.Bidirectional(layers.GRU(3))),
}


@pytest.mark.parametrize("case", EVERYTHING)
def test_layers_that_see_everything(case):
    shape, layer = EVERYTHING[case]
    field = field_of(shape, layer)
    assert field.whole
    assert field.size == shape[:-1]
    assert set(field.stride) == set(field.padding) == {0}


def test_flattening_is_not_followed_and_the_dense_layer_above_sees_everything():
    stack = [layers.Conv2D(2, 3), layers.Flatten(name="flat"), layers.ReLU(), layers.Dense(2)]
    analysis = cnnlib.analyze(model_of((8, 9, 1), *stack))
    assert analysis.receptive_field("flat").size == (None, None)
    head = analysis.receptive_field(stack[-1].name)
    assert head.whole
    assert head.size == (8, 9)


def test_a_map_of_one_cell_keeps_its_field_when_flattened():
    stack = [layers.Conv2D(2, 3), layers.Cropping2D(((1, 4), (2, 3)))]
    field = field_of((8, 8, 1), *stack, layers.Flatten(), layers.Dense(3))
    assert field.size == (3, 3)
    assert field.cells(0, 0) == ((1, 3), (2, 4))
    assert not field.whole


def test_attention_sees_everything():
    x = layers.Input((8, 3))
    model = keras.Model(x, layers.MultiHeadAttention(1, 2, name="attention")(x, x))
    assert cnnlib.analyze(model).receptive_field("attention").whole


@pytest.mark.parametrize(
    "squeeze",
    [layers.GlobalAveragePooling2D(keepdims=True), layers.AveragePooling2D(6)],
    ids=["global pooling", "a window as large as the map"],
)
def test_gates_let_every_cell_see_everything_unless_they_are_left_out(squeeze):
    image = layers.Input((8, 8, 2))
    x = layers.Conv2D(2, 3)(image)
    gate = layers.Dense(2, activation="sigmoid")(squeeze(x))
    analysis = cnnlib.analyze(keras.Model(image, layers.Multiply()([x, gate])))
    assert analysis.receptive_field().whole
    without = analysis.receptive_field(gates=False)
    assert (without.size, without.whole, without.aligned) == ((3, 3), False, True)


def test_one_cell_that_serves_a_whole_map_counts_where_it_is_larger():
    x = layers.Input((16, 1))
    one = layers.Conv1D(1, 9)(layers.Cropping1D((3, 4))(x))
    assert one.shape[1] == 1
    narrow, wide = (layers.Conv1D(1, kernel, padding="same")(x) for kernel in (3, 11))
    model = keras.Model(x, layers.Add(name="sum")([narrow, one]))
    field = cnnlib.analyze(model).receptive_field("sum")
    assert (field.cells(0), field.cells(15), field.stride) == (((3, 11),), ((3, 11),), (0,))
    assert not field.aligned
    model = keras.Model(x, layers.Add(name="sum")([wide, layers.Flatten()(one)]))
    field = cnnlib.analyze(model).receptive_field("sum")
    assert (field.size, field.stride, field.aligned) == ((11,), (1,), False)


def test_conv_lstm_sees_all_moments_and_its_state_spreads():
    model = model_of((3, 12, 1), layers.ConvLSTM1D(1, 3, padding="same", return_sequences=True))
    field = cnnlib.analyze(model).receptive_field()
    assert field.size == (3, 3 + 2 * 2)
    for weight in model.weights:
        weight.assign(np.full(weight.shape, 0.1))
    mask = gradient_masks(model, [(2, 6)])[0]
    assert hulls(mask) == [(0, 2), field.cells(2, 6)[1]]


def test_the_last_state_of_a_conv_lstm_has_no_moments():
    field = field_of((3, 12, 13, 1), layers.ConvLSTM2D(1, (1, 2), strides=2))
    assert field.size == (3, 1, 2 + 2 * 2)
    assert field.stride == (0, 2, 2)


def test_time_distributed_keeps_moments_apart():
    assert_sees_what_the_gradient_says(
        model_of((3, 7, 1), layers.TimeDistributed(layers.Conv1D(1, 3, strides=2)))
    )
    field = field_of((3, 6, 7, 1), layers.TimeDistributed(layers.GlobalAveragePooling2D()))
    assert field.size == (1, 6, 7)
    assert field.stride == (1, 0, 0)
    assert not field.whole
    field = field_of((3, 6, 7, 1), layers.TimeDistributed(layers.BatchNormalization()))
    assert field.size == (1, 1, 1)


def test_spectral_normalization_sees_what_its_layer_sees():
    field = field_of((8, 8, 1), layers.SpectralNormalization(layers.Conv2D(1, 3)))
    assert field.size == (3, 3)


def test_permuted_axes_keep_their_fields():
    field = field_of((8, 9, 1), layers.Conv2D(1, (3, 1), strides=(1, 2)), layers.Permute((2, 1, 3)))
    assert (field.size, field.stride) == ((3, 1), (1, 2))


@pytest.mark.parametrize("shape", [(8, 3, 1, 3), (8, 1, 9), (1, 8, 9), (8, 9)])
def test_a_reshape_that_keeps_an_axis_keeps_its_field(shape):
    field = field_of((8, 3, 3), layers.Conv2D(3, 3, padding="same"), layers.Reshape(shape))
    assert field.size[0] == 3
    assert field.stride[0] == 1


def test_a_reshape_that_lays_cells_out_anew_is_not_followed():
    assert field_of((8, 3, 4), layers.Reshape((6, 4, 4))).size == (None, None)


def test_einsum_dense_keeps_the_axes_that_its_equation_keeps():
    assert field_of((8, 9, 2), layers.EinsumDense("...c,cd->...d", 3)).size == (1, 1)
    assert field_of((8, 9, 2), layers.EinsumDense("bhwc,wd->bhcd", (8, 2, 5))).size == (1, 9)


OPERATIONS = {
    "a slice": (lambda x: x[:, 2::3], (5, 3), (3, 1), (-1, 1)),
    "a slice after an ellipsis": (lambda x: x[..., 1:, :], (5, 3), (1, 1), (1, 0)),
    "backwards": (lambda x: x[:, ::-1], (5, 3), (-1, 1), (-8, 1)),
    "a new axis": (lambda x: x[:, None], (5, 3), (1, 1), (1, 1)),
    "one channel": (lambda x: x[..., 0], (5, 3), (1, 1), (1, 1)),
    "an index that is not followed": (lambda x: x[:, 3], (None, 3), (None, 1), (None, 1)),
    "padding": (lambda x: ops.pad(x, ((0, 0), (2, 1), (0, 3), (0, 0))), (5, 3), (1, 1), (3, 1)),
    "transposition": (lambda x: ops.transpose(x, (0, 2, 1, 3)), (5, 3), (1, 1), (1, 1)),
    "a mean": (lambda x: ops.mean(x, axis=1), (12, 3), (0, 1), (0, 1)),
    "a mean that keeps its axis": (
        lambda x: ops.max(x, axis=-2, keepdims=True),
        (5, 11),
        (1, 0),
        (1, 0),
    ),
    "a mean over channels": (lambda x: ops.mean(x, axis=-1), (5, 3), (1, 1), (1, 1)),
    "moments": (lambda x: ops.moments(x, axes=[1])[0], (12, 3), (0, 1), (0, 1)),
    "channels joined": (lambda x: ops.concatenate([x, x], axis=-1), (5, 3), (1, 1), (1, 1)),
    "batches joined": (lambda x: ops.concatenate([x, x], axis=0), (5, 3), (1, 1), (1, 1)),
    "rows joined": (lambda x: ops.concatenate([x, x], axis=1), (None, 3), (None, 1), (None, 1)),
    "channels split": (lambda x: ops.split(x, 2, axis=-1)[1], (5, 3), (1, 1), (1, 1)),
    "one more axis": (lambda x: ops.expand_dims(x, 2), (5, 3), (1, 1), (1, 1)),
    "a matrix product": (lambda x: ops.matmul(x, np.ones((2, 3), "float32")), (5, 3), (1, 1), None),
    "rows mixed": (lambda x: ops.matmul(np.ones((4, 11), "float32"), x), (5, 11), (1, 0), None),
    "a wider constant": (lambda x: x + np.ones((1, 10, 11, 2), "float32"), (5, 3), (1, 1), (1, 1)),
    "reversed": (lambda x: ops.flip(x, axis=1), (None, None), (None, None), (None, None)),
    "places chosen": (lambda x: ops.take(x, list(range(10)), 1), (None, None), None, None),
    "image arithmetic": (lambda x: ops.image.gaussian_blur(x), (None, None), None, None),
}


@pytest.mark.parametrize("case", OPERATIONS)
def test_operations(case):
    operation, size, stride, padding = OPERATIONS[case]
    image = layers.Input((12, 11, 1))
    x = layers.ZeroPadding2D(1)(layers.Conv2D(2, (5, 3))(image))
    model = keras.Model(image, operation(x))
    analysis = cnnlib.analyze(model)
    field = analysis.receptive_field(analysis.layers[-1].name)
    assert field.size == size
    assert stride is None or field.stride == stride
    assert padding is None or field.padding == padding


def test_one_padding_for_all_axes_pads_each():
    image = layers.Input((12, 11, 1))
    field = cnnlib.analyze(keras.Model(image, ops.pad(image, 2))).receptive_field()
    assert (field.size, field.padding) == ((1, 1), (2, 2))


def test_rows_and_columns_that_are_broadcast_together_meet():
    # Coordinate attention: each cell joins the mean of its row with that of its column.
    image = layers.Input((8, 9, 2))
    rows = ops.mean(image, axis=2, keepdims=True)
    columns = ops.mean(image, axis=1, keepdims=True)
    model = keras.Model(image, layers.Add(name="both")([rows, columns]))
    analysis = cnnlib.analyze(model)
    assert analysis.receptive_field("both").whole
    assert analysis.receptive_field("both", gates=False).size == (1, 1)


class EveryOther(layers.Layer):
    """Keeps every other cell: a rule is needed, for the shape changes."""

    def call(self, x):
        return x[:, 1::2]

    def compute_output_shape(self, shape):
        return (shape[0], shape[1] // 2, *shape[2:])


def test_a_layer_of_your_own_is_followed_once_its_links_are_registered():
    model = model_of((12, 1), EveryOther(name="halved"), layers.Conv1D(1, 3))
    assert cnnlib.analyze(model).receptive_field().size == (None,)

    @links.register(EveryOther)
    def _every_other(layer, step):
        return Links({1: (1, Link(2, 1, 1))})

    assert_sees_what_the_gradient_says(model)
    field = cnnlib.analyze(model).receptive_field()
    assert (field.size, field.stride, field.padding) == ((5,), (2,), (-1,))
