"""Closed forms of attention and recurrent layers, and of layers spread over time."""

import keras
import numpy as np
import pytest
from keras import layers, ops

import cnnlib
from cnnlib.analysis import Cost

BATCH = 2


def total(model):
    analysis = cnnlib.analyze(model, batch_size=BATCH)
    assert analysis.not_counted == ()
    assert analysis.params == model.count_params()
    return analysis.other


def alone(layer, shape, **call):
    inputs = keras.Input(shape)
    return total(keras.Model(inputs, layer(inputs, **call)))


def heads(queries, keys, values, key_size, value_size, free, targets, sources, outputs):
    """Count a projected attention; `queries` = (positions, features, heads) and so on."""
    macs = 0
    for positions, features, count, size in (
        (*queries, key_size),
        (*keys, key_size),
        (*values, value_size),
    ):
        macs += positions * features * count * size
    count = queries[2]
    for _place in range(free):
        for _target in range(targets):
            macs += count * sources * (key_size + value_size)
    return macs + queries[0] * count * value_size * outputs


@pytest.mark.parametrize("value_size", [None, 5])
@pytest.mark.parametrize("results", [None, 7, (2, 3)])
def test_multi_head_attention(value_size, results):
    query, value, key = keras.Input((4, 6)), keras.Input((3, 8)), keras.Input((3, 9))
    layer = layers.MultiHeadAttention(2, 4, value_dim=value_size, output_shape=results)
    model = keras.Model([query, value, key], layer(query, value, key))
    size = value_size or 4
    outputs = int(np.prod(results or 6))
    macs = heads((4, 6, 2), (3, 9, 2), (3, 8, 2), 4, size, 1, 4, 3, outputs)
    biases = 4 * 2 * 4 + 3 * 2 * 4 + 3 * 2 * size + 4 * outputs
    assert total(model) == Cost(BATCH * macs, BATCH * biases, elementwise=BATCH * 2 * 4 * 3)


@pytest.mark.parametrize(("axes", "free", "along"), [((1,), 3, 4), ((2,), 4, 3), ((1, 2), 1, 12)])
def test_attention_along_some_axes(axes, free, along):
    layer = layers.MultiHeadAttention(2, 4, attention_axes=axes, use_bias=False)
    inputs = keras.Input((4, 3, 6))
    macs = heads((12, 6, 2), (12, 6, 2), (12, 6, 2), 4, 4, free, along, along, 6)
    scores = 2 * free * along * along
    model = keras.Model(inputs, layer(inputs, inputs))
    assert total(model) == Cost(BATCH * macs, elementwise=BATCH * scores)


@pytest.mark.parametrize("gated", [False, True])
def test_grouped_queries_share_keys_and_values(gated):
    layer = layers.GroupQueryAttention(5, 4, 2, use_gate=gated)
    query, value = keras.Input((4, 6)), keras.Input((3, 6))
    macs = heads((4, 6, 4), (3, 6, 2), (3, 6, 2), 5, 5, 1, 4, 3, 6)
    gate = 4 * 4 * 5 * gated
    biases = 4 * 4 * 5 + 2 * 3 * 2 * 5 + 4 * 6 + gate
    expected = Cost(
        BATCH * (macs + gate * 6),
        BATCH * biases,
        elementwise=BATCH * (4 * 4 * 3 + 2 * gate),
    )
    assert total(keras.Model([query, value], layer(query, value))) == expected


def test_a_gate_is_a_projection_of_the_query():
    inputs = keras.Input((4, 6))
    plain, gated = (
        total(
            keras.Model(inputs, layers.MultiHeadAttention(2, 3, 5, use_gate=gate)(inputs, inputs))
        )
        for gate in (False, True)
    )
    size = BATCH * 4 * 2 * 5
    assert gated == plain + Cost(6 * size, bias=size, elementwise=2 * size)


def test_attention_spends_what_its_parts_spend():
    inputs = keras.Input((4, 6))
    layer = layers.MultiHeadAttention(2, 3)
    whole = total(keras.Model(inputs, layer(inputs, inputs)))
    projected = [
        layers.EinsumDense("abc,cde->abde", (None, 2, 3), bias_axes="de")(inputs) for _ in range(3)
    ]
    attended = ops.dot_product_attention(*projected)
    back = layers.EinsumDense("abde,dec->abc", (None, 6), bias_axes="c")(attended)
    assert total(keras.Model(inputs, back)) == whole


@pytest.mark.parametrize("scaled", [False, True])
def test_dot_and_additive_attention(scaled):
    query, value, key = keras.Input((4, 6)), keras.Input((3, 5)), keras.Input((3, 6))
    layer = layers.Attention(use_scale=scaled)
    model = keras.Model([query, value, key], layer([query, value, key]))
    scores = BATCH * 4 * 3
    assert total(model) == Cost(scores * (6 + 5), elementwise=scores * (1 + scaled))
    for layer in (
        layers.AdditiveAttention(use_scale=scaled),
        layers.Attention(use_scale=scaled, score_mode="concat"),
    ):
        model = keras.Model([query, value, key], layer([query, value, key]))
        elementwise = scores * (6 * (2 + scaled) + 1)
        assert total(model) == Cost(scores * 5, elementwise=elementwise, pooling=scores * 6)


GATES = {layers.LSTM: 4, layers.GRU: 3, layers.SimpleRNN: 1}


@pytest.mark.parametrize("kind", GATES)
@pytest.mark.parametrize("sequences", [False, True])
@pytest.mark.parametrize("bias", [False, True])
def test_recurrent_layers(kind, sequences, bias):
    macs = biases = 0
    for _moment in range(5):
        for _gate in range(GATES[kind]):
            macs += 6 * 4 + 4 * 4
            biases += 4 * (2 if kind is layers.GRU else 1) * bias
    layer = kind(4, return_sequences=sequences, use_bias=bias, return_state=sequences)
    assert alone(layer, (5, 6)) == Cost(BATCH * macs, BATCH * biases)


def test_stacked_cells_add_up():
    cells = [layers.LSTMCell(4), layers.GRUCell(3, reset_after=False), layers.SimpleRNNCell(2)]
    macs = 5 * (4 * 4 * (6 + 4) + 3 * 3 * (4 + 3) + 2 * (3 + 2))
    expected = Cost(BATCH * macs, bias=BATCH * 5 * (16 + 9 + 2))
    assert alone(layers.RNN(cells), (5, 6)) == expected


@keras.saving.register_keras_serializable(package="tests")
class OddCell(layers.Layer):
    """A cell that squares its state: nothing like Keras's, though its weights are called alike."""

    state_size = output_size = 4

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], 4), name="kernel")
        self.recurrent_kernel = self.add_weight(shape=(4, 4), name="recurrent_kernel")

    def call(self, x, states):
        state = ops.matmul(ops.matmul(states[0], self.recurrent_kernel), self.recurrent_kernel)
        return x @ self.kernel + state, [state]


def test_unknown_cells_are_not_counted():
    inputs = keras.Input((5, 6))
    model = keras.Model(inputs, layers.RNN(OddCell(), name="odd")(inputs))
    assert cnnlib.analyze(model).not_counted == ("odd",)


@pytest.mark.parametrize(("merge", "joins"), [("concat", 0), ("sum", 1), (None, 0)])
@pytest.mark.parametrize("state", [False, True])
def test_both_directions_count(merge, joins, state):
    layer = layers.Bidirectional(
        layers.LSTM(4, return_sequences=True, return_state=state), merge_mode=merge
    )
    macs, biases = 5 * 16 * (6 + 4), 5 * 16
    expected = Cost(BATCH * 2 * macs, BATCH * 2 * biases, BATCH * joins * 5 * 4)
    assert alone(layer, (5, 6)) == expected


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("sequences", [False, True])
@pytest.mark.parametrize(("stride", "padding"), [(1, "same"), (2, "valid")])
@pytest.mark.parametrize("data_format", ["channels_last", "channels_first"])
def test_convolutional_recurrent_layers(rank, sequences, stride, padding, data_format):
    layer = (layers.ConvLSTM1D, layers.ConvLSTM2D, layers.ConvLSTM3D)[rank - 1](
        4,
        3,
        strides=stride,
        padding=padding,
        return_sequences=sequences,
        data_format=data_format,
    )
    sides = (7, 6, 5)[:rank]
    shape = (3, *sides, 2) if data_format == "channels_last" else (3, 2, *sides)
    pixels = 1
    for n in sides:
        pixels *= n if stride == 1 else len(range(0, n - 2, 2))
    macs = 3 * pixels * 3**rank * 16 * (2 + 4)
    assert alone(layer, shape) == Cost(BATCH * macs, bias=BATCH * 3 * pixels * 16)


def test_a_layer_over_time_counts_at_every_moment():
    inputs = keras.Input((5, 6, 6, 2))
    layer = layers.Conv2D(3, 3, activation="relu")
    spread = total(keras.Model(inputs, layers.TimeDistributed(layer)(inputs)))
    outputs = BATCH * 5 * 4 * 4 * 3
    assert spread == Cost(outputs * 18, bias=outputs, elementwise=outputs)


def test_a_model_over_time_counts_at_every_moment():
    inner = keras.Sequential(
        [
            layers.Input((6, 6, 2)),
            layers.Conv2D(3, 3),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(2),
        ]
    )
    once = cnnlib.analyze(inner).other
    inputs = keras.Input((5, 6, 6, 2))
    spread = total(keras.Model(inputs, layers.TimeDistributed(inner)(inputs)))
    assert spread == Cost(*(BATCH * 5 * n for n in once))


def test_what_is_not_counted_is_not_counted_over_time():
    class First(layers.Layer):
        def call(self, x):
            return x[:, :1]

        def compute_output_shape(self, shape):
            return (shape[0], 1, *shape[2:])

    inputs = keras.Input((5, 6, 2))
    model = keras.Model(inputs, layers.TimeDistributed(First(), name="spread")(inputs))
    assert cnnlib.analyze(model).not_counted == ("spread",)
