"""The promises of "When training fails"."""

import itertools
import re

from browsing import settle
from hands import numbers
from promises import Try

from cnnlib import experiments

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

PAGE = "networks/debugging_training"
guess, unit, pixels, valley, scores = (Try(PAGE, i) for i in range(1, 6))
order, signal, batch, patients, reading, runs = (Try(PAGE, i) for i in range(6, 12))


@guess.step(1, "42964822")
def test_the_best_single_answer_is_the_share(explorer):
    explorer.set("Said for class 0, %", 10)
    assert explorer.shows("loss 2.3026")
    assert explorer.words().endswith("costs less than 2.3026.")


@guess.step(2, "025a4664")
def test_to_be_sure_and_blind_is_dear(explorer):
    explorer.set("Said for class 0, %", 90)
    assert explorer.shows("loss 4.0604")


@guess.step(3, "8abbe6c3")
def test_a_common_class_makes_guessing_cheap(explorer):
    explorer.set("Pictures of class 0, %", 90)
    assert explorer.shows("loss 0.5448")
    assert explorer.words().endswith("costs less than 0.5448.")


@unit.step(1, "db89822f")
def test_a_unit_comes_down_to_its_points(explorer):
    for _ in range(19):
        assert explorer.shows("Above 0 for 8 of 8 inputs")
        explorer.key("Unit", "ArrowRight")
    assert explorer.value("Step") == 20
    assert "loss 0.00203," in explorer.words()


@unit.step(2, "6ee60cad")
def test_one_input_pulls_it_back(explorer):
    explorer.set("Learning rate", 1.4)
    explorer.set("Step", 1)
    assert explorer.shows("Above 0 for 1 of 8 inputs")
    explorer.set("Step", 5)
    assert explorer.shows("Above 0 for 8 of 8 inputs")


@unit.step(3, "d6347d32")
def test_a_step_too_large_kills_it(explorer):
    explorer.set("Learning rate", 1.5)
    explorer.set("Step", 1)
    assert explorer.shows("Above 0 for 0 of 8 inputs")
    first = explorer.words()
    assert "gradient 0. It is dead" in first
    explorer.set("Step", 30)
    assert explorer.words() == first.replace("Step 1:", "Step 30:")


@unit.step(4, "a828c22b")
def test_a_leak_brings_it_back(explorer):
    explorer.set("Slope below 0", 0.2)
    assert explorer.shows("Above 0 for 8 of 8 inputs")
    assert explorer.value("Step") == 30


@pixels.step(1, "0edb3395")
def test_pixels_to_one_begin_near_guessing(explorer):
    assert numbers(explorer.words())[1] == 2.25
    assert explorer.words().endswith("moves the weights by 1.71 % of their size.")


@pixels.step(2, "c4455c38")
def test_pixels_to_255_begin_far_above_guessing(explorer):
    explorer.choose("Pixels", "to 255: not scaled")
    assert explorer.shows("a loss of 231")
    assert explorer.words().endswith("moves the weights by 638 % of their size.")


@pixels.step(3, "3274d2e8")
def test_pixels_that_are_scaled_twice_move_nothing(explorer):
    explorer.choose("Pixels", "to 1/255: scaled twice")
    assert explorer.words().endswith("moves the weights by 0.00658 % of their size.")
    assert round(1.71 / 0.00658) == 260  # with the numbers that the reader has seen


@valley.step(1, "5593c119")
def test_a_small_rate_creeps_along_the_flat_way(explorer):
    explorer.set("Learning rate", 0.01)
    assert explorer.words().startswith("Step 20: weights 3.27 and ")


@valley.step(2, "ee0042b3")
def test_the_steep_way_limits_the_rate(explorer):
    for rate, nearer in ((0.22, True), (0.23, False)):
        explorer.set("Learning rate", rate)
        places = []
        for step in range(4):
            explorer.set("Step", step)
            places.append(numbers(explorer.words())[2])
        assert all(one * other < 0 for one, other in itertools.pairwise(places))
        assert [abs(one) for one in places] == sorted(map(abs, places), reverse=nearer)
        explorer.set("Step", 20)
        assert explorer.words().endswith("Step 4 leaves the picture.") != nearer


@valley.step(3, "ff12fc78")
def test_a_round_valley_needs_one_step(explorer):
    explorer.set("Input of the second weight", 1)
    explorer.set("Learning rate", 1)
    explorer.set("Step", 1)
    assert explorer.words().startswith("Step 1: weights 0 and 0, loss 0.")


@scores.step(1, "f0eb1e4c")
def test_a_score_below_zero_is_not_pushed(explorer):
    assert explorer.words().startswith("Score −1, passed on as 0:")
    assert explorer.words().endswith("pushes the score up by 0.00.")


@scores.step(2, "04dd5845")
def test_without_a_relu_it_is(explorer):
    explorer.tick("ReLU", on=False)
    assert explorer.words().endswith("pushes the score up by 0.98.")


@scores.step(3, "dfc0cc51")
def test_above_zero_the_relu_does_no_harm(explorer):
    explorer.tick("ReLU")
    explorer.set("Score of the right class", 1)
    assert explorer.words().endswith("pushes the score up by 0.90.")


@order.step(1, "5da3bc3f")
def test_sorted_batches_hold_a_single_class(explorer):
    for _ in range(20):
        assert ": 1 class" in explorer.view.locator(".cnn-title").inner_text()
        explorer.key("Batches", "ArrowRight")
    assert explorer.shows("Epoch 2, step 1 of 20")


@order.step(2, "b178e10c")
def test_shuffled_batches_hold_most_classes(explorer):
    explorer.tick("Shuffled")
    for step in range(1, 21):
        explorer.set("Step", step)
        assert sum(count > 0 for count in numbers(explorer.words())[-10:]) >= 7


@signal.step(1, "3d9367dd")
def test_small_weights_let_the_signal_fade(explorer):
    explorer.set("Weights, beside He's", 0.5)
    assert explorer.words().startswith("Behind 20 layers the signal is 9.5·10⁻⁷ times")


@signal.step(2, "0ed25e93")
def test_large_weights_let_it_explode(explorer):
    explorer.set("Weights, beside He's", 1.5)
    assert explorer.words().startswith("Behind 20 layers the signal is 3,300 times")


@signal.step(3, "75704038")
def test_hes_weights_keep_its_size(explorer):
    explorer.set("Weights, beside He's", 1)
    explorer.set("Layers", 50)
    assert explorer.words().startswith("Behind 50 layers the signal is 1 times")


@batch.step(1, "1baceb66")
def test_in_a_batch_something_is_left(explorer):
    left = set()
    for _ in range(15):
        left.add(numbers(explorer.words())[-1])
        explorer.key("Batch", "ArrowRight")
    assert len(left) > 10


@batch.step(2, "8d190516")
def test_of_one_picture_nothing_is_left(explorer):
    explorer.set("Batch", 1)
    sums = set()
    for _ in range(15):
        explorer.key("Batch", "ArrowLeft")
        sums.add(numbers(explorer.words())[2])
        assert explorer.words().endswith("what is left is 0.00.")
    assert len(sums) > 10


def played(explorer):
    """Play to the end; return what is said, and per cent right of both kinds of pictures."""
    explorer.press("Play")
    said = explorer.view.locator(".cnn-words", has_text=", the last:")
    said.wait_for(timeout=300_000)
    settle(explorer.page)
    words = said.inner_text()
    return words, [int(one) for one in re.findall(r"(\d+) % right", words)]


def cured(explorer):
    return played(explorer)[1][1] >= 85


def gradients(explorer):
    cells = explorer.view.locator(".cnn-train-row:not(:first-child) .cnn-train-cell:nth-child(3)")
    return [one.strip() for one in cells.all_inner_texts()]


@patients.step(1, "a956bc22")
def test_a_high_rate_kills(explorer):
    explorer.choose("Patient", "too high a rate")
    words, (_, right) = played(explorer)
    assert right == 10
    assert "Dead: " in words
    explorer.press("Keep this run")
    slider = explorer.explorer.get_by_role("slider", name="Learning rate", exact=True)
    while not explorer.shows("learning rate 0.02, not 0.5"):
        slider.press("ArrowLeft")
        settle(explorer.page)
    assert cured(explorer)


@patients.step(2, "f36a34f2")
def test_unscaled_inputs_kill(explorer):
    explorer.choose("Patient", "unscaled inputs")
    words, _ = played(explorer)
    assert "validation: loss 2.3" in words
    assert gradients(explorer)[:-1] == ["0"] * 3
    assert gradients(explorer)[-1] != "0"
    explorer.press("Keep this run")
    explorer.choose("Inputs", "0 to 1")
    assert cured(explorer)


@patients.step(3, "d7e1ee7d")
def test_a_relu_on_the_output_loses_classes(explorer):
    explorer.choose("Patient", "ReLU on the output")
    words, (_, right) = played(explorer)
    assert right < 60
    assert re.search(r"\d of 10 classes of digit", words)
    explorer.choose("Output", "softmax")
    assert cured(explorer)


@patients.step(4, "d7090e32")
def test_what_begins_at_zero_stays_there(explorer):
    explorer.choose("Patient", "begun at zero")
    words, _ = played(explorer)
    assert "Dead: 8 of 8 maps of conv1, 16 of 16 maps of conv2, 32 of 32 units" in words
    explorer.choose("First weights", "He")
    assert cured(explorer)


@patients.step(5, "79f7ea59")
def test_batches_of_one_guess(explorer):
    explorer.choose("Patient", "batch norm of one")
    _, (taught, right) = played(explorer)
    assert right < 60
    assert taught < 15
    explorer.set("Batch", 20)
    assert cured(explorer)


@reading.step(1, "f0797ff7")
def test_the_notes_log_is_that_of_guessing(explorer):
    assert explorer.words().startswith("Begins near guessing, as it should. It still guesses")


@reading.step(2, "b1ce680b")
def test_a_first_loss_of_122_points_to_the_inputs(explorer):
    explorer.set("Loss before", 122)
    assert explorer.words().startswith("Begins far above guessing: look at the scale of the inputs")


@reading.step(3, "720d9cc8")
def test_training_and_validation_are_compared(explorer):
    explorer.set("Loss before", 2.5)
    explorer.set("Loss after", 0.1)
    explorer.set("Training, % right", 99)
    assert "It learns what does not carry over" in explorer.words()
    explorer.set("Validation, % right", 70)
    assert "It learns by heart" in explorer.words()
    explorer.set("Validation, % right", 96)
    assert explorer.words().endswith("It learns.")


@runs.step(1, "bf30d52a")
def test_three_of_five_dead_networks_guess(explorer):
    found = []
    for _ in range(5):
        found.append(numbers(explorer.words())[1])
        explorer.key("Runs", "ArrowRight")
    assert found == [10, 48.5, 10, 45.9, 10]
    for seed in (0, 2, 4):
        trickle = sizes("dead network", "after", seed)
        assert trickle == sorted(trickle)
        assert trickle[:6] == [0] * 6 < trickle[6:]
        assert trickle[-1] > 0
    assert min(sizes("dead network", "after", 1) + sizes("dead network", "after", 3)) > 0


@runs.step(2, "6fa9a845")
def test_unscaled_inputs_end_dead(explorer):
    explorer.choose("Failure", "unscaled inputs")
    explorer.set("Seed", 0)
    assert "Loss 318 before the training and 2.3026 after it" in explorer.words()
    sick, well = sizes("unscaled inputs", "after"), sizes("healthy", "after")
    assert max(sick) == 0 < min(well)
    explorer.tick("After the training", on=False)
    assert explorer.shows("kernels' gradients before the training (grey: cured)")
    pairs = zip(sizes("unscaled inputs", "before"), sizes("healthy", "before"), strict=True)
    assert all(one > 200 * other for one, other in pairs)


@runs.step(3, "75dd922b")
def test_shuffled_labels_show_in_no_gradient(explorer):
    explorer.choose("Failure", "shuffled labels")
    pairs = zip(sizes("shuffled labels", "before"), sizes("healthy", "before"), strict=True)
    assert all(0.5 < one / other < 2 for one, other in pairs)
    assert numbers(explorer.words())[1] < 15


@runs.step(4, "59ff6934")
def test_batches_of_one_are_not_dead(explorer):
    explorer.choose("Failure", "batches of one")
    assert "and 16.1 after it" in explorer.words()
    assert "In one layer 6.2 % of the units are dead" in explorer.words()


def sizes(variant, when, seed=0):
    """Gradients by layer, as they were stored, of a run, from the first layer to the last."""
    stored = experiments.results("failures").set_index(["variant", "seed"])
    return [*stored.loc[(variant, seed), when].values()]
