"""The small figures of VGG's chapter draw what Python computes, and that is the paper's."""

import keras
import numpy as np
import pytest

import cnnlib
from cnnlib import experiments
from cnnlib.explorers import (
    ComposedKernelsExplorer,
    ConfigurationsExplorer,
    KernelStackExplorer,
    LayerSharesExplorer,
    PointwiseLayerExplorer,
    SlidingDenseExplorer,
    StackRunsExplorer,
)

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def conv_weights(kernel, maps):
    layer = keras.layers.Conv2D(maps, kernel, use_bias=False)
    layer.build((None, None, None, maps))
    return layer.count_params()


def test_a_stack_and_one_kernel_have_the_weights_of_such_layers(words):
    made = [KernelStackExplorer(layers=n, maps=m) for n, m in ((1, 16), (2, 64), (3, 512), (4, 32))]
    for explorer, numbers in zip(made, words(*made), strict=True):
        layers, maps, side = explorer.layers, explorer.maps, 2 * explorer.layers + 1
        expected = (side, layers * conv_weights(3, maps), conv_weights(side, maps))
        assert explorer.compute() == expected
        assert set(expected) <= set(numbers)


PAIRS = (("across", "mean"), ("across", "down"), ("mean", "across"), ("mean", "mean"))


@pytest.mark.parametrize("relu", [False, True])
def test_the_page_filters_the_dots_as_tensorflow_does(relu, shown):
    made = [ComposedKernelsExplorer(first=a, second=b, relu=relu) for a, b in PAIRS]
    page, boxes = shown(*made)
    assert page.errors == []
    for explorer, box in zip(made, boxes, strict=True):
        texts = box.locator("svg text.cnn-value").all_text_contents()
        drawn = np.array([float(text) for text in texts]).reshape(3, 5, 5)
        bright, dark = explorer.compute()
        both = np.minimum(bright, dark)
        assert drawn == pytest.approx(np.stack([bright, dark, both]), abs=0.0051)
        found = box.get_by_role("status").inner_text().partition(" ")[0]
        assert found == (str(np.sum(both > 1e-6)) if both.max() > 1e-6 else "No")


def test_with_a_relu_between_some_places_answer_to_both_dots_without_none():
    def most(relu):
        made = (ComposedKernelsExplorer(first=a, second=b, relu=relu) for a, b in PAIRS)
        return max(np.min(one.compute(), axis=0).max() for one in made)

    assert most(relu=True) > 0.1
    assert most(relu=False) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("reads", ["maps", "layer"])
def test_a_1x1_kernel_answers_in_the_page_as_in_tensorflow(reads, words):
    weights = ((1.0, 1.0), (1.0, -1.0), (1.0, -2.0), (-0.5, 3.0))
    made = [PointwiseLayerExplorer(reads=reads, first=a, second=b) for a, b in weights]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[:4] == pytest.approx(explorer.compute())


def test_the_layers_have_the_shares_of_the_model(words):
    made = [
        LayerSharesExplorer(layer=layer, side=side)
        for layer, side in ((1, 224), (14, 224), (14, 32), (16, 448), (7, 320))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        name, params, macs = explorer.compute()
        layers = cnnlib.analyze("VGG16", input_shape=(explorer.side,) * 2 + (3,))
        shares = [100 * params / layers.params, 100 * macs / layers.macs]
        assert {params, macs} <= set(numbers)
        *_, share, _, other = numbers
        assert [share, other] == pytest.approx(shares, rel=0.51, abs=0.051), name


def test_sliding_dense_layers_answer_as_their_convolutions_do(words):
    made = [SlidingDenseExplorer(side=side, answer=9) for side in (224, 288, 512)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        side = explorer.side
        body = cnnlib.analyze("VGG16", input_shape=(side, side, 3), classes=0)
        fc1 = keras.layers.Conv2D(1, 7)
        count = fc1.compute_output_shape(body.model.output_shape)[1]
        answers, work = explorer.compute()
        assert answers == count**2
        assert numbers[-4:] == [
            answers,
            pytest.approx(work, rel=0.005),
            *divmod(min(9, answers - 1), count),
        ]


def test_the_columns_are_those_of_table_1(shown):
    weights = {"A": 11, "A-LRN": 11, "B": 13, "C": 16, "D": 16, "E": 19}
    millions = {"A": 133, "A-LRN": 133, "B": 133, "C": 134, "D": 138, "E": 144}
    made = [ConfigurationsExplorer(column=column) for column in weights]
    page, boxes = shown(*made)
    assert page.errors == []
    for explorer, box in zip(made, boxes, strict=True):
        layers, params, _ = explorer.compute()
        assert layers == weights[explorer.column]
        assert round(params / 1e6) == millions[explorer.column]
        title = box.locator(".cnn-title").inner_text()
        assert f"are {layers} layers with weights" in title
        assert f"{params:,} parameters" in box.get_by_role("status").inner_text()


def test_what_a_column_has_more_than_its_neighbour_is_lit(shown):
    _, (box,) = shown(ConfigurationsExplorer())
    lit = box.locator("rect.cnn-cell.cnn-lit").count()
    assert lit == 1 + 2 + 3 + 3 + 3  # LRN; two of 3x3; three of 1x1; the same as 3x3; three more


def test_the_runs_are_those_that_are_stored(words):
    stored = experiments.results("small_stacks").set_index(["variant", "seed"])["accuracy"]
    made = [
        StackRunsExplorer(training=training, seed=seed)
        for training in ("normalized, falling", "plain, constant")
        for seed in (0, 2)
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert explorer.compute() == {
            network: stored[f"{network}: {explorer.training}", explorer.seed]
            for network in explorer.compute()
        }
        pair = [explorer.compute()[network] for network in ("3×3 three times", "7×7")]
        assert pair[0] in [pytest.approx(one, abs=0.051) for one in numbers]
        assert pair[1] in [pytest.approx(one, abs=0.051) for one in numbers]
