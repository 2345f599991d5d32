"""The layout of the architecture explorer in node, for networks made up here and for real ones."""

import functools
import itertools
from pathlib import Path

import node
import pytest

import cnnlib
from cnnlib.explorers.architecture import describe

MODULES = [f"architecture/{name}.js" for name in ("graph", "layout", "captions", "steps")]


def run(body, data):
    """Return what `body` makes of `data` with the functions of the modules at hand."""
    names = "const { arrange, captions, decode, fitted, measures, neighbour, textWidth } = ops;"
    return node.run(names + body, data, *MODULES)


def layer(name, inputs):
    return [name, int(bool(inputs)), "3x3+1(S)", [8, 8, 4], 10, 100, 1024, "3", "1", inputs]


def network(root, layers, **blocks):
    """A described network; blocks hold names of layers and of other blocks."""
    number = {name: place for place, name in enumerate([*layers, *blocks])}
    return {
        "name": "net",
        "kinds": [["InputLayer", "Input", "input"], ["Conv2D", "Conv", "convolution"]],
        "layers": [layer(name, [number[i] for i in inputs]) for name, inputs in layers.items()],
        "blocks": [
            [name, [number[c] for c in children], int(name.startswith("fold"))]
            for name, children in blocks.items()
        ],
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
    const picture = arrange(graph, new Set(data.open), data.line);
    const boxes = picture.boxes.map(({ item, ...box }) => ({ name: item.name, ...box }));
    const named = (id) => (typeof id === "string" ? id : graph.at(id).name);
    const ends = ({ from, to, points, block, turn }) =>
      ({ from: named(from), to: named(to), points, turn, block: graph.at(block).name });
    const [edges, arcs] = [picture.edges, picture.arcs].map((links) => links.map(ends));
    return { ...picture, boxes, edges, arcs };
"""


def arranged(net, *names, line=600):
    return run(ARRANGE, {"network": net, "open": names, "line": line})


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


def middle(one):
    return one["body"]["y"] + one["body"]["height"] / 2


def ends(links, block):
    return {(link["from"], link["to"]) for link in links if link["block"] == block}


def test_an_edge_beside_a_longer_way_is_an_arc():
    picture = arranged(BRANCHED, "module")
    assert ends(picture["arcs"], "module") == {("in", "join")}
    assert ends(picture["edges"], "module") == {
        ("in", "left"),
        ("in", "middle"),
        ("left", "join"),
        ("middle", "middle2"),
        ("middle2", "join"),
        ("join", "out"),
    }


def test_an_arc_rises_above_the_boxes_that_it_passes_and_ends_on_its_target():
    picture = arranged(BRANCHED, "module")
    (arc,) = picture["arcs"]
    (_, y), (_, top), _, (u, v) = arc["points"]
    join = box(picture, "join")
    assert top < min(box(picture, name)["y"] for name in ("left", "middle", "middle2"))
    assert top < v == join["body"]["y"] < y
    assert u == join["body"]["x"] + join["body"]["width"] / 2


def test_the_path_that_all_take_is_straight():
    picture = arranged(BRANCHED)
    assert {round(middle(one), 6) for one in picture["boxes"]} == {
        round(middle(picture["boxes"][0]), 6)
    }


def test_branches_stand_in_the_order_in_which_they_are_joined():
    layers = {"in": [], **{name: ["in"] for name in "abc"}, "sum": ["b", "c", "a"]}
    picture = arranged(network(["in", "a", "b", "c", "sum"], layers))
    heights = {name: box(picture, name)["y"] for name in "abc"}
    assert sorted(heights, key=heights.get) == ["b", "c", "a"]


def test_a_branch_of_several_layers_is_straight():
    picture = arranged(BRANCHED, "module")
    assert middle(box(picture, "middle")) == pytest.approx(middle(box(picture, "middle2")))


def chain_of(count):
    names = [f"l{i}" for i in range(count)]
    before = [[]] + [[name] for name in names]
    return names, dict(zip(names, before, strict=False))


def test_a_long_network_goes_on_in_the_next_line():
    names, layers = chain_of(20)
    picture = arranged(network(names, layers), line=300)
    lines = sorted({one["y"] for one in picture["boxes"]})
    assert len(lines) > 2
    assert picture["width"] <= 300
    turns = [edge for edge in picture["edges"] if edge["turn"]]
    assert len(turns) == len(lines) - 1
    for edge in turns:
        over, under = box(picture, edge["from"]), box(picture, edge["to"])
        assert over["y"] + over["height"] < edge["turn"]["y"] < under["y"]


def test_of_a_fold_one_child_is_drawn_until_it_is_opened():
    names, layers = chain_of(6)
    net = network(["l0", "fold", "l5"], layers, fold=names[1:5])
    assert [one["name"] for one in arranged(net)["boxes"]] == ["l0", "fold", "l2", "l5"]
    assert [one["name"] for one in arranged(net, "fold")["boxes"]][1:6] == ["fold", *names[1:5]]


def test_children_that_all_read_one_another_get_a_triangle():
    names, layers = chain_of(7)
    layers = {name: names[:i] for i, name in enumerate(names)}
    (triangle,) = arranged(network(names, layers))["triangles"]
    assert triangle["count"] == 7
    assert arranged(network(*chain_of(7)))["triangles"] == []


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        ("in", "ArrowRight", "module"),
        ("module", "ArrowLeft", "in"),
        ("left", "ArrowLeft", "module"),
        ("left", "ArrowRight", "join"),
        ("left", "ArrowUp", "left"),
        ("join", "ArrowRight", "end"),
        ("end", "ArrowLeft", "join"),
        ("end", "ArrowRight", "end"),
        ("left", "Home", "in"),
        ("in", "End", "end"),
    ],
)
def test_keys_follow_the_edges(start, key, end):
    moved = run(
        """
        const graph = decode(data.network);
        const picture = arrange(graph, new Set(["module"]), 600);
        const from = graph.items.find(({ name }) => name === data.start).id;
        return graph.at(neighbour(graph, picture, from, data.key)).name;
        """,
        {"network": BRANCHED, "start": start, "key": key},
    )
    assert moved == end


def test_up_and_down_visit_the_branches_and_come_back():
    visited = run(
        """
        const graph = decode(data);
        const picture = arrange(graph, new Set(["module"]), 600);
        const [upper, lower] = ["left", "middle"].map((name) =>
          graph.items.find((item) => item.name === name).id);
        return [neighbour(graph, picture, upper, "ArrowDown") === lower,
                neighbour(graph, picture, lower, "ArrowUp") === upper];
        """,
        BRANCHED,
    )
    assert visited == [True, True]


REAL = (
    *("LeNet5", "AlexNet", "VGG16", "GoogLeNet", "InceptionV4", "ResNet152", "HighwayNet"),
    *("DenseNet201", "SENet154", "Xception", "SqueezeNet", "PyramidNet", "ResNeXt50"),
    *(f"keras.applications:{name}" for name in ("EfficientNetB0", "MobileNetV2", "NASNetMobile")),
)
FAULTS = Path(__file__).with_name("architecture_faults.js").read_text()


@functools.cache
def described(name):
    """The described network of a name and the blocks that stand open; made once."""
    return describe(cnnlib.analyze(name))


@pytest.mark.parametrize("name", REAL)
def test_real_networks_are_drawn_without_a_fault(name):
    network, opened = described(name)
    assert run(FAULTS, {"network": network, "opened": opened}) == []


@pytest.mark.parametrize(
    ("name", "folds"),
    [
        ("ResNet152", [3, 8, 36, 3]),
        ("SENet154", [3, 8, 36, 3]),
        ("DenseNet201", [6, 12, 48, 32]),
        ("InceptionV4", [4, 7, 3]),
        ("GoogLeNet", []),
    ],
)
def test_repeats_are_folded_as_the_papers_tables_count_them(name, folds):
    network, _ = described(name)
    assert [len(inside) for _, inside, fold in network["blocks"] if fold] == folds


def test_two_networks_are_drawn_to_one_scale():
    names, layers = chain_of(40)
    nets = [network(*chain_of(5)), network(names, layers)]
    scales = run(
        """
        const pictures = fitted(data.map(decode), new Set(), [400, 300]);
        return pictures.map(({ scale, boxes }) => scale * boxes[0].body.height);
        """,
        nets,
    )
    assert scales[0] == pytest.approx(scales[1])


def test_a_chain_of_a_thousand_layers_is_drawn():
    picture = arranged(network(*chain_of(1000)), line=3000)
    assert len(picture["boxes"]) == 1000


def test_modules_of_a_network_with_many_boxes_are_named_as_it_opens():
    network, opened = describe(cnnlib.analyze("GoogLeNet"))
    body = """
        const graph = decode(data.network);
        const [picture] = fitted([graph], new Set(data.opened), [740, 236]);
        const titles = captions(picture, graph, picture.scale).filter(({ open }) => open);
        return titles.map(({ text }) => text);
    """
    assert run(body, {"network": network, "opened": opened}) == [
        *("inception_3", "3a", "3b", "inception_4", "4a", "4b", "4c", "4d", "4e"),
        *("inception_5", "5a", "5b"),
    ]


def test_kinds_of_layers_stand_at_their_boxes_in_words():
    body = """
        const categories = { Dense: "dense", RBFOutput: "dense", GlobalAvgPool: "pooling" };
        const graph = { items: [] };
        return data.map((short) => {
          const category = categories[short] ?? (short.includes("Pool") ? "pooling" : "other");
          return ops.caption({ short, category, note: "", shape: [10], parent: -1 }, graph)[0];
        });
    """
    words = {
        "GlobalAvgPool": "global avg",
        "TrainableAvgPool": "trainable avg",
        "RBFOutput": "RBF output 10",
        "Dense": "dense 10",
        "ZeroPadding": "zero padding",
        "BatchNorm": "batch norm",
        "ReLU": "ReLU",
        "LRN": "LRN",
    }
    assert run(body, list(words)) == list(words.values())


def test_a_map_stands_before_its_box_and_as_high():
    net = network(["in", "conv"], {"in": [], "conv": ["in"]}) | {"faces": [[1, "conv", 2, 8, 8]]}
    (first, box), (edge,) = (arranged(net)[kind] for kind in ("boxes", "edges"))
    face, body = box["face"], box["body"]
    assert first["face"] is None
    assert face["width"] == face["height"] == body["height"]
    assert face["x"] + face["width"] == pytest.approx(body["x"])
    assert face["y"] == body["y"]
    assert edge["points"][-1][0] == pytest.approx(face["x"])
