"""The comparison explorer's frontier, and where it puts names."""

import itertools

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
    places = np.random.default_rng(1).uniform((600, 20), (690, 90), (12, 2)).tolist()
    networks = [{"title": f"Network {letter}"} for letter in "ABCDEFGHIJKL"]
    return [
        {"network": n, "x": x, "y": y, "r": 6} for n, (x, y) in zip(networks, places, strict=True)
    ]


def side(line, x, y):
    return np.sign((line[2] - line[0]) * (y - line[1]) - (line[3] - line[1]) * (x - line[0]))


def cross(one, other):
    """Whether each of two lines [x1, y1, x2, y2] has the other's ends on both sides."""
    return all(side(a, *b[:2]) * side(a, *b[2:]) < 0 for a, b in ((one, other), (other, one)))


def test_every_dot_in_a_crowd_has_its_name_and_no_two_lines_cross():
    drawn = node.run(NAMES, {"dots": crowded(), "lined": True}, "comparison/marks.js")
    lines = [
        [one[end] for end in ("x1", "y1", "x2", "y2")] for one in drawn if one["tag"] == "line"
    ]
    assert sum(one["tag"] == "text" for one in drawn) == 12
    assert len(lines) > 3
    assert not any(cross(*pair) for pair in itertools.combinations(lines, 2))


def test_a_narrow_plot_has_names_without_lines():
    drawn = node.run(NAMES, {"dots": crowded(), "lined": False}, "comparison/marks.js")
    assert 0 < len(drawn) < 12
    assert {one["tag"] for one in drawn} == {"text"}
