"""The comparison explorer's frontier, and where it puts names."""

import node
import numpy as np

MODULE = "comparison/math.js"

NAMES = """
    globalThis.document = {
      createElementNS: (_, tag) => ({
        tag,
        setAttribute(name, value) { this[name] = value; },
        append() {},
      }),
    };
    const frame = { left: 0, right: 700, top: 0, bottom: 400 };
    return ops.names(data.dots, frame, data.lined);
"""


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


def crowded():
    """Return twelve dots in a corner of the plot."""
    places = np.random.default_rng(4).uniform((560, 20), (690, 150), (12, 2)).tolist()
    networks = [{"title": f"Network {letter}"} for letter in "ABCDEFGHIJKL"]
    return [
        {"network": n, "x": x, "y": y, "r": 6} for n, (x, y) in zip(networks, places, strict=True)
    ]


def test_every_dot_in_a_crowd_has_its_name():
    drawn = node.run(NAMES, {"dots": crowded(), "lined": True}, "comparison/marks.js")
    assert sum(one["tag"] == "text" for one in drawn) == 12
    assert any(one["tag"] == "line" for one in drawn)


def test_a_narrow_plot_has_names_without_lines():
    drawn = node.run(NAMES, {"dots": crowded(), "lined": False}, "comparison/marks.js")
    assert 0 < len(drawn) < 12
    assert {one["tag"] for one in drawn} == {"text"}
