"""The equivariance explorer's two ways against TensorFlow's."""

import itertools

import node
import numpy as np
import pytest

from cnnlib.explorers import EquivarianceExplorer
from cnnlib.explorers.equivariance import BORDERS, LAYERS, VISIBLE, dense_weights

MODULE = "equivariance/math.js"
WAYS = """
const weights = ops.denseWeights(32 * 32);
return data.map(({ map, kernel, layer, visible, ...how }) => {
  const still = { ...map, data: Float32Array.from(map.data) };
  const apply = (one) => {
    if (layer === "dense") return ops.dense(one, weights);
    const found = ops.filtered(one, kernel, how.circular);
    return layer === "position" ? ops.placed(found) : found;
  };
  const answers = apply(still);
  const one = apply(ops.shifted(still, how));
  const other = ops.shifted(answers, how);
  const apart = { data: one.data.map((value, at) => value - other.data[at]) };
  const limit = answers.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return [Array.from(one.data), Array.from(other.data), ops.shareAbove(apart, visible * limit)];
});"""


def test_both_ways_equal_tensorflow():
    made = [
        EquivarianceExplorer(picture="coins", layer=layer, border=border, down=down, right=right)
        for layer, border, (down, right) in itertools.product(
            LAYERS, BORDERS, ((0, 0), (12, -20), (-48, 48), (4, 0))
        )
    ]
    asked = []
    for one in made:
        s = one.settings()
        image = one.image()
        coarse = 4 if s["layer"] == "dense" else 1
        asked.append(
            {
                "map": {"data": image.ravel().tolist(), "shape": image.shape},
                "kernel": one.kernels.get(s["layer"]),
                "layer": s["layer"],
                "circular": s["border"] == "circular",
                "down": s["down"] // coarse,
                "right": s["right"] // coarse,
                "visible": VISIBLE,
            }
        )
    for explorer, (first, second, share) in zip(made, node.run(WAYS, asked, MODULE), strict=True):
        expected = explorer.compute()
        scale = max(1, abs(expected["shift_then_layer"]).max())
        for found, name in ((first, "shift_then_layer"), (second, "layer_then_shift")):
            difference = abs(np.ravel(found) - expected[name].ravel()).max()
            assert difference <= 1e-5 * scale, explorer
        assert share == pytest.approx(expected["differing"], abs=2e-4)


def test_only_convolutions_with_circular_borders_commute_with_every_shift():
    for layer, border in itertools.product(LAYERS, BORDERS):
        found = EquivarianceExplorer(layer=layer, border=border, down=8, right=20).compute()
        equivariant = layer in ("sobel", "mean", "random") and border == "circular"
        assert (found["differing"] == 0) == equivariant


def test_borders_of_zeros_change_a_strip_and_a_dense_layer_nearly_everything():
    share = {
        (layer, border): EquivarianceExplorer(layer=layer, border=border).compute()["differing"]
        for layer, border in (("sobel", "zeros"), ("position", "circular"), ("dense", "circular"))
    }
    assert 0 < share["sobel", "zeros"] < 0.03
    assert share["position", "circular"] > 0.9
    assert share["dense", "circular"] > 0.95


def test_the_dense_weights_are_those_of_javascript_and_look_random():
    weights = dense_weights(1024)
    found = node.run("return Array.from(ops.denseWeights(1024).slice(0, 5000));", None, MODULE)
    np.testing.assert_array_equal(np.float32(found), weights.ravel()[:5000])
    assert np.linalg.matrix_rank(weights) == 1024
    assert abs(weights.mean()) < 0.002
    assert weights.std() == pytest.approx(1 / np.sqrt(3), abs=0.002)
    for rows in (weights, weights.T):
        alike = np.corrcoef(rows) - np.eye(1024)
        assert abs(alike).max() < 0.2  # six standard deviations of chance


def test_pictures_are_shrunk_to_means():
    body = "return Array.from(ops.shrunk({ data, shape: [4, 4] }, 2).data);"
    assert node.run(body, list(range(16)), MODULE) == [2.5, 4.5, 10.5, 12.5]
