"""The small figures of stacks of maps, pooling and memory draw what Python computes."""

import numpy as np
import pytest

from cnnlib.explorers import (
    AxisOrderExplorer,
    CornerExplorer,
    DampingExplorer,
    DirectionsExplorer,
    KernelBlockExplorer,
    LayerCostExplorer,
    MapOrderExplorer,
    MemoryExplorer,
    MovingLineExplorer,
    PaddedBorderExplorer,
    PixelFilterExplorer,
    TurnedBarsExplorer,
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
        assert numbers[:3] == [explorer.red, abs(explorer.infrared), abs(explorer.bias)]
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


def test_swapped_axes_give_the_maps_that_tensorflow_makes(shown):
    made = [
        AxisOrderExplorer(below=below, above=above, swapped=swapped)
        for below, above in ((8, 4), (8, 5), (8, 8), (3, 12), (12, 1), (6, 3))
        for swapped in (False, True)
    ]
    page, boxes = shown(*made)
    assert page.errors == []
    for explorer, box in zip(made, boxes, strict=True):
        said, maps = box.get_by_role("status").inner_text(), explorer.compute()
        assert ("refuses" in said) == (maps is None)
        if maps:
            assert f": {maps} map" in said


def test_maps_in_another_order_are_answered_as_in_python(words):
    made = [MapOrderExplorer(moved=n, follow=on) for n in range(4) for on in (False, True)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[0] == explorer.moved
        assert numbers[-1] == pytest.approx(explorer.compute(), abs=0.0051)
    assert {round(explorer.compute(), 6) for explorer in made[1::2]} == {1.1}


def test_five_photographs_change_as_in_tensorflow(words):
    made = [
        DampingExplorer(move=move, source=source, steps=steps)
        for move, source, steps in (
            ("right", "edges", 2),
            ("right", "pixels", 8),
            ("turn", "edges", 4),
            ("zoom", "pixels", 5),
        )
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        change = explorer.compute()
        expected = [change[way] for way in ("input", "strided", "average", "max", "large")]
        shares = [numbers[at] for at in (1, 3, 6, 9, -1)]  # between them sizes and strides
        assert shares == pytest.approx(100 * np.array(expected), abs=0.6)


def test_turned_bars_are_answered_as_in_tensorflow(words):
    import tensorflow as tf

    from cnnlib.explorers.pooling import ORIENTED
    from cnnlib.explorers.turned_bars import MAPS, turned

    made = [TurnedBarsExplorer(angle=angle) for angle in (0, 35, 90, 180)]
    strongest = np.max(made[0].means, axis=0)
    for explorer, numbers in zip(made, words(*made), strict=True):
        picture = turned(explorer.angle)[np.newaxis, :, :, np.newaxis]
        answers = tf.nn.relu(tf.nn.conv2d(picture, ORIENTED[:, :, np.newaxis], 1, "VALID"))
        middle = answers.numpy()[0, 23:-23, 23:-23]
        means = [middle[..., :maps].max(axis=-1).mean() for maps in MAPS]
        assert explorer.compute() == pytest.approx(means, abs=1e-3)
        shares = [numbers[1], numbers[3], numbers[5]]
        assert shares == pytest.approx(100 * np.array(means) / strongest, abs=0.6)


def test_a_layer_costs_what_keras_counts(words):
    import keras

    made = [
        LayerCostExplorer(kernel=kernel, maps=maps, side=side, unit=unit)
        for kernel, maps, side, unit in ((5, 200, 150, "MB"), (1, 3, 300, "MiB"), (11, 7, 30, "MB"))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        layer = keras.layers.Conv2D(explorer.maps, explorer.kernel, padding="same")
        picture = keras.Input((explorer.side, explorer.side * 2 // 3, 3))
        parameters, multiplications, output = explorer.compute()
        assert output == 4 * np.prod(layer(picture).shape[1:])
        assert parameters == layer.count_params()
        assert multiplications == np.prod(layer.kernel.shape) * np.prod(picture.shape[1:3])
        assert numbers[:3] == [parameters, multiplications, output]
        unit = 1e6 if explorer.unit == "MB" else 2**20
        assert numbers[3] == pytest.approx(output / unit, abs=0.0051)
