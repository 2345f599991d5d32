"""Where the live network's maps stand."""

import live_scripts
import node
import pytest
from live_scripts import BEGIN, MODULES

from cnnlib.explorers import LiveNetworkExplorer


@pytest.fixture(scope="module")
def given():
    return live_scripts.given()


def shipped(name):
    """A network of the book, as the page gets it."""
    network = LiveNetworkExplorer(name)._network
    return {
        "graph": network.graph,
        "weights": list(network.weights),
        "pictures": network.pictures.ravel().tolist(),
        "labels": network.labels.tolist(),
        "low": 0,
        "high": 255,
    }


@pytest.mark.parametrize("room", [814, 318])
@pytest.mark.parametrize("name", ["branched", "digits", "symbols", "googlenet", "lenet"])
def test_layers_that_hand_on_are_not_drawn_and_maps_fit_and_do_not_overlap(given, name, room):
    given = given if name == "branched" else shipped(name)
    body = f"""{BEGIN}
        const placed = ops.layout(graph, data.room);
        return {{
          shown: graph.shown.map((i) => graph.layers[i].name),
          blocks: [...placed.blocks.values()], height: placed.height, width: placed.width,
          hits: graph.shown.flatMap((i) => {{
            const count = ops.sidesOf(graph.layers[i]).at(-1);
            return Array.from({{ length: count }}, (_, k) => {{
              const one = placed.blocks.get(i);
              const [x, y] = ops.placeOf(one, k);
              const hit = ops.mapAt(placed, graph, x + one.cell / 2, y + one.cell / 2);
              return [i, k, hit.layer, hit.channel];
            }});
          }}),
        }};"""
    found = node.run(body, given | {"room": room}, *MODULES)
    assert found["width"] <= room + 1e-6
    assert "flatten" not in " ".join(found["shown"])
    assert "rescaling" not in " ".join(found["shown"])
    assert all(wanted == hit for *wanted, a, b in found["hits"] for hit in [[a, b]])
    boxes = found["blocks"]
    for i, one in enumerate(boxes):
        assert one["x"] >= 0
        assert one["y"] >= 0
        assert one["x"] + one["width"] <= found["width"] + 1e-6
        assert one["y"] + one["height"] <= found["height"]
        for other in boxes[:i]:
            apart = (
                one["x"] >= other["x"] + other["width"]
                or other["x"] >= one["x"] + one["width"]
                or one["y"] >= other["y"] + other["height"]
                or other["y"] >= one["y"] + one["height"]
            )
            assert apart, (one, other)


def test_branches_stand_one_under_another_in_the_order_in_which_they_are_joined():
    body = f"""{BEGIN}
        const {{ blocks, height }} = ops.layout(graph, data.room);
        const named = [...blocks].map(([i, {{ x, y }}]) => [graph.layers[i].name, [x, y]]);
        return {{ height, at: Object.fromEntries(named) }};"""
    found = node.run(body, shipped("googlenet") | {"room": 721}, *MODULES)
    assert found["height"] <= 210  # of a sheet that does not scroll on a laptop
    at = found["at"]
    for module in "ab":
        columns = (
            [f"{module}_{end}" for end in ("1x1", "3x3_reduce", "5x5_reduce", "pool")],
            [f"{module}_{end}" for end in ("3x3", "5x5", "pool_proj")],
        )
        for column in columns:
            heights = [at[layer][1] for layer in column]
            assert heights == sorted(set(heights))
        for first, second in zip(columns[0][1:], columns[1], strict=True):
            assert at[first][0] < at[second][0] < at[module][0]
