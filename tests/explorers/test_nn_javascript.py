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
NETWORK = "js/nn/network.js"
ENGINE = (NETWORK, "js/nn/training.js", "js/nn/random.js", "js/nn/weights.js")
OPEN = """
    const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
    const open = ({ graph, weights }) => ops.network(graph, bytes(weights));
"""


def packed(model):
    """Return an exported model as JSON can hold it."""
    exported = live.export(model)
    return {
        "graph": exported.graph,
        "weights": base64.b64encode(exported.weights).decode(),
    }


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


def _words(model):
    return str([(layer.name, layer.get_config()) for layer in model.layers])
