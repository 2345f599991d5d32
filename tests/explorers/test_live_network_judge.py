"""The live network's held-out pictures: how they come into the page, and who names them there."""

import node
import numpy as np
import pytest

from cnnlib import live, trained
from cnnlib.experiments import _declaration
from cnnlib.explorers.live_network.in_keras import rebuilt
from cnnlib.explorers.live_network.subject import _packed

JUDGE = "live_network/judge.js"
ASK = """
    const answer = ops.judge();
    const bytes = Uint8Array.from(data.weights);
    const pictures = Float32Array.from(data.pictures);
    const asked = (changes) => [...answer({ do: "judge", changes })].at(-1).guesses;
    [...answer({ do: "open", graph: data.graph, weights: bytes, pictures })];
"""


@pytest.mark.parametrize("name", trained.available())
def test_an_exported_network_gives_all_held_out_pictures_the_class_that_keras_gives(name):
    model = trained.model(name)
    pictures = _declaration.module(f"live_{name}").pictures().x_test
    exported = live.export(model)
    asked = {
        "graph": exported.graph,
        "weights": list(exported.weights),
        "pictures": pictures.ravel().tolist(),
    }
    expected = live.chosen(model.predict(pictures, verbose=0), exported.graph["layers"][-1]["kind"])
    assert node.run(f"{ASK} return asked([]);", asked, JUDGE) == expected.tolist()


EDITS = [
    {"layer": "conv4_2_conv1", "weight": "kernel", "at": [0, 0, 0, 0], "value": 9},
    {"layer": "conv3_1_add", "input": 1},
    {"layer": "conv1", "weight": "kernel", "at": [0, 0, 0, 0], "value": -4},
    {"layer": "conv2_2_conv1_bn", "map": 2},
    {"layer": "fc", "weight": "kernel", "at": [0, 0], "value": 30},
]


def test_the_judge_keeps_results_only_where_an_edit_changes_nothing():
    """Also those of a judgement that was broken off for the sake of the next."""
    network = trained.network("symbols")
    pictures = network.pictures[:25].astype("float32")
    body = f"""{ASK}
        const net = ops.network(data.graph, bytes);
        const change = ({{ layer: name, weight, value, map, input }}) => {{
          const {{ weights, silent, cut }} = net.named[name];
          if (weight) weights[weight].data[0] = value;
          if (map !== undefined) silent.add(map);
          if (input !== undefined) cut.add(input);
          const all = Object.entries(weights).map(([key, {{ data: one }}]) => [key, one]);
          return [{{ name, weights: Object.fromEntries(all), silent: [...silent], cut: [...cut] }}];
        }};
        const found = [asked([])];
        for (const edit of data.edits) {{
          answer({{ do: "judge", changes: change(edit) }}).next(); // only the first pictures
          found.push(asked([]));
        }}
        return found;"""
    asked = {
        "graph": network.graph,
        "weights": list(network.weights),
        "pictures": pictures.ravel().tolist(),
        "edits": EDITS,
    }
    found = node.run(body, asked, JUDGE, "js/nn/network.js")
    numbers = np.frombuffer(network.weights, "<f2").astype("float32")
    for count, guesses in enumerate(found):
        model = rebuilt(network.graph, numbers, EDITS[:count])
        assert guesses == model.predict(pictures, verbose=0).argmax(axis=-1).tolist()
    assert len({str(one) for one in found}) > 2


def test_pictures_of_sixteen_shades_are_unpacked():
    pictures = np.random.default_rng(0).integers(0, 16, (3, 4, 5, 1)).astype("uint8") * 17
    packed, is_packed = _packed(pictures)
    body = "return Array.from(ops.unpacked(Uint8Array.from(data)));"
    assert is_packed
    assert len(packed) == 30
    assert node.run(body, list(packed), "js/draw/pictures.js") == pictures.ravel().tolist()


def test_pictures_of_more_shades_stay_whole_bytes():
    pictures = np.arange(40, dtype="uint8").reshape(2, 4, 5, 1)
    assert _packed(pictures) == (pictures.tobytes(), False)
