import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

import cnnlib
from bench.analysis import GIVE_BACK, probe
from bench.networks import build
from cnnlib.analysis.memory import OPTIMIZERS
from cnnlib.analysis.modeltape import ModelTape
from cnnlib.analysis.records import record
from cnnlib.analysis.tape import Buffer, Gradient, Tape

MAP = 8 * 8 * 4 * 4  # bytes of four 8x8 maps of float32


def stack(*above, side=8, channels=4):
    return keras.Sequential([layers.Input((side, side, channels)), *above])


def convolution(**options):
    return layers.Conv2D(4, 3, padding="same", **options)


def live(memory):
    """Return what is held beside weights, slots and inputs."""
    return memory.gradients + memory.activations + memory.workspace


@pytest.mark.parametrize(
    ("model", "maps"),
    [
        (stack(convolution()), 1),
        (stack(convolution(), convolution()), 2),
        (stack(*(convolution() for _ in range(5))), 2),
        (stack(convolution(activation="relu"), convolution()), 2),
        (stack(convolution(), layers.BatchNormalization(), layers.ReLU()), 1),
        (stack(convolution(), layers.Dropout(0.5), layers.Reshape((4, 16, 4))), 1),
    ],
)
def test_prediction_holds_two_layers_and_works_in_place(model, maps):
    analysis = cnnlib.analyze(model)
    assert live(analysis.inference) == maps * MAP
    assert analysis.inference.inputs == MAP
    assert analysis.inference.weights == 4 * model.count_params()
    assert analysis.inference_bytes == MAP + 4 * model.count_params() + maps * MAP


def test_a_shortcut_keeps_a_third_tensor_alive():
    x = inputs = keras.Input((8, 8, 4))
    x = shortcut = convolution()(x)
    x = convolution()(x)
    x = convolution()(x)
    model = keras.Model(inputs, layers.Add()([x, shortcut]))
    assert live(cnnlib.analyze(model).inference) == 3 * MAP


def test_equal_layers_without_weights_are_computed_once():
    inputs = keras.Input((8, 8, 4))
    x = convolution()(inputs)
    one, two = layers.ReLU()(x), layers.ReLU()(x)
    model = keras.Model(inputs, layers.Concatenate()([one, two, x]))
    assert live(cnnlib.analyze(model).inference) == (1 + 1 + 3) * MAP


def test_the_better_of_two_orders_counts():
    # Run early, the halving branch lets go of the large tensor; run late, it keeps it.
    inputs = keras.Input((8, 8, 4))
    x = layers.Conv2D(32, 3, padding="same")(inputs)
    narrow = layers.Conv2D(1, 1)(x)
    y = layers.Conv2D(4, 3, padding="same")(x)
    y = layers.Conv2D(16, 3, padding="same")(y)
    y = layers.Conv2D(32, 3, padding="same")(y)
    model = keras.Model(inputs, layers.Concatenate()([y, narrow]))
    early = 256 * (1 + 32 + 33)
    assert live(cnnlib.analyze(model).inference) == early


def kept(model):
    """Return the bytes of the forward pass that the backward pass reads, inputs apart."""
    analysis = cnnlib.analyze(model)
    tape = ModelTape(analysis.precision, training=True).follow(analysis.graph, record)
    loss = next(i for i, each in enumerate(tape.operations) if each.name == "loss")
    forward = {each.writes for each in tape.operations[:loss]}
    backward = {buffer for each in tape.operations[loss:] for buffer in each.reads}
    return sum(buffer.bytes for buffer in forward & backward)


STATISTIC = 4 * 4  # bytes of one float32 per map


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ([], 0),
        ([convolution()], MAP),  # its input
        ([layers.ReLU()], MAP),  # its result
        ([layers.ReLU(), convolution()], MAP),  # one and the same
        ([layers.Activation("softplus")], MAP),  # its operand
        ([layers.MaxPooling2D(2)], MAP + MAP // 4),  # operand and result
        ([layers.AveragePooling2D(2)], 0),
        ([layers.ZeroPadding2D(1), layers.Flatten()], 0),
        ([layers.Dropout(0.5)], MAP // 4),  # a mask of one byte per value
        ([layers.BatchNormalization()], MAP + 2 * STATISTIC),
        ([layers.BatchNormalization(trainable=False)], 0),
    ],
)
def test_training_keeps_what_the_backward_pass_reads(above, expected):
    assert kept(stack(convolution(), *above)) == expected


def test_frozen_layers_keep_nothing():
    model = stack(*(convolution(activation="relu") for _ in range(6)), layers.Flatten())
    trained = live(cnnlib.analyze(model).training(None))
    for layer in model.layers[:-2]:
        layer.trainable = False
    assert live(cnnlib.analyze(model).training(None)) < trained


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_slots_are_those_of_keras(name):
    model = stack(convolution())
    momentum = {"momentum": 0.9} if name == "momentum" else {}
    kind = "sgd" if name == "momentum" else name
    optimizer = keras.optimizers.get({"class_name": kind, "config": momentum})
    optimizer.build(model.trainable_variables)
    trained = {tuple(weight.shape) for weight in model.trainable_variables}
    kept = sum(4 * v.numpy().size for v in optimizer.variables if tuple(v.shape) in trained)
    analysis = cnnlib.analyze(model)
    assert analysis.training(name).slots == kept
    assert analysis.training(optimizer) == analysis.training(name)


def test_without_an_optimizer_all_gradients_stay():
    model = stack(convolution(), layers.Flatten(), layers.Dense(100))
    analysis = cnnlib.analyze(model)
    gradients = 4 * analysis.trainable_params
    assert live(analysis.training(None)) >= gradients
    assert analysis.training(None).slots == analysis.training("sgd").slots == 0
    assert analysis.training_bytes("adam") - analysis.training_bytes("sgd") >= 2 * gradients


def test_types_set_the_size_of_a_value():
    model = stack(convolution(activation="relu"), convolution())
    whole, half, mixed = (
        cnnlib.analyze(model, dtype=dtype).inference
        for dtype in ("float32", "bfloat16", "mixed_bfloat16")
    )
    assert (half.weights, live(half), half.inputs) == (
        whole.weights / 2,
        live(whole) / 2,
        whole.inputs / 2,
    )
    assert mixed.weights == whole.weights
    assert live(half) < live(mixed) < live(whole)
    assert cnnlib.analyze(model).training(dtype="bfloat16").weights == half.weights


@given(batch=st.integers(1, 10**6), training=st.booleans())
@settings(max_examples=20, deadline=None)
def test_the_largest_batch_fits_and_one_more_picture_does_not(batch, training):
    analysis = cnnlib.analyze(stack(convolution(activation="relu"), convolution()))

    def needs(n):
        at = cnnlib.analyze(analysis.model, batch_size=n)
        return at.training_bytes("sgd") if training else at.inference_bytes

    device = needs(batch)
    assert analysis.largest_batch(device, "sgd", training=training) == batch
    assert analysis.largest_batch(device - 1, "sgd", training=training) == batch - 1
    at = cnnlib.analyze(analysis.model, batch_size=batch)
    assert at.fits(device, "sgd", training=training)
    assert not at.fits(device - 1, "sgd", training=training)


@st.composite
def graphs(draw):
    """Draw a functional model with branches whose layers each make one tensor."""
    inputs = keras.Input((8, 8, draw(st.integers(1, 4))))
    tensors = [inputs]
    for _ in range(draw(st.integers(1, 8))):
        x = draw(st.sampled_from(tensors))
        kind = draw(st.sampled_from(["conv", "act", "norm", "pool", "pad", "join", "add"]))
        same = [y for y in tensors if y.shape == x.shape]
        if kind == "conv":
            kernel, filters = draw(st.integers(1, 3)), draw(st.integers(1, 8))
            x = layers.Conv2D(filters, kernel, padding="same", activation="relu")(x)
        elif kind == "act":
            x = layers.Activation(draw(st.sampled_from(["relu", "tanh", "softplus"])))(x)
        elif kind == "norm":
            x = layers.BatchNormalization()(x)
        elif kind == "pool":
            x = layers.MaxPooling2D(2, strides=1, padding="same")(x)
        elif kind == "pad":
            x = layers.Cropping2D(1)(layers.ZeroPadding2D(1)(x))
        elif kind == "join":
            sides = [y for y in tensors if y.shape[:3] == x.shape[:3]]
            x = layers.Concatenate()([x, draw(st.sampled_from(sides))])
        else:
            x = layers.Add()([x, draw(st.sampled_from(same))])
        tensors.append(x)
    return keras.Model(inputs, tensors[-1])


IN_PLACE = (layers.Activation, layers.BatchNormalization, layers.Add)


@given(graphs(), st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_memory_of_any_graph_lies_between_its_largest_layer_and_everything(model, batch):
    analysis = cnnlib.analyze(model, batch_size=batch)
    steps = analysis.graph.steps
    size = analysis.precision.bytes_of
    held = analysis.inference.inputs + live(analysis.inference)
    largest = max(
        (
            sum(map(size, {*step.inputs, *step.outputs}))
            for step in steps
            if not isinstance(step.operation, IN_PLACE)
        ),
        default=0,
    )
    everything = sum(size(x) for step in steps for x in step.outputs) + analysis.inference.inputs
    assert largest <= held <= everything
    with_backward = analysis.training(None)
    assert with_backward.inputs + live(with_backward) >= held - analysis.inference.inputs


def test_a_tape_counts_what_is_live():
    tape = Tape()
    a = tape.run("a", [], 10)
    b = tape.run("b", [a], 20, workspace=5)
    c = tape.run("c", [b], 20, in_place=True)
    d = tape.run("d", [c], 20, view=True)
    tape.outputs.add(d)
    assert tape.peak() == (35, "b", 5, 0)


def test_gradients_of_branches_add_up():
    tape, weight = Tape(), 7
    x = tape.run("x", [], 10, gradients=[Gradient(weight)])
    left = tape.run("left", [x], 10, gradients=[Gradient(x)])
    right = tape.run("right", [x], 10, gradients=[Gradient(x)])
    y = tape.run("y", [left, right], 10, gradients=[Gradient(left), Gradient(right)])
    tape.outputs.add(y)
    tape.differentiate([y])
    names = [each.name for each in tape.operations]
    assert names == ["x", "left", "right", "y", "loss", "y", "y", "right", "left", "x", "x"]
    assert tape.gradients == {tape.operations[-1].writes}


def test_buffers_that_need_no_gradient_get_none():
    tape = Tape()
    x = Buffer(10)
    y = tape.run("y", [x], 10, gradients=[Gradient(x)])
    tape.differentiate([y])
    assert [each.name for each in tape.operations] == ["y"]


@pytest.mark.parametrize(("network", "batch"), [("digits", 128), ("fashion", 64)])
@pytest.mark.parametrize("mode", ["inference", "gradient", "adam"])
def test_predictions_are_near_what_tensorflow_takes(network, batch, mode):
    measured = probe("memory_probe", (network, batch, mode), GIVE_BACK)
    analysis = cnnlib.analyze(build(network), batch_size=batch)
    memory = (
        analysis.inference
        if mode == "inference"
        else analysis.training(None if mode == "gradient" else mode)
    )
    assert live(memory) == pytest.approx(measured, rel=0.12)


@pytest.mark.parametrize(
    ("ask", "error", "name"),
    [
        (lambda analysis: analysis.training("adman"), ValueError, "optimizer"),
        (lambda analysis: analysis.training(3), ValueError, "optimizer"),
        (lambda analysis: analysis.training(batch_size=0), ValueError, "batch_size"),
        (lambda analysis: analysis.training(dtype="int8"), ValueError, "dtype"),
        (lambda analysis: analysis.fits("8 GB"), TypeError, "device_bytes"),
        (lambda analysis: analysis.largest_batch(-1), ValueError, "device_bytes"),
    ],
)
def test_wrong_questions_are_named(ask, error, name):
    with pytest.raises(error, match=rf"^`{name}` .*Received: "):
        ask(cnnlib.analyze(stack(convolution())))


@pytest.mark.parametrize(
    ("options", "error", "name"),
    [
        ({"dtype": "mixed_float32"}, ValueError, "dtype"),
        ({"dtype": None}, TypeError, "dtype"),
        ({"batch_size": 1.5}, TypeError, "batch_size"),
    ],
)
def test_wrong_arguments_are_named(options, error, name):
    with pytest.raises(error, match=rf"^`{name}` .*Received: "):
        cnnlib.analyze(stack(convolution()), **options)
