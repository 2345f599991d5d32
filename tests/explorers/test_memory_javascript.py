"""The memory explorer says what `cnnlib.analyze` says, for every network and every setting."""

import json
import random
import re

import contents
import node
import pytest

from cnnlib.explorers import MemoryExplorer
from cnnlib.explorers.memory import MODELS, OPTIMIZERS, PRECISIONS

HELD = """return data.map(({ settings, share, devices, network, update }) => {
  const { moments, ...found } = ops.held(settings, share, network, update);
  const largest = devices * ops.largestBatch(settings, 1e9 * settings.device, 256, network, update);
  return { ...found, largest, parts: moments.map(({ name }) => name) };
});"""


def settings():
    choose = random.Random(0)
    for _ in range(30):
        yield {
            "height": choose.randint(16, 512),
            "width": choose.randint(16, 512),
            "layers": choose.randint(1, 6),
            "maps": choose.randint(1, 64),
            "kernel": choose.randint(1, 11),
            "stride": choose.randint(1, 3),
            "device": choose.choice([0.1, 0.5, 8.0]),
        }


def shown(explorers):
    """What the page shows for some explorers."""
    asked = []
    for one in explorers:
        batch = max(1, one.batch // 2) if one.smaller_batch else one.batch
        devices = 2 if one.two_devices else 1
        asked.append(
            {
                "settings": one.settings(),
                "share": -(-batch // devices),
                "devices": devices,
                "network": json.loads(one.networks)[PRECISIONS[one.half]].get(one.model),
                "update": one.updates[one.optimizer],
            }
        )
    return node.run(HELD, asked, "memory/math.js")


def varied(choose):
    """Settings that count for every network."""
    remedies = ("smaller_batch", "half", "two_devices")
    return {
        "batch": choose.randint(1, 256),
        "optimizer": choose.choice(list(OPTIMIZERS)),
        **{name: choose.random() < 0.4 for name in remedies},
    }


def assert_agree(explorers):
    for one, found in zip(explorers, shown(explorers), strict=True):
        computed = one.compute()
        for name in ("predict", "train", "largest"):
            assert found[name] == computed[name], (name, one)


def test_stacks_hold_what_the_analysis_says():
    choose = random.Random(1)
    remedies = ("more_stride", "fewer_layers")
    assert_agree(
        [
            MemoryExplorer(**one, **varied(choose), **{r: choose.random() < 0.3 for r in remedies})
            for one in settings()
        ]
    )


@pytest.mark.parametrize("name", MODELS)
def test_networks_of_the_book_hold_what_the_analysis_says(name):
    choose = random.Random(name)
    explorers = [MemoryExplorer(model=name, device=8.0, **varied(choose)) for _ in range(4)]
    assert_agree(explorers)


def test_all_places_of_the_book_give_one_number():
    table = printed("foundations/memory", "train 32 (Adam)")
    comparison = printed("architectures/comparison", "largest_batch")
    for name in MODELS:
        explorer = MemoryExplorer(model=name, optimizer="adam", batch=32, device=8.0)
        (found,) = shown([explorer])
        assert f"{found['train'] / 1e6:,.0f}" == re.search(rf"{name} .* (\S+)$", table, re.M)[1]
        if listed := re.search(rf"{name} \[(\d+), ", comparison):
            assert found["largest"] == int(listed[1])


def printed(page, words):
    """What cells of a page print whose code or output holds some words."""
    return "".join(
        output.text
        for cell in contents.notebook(page).cells
        if cell.cell_type == "code" and words in str(cell)
        for output in cell.outputs
        if output.output_type == "stream"
    )


@pytest.mark.parametrize(
    ("settings", "off"),
    [
        ({}, set()),
        ({"batch": 1}, {"Half the batch"}),
        ({"layers": 2}, {"A third fewer layers"}),
        (
            {"model": "VGG16"},
            {
                *("Picture height", "Picture width", "Layers of the stack", "Maps of the first"),
                *("Kernel size", "Stride", "Twice the first stride", "A third fewer layers"),
            },
        ),
    ],
)
def test_controls_without_effect_are_off(settings, off):
    controls = MemoryExplorer(**settings).children[0].children
    assert {one.description for one in controls if one.disabled} == off


def test_the_exercise_is_the_tower_at_the_turning_point():
    turning = """const moments = ops.stackMoments(ops.stackOf(data.settings), data);
      const forward = moments.filter(({ back }) => !back).at(-1);
      return forward.blocks.map(({ bytes }) => bytes);"""
    explorer = MemoryExplorer()
    update = explorer.updates["sgd"]
    how = {"settings": explorer.settings(), "batch": 50, "item": 4, "update": update}
    outputs = node.run(turning, how | {"training": True}, "memory/math.js")
    assert 4 * 903_400 + 50 * 720_000 + sum(outputs) == 565_613_600
