"""The roofline explorer's arithmetic against `cnnlib.analyze`."""

import random

import node
import pytest

from cnnlib.explorers import RooflineExplorer
from cnnlib.explorers.roofline import KINDS, MACHINES


def cases():
    choose = random.Random(0)
    for index in range(102):
        yield {
            "machine": choose.choice(list(MACHINES)),
            "kind": list(KINDS)[index % 3],
            "side": choose.randint(4, 224),
            "kernel": choose.randint(1, 11),
            "channels": choose.randint(1, 512),
            "maps": choose.randint(1, 512),
            "batch": choose.randint(1, 64),
        }


def test_operations_bytes_and_times_equal_the_analysis():
    explorers = [RooflineExplorer(**case) for case in cases()]
    names = ("kind", "side", "kernel", "channels", "maps", "batch")
    layers = [
        {name: getattr(one, name) for name in names} | {"machine": one.machines[one.machine]}
        for one in explorers
    ]
    results = node.run(
        """return data.map(({ machine, ...layer }) => {
          const found = ops.work(layer);
          const { seconds, limit } = ops.bound(machine, found);
          return { ...found, seconds, limit, speed: ops.roof(machine, found.intensity) };
        });""",
        layers,
        "roofline/math.js",
    )
    limits = set()
    for explorer, result in zip(explorers, results, strict=True):
        limits.add(result.pop("limit"))
        speed = result.pop("speed")
        expected = explorer.compute()
        assert result == pytest.approx(expected, rel=1e-12)
        assert speed == pytest.approx(result["flops"] / result["seconds"])
    assert limits == {"compute", "memory"}
