"""The comparison explorer's frontier, its marks, and where it puts names."""

from itertools import product

import node
import numpy as np
import pytest

from cnnlib.explorers import ComparisonExplorer
from cnnlib.explorers.comparison import AXES

MATH, PLOT, NAMES, MARKS = (f"comparison/{name}.js" for name in ("math", "plot", "names", "marks"))
WIDE, PHONE = (517, 404), (312, 374)
PLACED = """
    const wide = ({ network }) => 6.1 * network.title.length;
    const { networks, states, width, tall } = data;
    return states.map((state) => {
      const { dots, frame } = ops.plot(networks, state, width, tall);
      const names = ops.names(dots, frame, wide);
      const marks = dots.map(ops.around);
      const over = names.filter(({ box }, i) => marks.some((mark) => ops.overlap(mark, box)) ||
        names.slice(0, i).some((other) => ops.overlap(other.box, box)));
      const out = names.filter(({ box }) => 
        box.left < 0 || box.right > width || box.top < 0 || box.bottom > frame.bottom);
      return {
        state,
        dots: dots.length,
        chosen: dots.filter(({ chosen }) => chosen).length,
        named: names.length,
        told: names.filter(({ dot }) => dot.chosen).length,
        wrong: [...over, ...out].map(({ dot }) => dot.network.title),
      };
    });
"""


@pytest.fixture(scope="module")
def networks():
    return ComparisonExplorer().networks


def states(years=(*range(2012, 2018), 2019), area="parameters"):
    """Return what the axes, the way of measuring and the years can be, each state once."""
    return [
        {"across": across, "up": up, "error": error, "until": year, "area": area}
        | {"family": "all", "selected": "ResNet-50"}
        for across, up, error, year in product(
            AXES, AXES, ("one crop", "ten crops", "mixed"), years
        )
        if error == "one crop" or "top5" in (across, up)
    ]


def placed(networks, some, size):
    """Return how the names of the networks are placed in some states."""
    width, tall = size
    data = {"networks": networks, "states": some, "width": width, "tall": tall}
    return node.run(PLACED, data, PLOT, NAMES)


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_no_name_covers_another_or_a_mark_in_any_state(networks, size):
    found = placed(networks, states(), size)
    found += placed(networks, states([2019], "none"), size)
    assert len(found) > 700
    for one in found:
        assert one["wrong"] == [], one["state"]
        assert one["told"] == one["chosen"], one["state"]


def test_no_name_might_be_that_of_another_mark(networks):
    opening = {"across": "macs", "up": "top5", "error": "one crop", "until": 2019}
    state = opening | {"area": "parameters", "family": "all", "selected": "ResNet-50"}
    body = """
        const { dots, frame } = ops.plot(data.networks, data.state, ...data.size);
        const far = ({ left, right, top, bottom }, { x, y }) =>
          Math.hypot(Math.max(0, left - x, x - right), Math.max(0, top - y, y - bottom));
        return ops.names(dots, frame, ({ network }) => 5.9 * network.title.length).map((name) => {
          const others = dots.filter((dot) => dot !== name.dot).map(({ x, y, r }) => ({ x, y, r }));
          return {
            title: name.dot.network.title,
            line: name.line,
            marks: others,
            away: Math.min(...others.map((dot) => far(name.box, dot) - dot.r)),
            own: far(name.box, name.dot) - name.dot.r,
          };
        });
    """
    data = {"networks": networks, "state": state, "size": WIDE}
    found = node.run(body, data, PLOT, NAMES)
    assert len(found) == 21
    for name in found:
        assert name["away"] > (2 if name["line"] else name["own"] + 6), name["title"]
        if name["line"]:
            start, end = np.reshape(name["line"], (2, 2))
            along = np.linspace(start, end, 200)[:, np.newaxis]
            marks = np.array([[mark["x"], mark["y"]] for mark in name["marks"]])
            near = np.linalg.norm(along - marks, axis=-1).min(0)
            ahead = (marks - start) @ (end - start) > 0
            radii = np.array([mark["r"] for mark in name["marks"]])
            assert (near > radii)[ahead].all(), name["title"]


def test_nearly_every_network_with_an_error_is_named_beside_the_figures(networks):
    found = placed(networks, states([2019]), WIDE)
    errors = [one for one in found if "top5" in (one["state"]["across"], one["state"]["up"])]
    assert all(one["named"] >= one["dots"] - 3 for one in errors)
    opening = {"across": "macs", "up": "top5", "error": "one crop"}
    (first,) = (one for one in errors if opening.items() <= one["state"].items())
    assert first["named"] == first["dots"] == 21


def test_the_names_of_one_family_find_room_on_a_phone(networks):
    families = ("Inception", "ResNet", "DenseNet", "SENet", "EfficientNet")
    opening = {"across": "macs", "up": "top5", "error": "one crop", "until": 2019}
    some = [
        opening | {"area": "parameters", "family": family, "selected": ""} for family in families
    ]
    numbers = [one["named"] for one in placed(networks, some, PHONE)]
    assert numbers == [4, 3, 3, 2, 2]


def test_marks_of_all_families_have_the_area_of_a_circle_and_stay_within_their_reach():
    body = (
        "return Array.from({ length: 7 }, (_, i) => ops.mark(i, 10).d).concat(String(ops.REACH));"
    )
    *outlines, reach = node.run(body, None, MARKS)
    for outline in outlines[1:]:
        x, y = np.array([p.split(",") for p in outline[1:-1].split("L")], float).T
        area = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
        assert area == pytest.approx(np.pi * 100, rel=0.03)
        assert max(abs(x).max(), abs(y).max()) <= 10 * float(reach)


def test_the_frontier_is_what_no_other_network_beats():
    points = [{"a": a, "b": b} for a, b in [(1, 9), (2, 9), (3, 4), (3, 4), (5, 5)]]
    best = node.run("return ops.frontier(data);", points, MATH)
    assert best == [points[0], points[2], points[3]]
    beating = node.run("return ops.better(data, data[4]);", points, MATH)
    assert beating == points[2:4]


def test_along_the_frontier_what_costs_more_errs_less():
    a, b = np.random.default_rng(0).random((2, 200)).tolist()
    points = [{"a": one, "b": other} for one, other in zip(a, b, strict=True)]
    best = node.run("return ops.frontier(data);", points, MATH)
    assert [one["a"] for one in best] == sorted(one["a"] for one in best)
    assert [one["b"] for one in best] == sorted((one["b"] for one in best), reverse=True)
    for one in points:
        assert any(two["a"] <= one["a"] and two["b"] <= one["b"] for two in best)
