"""The comparison explorer's frontier."""

import node
import numpy as np

MODULE = "comparison/math.js"


def test_the_frontier_is_what_no_other_network_beats():
    points = [{"a": a, "b": b} for a, b in [(1, 9), (2, 9), (3, 4), (3, 4), (5, 5)]]
    best = node.run("return ops.frontier(data);", points, MODULE)
    assert best == [points[0], points[2], points[3]]
    beating = node.run("return ops.better(data, data[4]);", points, MODULE)
    assert beating == points[2:4]


def test_along_the_frontier_what_costs_more_errs_less():
    a, b = np.random.default_rng(0).random((2, 200)).tolist()
    points = [{"a": one, "b": other} for one, other in zip(a, b, strict=True)]
    best = node.run("return ops.frontier(data);", points, MODULE)
    assert [one["a"] for one in best] == sorted(one["a"] for one in best)
    assert [one["b"] for one in best] == sorted((one["b"] for one in best), reverse=True)
    for one in points:
        assert any(two["a"] <= one["a"] and two["b"] <= one["b"] for two in best)
