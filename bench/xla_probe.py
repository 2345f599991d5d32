"""Run with Keras on JAX: `python -m bench.xla_probe NETWORK BATCH` prints bytes as JSON.

XLA plans every buffer before it runs anything; what it plans for one prediction beside weights,
inputs and outputs is another compiler's answer to the same question.
"""

import json
import sys

import jax
import keras
import numpy as np

from bench.networks import build


def measure(network, batch):
    """Return the bytes of temporary buffers and of outputs that XLA plans.

    Args:
        network: a name that `bench.networks.build` knows.
        batch: pictures in a batch.
    """
    model = build(network)
    weights = [jax.ShapeDtypeStruct(w.shape, w.dtype) for w in model.weights]

    def predict(values, x):
        with keras.StatelessScope(list(zip(model.weights, values, strict=True))):
            return model(x, training=False)

    x = jax.ShapeDtypeStruct((batch, *model.input_shape[1:]), np.float32)
    plan = jax.jit(predict).lower(weights, x).compile().memory_analysis()
    return plan.temp_size_in_bytes + plan.output_size_in_bytes


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
