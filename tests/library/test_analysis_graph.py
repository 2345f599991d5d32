import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers, ops

import cnnlib
from cnnlib.analysis.graph import steps_of, walk


def names(model, **options):
    return [step.name for step in walk(model, **options).steps]


def shapes(model, **options):
    return [step.outputs[0].shape for step in walk(model, **options).steps]


class Block(layers.Layer):
    """A custom layer that holds layers."""

    def __init__(self, filters, **options):
        super().__init__(**options)
        self.conv = layers.Conv2D(filters, 3, padding="same", name="conv")
        self.norm = layers.BatchNormalization(name="norm")

    def build(self, shape):
        self.conv.build(shape)
        self.norm.build(self.conv.compute_output_shape(shape))

    def call(self, x):
        return ops.relu(self.norm(self.conv(x)))


class Halved(layers.Layer):
    """A custom layer that no rule knows: it drops every other value."""

    def call(self, x):
        return x[..., ::2]

    def compute_output_shape(self, shape):
        return (*shape[:-1], (shape[-1] + 1) // 2)


class Subclass(keras.Model):
    """A model whose graph Keras does not keep."""

    def __init__(self, **options):
        super().__init__(**options)
        self.first = layers.Dense(5, name="first")
        self.second = layers.Dense(3, name="second")

    def call(self, x):
        return self.second(self.first(x))


def test_a_sequential_model_is_a_list_of_its_layers():
    model = keras.Sequential(
        [
            layers.Input((8, 8, 3)),
            layers.Conv2D(4, 3, name="conv"),
            layers.MaxPooling2D(name="pool"),
            layers.Flatten(name="flat"),
        ]
    )
    graph = walk(model, batch_size=2)
    assert [step.name for step in graph.steps] == ["conv", "pool", "flat"]
    assert [step.operation for step in graph.steps] == model.layers
    assert [step.outputs[0].shape for step in graph.steps] == [(2, 6, 6, 4), (2, 3, 3, 4), (2, 36)]
    assert graph.inputs[0].shape == (2, 8, 8, 3)
    assert graph.outputs == graph.steps[-1].outputs
    assert all(
        above.inputs[0] is below.outputs[0]
        for below, above in zip(graph.steps, graph.steps[1:], strict=False)
    )


def test_steps_come_after_those_they_need_in_both_orders():
    inputs = x = keras.Input((8, 8, 2))
    for _ in range(3):
        x = layers.Concatenate()([x, layers.Conv2D(2, 3, padding="same")(x)])
    graph = walk(keras.Model(inputs, [x, layers.ReLU()(inputs)]))
    assert set(graph.eager().steps) == set(graph.steps)
    for order in (graph, graph.eager()):
        known = set(map(id, order.inputs))
        for step in order.steps:
            assert {id(tensor) for tensor in step.inputs} <= known
            known |= {id(tensor) for tensor in step.outputs}


@pytest.mark.parametrize(
    "declared",
    [
        lambda one, two: [one, two],
        lambda one, two: {"one": one, "two": two},
    ],
)
def test_inputs_and_outputs_may_be_several(declared):
    one, two = keras.Input((4,), name="one"), keras.Input((None,), name="two")
    dense = layers.Dense(4, name="dense")(one)
    total = layers.Add(name="total")([dense, two])
    model = keras.Model(declared(one, two), declared(total, dense))
    for given in ([(4,), (4,)], {"two": (4,)}, {"two": [4], "one": (4,)}):
        graph = walk(model, input_shape=given)
        assert [tensor.name for tensor in graph.inputs] == ["one", "two"]
        assert [tensor.shape for tensor in graph.inputs] == [(1, 4), (1, 4)]
        assert [step.name for step in graph.steps] == ["dense", "total"]
        assert graph.outputs == (graph.steps[1].outputs[0], graph.steps[0].outputs[0])


def test_a_nested_model_prefixes_its_layers_and_is_counted_once():
    encoder = keras.Sequential(
        [layers.Input((None, None, 2)), layers.Conv2D(2, 3, name="conv")], name="encoder"
    )
    inputs = keras.Input((9, 9, 2))
    model = keras.Model(inputs, encoder(encoder(inputs)))
    assert names(model) == ["encoder/conv", "encoder/conv#2"]
    assert shapes(model) == [(1, 7, 7, 2), (1, 5, 5, 2)]
    analysis = cnnlib.analyze(model)
    assert [layer.params for layer in analysis.layers] == [38, 0]
    assert [layer.macs for layer in analysis.layers] == [49 * 2 * 18, 25 * 2 * 18]
    assert analysis.params == model.count_params() == 38


def test_models_nest_in_models():
    inner = keras.Sequential([layers.Input((4,)), layers.Dense(4, name="dense")], name="inner")
    middle = keras.Sequential([layers.Input((4,)), inner, layers.ReLU(name="relu")], name="middle")
    outer = keras.Sequential([layers.Input((4,)), middle, inner])
    assert names(outer) == ["middle/inner/dense", "middle/relu", "inner/dense"]
    assert cnnlib.analyze(outer).params == sum(x.params for x in cnnlib.analyze(outer).layers) == 20


def test_a_nested_model_may_be_called_by_keyword_and_by_input_name():
    first, second = keras.Input((4,), name="first"), keras.Input((4,), name="second")
    inner = keras.Model([second, first], [layers.Dense(2)(first), layers.Dense(3)(second)])
    one, two = keras.Input((4,), name="one"), keras.Input((4,), name="two")
    for outputs in (inner(inputs=[two, one]), inner({"first": one, "second": two})):
        steps = {s.outputs[0].shape[1]: s for s in walk(keras.Model([one, two], outputs)).steps}
        assert [steps[2].inputs[0].name, steps[3].inputs[0].name] == ["one", "two"]


def test_a_shared_layer_has_a_row_per_call_and_its_parameters_once():
    shared = layers.Dense(4, name="shared")
    inputs = keras.Input((4,))
    model = keras.Model(inputs, shared(shared(shared(inputs))))
    analysis = cnnlib.analyze(model)
    assert [layer.name for layer in analysis.layers] == ["shared", "shared#2", "shared#3"]
    assert [layer.params for layer in analysis.layers] == [20, 0, 0]
    assert analysis.params == 20
    assert analysis.macs == 3 * 16


def test_operations_of_keras_are_steps():
    inputs = keras.Input((4, 6), name="x")
    x = ops.relu(inputs + 1) * inputs
    x = ops.reshape(x, (-1, 6, 4))[:, 1:, ::2]
    x = ops.mean(x, axis=1)
    one, two = ops.split(ops.concatenate([x, x], axis=-1), 2, axis=-1)
    model = keras.Model(inputs, ops.matmul(ops.expand_dims(one, 1), ops.expand_dims(two, 2)))
    graph = walk(model, batch_size=3)
    kinds = [type(step.operation).__name__ for step in graph.steps]
    assert kinds[:6] == ["Add", "Relu", "Multiply", "Reshape", "GetItem", "Mean"]
    assert sorted(kinds[6:]) == ["Concatenate", "ExpandDims", "ExpandDims", "Matmul", "Split"]
    assert [step.outputs[0].shape for step in graph.steps[:6]] == [
        *[(3, 4, 6)] * 3,
        (3, 6, 4),
        (3, 5, 2),
        (3, 2),
    ]
    assert graph.outputs[0].shape == (3, 1, 1)
    assert cnnlib.analyze(model).not_counted == ()


@pytest.mark.parametrize("batch_size", [1, 10**6])
def test_a_subclass_is_traced(batch_size):
    graph = walk(Subclass(), batch_size, (4,))
    assert [step.name for step in graph.steps] == ["first", "second"]
    assert [step.outputs[0].shape for step in graph.steps] == [(batch_size, 5), (batch_size, 3)]


def test_a_subclass_that_has_seen_data_needs_no_shape():
    model = Subclass()
    model(np.zeros((2, 4)))
    assert shapes(model) == [(1, 5), (1, 3)]
    assert cnnlib.analyze(model).params == model.count_params() == 43


@pytest.mark.parametrize("structure", [list, dict])
def test_a_subclass_may_take_several_inputs(structure):
    class Sum(Subclass):
        def call(self, x):
            one, two = x.values() if isinstance(x, dict) else x
            return {"sum": self.first(one) + two, "left": one}

    given = {"one": (4,), "two": (5,)}
    given = given if structure is dict else list(given.values())
    graph = walk(Sum(), input_shape=given)
    assert graph.steps[0].name == "first"
    assert [tensor.shape for tensor in graph.inputs] == [(1, 4), (1, 5)]
    assert sorted(tensor.shape for tensor in graph.outputs) == [(1, 4), (1, 5)]
    model = Sum()
    data = [np.zeros((2, 4)), np.zeros((2, 5))]
    model(dict(zip(("one", "two"), data, strict=True)) if structure is dict else data)
    assert [tensor.shape for tensor in walk(model).inputs] == [(1, 4), (1, 5)]


def test_a_subclass_that_makes_its_layers_in_build_is_built():
    class Late(keras.Model):
        def build(self, shape):
            self.dense = layers.Dense(3, name="dense")
            self.dense.build(shape)

        def call(self, x):
            return self.dense(x)

    assert names(Late(), input_shape=(4,)) == ["dense"]
    assert cnnlib.analyze(Late(), input_shape=(4,)).params == 15


class UsesTensorFlow(Subclass):
    def call(self, x):
        return tf.nn.relu(self.first(x))


class Branches(Subclass):
    def call(self, x):
        y = self.first(x)
        return y if ops.sum(y) > 0 else -y


@pytest.mark.parametrize("kind", [UsesTensorFlow, Branches])
def test_a_subclass_that_cannot_be_traced_is_one_error_that_says_what_to_do(kind):
    with pytest.raises(
        ValueError, match=rf"(?s)^`model` .*keras.ops.*functional.*Received: {kind.__name__}$"
    ):
        walk(kind(), input_shape=(4,))


def test_custom_layers_that_hold_layers_are_looked_into():
    inputs = keras.Input((8, 8, 3))
    block = Block(4, name="block")
    model = keras.Model(inputs, layers.ReLU(name="end")(block(inputs)))
    found = names(model)
    assert found[:2] == ["block/conv", "block/norm"]
    assert found[2].startswith("block/relu")
    assert found[3] == "end"
    analysis = cnnlib.analyze(model)
    assert analysis.macs == 64 * 4 * 27
    assert analysis.not_counted == analysis.passed_through == ()


def test_a_custom_layer_that_cannot_be_followed_is_one_step_and_says_why():
    class Opaque(Block):
        def call(self, x):
            return tf.nn.relu(self.conv(x))

        def compute_output_shape(self, shape):
            return self.conv.compute_output_shape(shape)

    inputs = keras.Input((8, 8, 3))
    model = keras.Model(inputs, Opaque(4, name="opaque")(inputs))
    assert names(model) == ["opaque"]
    assert "KerasTensor" in walk(model).untraced["opaque"]
    analysis = cnnlib.analyze(model)
    assert analysis.not_counted == ("opaque",)
    assert "Could not look inside opaque" in str(analysis)
    assert analysis.params == model.count_params()


def test_tensors_among_keywords_are_inputs():
    class Scaled(layers.Layer):
        def call(self, x, by=None):
            return x * by

        def compute_output_shape(self, x_shape, by_shape):
            return x_shape

    inputs = keras.Input((4,))
    model = keras.Model(inputs, Scaled(name="scaled")(inputs, by=layers.Dense(1)(inputs)))
    step = walk(model).steps[-1]
    assert [tensor.shape for tensor in step.inputs] == [(1, 4), (1, 1)]


def test_lambdas_and_masks_are_steps():
    inputs = keras.Input((5,), dtype="int32")
    x = layers.Embedding(7, 4, mask_zero=True, name="embedding")(inputs)
    x = layers.LSTM(3, name="lstm")(x)
    model = keras.Model(inputs, layers.Lambda(lambda x: x[:, :2], name="lambda")(x))
    found = dict(zip(names(model), shapes(model), strict=True))
    assert found["embedding"] == (1, 5, 4)
    assert found["lstm"] == (1, 3)
    assert found["lambda"] == (1, 2)


def test_steps_of_opens_models_and_only_models():
    model = keras.Sequential([layers.Input((4,)), layers.Dense(4), layers.ReLU()])
    inputs = keras.Input((4,))
    outer = keras.Model(inputs, layers.ReLU(name="relu")(inputs))
    (relu,) = walk(outer).steps
    assert [step.name for step in steps_of(relu)] == ["relu"]
    whole = type(relu)("model", model, relu.args, {}, relu.inputs, relu.outputs)
    assert len(steps_of(whole)) == 2


def test_the_user_s_layers_are_left_as_they_were():
    inputs = keras.Input((8, 8, 3))
    block = Block(3, name="block")
    inner = keras.Sequential([layers.Input((8, 8, 3)), block, layers.ReLU()])
    model = keras.Model(inputs, inner(block(inputs)))
    subclass = Subclass()
    subclass(np.zeros((1, 4)))
    every = [*model._flatten_layers(), *subclass._flatten_layers()]

    def state():
        nodes = [(list(layer._inbound_nodes), list(layer._outbound_nodes)) for layer in every]
        return nodes, [id(w) for layer in every for w in layer.weights], model.get_config()

    before = state()
    for each, shape in ((model, None), (subclass, (4,))):
        assert cnnlib.analyze(each, input_shape=shape, batch_size=3).layers
    assert state() == before


def test_nothing_runs_and_nothing_is_allocated(monkeypatch):
    inputs = keras.Input((None, None, 3))
    x = layers.Conv2D(8, 3)(inputs)
    x = layers.SeparableConv2D(8, 3)(layers.BatchNormalization()(x))
    model = keras.Model(inputs, layers.Dense(4)(layers.GlobalAveragePooling2D()(ops.relu(x))))

    def refuse(*args, **kwargs):
        raise AssertionError("the model ran")

    for kind in {type(layer) for layer in model.layers}:
        monkeypatch.setattr(kind, "call", refuse)
    monkeypatch.setattr(keras.Model, "__call__", refuse)
    monkeypatch.setattr(keras.Layer, "add_weight", refuse)
    for name in ("conv2d", "relu", "depthwise_conv2d", "separable_conv2d"):
        monkeypatch.setattr(tf.nn, name, refuse)
    analysis = cnnlib.analyze(model, batch_size=10**6, input_shape=(1000, 1000, 3))
    assert analysis.layers[0].output_shape == (10**6, 998, 998, 8)
    assert analysis.layers[0].macs == 10**6 * 998**2 * 8 * 27


def test_names_of_inputs_are_those_of_the_model():
    model = keras.Model(image := keras.Input((8, 8, 1), name="image"), layers.ReLU()(image))
    assert cnnlib.analyze(model).receptive_field(source="image").size == (1, 1)


@pytest.mark.parametrize("frozen", ["first", "both"])
def test_frozen_layers_are_not_trainable(frozen):
    model = keras.Sequential([layers.Input((4,)), layers.Dense(5), layers.Dense(3)])
    model.layers[0].trainable = False
    model.trainable = frozen != "both"
    if frozen == "first":
        model.layers[0].trainable = False
    analysis = cnnlib.analyze(model)
    assert analysis.params == model.count_params() == 43
    assert analysis.trainable_params == (18 if frozen == "first" else 0)
    assert [layer.trainable_params for layer in analysis.layers] == (
        [0, 18] if frozen == "first" else [0, 0]
    )
