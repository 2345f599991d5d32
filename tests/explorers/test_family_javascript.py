"""The family explorer's wiring and costs against Keras and TensorFlow."""

import random

import node
import numpy as np

from cnnlib.explorers import ConvolutionFamilyExplorer
from cnnlib.explorers.convolution_family import DIMENSIONS, KINDS


def explorers():
    choose = random.Random(0)
    return [
        ConvolutionFamilyExplorer(
            kind=list(KINDS)[index % len(KINDS)],
            dimensions=choose.choice(list(DIMENSIONS)),
            cells=choose.randint(4, 12),
            kernel=choose.randint(1, 7),
            stride=choose.randint(1, 3),
            dilation=choose.choice((1, 1, 2, 3, 4)),
            groups=choose.randint(1, 4),
            channels=choose.randint(1, 6),
            maps=choose.randint(1, 6),
        )
        for index in range(120)
    ]


def test_costs_and_sizes_equal_the_analysis():
    made = explorers()
    body = """return data.map((settings) => {
      const setting = ops.reading(settings);
      return { ...ops.cost(setting), length: ops.outputs(setting), maps: setting.maps };
    });"""
    results = node.run(body, [one.settings() for one in made], "convolution_family/math.js")
    for explorer, found in zip(made, results, strict=True):
        expected = explorer.compute()
        assert (found["weights"], found["macs"]) == (expected["weights"], expected["macs"])
        rank = len(expected["shape"]) - 1
        assert (*[found["length"]] * rank, found["maps"]) == expected["shape"], explorer


def test_wires_are_what_keras_reads():
    made = [one for one in explorers() if one.kind != "separable"][:60]
    made = [ConvolutionFamilyExplorer(**one.settings() | {"dimensions": "1"}) for one in made]
    body = """return data.map((settings) => {
      const setting = ops.reading(settings);
      const range = (length) => Array.from({ length }, (_, i) => i);
      return {
        places: range(ops.outputs(setting)).map((i) => ops.taps(setting, i).map(([cell]) => cell)),
        channels: range(setting.maps).map((k) => ops.channelsOf(setting, k)),
      };
    });"""
    results = node.run(body, [one.settings() for one in made], "convolution_family/math.js")
    for explorer, found in zip(made, results, strict=True):
        model = explorer.network()
        model.set_weights([np.ones(w.shape) for w in model.get_weights()])
        cells, channels = model.input_shape[1:]
        one_by_one = np.eye(cells * channels, dtype="float32").reshape(-1, cells, channels)
        reads = model(one_by_one).numpy() != 0
        wired = np.zeros((cells, channels, *reads.shape[1:]), bool)
        for place, read in enumerate(found["places"]):
            for k, below in enumerate(found["channels"]):
                for cell in read:
                    wired[cell, below, place, k] = True
        np.testing.assert_array_equal(wired.reshape(reads.shape), reads)


def test_a_kind_is_compared_with_a_plain_convolution_of_as_many_maps():
    asked = ConvolutionFamilyExplorer(kind="depthwise", channels=6, maps=4).settings()
    body = "return [ops.peer(data).maps, ops.cost(ops.peer(data)).weights];"
    assert node.run(body, asked, "convolution_family/math.js") == [6, 3 * 3 * 6 * 6]


def test_dilation_inserts_zeros():
    assert node.run("return ops.dilated([1, 2, 3], 4);", None, "convolution_family/math.js") == [
        *(1, 0, 0, 0, 2, 0, 0, 0, 3)
    ]


def test_a_disabled_setting_changes_neither_the_layer_nor_what_it_is_compared_with():
    asked = [
        one.settings() | {name: value}
        for one in explorers()
        for name in ("stride", "dilation", "groups")
        if getattr(one.view, f"{name}_off")
        for value in (1, 2, 3)
    ]
    assert len(asked) > 300
    body = "return data.map((settings) => [ops.reading(settings), ops.cost(ops.peer(settings))]);"
    results = node.run(body, asked, "convolution_family/math.js")
    for one, other, third in zip(*[iter(results)] * 3, strict=True):
        assert one == other == third
