"""The promises of "Building and training a CNN"."""

import itertools
import re

from browsing import settle
from hands import numbers
from promises import Try

from cnnlib.explorers.patience import LOSSES

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

PAGE = "networks/building"
looking, stack, halving, softmax, entropy, batches = (Try(PAGE, i) for i in range(1, 7))
downhill, patience, dropout = (Try(PAGE, i) for i in range(7, 10))
learner = Try(PAGE, 10, explorer=9)
runs, pictures, live = (Try(PAGE, i) for i in range(11, 14))


@looking.step(1, "0a84ffdf")
def test_no_class_is_rare(explorer):
    counts = []
    for _ in range(10):
        counts.append(numbers(explorer.words())[1])
        explorer.key("Pictures", "ArrowRight")
    assert (min(counts), max(counts)) == (118, 124)


@stack.step(1, "42077f8b")
def test_the_dense_layer_dwarfs_all_others(explorer):
    explorer.key("Layers", *["ArrowRight"] * 2)
    assert "5 layers: 9,216 numbers" in explorer.words()
    explorer.key("Layers", "ArrowRight")
    assert explorer.shows("Dense 128 gives 128")
    assert "The last layer has 1,179,776 parameters" in explorer.words()


@stack.step(2, "81d953dc")
def test_the_recipe_has_its_parameters(explorer):
    explorer.key("Layers", *["ArrowRight"] * 2)
    assert "8 layers: 10 numbers" in explorer.words()
    assert explorer.words().endswith("all together 1,199,882.")
    assert round(100 * 1_179_776 / 1_199_882) == 98


@stack.step(3, "822cb25c")
def test_the_dense_layer_pays_for_pixels(explorer):
    explorer.set("Side of the picture", 14)
    assert explorer.words().endswith("all together 225,034.")
    assert explorer.shows("320")
    assert explorer.shows("18,496")


@halving.step(1, "4ab2376a")
def test_compute_is_level_where_maps_double(explorer):
    assert explorer.view.get_by_text("2.36 M", exact=True).count() == 4
    assert explorer.words().endswith("1 times the multiply-adds, 4 times the weights.")


@halving.step(2, "344a2eb3")
def test_equal_maps_leave_deep_layers_idle(explorer):
    explorer.set("Maps grow by", 1)
    assert explorer.words().endswith("0.25 times the multiply-adds, 1 times the weights.")


@halving.step(3, "ee0793cb")
def test_four_times_the_maps_are_dear(explorer):
    explorer.set("Maps grow by", 4)
    assert explorer.words().endswith("4 times the multiply-adds, 16 times the weights.")


def shares(explorer):
    """The five probabilities, in per cent."""
    return numbers(explorer.words())[2::2]


@softmax.step(1, "9282f302")
def test_cold_the_highest_score_takes_all(explorer):
    explorer.set("Temperature", 0.1)
    assert shares(explorer) == [100, 0, 0, 0, 0]


@softmax.step(2, "de157664")
def test_hot_probabilities_are_flatter(explorer):
    explorer.set("Temperature", 10)
    found = shares(explorer)
    assert (found[0], found[-1]) == (25.9, 14.2)
    assert found == sorted(found, reverse=True)


@softmax.step(3, "ac999b7f")
def test_only_differences_count(explorer):
    explorer.press("Reset")
    before, picture = shares(explorer), explorer.view.inner_text()
    explorer.set("Added to every score", 5)
    assert shares(explorer) == before
    assert explorer.view.inner_text() != picture


@entropy.step(1, "f6f03d0f")
def test_sure_and_right_costs_nothing(explorer):
    explorer.set("Probability of the right class, %", 100)
    assert explorer.words().startswith("Loss 0.0000;")


@entropy.step(2, "8ce8bfca")
def test_sure_and_wrong_is_dear(explorer):
    explorer.set("Probability of the right class, %", 1)
    assert explorer.shows("costs 4.61")


@entropy.step(3, "a2172c76")
def test_guessing_costs_the_logarithm_of_ten(explorer):
    assert explorer.shows("at random: 2.30")
    assert explorer.words().endswith("among 10 costs 2.3026.")


def batch(explorer):
    """The places of the pictures of the step."""
    lit = explorer.view.locator("rect.cnn-lit")
    return lit.evaluate_all(
        "all => all.map((one) => [one.getAttribute('x'), one.getAttribute('y')])"
    )


@batches.step(1, "0ffd8844")
def test_the_last_batch_is_what_is_left(explorer):
    explorer.key("Pictures", *["ArrowRight"] * 3)
    assert explorer.shows("Epoch 1, step 4 of 4")
    assert len(batch(explorer)) == 4


@batches.step(2, "3644c237")
def test_another_epoch_has_another_order(explorer):
    explorer.key("Pictures", *["ArrowLeft"] * 3)
    first = batch(explorer)
    explorer.key("Pictures", *["ArrowRight"] * 4)
    assert explorer.shows("Epoch 2, step 1 of 4")
    assert len(batch(explorer)) == len(first) == 32
    assert sorted(batch(explorer)) != sorted(first)


@batches.step(3, "cf13ef44")
def test_one_batch_of_all_is_one_step_an_epoch(explorer):
    explorer.set("Batch", 100)
    assert explorer.shows("Epoch 5, step 1 of 1")
    assert explorer.value("Step") == 5


@downhill.step(1, "34402c8e")
def test_a_small_rate_creeps(explorer):
    explorer.set("Learning rate", 0.01)
    explorer.set("Step", 20)
    assert explorer.words().startswith("Step 20: the weight is 2.45,")


@downhill.step(2, "86c19db8")
def test_a_rate_of_one_is_at_the_bottom_at_once(explorer):
    explorer.set("Learning rate", 1)
    explorer.set("Step", 1)
    assert explorer.words() == "Step 1: the weight is 0, the loss 0."


@downhill.step(3, "3cd5942c")
def test_a_large_rate_jumps_nearer_and_a_larger_one_away(explorer):
    for rate, nearer in ((1.9, True), (2.1, False)):
        explorer.set("Learning rate", rate)
        places = []
        for step in range(4):
            explorer.set("Step", step)
            places.append(numbers(explorer.words())[1])
        assert all(one * other < 0 for one, other in itertools.pairwise(places))
        assert [abs(one) for one in places] == sorted(map(abs, places), reverse=nearer)
    assert not explorer.shows("leaves the picture")
    explorer.set("Step", 20)
    assert explorer.words().endswith("Step 4 leaves the picture.")


@patience.step(1, "92a2de7a")
def test_too_little_patience_takes_a_bump_for_the_end(explorer):
    assert explorer.value("Patience") == 3
    assert numbers(explorer.words())[:3] == [3, 9, 6]
    assert LOSSES[9] < LOSSES[5]


@patience.step(2, "64f7b19d")
def test_more_patience_finds_the_lowest_loss(explorer):
    explorer.set("Patience", 10)
    assert numbers(explorer.words())[2] == 19
    assert min(LOSSES) == LOSSES[18]
    assert list(LOSSES[18:]) == sorted(LOSSES[18:])


@dropout.step(1, "4ba6f1d8")
def test_other_units_are_left_out_in_each_step(explorer):
    seen = []
    for _ in range(5):
        seen.append(numbers(explorer.words())[3])
        explorer.key("Units", "ArrowRight")
        assert "in place of 25.0" in explorer.words()
    assert len(set(seen)) > 3
    assert min(seen) < 25 < max(seen)


@dropout.step(2, "78bd3752")
def test_few_units_are_made_larger(explorer):
    explorer.set("Dropout", 0.8)
    assert "the others times 5:" in explorer.words()
    assert abs(numbers(explorer.words())[5] - 25) < 2
    assert numbers(explorer.words())[1] > 15


@dropout.step(3, "79d420b9")
def test_prediction_leaves_nothing_out(explorer):
    explorer.tick("Training", on=False)
    assert explorer.words().startswith("No unit is left out and none made larger")
    assert explorer.words().endswith("reads 25.0.")


def played(explorer):
    """Play to the end; return per cent right of the pictures learned from and of the others."""
    explorer.press("Play")
    said = explorer.view.locator(".cnn-words", has_text=", the last:")
    said.wait_for(timeout=300_000)
    settle(explorer.page)
    return [int(one) for one in re.findall(r"(\d+) % right", said.inner_text())]


@learner.step(1, "7207d563")
def test_a_network_learns_in_the_page(explorer):
    taught, validated = played(explorer)
    assert min(taught, validated) >= 90
    said = explorer.view.locator(".cnn-words").inner_text()
    assert max(float(one) for one in re.findall(r"loss ([\d.]+)", said)) < 0.5


@learner.step(2, "1890bcaf")
def test_it_reads_a_stroke_as_a_one(explorer):
    beside = type(explorer)(explorer.page.locator(".cnn-explorer").nth(10))
    beside.press("Clear")
    keys = ["ArrowUp"] * 7 + ["Space"] + ["ArrowDown"] * 14 + ["Space"]
    beside.key("Drawing surface", *keys)
    assert beside.words().startswith("1, ")


@learner.step(3, "ee9361d6")
def test_dropout_makes_the_training_pictures_look_harder(explorer):
    explorer.press("Keep this run")
    explorer.set("Dropout", 0.5)
    taught, validated = played(explorer)
    assert taught < validated


def ends(explorer):
    """Per cent of the validation digits right at the end of every run."""
    explorer.set("Seed", 0)
    found = [numbers(explorer.words())[2]]
    for _ in range(4):
        explorer.key("Runs", "ArrowRight")
        found.append(numbers(explorer.words())[2])
    assert explorer.value("Seed") == 4
    return found


@runs.step(1, "ceb82ee2")
def test_as_printed_the_recipe_guesses(explorer):
    assert max(ends(explorer)) < 13


@runs.step(2, "1e311af8")
def test_three_times_as_long_it_still_guesses(explorer):
    explorer.choose("Optimizer", "Adadelta 0.001, long")
    assert max(ends(explorer)) == 15.4
    assert explorer.shows("Adadelta 0.001, 36 epochs")


@runs.step(3, "b6670261")
def test_with_a_larger_rate_it_learns(explorer):
    for optimizer in ("Adadelta 1.0", "Adam 0.001"):
        explorer.choose("Optimizer", optimizer)
        assert min(ends(explorer)) > 95


def rights(explorer):
    """Mean per cent right, of new digits and of training pictures."""
    _, new, _, _, _, taught = numbers(explorer.words())
    return new, taught


@pictures.step(1, "1bdfc9d3")
def test_more_pictures_help_less_and_less(explorer):
    found = [rights(explorer)[0]]
    for _ in range(3):
        explorer.key("Runs", "ArrowRight")
        found.append(rights(explorer)[0])
    assert found == [77.6, 91.3, 95.8, 96.5]


@pictures.step(2, "238690c9")
def test_the_gap_closes(explorer):
    assert rights(explorer) == (96.5, 97.4)
    explorer.key("Runs", *["ArrowLeft"] * 3)
    assert rights(explorer) == (77.6, 100)


@pictures.step(3, "686b5a94")
def test_shifts_do_not_help(explorer):
    explorer.tick("Shifted")
    explorer.choose("Pictures to learn from", "1,200")
    assert rights(explorer) == (94.9, 96.2)


@live.step(1, "e47c5f0a")
def test_a_small_turn_does_no_harm(explorer):
    explorer.set("Turn", 10)
    assert explorer.words().startswith("8, 100 %")


@live.step(2, "8b63748a")
def test_a_large_turn_is_surely_wrong(explorer):
    explorer.set("Turn", 60)
    assert explorer.words().startswith("4, 100 %")
