"""The small figures of stacks of maps, pooling and memory draw what Python computes."""

import numpy as np
import pytest

from cnnlib.explorers import (
    CornerExplorer,
    DirectionsExplorer,
    KernelBlockExplorer,
    MemoryExplorer,
    MovingLineExplorer,
    PaddedBorderExplorer,
    PixelFilterExplorer,
    TwoLayersExplorer,
)

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_a_padded_border_is_pooled_as_in_tensorflow(words):
    made = [PaddedBorderExplorer(neuron=i, size=n) for i in range(7) for n in range(1, 6)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        largest, mean, convolved = explorer.compute()
        before = (explorer.size - 1) // 2
        window = range(explorer.neuron - before, explorer.neuron - before + explorer.size)
        real = sum(at in range(7) for at in window)
        shown = numbers[1 + real :]
        assert shown[0] == largest
        assert shown[2:4] == [real, pytest.approx(mean, abs=0.006)]
        if real < explorer.size:
            assert shown[4:] == [max(largest, 0), pytest.approx(convolved, abs=0.006)]


@pytest.mark.parametrize("way", ["max", "average", "blur"])
def test_a_moving_line_is_pooled_as_in_python(words, way):
    made = [
        MovingLineExplorer(place=place, size=size, way=way)
        for size in (1, 2, 3, 4)
        for place in (4, 11, 12, 19)
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        pooled = explorer.compute()
        assert numbers[:2] == [explorer.place, explorer.size]
        assert numbers[2 : 2 + len(pooled)] == pytest.approx(pooled, abs=0.006)


def test_a_corner_outlasts_the_edges_that_meet_in_it(words):
    made = [CornerExplorer(bias=bias) for bias in (0, -0.25, -1, -1.75, -2)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        assert numbers == [explorer.bias, (found > 0).sum(), found.max()]
    [[row, column]] = np.argwhere(CornerExplorer(bias=-1.0).compute())
    assert CornerExplorer().edges()[0][row - 1 : row + 1, column - 1 : column + 1].sum() == 1


def test_a_block_has_the_weights_that_keras_counts(words):
    import keras

    made = [
        KernelBlockExplorer(below=below, above=above, size=size)
        for below, above, size in ((4, 3, 3), (8, 1, 5), (1, 8, 1))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        layer = keras.layers.Conv2D(explorer.above, explorer.size)
        layer.build([None, 9, 9, explorer.below])
        assert explorer.compute() == layer.count_params()
        assert np.prod(layer.kernel.shape[:3]) in numbers


def test_maps_in_eight_directions_answer_a_patch_as_in_python(words):
    made = [DirectionsExplorer(angle=a, maps=maps) for a in range(0, 361, 30) for maps in (1, 4, 8)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        answers, largest = explorer.compute()
        assert numbers[::2] == [explorer.angle, explorer.maps]
        assert numbers[1::2] == pytest.approx([answers[0], largest], abs=0.0051)


def test_a_filter_of_one_pixel_tells_apart_as_many_as_in_python(words):
    made = [
        PixelFilterExplorer(red=red, infrared=infrared, bias=bias)
        for red, infrared, bias in (
            (0.0, 1.0, -0.2),
            (-1.0, 1.0, -0.2),
            (1.5, -0.7, 0.25),
            (0.0, 0.0, 0.0),
        )
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[:3] == [explorer.red, explorer.infrared, explorer.bias]
        assert numbers[-1] == pytest.approx(100 * explorer.compute(), abs=0.051)


def test_layers_in_memory_have_the_bytes_of_keras_outputs(words):
    outputs = MemoryExplorer().network().layers
    sizes = [4 * np.prod(layer.output.shape[1:]) for layer in outputs]
    assert TwoLayersExplorer().sizes == sizes
    made = [TwoLayersExplorer(layer=n, shortcut=on) for n in (1, 2, 3) for on in (False, True)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[-1] == explorer.compute()
    assert [explorer.compute() for explorer in made[:2]] == [sizes[0] + sizes[1]] * 2
    assert made[-1].compute() == sum(sizes[1:])
