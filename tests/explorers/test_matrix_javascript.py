"""The matrix explorer's matrices against TensorFlow's."""

import itertools

import node
import numpy as np
import pytest

from cnnlib.explorers import MatrixExplorer
from cnnlib.explorers.matrix import PADDINGS

CASES = [
    {"height": h, "width": w, "size": k, "stride": s, "padding": p, "flip": f}
    for (h, w), k, s, p, f in itertools.product(
        ((4, 4), (3, 6), (5, 2)), (1, 2, 3, 4), (1, 2, 3), PADDINGS, (False, True)
    )
    if p in ("same", "full") or k <= min(h, w)
]
MATRIX = """return data.map(({ transpose, ...settings }) => {
  const plain = ops.matrixOf(settings);
  const made = transpose ? ops.transposed(plain) : plain;
  const dense = made.taps.map((line) => {
    const row = new Array(made.columns).fill(0);
    for (const { column, weight } of line) row[column] += weight;
    return row;
  });
  const vector = Array.from({ length: made.columns }, (_, i) => i + 1);
  return { dense, product: ops.times(made, vector) };
});"""


def matrices(explorers):
    settings = [{**one.settings(), "kernel": one.kernel} for one in explorers]
    return node.run(MATRIX, settings, "matrix/math.js")


@pytest.mark.parametrize("transpose", [False, True])
def test_matrices_and_products_equal_tensorflow(transpose):
    assert len(CASES) >= 150
    explorers = [MatrixExplorer(**case, transpose=transpose) for case in CASES]
    for explorer, found in zip(explorers, matrices(explorers), strict=True):
        expected = explorer.compute()
        np.testing.assert_array_equal(found["dense"], expected)
        assert explorer.last_row == len(expected) - 1
        vector = np.arange(1, expected.shape[1] + 1)
        np.testing.assert_allclose(found["product"], expected @ vector)


def test_the_example_of_the_chapter():
    answers = [
        found["product"] for found in matrices([MatrixExplorer(), MatrixExplorer(flip=True)])
    ]
    assert answers == [[-348, -393, -528, -573], [-192, -237, -372, -417]]


def test_a_disabled_setting_leaves_the_matrix_as_it_is():
    options = {"padding": tuple(PADDINGS), "flip": (False, True)}
    made = [
        [MatrixExplorer(**case | {name: option}) for option in options[name]]
        for case in CASES[::4]
        for name in options
        if getattr(MatrixExplorer(**case).view, f"{name}_off")
    ]
    assert len(made) > 20
    found = iter(matrices([one for alike in made for one in alike]))
    for alike in made:
        first, *others = [next(found) for _ in alike]
        assert all(other == first for other in others), alike[0]
