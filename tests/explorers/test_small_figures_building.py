"""The small figures of "Building and training a CNN" draw what Keras and Python compute."""

import numpy as np
import pytest

from cnnlib import experiments
from cnnlib.explorers import (
    BatchesExplorer,
    CrossEntropyExplorer,
    DropoutExplorer,
    HalvingExplorer,
    LearningRateExplorer,
    LookExplorer,
    MorePicturesExplorer,
    PatienceExplorer,
    RecipeRunsExplorer,
    RecipeStackExplorer,
    SoftmaxExplorer,
    TrainingExplorer,
)
from cnnlib.explorers.patience import LOSSES
from cnnlib.explorers.training.in_keras import curves

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_classes_have_as_many_pictures_as_in_the_data(words):
    made = [LookExplorer(digit=one) for one in (0, 8, 9)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers == [14, explorer.compute(), explorer.digit]


def test_the_stack_has_the_shapes_and_parameters_of_keras(shown):
    sides = {8: (3, 8), 14: (4, 6), 28: range(9)}
    made = [RecipeStackExplorer(layers=n, side=side) for side, all in sides.items() for n in all]
    page, boxes = shown(*made)
    assert page.errors == []
    for explorer, box in zip(made, boxes, strict=True):
        shape, last, total = explorer.compute()
        words = box.get_by_role("status").inner_text()
        sides = f"{'×'.join(map(str, shape))}, " if len(shape) > 1 else ""
        assert f": {sides}{np.prod(shape):,} number" in words
        if explorer.layers:
            assert f"The last layer has {last:,} parameter" in words
            assert words.endswith(f"all together {total:,}.")


@pytest.mark.parametrize("growth", [1.0, 1.5, 2.0, 4.0])
def test_stages_cost_what_their_convolutions_do(growth, words):
    macs, weights = (np.array(one) for one in HalvingExplorer(growth=growth).compute())
    (numbers,) = words(HalvingExplorer(growth=growth))
    assert numbers == pytest.approx(
        [growth, (macs[1:] / macs[:-1]).mean(), (weights[1:] / weights[:-1]).mean()], rel=0.01
    )


def test_probabilities_are_those_of_keras(words):
    made = [SoftmaxExplorer(temperature=t, added=a) for t, a in ((1.0, 0), (0.1, -10), (10.0, 7))]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[0] == explorer.temperature
        assert numbers[2::2] == pytest.approx(100 * explorer.compute(), abs=0.051)


def test_the_loss_is_that_of_keras(words):
    made = [CrossEntropyExplorer(percent=p, classes=c) for p, c in ((50, 10), (1, 2), (100, 100))]
    for explorer, numbers in zip(made, words(*made), strict=True):
        loss, push, classes, chance = numbers
        assert (loss, chance) == pytest.approx(explorer.compute(), abs=1e-4)
        assert push == pytest.approx(1 - explorer.percent / 100)
        assert classes == explorer.classes


def test_the_units_that_are_left_are_those_of_python(words):
    made = [DropoutExplorer(rate=r, step=s) for r, s in ((0.5, 1), (0.5, 7), (0.8, 100), (0.0, 3))]
    for explorer, numbers in zip(made, words(*made), strict=True):
        step, out, times, read, every = numbers[:5]
        seen = explorer.compute()
        assert (step, out) == (explorer.step, (seen == 0).sum())
        assert times == pytest.approx(1 / (1 - explorer.rate), abs=0.01)
        assert (read, every) == pytest.approx((seen.sum(), sum(explorer.answers)), abs=0.051)
    (numbers,) = words(DropoutExplorer(training=False))
    assert numbers == pytest.approx([DropoutExplorer(training=False).compute().sum()], abs=0.051)


def test_the_weight_goes_where_keras_moves_it(words):
    hows = ((0.1, 8), (1.0, 3), (1.9, 20), (2.1, 3), (0.01, 0))
    made = [LearningRateExplorer(rate=rate, step=step) for rate, step in hows]
    for explorer, numbers in zip(made, words(*made), strict=True):
        step, weight, loss = numbers
        places = explorer.compute()
        assert (step, len(places)) == (explorer.step, explorer.step + 1)
        assert weight == pytest.approx(places[-1], rel=0.005, abs=5e-4)
        assert loss == pytest.approx(places[-1] ** 2 / 2, rel=0.005, abs=5e-4)


@pytest.mark.parametrize(("rate", "step", "leaves"), [(2.1, 3, None), (2.1, 4, 4), (2.5, 9, 1)])
def test_a_weight_that_leaves_the_picture_is_told_of(rate, step, leaves, shown):
    explorer = LearningRateExplorer(rate=rate, step=step)
    page, (box,) = shown(explorer)
    said = box.get_by_role("status").inner_text()
    beyond = [number for number, one in enumerate(explorer.compute()) if abs(one) > 4]
    assert beyond[:1] == ([leaves] if leaves else [])
    assert said.endswith(f" Step {leaves} leaves the picture.") == bool(leaves)
    assert box.locator("circle").count() == (leaves or step + 1)
    assert page.errors == []


def test_a_training_is_stopped_where_keras_stops_it(words):
    made = [PatienceExplorer(patience=patience) for patience in range(1, 12)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        stop, best = explorer.compute()
        assert numbers == [explorer.patience, stop, best, LOSSES[best - 1]]


def test_the_losses_that_end_a_training_are_those_of_the_healthy_network():
    found = curves(TrainingExplorer().settings(), 3)["validation_loss"]
    assert found[1::2] == pytest.approx(LOSSES[:3], abs=0.002)


@pytest.mark.parametrize(("batch", "step"), [(32, 1), (32, 4), (32, 5), (100, 3), (4, 100)])
def test_the_batch_is_that_of_python(batch, step, shown):
    explorer = BatchesExplorer(batch=batch, step=step)
    epoch, chosen = explorer.compute()
    page, (box,) = shown(explorer)
    assert page.errors == []
    assert box.locator(".cnn-title").inner_text().startswith(f"Epoch {epoch}, ")
    lit = box.locator("rect.cnn-lit").evaluate_all(
        "all => all.map((one) => ((one.getAttribute('y') - 2) * 20 + (one.getAttribute('x') - 2)"
        " * 1) / 30)"
    )
    assert sorted(lit) == sorted(chosen)


@pytest.mark.parametrize("epoch", range(3))
def test_every_picture_is_seen_once_in_an_epoch(epoch):
    steps = range(4 * epoch + 1, 4 * epoch + 5)
    seen = [one for step in steps for one in BatchesExplorer(step=step).compute()[1]]
    assert sorted(seen) == list(range(100))


def test_the_runs_of_the_recipe_are_those_stored(words):
    stored = experiments.results("digits_recipe").set_index(["variant", "seed"])
    made = [RecipeRunsExplorer(optimizer=v, seed=s) for v, s in stored.index]
    for explorer, numbers in zip(made, words(*made), strict=True):
        run = stored.loc[(explorer.optimizer, explorer.seed)]
        expected = [explorer.seed, run["curve"][0], run["curve"][-1], run["accuracy"]]
        assert numbers == pytest.approx(expected, abs=0.051)
        assert explorer.compute() == (run["curve"][-1], run["accuracy"])


def test_the_runs_with_more_pictures_are_those_stored(words):
    stored = experiments.results("digits_pictures").groupby("variant")
    means = stored[["accuracy", "training"]].mean()
    made = [
        MorePicturesExplorer(pictures=one, shifted=shifted)
        for one in ("40", "120", "400", "1,200")
        for shifted in (False, True)
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        variant = explorer.pictures + ", shifted" * explorer.shifted
        pictures, accuracy, _, low, high, training = numbers
        assert f"{pictures:,.0f}" == explorer.pictures
        assert (accuracy, training) == pytest.approx(tuple(means.loc[variant]), abs=0.051)
        assert low <= accuracy <= high
        assert explorer.compute() == pytest.approx((accuracy, training), abs=0.051)
