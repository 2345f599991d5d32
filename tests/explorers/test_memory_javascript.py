"""The memory explorer's ledger against what `cnnlib.analyze` counts."""

import random
from itertools import pairwise

import node
import pytest

from cnnlib import analyze
from cnnlib.explorers import MemoryExplorer
from cnnlib.explorers.memory import MODELS, OPTIMIZERS

STACK = ("height", "width", "layers", "maps", "kernel", "stride")
LEDGER = """return data.map(({ stack, model, ...how }) => {
  const net = model ?? ops.stackOf(stack);
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
        }


def test_stacks_have_the_parameters_and_outputs_that_the_analysis_counts():
    cases = list(stacks())
    asked = [
        {
            "stack": {name: case[name] for name in STACK},
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
            "stack": {
                "height": 200,
                "width": 300,
                "layers": 3,
                "maps": 100,
                "kernel": 3,
                "stride": 2,
            },
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
    described = explorer.view.models[name]
    layers = [
        {"name": own, "params": params, "cells": cells}
        for own, params, cells in described["layers"]
    ]
    model = {"input": described["input"], "live": described["live"], "layers": layers}
    how = {"batch": 1, "slots": 0, "half": False, "devices": 1}
    (found,) = node.run(LEDGER, [{"model": model, **how}], "memory/math.js")
    assert found["weights"] == 4 * explorer.compute()["params"]
    assert found["predict"] == explorer.compute()["predict"]


def test_remedies_halve_what_they_should():
    stack = {"height": 64, "width": 64, "layers": 3, "maps": 8, "kernel": 3, "stride": 1}
    plain = {"stack": stack, "batch": 8, "slots": 2, "half": False, "devices": 1}
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
