"""The equivariance explorer's two ways against TensorFlow's."""

import itertools

import node
import numpy as np

from cnnlib.explorers import EquivarianceExplorer
from cnnlib.explorers.equivariance import BORDERS, LAYERS

WAYS = """return data.map(({ map, kernel, layer, ...how }) => {
  const still = { ...map, data: Float32Array.from(map.data) };
  const apply = (one) => {
    if (layer === "dense") return ops.dense(one);
    const found = ops.filtered(one, kernel, how.circular);
    return layer === "position" ? ops.placed(found) : found;
  };
  const one = apply(ops.shifted(still, how));
  const other = ops.shifted(apply(still), how);
  return [Array.from(one.data), Array.from(other.data), ops.deviation(apply(still))];
});"""


def test_both_ways_equal_tensorflow():
    made = [
        EquivarianceExplorer(picture="coins", layer=layer, border=border, down=down, right=right)
        for layer, border, (down, right) in itertools.product(
            LAYERS, BORDERS, ((0, 0), (3, -5), (-12, 12), (1, 0), (-7, -2))
        )
    ]
    asked = []
    for one in made:
        s = one.settings()
        image = one.image()
        asked.append(
            {
                "map": {"data": image.ravel().tolist(), "shape": image.shape},
                "kernel": one.kernels.get(s["layer"]),
                "layer": s["layer"],
                "circular": s["border"] == "circular",
                "down": s["down"],
                "right": s["right"],
            }
        )
    results = node.run(WAYS, asked, "equivariance/math.js")
    for explorer, (first, second, deviation) in zip(made, results, strict=True):
        expected = explorer.compute()
        scale = max(1, abs(expected["shift_then_layer"]).max())
        for found, name in ((first, "shift_then_layer"), (second, "layer_then_shift")):
            difference = abs(np.reshape(found, (32, 32)) - expected[name]).max()
            assert difference <= 1e-5 * scale, explorer
        np.testing.assert_allclose(
            np.ptp([first, second], axis=0).max() / deviation,
            expected["difference"],
            atol=1e-4,
        )


def test_only_convolutions_with_circular_borders_commute_with_every_shift():
    for layer, border in itertools.product(LAYERS, BORDERS):
        found = EquivarianceExplorer(layer=layer, border=border, down=2, right=5).compute()
        equivariant = layer in ("sobel", "mean", "random") and border == "circular"
        assert (found["difference"] < 1e-4) == equivariant


def test_pictures_are_shrunk_to_means():
    body = "return Array.from(ops.shrunk({ data, shape: [4, 4] }, 2).data);"
    assert node.run(body, list(range(16)), "equivariance/math.js") == [2.5, 4.5, 10.5, 12.5]
