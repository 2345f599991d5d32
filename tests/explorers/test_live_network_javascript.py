"""The live network's mathematics: what a neuron reads and adds up, what breaking does."""

import json

import keras
import live_scripts
import node
import numpy as np
import pytest
from keras import layers
from live_scripts import BEGIN, MODULES

from cnnlib import live
from cnnlib.explorers import LiveNetworkExplorer
from cnnlib.explorers.live_network.in_keras import rebuilt
from cnnlib.layers import (
    RBFOutput,
)


@pytest.fixture(scope="module")
def given():
    return live_scripts.given()


def outputs(given, edits=()):
    """Keras's outputs of all layers for the first picture."""
    numbers = np.frombuffer(bytes(given["weights"]), "<f2").astype("float32")
    model = rebuilt(given["graph"], numbers, edits, whole=True)
    first = np.reshape(given["pictures"], (4, 9, 8, 1))[:1].astype("float32")
    return [one[0] for one in model.predict(first, verbose=0)]


EDITS = [
    {"layer": "stem", "weight": "kernel", "at": [1, 2, 0, 3], "value": 1.5},
    {"layer": "grouped", "weight": "bias", "at": [1], "value": -2},
    {"layer": "norm", "map": 2},
    {"layer": "grouped", "slice": [3, 1]},
    {"layer": "partial", "slice": [1, 0]},
    {"layer": "trainable", "weight": "coefficient", "at": [2], "value": 0.75},
    {"layer": "hidden", "map": 4},
    {"layer": "add", "input": 0},
    {"layer": "highway", "input": 2},
    {"layer": "join", "input": 1},
    {"layer": "scale", "input": 1},
]


@pytest.mark.parametrize("edits", [[], *[[edit] for edit in EDITS], EDITS], ids=str)
def test_a_broken_network_computes_what_keras_computes(given, edits):
    body = f"""{BEGIN}
        live.see(live.picture(0), []);
        live.see(live.picture(0), data.edits);
        return graph.layers.slice(1).map((_, i) => Array.from(live.values(i + 1).data));"""
    found = node.run(body, given | {"edits": edits}, *MODULES)
    for ours, keras_own in zip(found, outputs(given, edits), strict=True):
        np.testing.assert_allclose(ours, keras_own.ravel(), atol=1e-4)


def test_other_weights_are_taken_and_broken_like_the_first(given):
    count = len(given["weights"]) // 2
    numbers = np.random.default_rng(2).uniform(0.1, 0.9, count).astype("<f4")
    body = f"""{BEGIN}
        live.see(live.picture(0), data.edits);
        live.load(bytes(data.handed));
        const broken = Array.from(live.see(live.picture(0), data.edits));
        const whole = Array.from(live.see(live.picture(0), []));
        live.load(bytes([]));
        return [broken, whole, Array.from(live.see(live.picture(0), []))];"""
    found = node.run(body, given | {"edits": EDITS, "handed": list(numbers.tobytes())}, *MODULES)
    picture = np.reshape(given["pictures"], (4, 9, 8, 1))[:1].astype("float32")
    own = np.frombuffer(bytes(given["weights"]), "<f2").astype("float32")
    asked = [(numbers, EDITS), (numbers, []), (own, [])]
    for shares, (weights, edits) in zip(found, asked, strict=True):
        model = rebuilt(given["graph"], weights, edits)
        np.testing.assert_allclose(shares, model.predict(picture, verbose=0)[0], atol=1e-4)


@pytest.mark.parametrize(
    ("damage", "received"),
    [
        (lambda numbers: numbers[:-1], "bytes"),
        (lambda numbers: numbers.astype("<f2"), "bytes"),
        (lambda numbers: np.where(numbers == numbers[3], np.nan, numbers), "not finite"),
    ],
)
def test_weights_that_do_not_suit_are_refused_and_the_network_stays(given, damage, received):
    numbers = np.ones(len(given["weights"]) // 2, "<f4")
    numbers[3] = 2
    body = f"""{BEGIN}
        const before = Array.from(live.see(live.picture(0), []));
        let said;
        try {{ live.load(bytes(data.handed)); }} catch (error) {{ said = error.message; }}
        return [said, before, Array.from(live.see(live.picture(0), []))];"""
    handed = damage(numbers).tobytes()
    said, before, after = node.run(body, given | {"handed": list(handed)}, *MODULES)
    assert f"{len(numbers)} numbers of 4 bytes were expected" in said
    assert received in said.split("Received: ")[1]
    assert before == after


def test_what_was_broken_is_mended(given):
    body = f"""{BEGIN}
        const before = Array.from(live.see(live.picture(0), []));
        const broken = Array.from(live.see(live.picture(0), data.edits));
        return [before, broken, Array.from(live.see(live.picture(0), []))];"""
    before, broken, after = node.run(body, given | {"edits": EDITS}, *MODULES)
    assert before == after != broken


def test_what_is_broken_is_said_in_words(given):
    body = f"""{BEGIN}
        const trained = (edit) => ops.valueAt(live.trained.named[edit.layer].weights, edit);
        const said = (edits) => ops.saidOf(edits, graph, trained);
        return [...data.edits.map((edit) => said([edit])), said(data.edits)];"""
    kinds = [("grouped", "weight"), ("norm", "map"), ("hidden", "map"), ("add", "input")]
    kinds += [("grouped", "slice"), ("partial", "slice")]
    asked = [one for layer, kind in kinds for one in EDITS if one["layer"] == layer and kind in one]
    *single, joined = node.run(body, given | {"edits": asked}, *MODULES)
    weight = live_scripts.branched().get_layer("grouped").get_weights()[1][1]
    trained = f"{round(float(weight), 2):g}".replace("-", "−").replace("0.", ".")
    first, *others = single
    assert first == f"Broken: bias of map 2 of grouped {trained} → −2."
    assert others == [
        "Broken: map 3 of norm off.",
        "Broken: unit 5 of hidden off.",
        "Broken: stem → add cut.",
        "Broken: map 4 of stem → map 4 of grouped cut.",
        "Broken: map 4 of trainable → map 2 of partial cut.",
    ]
    assert joined == ("Broken: 6 things in grouped, norm, hidden, add, partial.")


def test_a_weight_of_a_kernel_is_named_by_its_place(given):
    body = f"""{BEGIN} return data.edits.map((one) => ops.saidOf([one], graph, () => 0));"""
    grouped = {"layer": "grouped", "weight": "kernel", "at": [2, 0, 1, 3], "value": 1}
    single = {"layer": "depthwise", "weight": "kernel", "at": [0, 1, 2, 0], "value": 1}
    dense = {"layer": "hidden", "weight": "kernel", "at": [0, 1], "value": 1}
    table = {"layer": "partial", "weight": "kernel", "at": [1, 0, 6], "value": 1}
    asked = [EDITS[0], grouped, single, dense, table]
    found = node.run(body, given | {"edits": asked}, *MODULES)
    assert found == [
        "Broken: kernel of map 4 of stem, row 1, column 2, 0 → 1.5.",
        "Broken: kernel of map 4 of grouped, slice 2, row 2, column 0, 0 → 1.",
        "Broken: kernel of map 3 of depthwise, row 0, column 1, 0 → 1.",
        "Broken: kernel of unit 2 of hidden, input 1, 0 → 1.",
        "Broken: kernel of map 3 of partial, slice 2, row 1, column 0, 0 → 1.",
    ]


def test_an_edit_replaces_one_of_the_same_thing_and_goes_when_it_changes_nothing(given):
    body = f"""{BEGIN}
        const trained = (edit) => ops.valueAt(live.trained.named[edit.layer].weights, edit);
        const [weight, map] = data.edits;
        const twice = ops.withEdit(ops.withEdit([map], weight), {{ ...weight, value: 7 }});
        const same = {{ ...weight, value: trained(weight) }};
        return [twice, ops.toggled(twice, map), ops.effective([same], trained)];"""
    weight, map_ = EDITS[0], EDITS[2]
    found = node.run(body, given | {"edits": [weight, map_]}, *MODULES)
    changed = weight | {"value": 7}
    assert found == [[map_, changed], [changed], []]


def test_a_neurons_terms_add_up_to_its_value(given):
    body = f"""{BEGIN}
        live.see(live.picture(0), []);
        return graph.layers.flatMap((layer, i) => {{
          const [height, width, count] = ops.sidesOf(layer);
          const values = live.values;
          return Array.from({{ length: height * width * count }}, (_, n) => {{
            const [k, column] = [n % count, Math.floor(n / count) % width];
            const row = Math.floor(n / count / width);
            const slices = ops.kernelOf(graph, i, k)?.slices ?? 0;
            const sums = Array.from({{ length: slices }}, (_, slice) => {{
              const sum = ops.sumOf(graph, i, {{ k, slice, at: [row, column], values }});
              const slice_ = sum.products.flat().reduce((a, b) => a + b, 0);
              return {{ z: sum.z, slice: slice_, own: sum.sums[slice] }};
            }});
            const {{ activation }} = layer.config;
            return {{ name: layer.name, value: values(i).data[n], sums, activation }};
          }});
        }});"""
    bent = {
        "relu": lambda z: max(z, 0),
        "linear": lambda z: z,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "tanh": np.tanh,
    }
    seen = set()
    for one in node.run(body, given, *MODULES):
        for sum_ in one["sums"]:
            assert sum_["slice"] == pytest.approx(sum_["own"], abs=1e-5)
            if one["activation"] in bent:
                assert bent[one["activation"]](sum_["z"]) == pytest.approx(one["value"], abs=1e-4)
                seen.add(one["name"])
    others = {"depthwise", "strided", "partial", "excite", "hidden"}
    assert seen == {"stem", "grouped", "gate", *others}


def test_receptive_fields_hold_just_what_can_change_a_neuron(given):
    body = f"""{BEGIN}
        const named = ["stem", "grouped", "add", "depthwise", "pool", "strided"];
        return named.map((name) => {{
          const i = graph.layers.findIndex((layer) => layer.name === name);
          const [height, width] = ops.sidesOf(graph.layers[i]);
          return Array.from({{ length: height * width }}, (_, n) =>
            ops.receptiveField(graph.layers, i, [Math.floor(n / width), n % width]));
        }});"""
    found = node.run(body, given, *MODULES)
    graph = given["graph"]
    sizes = [int(np.prod(w["shape"])) for one in graph["layers"] for w in one["weights"]]
    ones = np.full(sum(sizes), 0.125, "float32")  # all that is read adds something
    model = rebuilt(graph, ones, whole=True)
    names = [one["name"] for one in graph["layers"]][1:]
    pictures = np.eye(72, dtype="float32").reshape(72, 9, 8, 1) * 25500
    base = model.predict(np.zeros((1, 9, 8, 1), "float32"), verbose=0)
    lit = model.predict(pictures, verbose=0)
    for name, fields in zip(("stem", "grouped", "add", "depthwise"), found, strict=False):
        place = names.index(name)
        changed = np.abs(lit[place] - base[place]).max(-1) > 1e-6  # [pixel, row, column]
        for field, pixels in zip(fields, changed.reshape(72, -1).T, strict=True):
            rows, columns = np.nonzero(pixels.reshape(9, 8))
            box = [rows.min(), rows.max() + 1, columns.min(), columns.max() + 1]
            assert field == box


@pytest.fixture(scope="module")
def nearest():
    """A network whose outputs are distances to bitmaps of 3x2 cells, with a picture."""
    parts = [keras.Input((2, 2, 1)), layers.Flatten(), layers.Dense(6, name="draws")]
    bitmaps = np.random.default_rng(0).choice([-1, 1], (3, 3, 2))
    model = keras.Sequential([*parts, RBFOutput(bitmaps, name="output")])
    exported = live.export(model)
    return {
        "graph": exported.graph,
        "weights": list(exported.weights),
        "pictures": [0, 80, 160, 240],
        "labels": [0],
        "low": 0,
        "high": 1,
    }


def test_outputs_that_are_distances_add_up_from_squares_and_the_smallest_wins(nearest):
    body = f"""{BEGIN}
        const outputs = live.see(live.picture(0), []);
        const last = graph.layers.length - 1;
        return Array.from(outputs, (distance, k) => {{
          const sum = ops.sumOf(graph, last, {{ k, slice: 0, at: [0, 0], values: live.values }});
          const {{ window, weights, products, z }} = sum;
          return {{ distance, z, window, weights, products, chosen: live.chosen(outputs) }};
        }});"""
    found = node.run(body, nearest, *MODULES)
    for one in found:
        window, weights, products = (
            np.array(one[name]) for name in ("window", "weights", "products")
        )
        assert products.shape == (3, 2)  # upright, as a character is
        np.testing.assert_allclose(products, (window - weights) ** 2, atol=1e-6)
        assert one["z"] == pytest.approx(one["distance"], abs=1e-5)
        assert one["chosen"] == np.argmin([other["distance"] for other in found])


def test_units_that_draw_a_bitmap_stand_as_its_cells_do(nearest):
    body = f"""{BEGIN}
        const {{ rows, columns }} = ops.layout(graph, 800).blocks.get(graph.bitmap);
        return [rows, columns];"""
    assert node.run(body, nearest, *MODULES) == [3, 2]


def test_a_cell_of_a_bitmap_is_named_by_its_class(nearest):
    edit = {"layer": "output", "weight": "centers", "at": [2, 4], "value": 1}
    body = f"""{BEGIN} return ops.saidOf([data.edit], graph, () => -1);"""
    said = node.run(body, nearest | {"edit": edit}, *MODULES)
    assert said == "Broken: cell 5 of the bitmap of unit 3 of output −1 → 1."


def test_pictures_move_as_in_python():
    explorer = LiveNetworkExplorer()
    network = explorer._network
    moves = [(3, 0, 0), (0, -5, 0), (0, 0, 90), (2, 1, 35), (-8, 8, -120)]
    body = """const { shape, ground } = data;
      return data.moves.map(([right, down, turn]) =>
        Array.from(ops.moved(Uint8Array.from(data.picture), shape, { right, down, turn, ground })));
    """
    asked = {
        "moves": moves,
        "picture": network.pictures[3].ravel().tolist(),
        "shape": network.shape,
        "ground": network.ground,
    }
    for found, (right, down, turn) in zip(node.run(body, asked, *MODULES), moves, strict=True):
        expected = network.moved(3, right, down, turn).ravel().astype(int)
        assert np.abs(np.array(found) - expected).max() <= 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda given: {"weights": given["weights"][:-2]},
        lambda given: {"weights": [given["weights"][0] ^ 1, *given["weights"][1:]]},
        lambda given: {"pictures": given["pictures"][:-1]},
    ],
)
def test_damaged_bytes_are_refused_in_words(given, damage):
    body = f"try {{ {BEGIN} return graph; }} catch (error) {{ return error.message; }}"
    said = node.run(body, given | damage(given), *MODULES)
    assert "damaged" in said
    assert "Received: " in said


def test_edits_are_plain_json():
    explorer = LiveNetworkExplorer(edits=[{"layer": "conv1", "map": 3}])
    assert json.loads(json.dumps(explorer.settings()["edits"])) == explorer.edits
