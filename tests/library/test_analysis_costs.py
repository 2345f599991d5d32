"""Closed forms of single layers, counted anew by loops over output places and kernel cells."""

import itertools
import math

import keras
import numpy as np
import pytest
from keras import layers, ops

import cnnlib
from cnnlib.analysis import Cost, cost

BATCH = 2
CONVOLUTION = {1: layers.Conv1D, 2: layers.Conv2D, 3: layers.Conv3D}
TRANSPOSED = {1: layers.Conv1DTranspose, 2: layers.Conv2DTranspose, 3: layers.Conv3DTranspose}
SIDES = (7, 6, 5)


def analyzed(layer, *shapes, batch_size=BATCH, **call):
    """Analyse a layer by itself; several shapes make a list of inputs."""
    inputs = [keras.Input(shape) for shape in shapes]
    model = keras.Model(inputs, layer(inputs if len(inputs) > 1 else inputs[0], **call))
    analysis = cnnlib.analyze(model, batch_size=batch_size)
    assert analysis.params == model.count_params()
    assert analysis.not_counted == ()
    return analysis


def places(n, kernel, stride=1, padding="valid", dilation=1):
    """List the first input cell of every window along one axis; "same" may start anywhere."""
    starts = range(0, n, stride)
    if padding != "valid":
        return list(starts)
    return [start for start in starts if start + (kernel - 1) * dilation < n]


def loop(*extents):
    """Count the passes of nested loops."""
    return sum(1 for _ in itertools.product(*map(range, extents)))


def shape_of(sides, channels, data_format):
    return (*sides, channels) if data_format == "channels_last" else (channels, *sides)


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize(
    ("kernel", "stride", "dilation", "groups"),
    [(1, 1, 1, 1), (3, 1, 1, 1), (3, 2, 1, 2), (2, 3, 1, 1), (2, 1, 2, 2), (4, 1, 1, 4)],
)
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("data_format", ["channels_last", "channels_first"])
def test_convolutions(rank, kernel, stride, dilation, groups, padding, data_format):
    bias = kernel != 2
    layer = CONVOLUTION[rank](
        8,
        kernel,
        strides=stride,
        padding=padding,
        dilation_rate=dilation,
        groups=groups,
        use_bias=bias,
        data_format=data_format,
        activation="relu" if bias else None,
    )
    sides = SIDES[:rank]
    analysis = analyzed(layer, shape_of(sides, 4, data_format))
    cells = math.prod(len(places(n, kernel, stride, padding, dilation)) for n in sides)
    assert analysis.macs == loop(BATCH, cells) * loop(*[kernel] * rank, 4 // groups, 8)
    outputs = BATCH * cells * 8
    assert analysis.other == Cost(analysis.macs, outputs * bias, outputs * bias)
    assert analysis.params == loop(*[kernel] * rank, 4 // groups, 8) + 8 * bias
    assert math.prod(analysis.layers[0].output_shape) == outputs


def test_kernels_and_strides_may_differ_between_axes():
    layer = layers.Conv2D(5, (3, 2), strides=(1, 2), padding="same")
    assert analyzed(layer, (7, 6, 3), batch_size=1).macs == loop(7, 3, 3, 2, 3, 5)
    causal = layers.Conv1D(5, 3, padding="causal", dilation_rate=2)
    assert analyzed(causal, (7, 3), batch_size=1).macs == loop(7, 3, 3, 5)


@pytest.mark.parametrize("multiplier", [1, 3])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("data_format", ["channels_last", "channels_first"])
@pytest.mark.parametrize("rank", [1, 2])
def test_depthwise_and_separable_convolutions(rank, data_format, padding, stride, multiplier):
    options = {
        "strides": stride,
        "padding": padding,
        "depth_multiplier": multiplier,
        "data_format": data_format,
    }
    depthwise = (layers.DepthwiseConv1D, layers.DepthwiseConv2D)[rank - 1](3, **options)
    separable = (layers.SeparableConv1D, layers.SeparableConv2D)[rank - 1](5, 3, **options)
    sides = SIDES[:rank]
    shape = shape_of(sides, 4, data_format)
    cells = BATCH * math.prod(len(places(n, 3, stride, padding)) for n in sides)
    between = cells * 4 * multiplier
    one = loop(between, *[3] * rank)
    assert analyzed(depthwise, shape).other == Cost(one, bias=between)
    assert analyzed(separable, shape).other == Cost(one + loop(between, 5), bias=cells * 5)


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(
    ("kernel", "stride", "output_padding"), [(3, 2, None), (3, 2, 1), (2, 3, 0)]
)
@pytest.mark.parametrize("data_format", ["channels_last", "channels_first"])
def test_transposed_convolutions_spread_every_input_value(
    rank, padding, kernel, stride, output_padding, data_format
):
    layer = TRANSPOSED[rank](
        5,
        kernel,
        strides=stride,
        padding=padding,
        output_padding=output_padding,
        data_format=data_format,
    )
    sides = (4, 3, 2)[:rank]
    analysis = analyzed(layer, shape_of(sides, 3, data_format))
    assert analysis.macs == loop(BATCH, *sides, 3) * loop(*[kernel] * rank, 5)
    assert analysis.other.bias == math.prod(analysis.layers[0].output_shape)


@pytest.mark.parametrize("shape", [(6,), (5, 6), (4, 5, 6)])
def test_dense_layers_act_on_the_last_axis(shape):
    analysis = analyzed(layers.Dense(3, activation="tanh"), shape)
    outputs = loop(BATCH, *shape[:-1], 3)
    assert analysis.other == Cost(outputs * 6, bias=outputs, elementwise=outputs)
    assert analyzed(layers.Dense(3, use_bias=False), shape).other == Cost(outputs * 6)


@pytest.mark.parametrize(
    ("equation", "output", "shape", "extents"),
    [
        ("ab,bc->ac", (7,), (6,), "2 6 7"),
        ("abc,ce->abe", (None, 7), (5, 6), "2 5 6 7"),
        ("abc,bd->acd", (6, 7), (5, 6), "2 5 6 7"),
        ("...c,cd->...d", (7,), (5, 6), "2 5 6 7"),
        ("abc,bcde->ade", (3, 4), (5, 6), "2 5 6 3 4"),
        ("abc,abe->ac", None, None, None),
    ],
)
def test_einsum_dense_layers_multiply_the_extents_of_all_letters(equation, output, shape, extents):
    if output is None:
        x = keras.Input((5, 6)), keras.Input((5, 7))
        model = keras.Model(x, ops.einsum(equation, *x))
        assert cnnlib.analyze(model, batch_size=BATCH).macs == loop(2, 5, 6, 7)
        return
    layer = layers.EinsumDense(equation, output, bias_axes="d" if "d" in equation else None)
    analysis = analyzed(layer, shape)
    assert analysis.macs == loop(*map(int, extents.split()))
    has_bias = "d" in equation
    assert analysis.other.bias == math.prod(analysis.layers[0].output_shape) * has_bias


def test_an_embedding_is_a_table():
    analysis = analyzed(layers.Embedding(9, 4), (5,))
    assert analysis.other == Cost()
    assert analysis.params == 36
    assert analysis.layers[0].output_shape == (BATCH, 5, 4)


def test_a_reversible_embedding_multiplies_backwards():
    layer = layers.ReversibleEmbedding(9, 4, name="table")
    tokens = keras.Input((5,), dtype="int32")
    analysis = cnnlib.analyze(keras.Model(tokens, layer(layer(tokens), reverse=True)))
    assert [each.macs for each in analysis.layers] == [0, loop(5, 4, 9)]


@pytest.mark.parametrize("kind", ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"])
def test_merges_take_one_operation_per_further_operand(kind):
    count = 2 if kind == "Subtract" else 3
    analysis = analyzed(getattr(layers, kind)(), *[(4, 5)] * count)
    assert analysis.other == Cost(elementwise=loop(BATCH, 4, 5, count - 1))


def test_a_merge_spreads_the_smaller_operand():
    assert analyzed(layers.Multiply(), (4, 4, 5), (1, 1, 5)).other.elementwise == BATCH * 80


@pytest.mark.parametrize(
    ("shapes", "axes", "macs"),
    [
        (((4,), (4,)), 1, 2 * 4),
        (((3, 4), (5, 4)), 2, 2 * 3 * 5 * 4),
        (((4, 3), (5, 4)), (1, 2), 2 * 3 * 5 * 4),
        (((3, 4), (5, 4)), -1, 2 * 3 * 5 * 4),
    ],
)
def test_dot_products(shapes, axes, macs):
    assert analyzed(layers.Dot(axes), *shapes).other == Cost(macs)


@pytest.mark.parametrize("kind", ["Max", "Average"])
@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("data_format", ["channels_last", "channels_first"])
def test_pooling_reads_its_windows(kind, rank, padding, data_format):
    layer = getattr(layers, f"{kind}Pooling{rank}D")(
        3, strides=2, padding=padding, data_format=data_format
    )
    sides = SIDES[:rank]
    cells = math.prod(len(places(n, 3, 2, padding)) for n in sides)
    expected = Cost(pooling=loop(BATCH, cells, 4, *[3] * rank))
    assert analyzed(layer, shape_of(sides, 4, data_format)).other == expected


@pytest.mark.parametrize("kind", ["Max", "Average"])
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_global_and_adaptive_pooling_read_everything(kind, rank):
    sides = (8, 4, 2)[:rank]
    for layer in (
        getattr(layers, f"Global{kind}Pooling{rank}D")(),
        getattr(layers, f"Adaptive{kind}Pooling{rank}D")(2),
    ):
        assert analyzed(layer, (*sides, 3)).other == Cost(pooling=loop(BATCH, *sides, 3))


@pytest.mark.parametrize(
    "layer",
    [
        layers.BatchNormalization(),
        layers.LayerNormalization(),
        layers.GroupNormalization(2),
        layers.UnitNormalization(),
        layers.RMSNormalization(),
        layers.Normalization(mean=0.0, variance=1.0),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_normalization_scales_and_shifts(layer):
    assert analyzed(layer, (4, 5, 6)).other == Cost(normalization=2 * loop(BATCH, 4, 5, 6))


@pytest.mark.parametrize(
    "layer",
    [
        layers.Activation("relu"),
        layers.ReLU(),
        layers.LeakyReLU(),
        layers.PReLU(),
        layers.ELU(),
        layers.Softmax(),
        layers.Rescaling(1 / 255),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_activations_take_one_operation_per_value(layer):
    assert analyzed(layer, (4, 5, 6)).other == Cost(elementwise=loop(BATCH, 4, 5, 6))


@pytest.mark.parametrize(
    "layer",
    [
        layers.Activation("linear"),
        layers.Dropout(0.5),
        layers.SpatialDropout2D(0.5),
        layers.GaussianNoise(0.1),
        layers.Identity(),
        layers.Flatten(),
        layers.Reshape((6, -1)),
        layers.Permute((3, 1, 2)),
        layers.ZeroPadding2D(1),
        layers.Cropping2D(1),
        layers.UpSampling2D(2),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_moving_values_about_is_free(layer):
    analysis = analyzed(layer, (4, 5, 6))
    assert analysis.other == Cost()
    assert analysis.passed_through == ()


def test_smooth_upsampling_is_elementwise():
    analysis = analyzed(layers.UpSampling2D(2, interpolation="bilinear"), (4, 5, 6))
    assert analysis.other == Cost(elementwise=loop(BATCH, 8, 10, 6))


def test_a_wrapped_layer_costs_what_it_costs():
    layer = layers.Conv2D(4, 3, activation="relu")
    alone = analyzed(layers.Conv2D(4, 3, activation="relu"), (6, 6, 2)).other
    assert analyzed(layers.SpectralNormalization(layer), (6, 6, 2)).other == alone


W = np.ones((6, 6), "float32")


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (lambda x: ops.matmul(x, W), Cost(loop(BATCH, 4, 6, 6))),
        (lambda x: ops.dot(x, W), Cost(loop(BATCH, 4, 6, 6))),
        (lambda x: ops.tensordot(x, W, 1), Cost(loop(BATCH, 4, 6, 6))),
        (lambda x: ops.tensordot(x, W[:4], [[1], [0]]), Cost(loop(BATCH, 6, 4, 6))),
        (lambda x: ops.einsum("bij,jk->bik", x, W), Cost(loop(BATCH, 4, 6, 6))),
        (lambda x: ops.conv(x, np.ones((3, 6, 5)), 1, "same"), Cost(loop(BATCH, 4, 3, 6, 5))),
        (lambda x: ops.depthwise_conv(x, np.ones((3, 6, 2))), Cost(loop(BATCH, 2, 3, 12))),
        (
            lambda x: ops.separable_conv(x, np.ones((3, 6, 2)), np.ones((1, 12, 5))),
            Cost(loop(BATCH, 2, 3, 12) + loop(BATCH, 2, 12, 5)),
        ),
        (lambda x: ops.conv_transpose(x, np.ones((3, 5, 6)), 2), Cost(loop(BATCH, 4, 6, 3, 5))),
        (lambda x: ops.max_pool(x, 2), Cost(pooling=loop(BATCH, 2, 6, 2))),
        (lambda x: ops.average_pool(x, (3,), 1), Cost(pooling=loop(BATCH, 2, 6, 3))),
        (lambda x: ops.sum(x, axis=1), Cost(pooling=loop(BATCH, 4, 6))),
        (lambda x: ops.gelu(x), Cost(elementwise=loop(BATCH, 4, 6))),
        (lambda x: x + x[:, :1], Cost(elementwise=loop(BATCH, 4, 6))),
        (lambda x: x * 2.0, Cost(elementwise=loop(BATCH, 4, 6))),
        (lambda x: ops.transpose(x, (0, 2, 1))[:, 1], Cost()),
        (lambda x: ops.layer_normalization(x), Cost(normalization=2 * loop(BATCH, 4, 6))),
    ],
)
def test_operations_of_keras_count_like_layers(operation, expected):
    inputs = keras.Input((4, 6))
    analysis = cnnlib.analyze(keras.Model(inputs, operation(inputs)), batch_size=BATCH)
    assert analysis.other == expected
    assert analysis.not_counted == analysis.passed_through == ()


@pytest.mark.parametrize(
    "operation",
    [ops.sort, lambda x: ops.map(lambda row: ops.matmul(row, W), x), lambda x: ops.fft2((x, x))[0]],
)
def test_operations_that_are_not_per_value_are_not_guessed(operation):
    inputs = keras.Input((4, 6))
    analysis = cnnlib.analyze(keras.Model(inputs, operation(inputs)))
    assert analysis.other == Cost()
    assert analysis.not_counted + analysis.passed_through == (analysis.layers[-1].name,)


class Custom(layers.Layer):
    """A layer that no rule knows, with a weight of a given rank."""

    def __init__(self, rank, keep=True, **options):
        super().__init__(**options)
        self.rank, self.keep = rank, keep

    def build(self, shape):
        self.weight = self.add_weight(shape=(3,) * self.rank, name="weight")

    def call(self, x):
        return x if self.keep else x[:, :1]


@pytest.mark.parametrize(("rank", "keep"), [(0, True), (1, True), (2, True), (1, False)])
def test_unknown_layers_are_listed_never_guessed(rank, keep):
    inputs = keras.Input((3,))
    model = keras.Model(inputs, layers.Dense(2)(Custom(rank, keep, name="own")(inputs)))
    analysis = cnnlib.analyze(model)
    passed = keep and rank < 2
    assert analysis.passed_through == (("own",) if passed else ())
    assert analysis.not_counted == (() if passed else ("own",))
    assert analysis.layers[0].macs is analysis.layers[0].other is None
    assert analysis.layers[0].params == 3**rank
    assert analysis.macs == analysis.layers[1].macs


def test_a_custom_layer_can_be_taught():
    class Doubled(Custom):
        pass

    @cost.register(Doubled)
    def _doubled(layer, step):
        return Cost(macs=7 * step.outputs[0].shape[0])

    analysis = analyzed(Doubled(1), (3,))
    assert analysis.macs == 7 * BATCH
    assert analysis.passed_through == ()


def test_costs_are_listed_apart_and_add_up():
    model = keras.Sequential(
        [
            layers.Input((6, 6, 2)),
            layers.Conv2D(4, 3, activation="relu"),
            layers.BatchNormalization(),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(3),
        ]
    )
    expected = Cost(
        macs=loop(4, 4, 4, 3, 3, 2) + loop(16, 3),
        bias=64 + 3,
        elementwise=64,
        normalization=128,
        pooling=64,
    )
    analysis = cnnlib.analyze(model)
    assert analysis.other == expected
    assert analysis.other == sum((layer.other for layer in analysis.layers), Cost())
    assert cnnlib.analyze(model, batch_size=5).other == Cost(*(5 * n for n in expected))
