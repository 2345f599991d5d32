"""The memory explorer's ledger against what `cnnlib.analyze` counts."""

import random
from itertools import pairwise

import node
import pytest

from cnnlib import analyze
from cnnlib.explorers import MemoryExplorer
from cnnlib.explorers.memory import MODELS, OPTIMIZERS

LEDGER = """return data.map(({ settings, models, ...how }) => {
  const net = ops.networkOf(settings, models);
  const held = ops.ledger(net, how);
  return { layers: net.layers, ...held, moments: ops.timeline(net, held, how.half),
    largest: ops.largestBatch(held, 4e9, how.devices) };
});"""


def stacks():
    choose = random.Random(0)
    for _ in range(100):
        yield {
            "height": choose.randint(16, 512),
            "width": choose.randint(16, 512),
            "layers": choose.randint(1, 6),
            "maps": choose.randint(1, 64),
            "kernel": choose.randint(1, 11),
            "stride": choose.randint(1, 3),
            "batch": choose.randint(1, 256),
            "optimizer": choose.choice(list(OPTIMIZERS)),
            "more_stride": choose.random() < 0.3,
            "fewer_layers": choose.random() < 0.3,
        }


def test_stacks_have_the_parameters_and_outputs_that_the_analysis_counts():
    cases = list(stacks())
    asked = [
        {
            "settings": {"model": "stack"} | case,
            "batch": case["batch"],
            "slots": OPTIMIZERS[case["optimizer"]][1],
            "half": False,
            "devices": 1,
        }
        for case in cases
    ]
    for case, found in zip(cases, node.run(LEDGER, asked, "memory/math.js"), strict=True):
        analysis = analyze(MemoryExplorer(**case).network())
        layers = [layer for layer in analysis.layers if layer.kind == "Conv2D"]
        assert [one["params"] for one in found["layers"]] == [one.params for one in layers]
        assert [4 * one["cells"] for one in found["layers"]] == [
            one.activation_bytes for one in layers
        ]
        batch, picture = case["batch"], 4 * case["height"] * case["width"] * 3
        outputs = [picture, *(layer.activation_bytes for layer in layers)]
        weights, slots = 4 * analysis.params, OPTIMIZERS[case["optimizer"]][1]
        assert found["train"] == weights * (2 + slots) + batch * sum(outputs)
        pairs = [a + b for a, b in pairwise(outputs)]
        assert found["predict"] == weights + batch * max(pairs)
        assert max(found["moments"]) == found["train"]
        assert found["moments"][-1] == found["fixed"] == weights * (2 + slots)


def test_the_exercise_of_the_chapter():
    asked = [
        {
            "settings": MemoryExplorer().settings(),
            "batch": batch,
            "slots": 0,
            "half": False,
            "devices": 1,
        }
        for batch in (1, 50)
    ]
    one, fifty = node.run(LEDGER, asked, "memory/math.js")
    assert [layer["params"] for layer in one["layers"]] == [2800, 180_200, 720_400]
    assert one["predict"] == 12_613_600
    assert fifty["train"] - fifty["gradients"] == 565_613_600


@pytest.mark.parametrize("name", MODELS)
def test_networks_of_the_book_hold_what_the_analysis_says(name):
    explorer = MemoryExplorer(model=name, batch=1)
    network = {"settings": explorer.settings(), "models": explorer.models}
    how = {"batch": 1, "slots": 0, "half": False, "devices": 1}
    (found,) = node.run(LEDGER, [network | how], "memory/math.js")
    assert found["weights"] == 4 * explorer.compute()["params"]
    assert found["predict"] == explorer.compute()["predict"]


def test_remedies_halve_what_they_should():
    stack = MemoryExplorer(height=64, width=64, maps=8, stride=1).settings()
    plain = {"settings": stack, "batch": 8, "slots": 2, "half": False, "devices": 1}
    base, half, two, small = node.run(
        LEDGER,
        [plain, plain | {"half": True}, plain | {"devices": 2}, plain | {"batch": 4}],
        "memory/math.js",
    )
    for remedy in (half, two, small):
        assert remedy["activations"] == base["activations"] / 2
        assert remedy["weights"] == base["weights"]
    assert two["largest"] == 2 * base["largest"]
    assert half["largest"] >= 2 * base["largest"]


@pytest.mark.parametrize(
    ("settings", "off"),
    [
        ({}, set()),
        ({"batch": 1}, {"Half the batch"}),
        ({"layers": 2}, {"A third fewer layers"}),
        (
            {"model": "VGG16", "layers": 2},
            {
                *("Picture height", "Picture width", "Layers of the stack"),
                *("Maps of the first", "Kernel size", "Stride"),
            },
        ),
    ],
)
def test_controls_without_effect_are_off(settings, off):
    controls = MemoryExplorer(**settings).children[0].children
    assert {one.description for one in controls if one.disabled} == off
