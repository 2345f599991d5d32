"""The figures of "Transfer learning" show what Keras and the stored runs say."""

import keras
import node
import numpy as np
import pytest

from cnnlib import experiments, live, trained
from cnnlib.explorers import (
    FreezeExplorer,
    KeptLayersExplorer,
    NormModesExplorer,
    OwnClassesExplorer,
    PixelRangeExplorer,
    TransferRunsExplorer,
    UnprocessedRunsExplorer,
)
from cnnlib.explorers.freeze import HEADS

pytest_plugins = ("browser_fixtures", "figure_fixtures")

SOME = {"frozen": [1, 2, 3, 14]}


def test_modules_are_counted_as_the_words_say(words):
    made = [
        FreezeExplorer(),
        FreezeExplorer(frozen=[], inference=False),
        FreezeExplorer(head="flattened", inference=False, **SOME),
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        assert found["trained"] in numbers
        assert sum(found.values()) in numbers
        assert not found["moving"] or found["moving"] in numbers


@pytest.mark.parametrize("read", HEADS)
def test_the_numbers_of_the_trunk_are_keras_s(read):
    trunk = keras.applications.Xception(weights=None, include_top=False, input_shape=(150, 150, 3))
    learned = sum(int(np.prod(one.shape)) for one in trunk.trainable_weights)
    x = keras.layers.GlobalAveragePooling2D() if read == "pooled" else keras.layers.Flatten()
    head = keras.Sequential([keras.Input(trunk.output.shape[1:]), x, keras.layers.Dense(10)])
    assert HEADS[read] == head.count_params()
    thawed = FreezeExplorer(frozen=[], head=read, inference=False).compute()
    assert thawed["trained"] == learned + HEADS[read]
    assert thawed["moving"] == trunk.count_params() - learned


def test_both_modes_normalize_as_keras_does(words):
    made = [
        NormModesExplorer(training=training, batch=batch, step=step)
        for training in (True, False)
        for batch, step in ((8, 1), (2, 3), (32, 25))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        expected = [found["output"], found["mean"], found["deviation"]]
        assert numbers[:2] == [explorer.step, explorer.batch]
        assert numbers[4:] == pytest.approx(expected, abs=0.0051)


@pytest.mark.parametrize("pixels", ["trained", "unit", "bytes"])
def test_other_pixels_give_what_they_give_in_keras(pixels, words):
    made = [PixelRangeExplorer(pixels=pixels, picture=number) for number in (4, 17)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        first, last = found["responses"][0], found["responses"][-1]
        share = 100 * max(found["probabilities"].values())
        assert numbers[2:4] == pytest.approx([first, last], rel=0.006)
        assert numbers[4] == pytest.approx(share, abs=0.6)
        assert numbers[-1] == explorer.right[pixels]


def test_heads_learn_what_they_learn_in_keras():
    explorer = OwnClassesExplorer(steps=60)
    exported = live.export(trained.model("alphabet"))
    body = """
        const numbersOf = ops.reader(data.graph, Uint8Array.from(data.weights));
        const read = data.drawings.map((one) => numbersOf(Uint8Array.from(one)));
        return Object.fromEntries(["trunk", "pixels"].map((way) => {
          const example = (one, i) => ({ numbers: one[way], label: Math.floor(i / 3) });
          const examples = read.slice(0, 9).map(example);
          const inputs = read[9][way].length;
          const probabilities = ops.taught(examples, inputs, 3, data.steps)(read[9][way]);
          return [way, { probabilities, right: ops.leftOut(examples, inputs, 3, data.steps) }];
        }));
    """
    drawings = explorer.drawings.reshape(10, -1).tolist()
    given = {"graph": exported.graph, "weights": list(exported.weights), "drawings": drawings}
    found = node.run(body, given | {"steps": 60}, "own_classes/heads.js")
    for way, expected in explorer.compute().items():
        assert found[way]["right"] == expected["right"]
        assert found[way]["probabilities"] == pytest.approx(
            list(expected["probabilities"].values()), abs=1e-4
        )


def test_the_page_learns_the_drawings_as_keras_does(words):
    made = [
        OwnClassesExplorer(steps=steps, each=each) for steps, each in ((0, 3), (15, 3), (40, 2))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        shares = [100 * share for way in found.values() for share in way["probabilities"].values()]
        assert numbers[:2] == [3 * explorer.each, explorer.steps]
        assert numbers[2:8] == pytest.approx(shares, abs=0.51)


def test_drawings_of_the_reader_s_own_replace_those_of_the_book():
    explorer = OwnClassesExplorer()
    before = explorer.compute()
    pages = explorer.drawings.copy()
    pages[[0, 1, 2, 3, 4, 5]] = pages[[3, 4, 5, 0, 1, 2]]
    explorer.own = memoryview(pages.tobytes())
    after = explorer.compute()["trunk"]["probabilities"]
    assert after["house"] == pytest.approx(before["trunk"]["probabilities"]["fish"], abs=1e-4)


def test_the_runs_are_those_that_are_stored(words):
    def means(name, measure="accuracy"):
        return experiments.results(name).groupby("variant")[measure].mean()

    ways = means("transfer_examples")
    made = [TransferRunsExplorer(examples=one) for one in ("3", "100")]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        for way, share in found.items():
            assert share == pytest.approx(ways[f"{way}, {explorer.examples}"])
            assert any(number == pytest.approx(share, abs=0.051) for number in numbers)
    kept = means("transfer_layers")
    made = [KeptLayersExplorer(copied=3, examples=one) for one in ("10", "100")]
    for explorer, numbers in zip(made, words(*made), strict=True):
        share, changed = explorer.compute()
        assert share == pytest.approx(kept[f"3 of 5, {explorer.examples}"])
        assert numbers[1] == pytest.approx(share, abs=0.051)
        assert numbers[-1] == changed
    stored = experiments.results("transfer_pixels").set_index(["variant", "seed"])["curve"]
    made = [UnprocessedRunsExplorer(read=read, seed=2) for read in ("flattened", "pooled")]
    for explorer, numbers in zip(made, words(*made), strict=True):
        for pixels, ends in explorer.compute().items():
            curve = stored[f"{pixels}, {explorer.read}", 2]
            assert ends == (curve[0], curve[-1])
            for end in ends:
                assert any(number == pytest.approx(end, abs=0.051) for number in numbers)
