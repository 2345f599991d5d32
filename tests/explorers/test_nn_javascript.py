"""The page's networks compute what Keras computes, forward, backward and step by step."""

import base64

import keras
import node
import numpy as np
import pytest
import tensorflow as tf
from small_networks import Maker

from cnnlib import live

FORWARD, BACKWARD, PICTURES = 300, 100, 3
ENGINE = (
    "js/nn/network.js",
    "js/nn/training.js",
    "js/nn/random.js",
    "js/nn/weights.js",
    "js/nn/session.js",
)
OPEN = """
    const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
    const open = ({ graph, weights }) => ops.network(graph, bytes(weights));
"""


def packed(model):
    """Return an exported model as JSON can hold it."""
    graph, weights, _ = live.export(model)
    return {"graph": graph, "weights": base64.b64encode(weights).decode()}


@pytest.fixture(scope="module")
def networks():
    """The models, each with pictures and a weight for each output in the loss."""
    made = []
    for seed in range(FORWARD):
        maker = Maker(seed)
        model = maker.model()
        pictures = maker.pictures(model, PICTURES)
        made.append((model, pictures, maker.rng.normal(size=(PICTURES, *model.output_shape[1:]))))
    return made


@pytest.fixture(scope="module")
def computed(networks):
    """What JavaScript makes of them: each one's outputs, and the gradients of the first."""
    data = [
        {**packed(model), "pictures": pictures.ravel().tolist(), "slopes": slopes.ravel().tolist()}
        for model, pictures, slopes in networks
    ]
    body = f"""{OPEN}
        return data.map((one, i) => {{
          const run = ops.batch(open(one), {PICTURES});
          run.input.data.set(one.pictures);
          const output = [...run.forward()];
          return {{ output, gradients: i < {BACKWARD} ? gradients(one) : [] }};
        }});
        function gradients(one) {{
          const net = open(one);
          for (const layer of net.layers) if (layer.kind === "Dropout") layer.config.rate = 0;
          const run = ops.batch(net, {PICTURES}, {{ gradients: true, random: Math.random }});
          run.input.data.set(one.pictures);
          run.forward({{ training: true }});
          run.output.grad.set(one.slopes);
          run.backward(false);
          return ops.trained(net).map(({{ grad }}) => [...grad]);
        }}
    """
    return node.run(body, data, *ENGINE)


def test_forward_is_keras(networks, computed):
    for (model, pictures, _), found in zip(networks, computed, strict=True):
        expected = np.asarray(model(pictures)).ravel()
        scale = max(1, np.abs(expected).max())
        np.testing.assert_allclose(
            np.array(found["output"]) / scale, expected / scale, atol=1e-4, err_msg=_words(model)
        )


def test_backward_is_tensorflow(networks, computed):
    for (model, pictures, slopes), found in zip(networks[:BACKWARD], computed, strict=False):
        for layer in model.layers:
            if isinstance(layer, keras.layers.Dropout):
                layer.rate = 0
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(model(pictures, training=True) * slopes.astype("float32"))
        expected = tape.gradient(loss, model.trainable_variables)
        for weight, gradient, other in zip(
            model.trainable_variables, expected, found["gradients"], strict=True
        ):
            gradient = np.zeros(weight.shape) if gradient is None else np.asarray(gradient)
            scale = max(1e-2, np.abs(gradient).max())
            np.testing.assert_allclose(
                np.array(other) / scale,
                gradient.ravel() / scale,
                atol=1e-3,
                err_msg=f"{weight.path} of {_words(model)}",
            )


@pytest.fixture(scope="module")
def learner():
    """A model with batch normalization, and batches of pictures with their classes."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            keras.layers.Conv2D(4, 3, activation="relu"),
            keras.layers.BatchNormalization(momentum=0.9),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(3, activation="softmax", name="dense"),
        ]
    )
    for weight in model.weights:
        weight.assign(np.asarray(weight).astype("float16"))
    rng = np.random.default_rng(0)
    batches = [(rng.random((5, 8, 8, 1)), rng.integers(0, 3, 5)) for _ in range(8)]
    return model, batches


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("sgd", {}),
        ("sgd", {"learning_rate": 0.1, "momentum": 0.9}),
        ("sgd", {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True}),
        ("adam", {}),
        ("adam", {"learning_rate": 0.03, "beta_1": 0.8, "beta_2": 0.95, "epsilon": 1e-3}),
    ],
)
def test_every_step_of_training_is_keras(learner, name, settings):
    start, batches = learner
    model = keras.models.clone_model(start)
    model.set_weights(start.get_weights())
    optimizer = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam}[name](**settings)
    model.compile(optimizer, "sparse_categorical_crossentropy", run_eagerly=True)
    body = f"""{OPEN}
        const net = open(data);
        const run = ops.batch(net, 5, {{ gradients: true }});
        const step = ops.OPTIMIZERS[data.name](ops.trained(net), data.settings);
        return data.batches.map(({{ pictures, classes }}) => {{
          run.input.data.set(pictures);
          run.forward({{ training: true }});
          const {{ loss }} = ops.crossEntropy(run, classes);
          run.backward();
          step();
          const weights = net.layers.flatMap((layer) => Object.values(layer.weights));
          return {{ loss, weights: weights.map(({{ data }}) => [...data]) }};
        }});
    """
    listed = [{"pictures": x.ravel().tolist(), "classes": y.tolist()} for x, y in batches]
    data = packed(start) | {"name": name, "settings": settings, "batches": listed}
    for (x, y), found in zip(batches, node.run(body, data, *ENGINE), strict=True):
        assert found["loss"] == pytest.approx(model.train_on_batch(x, y), abs=1e-4)
        for weight, other in zip(model.get_weights(), found["weights"], strict=True):
            np.testing.assert_allclose(other, weight.ravel(), atol=2e-4)


def test_random_numbers_repeat_and_are_numpys():
    def hashed(x):
        x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D)
        x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
        return x ^ (x >> np.uint32(16))

    body = """
        const random = ops.stream(data);
        return Array.from({ length: 1000 }, random);
    """
    found = np.array(node.run(body, 7, *ENGINE))
    start = hashed(np.array([7 + 0x9E3779B9], "uint32"))
    np.testing.assert_array_equal(found, hashed(start + np.arange(1000, dtype="uint32")) / 2**32)
    assert found.mean() == pytest.approx(0.5, abs=0.03)
    assert np.corrcoef(found[:-1], found[1:])[0, 1] == pytest.approx(0, abs=0.1)


def test_dropout_keeps_its_share_and_the_mean():
    model = keras.Sequential([keras.Input((50, 50, 1)), keras.layers.Dropout(0.3)])
    body = f"""{OPEN}
        const run = ops.batch(open(data), 4, {{ gradients: true, random: ops.stream(1) }});
        run.input.data.fill(1);
        run.forward({{ training: true }});
        return [...run.output.data];
    """
    found = np.array(node.run(body, packed(model), *ENGINE))
    np.testing.assert_allclose(np.unique(found), [0, 1 / 0.7], rtol=1e-6)
    assert np.mean(found == 0) == pytest.approx(0.3, abs=0.02)


@pytest.mark.parametrize("name", ["glorot_uniform", "he_uniform", "he_normal", "random_normal"])
def test_kernels_start_as_widely_as_in_keras(name):
    model = keras.Sequential([keras.Input((6, 6, 20)), keras.layers.Conv2D(40, 3, groups=2)])
    body = f"""{OPEN}
        const net = open(data);
        ops.initialize(net, data.name, ops.stream(1));
        return [...net.layers[1].weights.kernel.data];
    """
    found = np.array(node.run(body, packed(model) | {"name": name}, *ENGINE))
    expected = np.asarray(keras.initializers.get(name)((3, 3, 10, 40)))
    assert found.mean() == pytest.approx(0, abs=0.05 * found.std() + 1e-3)
    assert found.std() == pytest.approx(expected.std(), rel=0.05)


def test_a_layers_results_follow_from_the_layer_that_was_broken(networks):
    models = [(model, pictures) for model, pictures, _ in networks[:60] if model.weights]
    body = f"""{OPEN}
        return data.map((one) => {{
          const net = open(one);
          const [run, fresh] = [ops.batch(net, {PICTURES}), ops.batch(net, {PICTURES})];
          for (const each of [run, fresh]) each.input.data.set(one.pictures);
          run.forward();
          const broken = net.layers.find((layer) => Object.keys(layer.weights).length);
          Object.values(broken.weights)[0].data.fill(0.5);
          broken.silent.add(0);
          run.forward({{ from: [broken.name] }});
          fresh.forward();
          return [[...run.output.data], [...fresh.output.data]];
        }});
    """
    data = [packed(model) | {"pictures": pictures.ravel().tolist()} for model, pictures in models]
    for partly, wholly in node.run(body, data, *ENGINE):
        assert partly == wholly


def test_what_is_cut_changes_nothing():
    inputs = x = keras.Input((4, 4, 2))
    y = keras.layers.Rescaling(3.0, name="branch")(x)
    gate = keras.layers.Rescaling(0.5, name="gate")(x)
    sum_ = keras.layers.Add(name="sum")([x, y])
    model = keras.Model(inputs, keras.layers.Multiply(name="product")([sum_, gate]))
    body = f"""{OPEN}
        const net = open(data);
        const run = ops.batch(net, 1);
        run.input.data.fill(2);
        const whole = run.forward()[0];
        net.named.sum.cut.add(1);
        const plain = run.forward()[0];
        net.named.product.cut.add(1);
        return [whole, plain, run.forward()[0]];
    """
    assert node.run(body, packed(model), *ENGINE) == [8, 2, 2]


@pytest.mark.parametrize("damage", ["weights.slice(2)", "weights.fill(1, 0, 1)"])
def test_weights_of_another_network_are_refused(learner, damage):
    body = f"""{OPEN}
        const weights = bytes(data.weights);
        try {{
          ops.network(data.graph, {damage});
        }} catch (error) {{
          return error.message;
        }}
    """
    found = node.run(body, packed(learner[0]), *ENGINE)
    assert "are damaged, or another network's" in found
    assert "Received: " in found


def test_a_session_tells_the_accuracy_before_and_after_a_change(learner):
    model, batches = learner
    x, y = batches[0]
    body = f"""{OPEN}
        const answer = ops.session();
        const ask = (request) => [...answer(request)].filter(Boolean).at(-1);
        const tests = {{ pictures: data.pictures, classes: data.classes }};
        ask({{ do: "open", graph: data.graph, weights: bytes(data.weights), tests }});
        const whole = ask({{ do: "test" }});
        const zeros = {{ kernel: new Float32Array(108), bias: [0, 1, 0] }};
        const broken = ask({{ do: "test", changes: [{{ name: "dense", weights: zeros }}] }});
        return [whole, broken].map(({{ accuracy, predicted }}) => [accuracy, ...predicted]);
    """
    listed = {"pictures": x.ravel().tolist(), "classes": y.tolist()}
    whole, broken = node.run(body, packed(model) | listed, *ENGINE)
    expected = np.argmax(model.predict(x, verbose=0), axis=-1)
    assert whole == [np.mean(expected == y), *expected]
    assert broken == [np.mean(y == 1), *[1] * 5]


def _words(model):
    return str([(layer.name, layer.get_config()) for layer in model.layers])
