"""The pooling explorer's arithmetic against TensorFlow and SciPy."""

import itertools
import random

import node
import numpy as np
import tensorflow as tf

from cnnlib.explorers import PoolingExplorer

MODULE = "pooling/math.js"


def as_map(array):
    return {"data": array.ravel().tolist(), "shape": list(array.shape)}


def arrays(results):
    return [np.reshape(result["data"], result["shape"]) for result in results]


BACK = "({ data, shape }) => ({ data: Array.from(data), shape })"


def test_pooling_equals_tensorflow():
    rng = np.random.default_rng(0)
    cases = [
        (rng.normal(size=sides).astype("float32"), kind, size, stride)
        for sides, kind, size, stride in itertools.product(
            ((8, 8), (13, 9), (10, 17)), ("max", "average"), range(1, 9), range(1, 9)
        )
    ]
    assert len(cases) >= 300
    body = f"""return data.map(({{ map, kind, ...window }}) => ops.pool(
      {{ ...map, data: Float32Array.from(map.data) }}, kind, window)).map({BACK});"""
    asked = [{"map": as_map(x), "kind": k, "size": f, "stride": s} for x, k, f, s in cases]
    for found, (x, kind, size, stride) in zip(
        arrays(node.run(body, asked, MODULE)), cases, strict=True
    ):
        operation = tf.nn.max_pool2d if kind == "max" else tf.nn.avg_pool2d
        expected = operation(x[None, :, :, None], size, stride, "VALID")
        np.testing.assert_allclose(found, expected[0, :, :, 0], atol=1e-5)


def test_strides_depthwise_and_global_pooling_equal_tensorflow():
    rng = np.random.default_rng(1)
    stacks = [rng.normal(size=(h, w, 4)).astype("float32") for h, w in ((5, 7), (8, 3), (1, 1))]
    for stack in stacks:
        body = f"""
        const stack = {{ ...data.stack, data: Float32Array.from(data.stack.data) }};
        const map = {{ ...data.map, data: Float32Array.from(data.map.data) }};
        return [...[1, 2, 3].map((stride) => ops.strided(map, stride)), ops.depthwiseMax(stack),
          ops.globalAverage(map)].map({BACK});"""
        found = arrays(
            node.run(body, {"stack": as_map(stack), "map": as_map(stack[..., 0])}, MODULE)
        )
        one = stack[None, ..., :1]
        for stride, kept in zip((1, 2, 3), found[:3], strict=True):
            expected = tf.nn.conv2d(one, tf.ones([1, 1, 1, 1]), stride, "VALID")
            np.testing.assert_array_equal(kept, expected[0, :, :, 0])
        deep = tf.nn.max_pool(stack[None], [1, 1, 1, 4], [1, 1, 1, 4], "VALID")
        np.testing.assert_array_equal(found[3], deep[0, :, :, 0])
        np.testing.assert_allclose(found[4], tf.reduce_mean(one, (1, 2))[:, :1], atol=1e-6)


def test_movements_and_changes_equal_scipy():
    choose = random.Random(2)
    explorers = [
        PoolingExplorer(
            picture=choose.choice(("camera", "coins")),
            source="pixels",
            right=choose.randint(-16, 16) / 2,
            turn=choose.randint(-90, 90) / 2,
            zoom=round(choose.uniform(0.8, 1.25), 2),
        )
        for _ in range(12)
    ]
    body = """return data.map(({ map, ...how }) => {
      const before = { ...map, data: Float32Array.from(map.data) };
      const after = ops.move(before, how);
      return { after: Array.from(after.data), change: ops.change(before, after) };
    });"""
    names = ("right", "turn", "zoom")
    asked = [
        {"map": as_map(one.moved()[0]), **{name: one.settings()[name] for name in names}}
        for one in explorers
    ]
    for explorer, found in zip(explorers, node.run(body, asked, MODULE), strict=True):
        after = explorer.moved()[1]
        np.testing.assert_allclose(np.reshape(found["after"], after.shape), after, atol=1e-5)
        expected = explorer.compute()["change"]["input"]
        np.testing.assert_allclose(found["change"], expected, rtol=1e-4)
