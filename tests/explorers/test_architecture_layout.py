"""The layout of the architecture explorer, run by node on networks made up here."""

import itertools

import node
import pytest


def run(body, data):
    """Return what `body` makes of `data` with the functions of both modules at hand."""
    names = "const { arrange, decode, neighbour } = ops;"
    return node.run(names + body, data, "architecture/layout.js", "architecture/steps.js")


def layer(name, inputs):
    return [name, int(bool(inputs)), "3x3+1(S)", [8, 8, 4], 10, 100, 1024, "3", "1", inputs]


def network(root, layers, **blocks):
    """A described network; blocks hold names of layers and of other blocks."""
    number = {name: place for place, name in enumerate([*layers, *blocks])}
    return {
        "name": "net",
        "kinds": [["InputLayer", "Input", "input"], ["Conv2D", "Conv", "convolution"]],
        "layers": [layer(name, [number[i] for i in inputs]) for name, inputs in layers.items()],
        "blocks": [[name, [number[c] for c in children]] for name, children in blocks.items()],
        "root": [number[child] for child in root],
    }


BRANCHED = network(
    ["in", "module", "end"],
    {
        "in": [],
        "left": ["in"],
        "middle": ["in"],
        "middle2": ["middle"],
        "join": ["in", "left", "middle2"],
        "end": ["join"],
    },
    module=["left", "middle", "middle2", "join"],
)
ARRANGE = """
    const graph = decode(data.network);
    const { boxes, edges, width, height } = arrange(graph, new Set(data.open));
    const flat = boxes.map(({ item, x, y, width, height, open, depth }) =>
      ({ name: item.name, x, y, width, height, open, depth }));
    const named = (id) => (typeof id === "string" ? id : graph.at(id).name);
    const ends = edges.map(({ from, to, points, block }) =>
      ({ from: named(from), to: named(to), points, block: graph.at(block).name }));
    return { boxes: flat, edges: ends, width, height };
"""


def arranged(net, *names):
    return run(ARRANGE, {"network": net, "open": names})


def box(picture, name):
    return next(one for one in picture["boxes"] if one["name"] == name)


def apart(one, other):
    return (
        one["x"] + one["width"] <= other["x"]
        or other["x"] + other["width"] <= one["x"]
        or one["y"] + one["height"] <= other["y"]
        or other["y"] + other["height"] <= one["y"]
    )


def test_a_closed_block_is_one_box_with_the_sums_of_its_layers():
    picture = arranged(BRANCHED)
    assert [one["name"] for one in picture["boxes"]] == ["in", "module", "end"]
    assert {(e["from"], e["to"]) for e in picture["edges"]} == {("in", "module"), ("module", "end")}
    sums = run(
        "const { items } = decode(data); const { params, macs, layers } = items.at(-1);"
        "return [params, macs, layers.length];",
        BRANCHED,
    )
    assert sums == [40, 400, 4]


def test_an_open_block_holds_its_layers_apart_from_one_another():
    picture = arranged(BRANCHED, "module")
    frame = box(picture, "module")
    assert frame["open"]
    inside = [one for one in picture["boxes"] if one["depth"] == 2]
    assert {one["name"] for one in inside} == {"left", "middle", "middle2", "join"}
    for one in inside:
        assert frame["x"] <= one["x"]
        assert one["x"] + one["width"] <= frame["x"] + frame["width"]
        assert frame["y"] < one["y"]
        assert one["y"] + one["height"] < frame["y"] + frame["height"]
    assert all(apart(a, b) for a, b in itertools.combinations(inside, 2))
    assert apart(frame, box(picture, "in"))
    assert apart(frame, box(picture, "end"))


def test_edges_lead_down_from_box_to_box():
    picture = arranged(BRANCHED, "module")
    inner = [edge for edge in picture["edges"] if edge["block"] == "module"]
    assert {(e["from"], e["to"]) for e in inner} == {
        ("in", "left"),
        ("in", "middle"),
        ("in", "join"),
        ("left", "join"),
        ("middle", "middle2"),
        ("middle2", "join"),
        ("join", "out"),
    }
    for edge in picture["edges"]:
        heights = [y for _, y in edge["points"]]
        assert heights == sorted(heights)
        x, y = edge["points"][-1]
        if edge["to"] != "out":
            target = box(picture, edge["to"])
            assert y == target["y"]
            assert target["x"] < x < target["x"] + target["width"]


def test_long_edges_keep_clear_of_the_boxes_between():
    picture = arranged(BRANCHED, "module")
    (skip,) = [e for e in picture["edges"] if e["from"] == "in" and e["to"] == "join"]
    assert len(skip["points"]) > 2
    for x, y in skip["points"][1:-1]:
        for one in picture["boxes"]:
            if one["depth"] == 2:
                inside = one["x"] < x < one["x"] + one["width"]
                assert not (inside and one["y"] < y < one["y"] + one["height"])


def test_equal_branches_are_drawn_symmetrically():
    net = network(
        ["in", "a", "b", "c", "sum"],
        {"in": [], "a": ["in"], "b": ["in"], "c": ["in"], "sum": ["a", "b", "c"]},
    )
    picture = arranged(net)
    middles = {one["name"]: one["x"] + one["width"] / 2 for one in picture["boxes"]}
    assert middles["in"] == pytest.approx(middles["sum"], abs=1)
    assert sum(middles[n] for n in "abc") / 3 == pytest.approx(middles["sum"], abs=1)


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        ("in", "ArrowDown", "module"),
        ("module", "ArrowUp", "in"),
        ("left", "ArrowUp", "module"),
        ("left", "ArrowDown", "join"),
        ("left", "ArrowLeft", "left"),
        ("join", "ArrowDown", "end"),
        ("end", "ArrowUp", "join"),
        ("end", "ArrowDown", "end"),
        ("left", "Home", "in"),
        ("in", "End", "end"),
    ],
)
def test_keys_follow_the_edges(start, key, end):
    moved = run(
        """
        const graph = decode(data.network);
        const picture = arrange(graph, new Set(["module"]));
        const from = graph.items.find(({ name }) => name === data.start).id;
        return graph.at(neighbour(graph, picture, from, data.key)).name;
        """,
        {"network": BRANCHED, "start": start, "key": key},
    )
    assert moved == end


def test_left_and_right_visit_the_branches_and_come_back():
    visited = run(
        """
        const graph = decode(data);
        const picture = arrange(graph, new Set(["module"]));
        const rows = picture.boxes.filter(({ item }) => ["left", "middle"].includes(item.name));
        const [first, second] = rows.sort((a, b) => a.x - b.x).map(({ item }) => item.id);
        return [neighbour(graph, picture, first, "ArrowRight") === second,
                neighbour(graph, picture, second, "ArrowLeft") === first];
        """,
        BRANCHED,
    )
    assert visited == [True, True]


def test_a_chain_of_a_thousand_layers_is_straight():
    names = [f"l{i}" for i in range(1000)]
    before = [[]] + [[name] for name in names]
    picture = arranged(network(names, dict(zip(names, before, strict=False))))
    assert {one["x"] for one in picture["boxes"]} == {0}
    assert len(picture["boxes"]) == 1000
