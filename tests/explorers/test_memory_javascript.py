"""The memory explorer says what `cnnlib.analyze` says, for every network and every setting."""

import random

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
                "network": one.networks[PRECISIONS[one.half]].get(one.model),
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
