"""The costs that the dense-against-convolution explorer shows, against `cnnlib.analyze`."""

import random

import node

from cnnlib.explorers import DenseVsConvolutionExplorer


def test_costs_equal_the_analysis():
    choose = random.Random(0)
    made = [
        DenseVsConvolutionExplorer(
            side=choose.randint(16, 256),
            channels=choose.randint(1, 4),
            units=choose.randint(1, 4096),
            kernel=choose.randint(1, 15),
            maps=choose.randint(1, 128),
        )
        for _ in range(100)
    ]
    settings = [one.settings() for one in made]
    for one, found in zip(
        made,
        node.run("return data.map(ops.costs);", settings, "dense_vs_convolution/math.js"),
        strict=True,
    ):
        s = one.settings()
        assert found["inputs"] == s["side"] ** 2 * s["channels"]
        for name, expected in one.compute().items():
            assert {key: found[name][key] for key in expected} == expected, one


def test_the_figures_of_the_chapter():
    costs = "return data.map(ops.costs);"
    common = {"units": 1000, "kernel": 5, "maps": 16}
    grey, colour = node.run(
        costs,
        [{"side": 100, "channels": 1, **common}, {"side": 224, "channels": 3, **common}],
        "dense_vs_convolution/math.js",
    )
    assert grey["dense"]["connections"] == 10_000_000
    assert colour["inputs"] == 150_528
