"""A network that learns in a browser: played, paused, kept, treated, handed over, put away."""

import re

import accessibility
import pytest
from browsing import settle

from cnnlib.explorers import TrainingExplorer

pytest_plugins = "browser_fixtures"

QUICK = {"batch": 40, "rate": 0.05}
PLAY = re.compile("Play|Pause")


@pytest.fixture
def training(shown):
    """Shows explorers; returns the page and the boxes. The test fails on a script's error."""
    pages = []

    def show(*explorers):
        page, boxes = shown(*explorers)
        pages.append(page)
        return page, boxes

    yield show
    assert [page.errors for page in pages] == [[]]


def press(box, name):
    box.get_by_role("button", name=name, exact=True).press("Enter")


def words(box):
    return box.locator(".cnn-words").inner_text()


def ended(box):
    """Wait for the end of a run; return what is said of it."""
    said = box.locator(".cnn-words", has_text=", the last:")
    said.wait_for(timeout=120_000)
    settle(box.page)
    return said.inner_text()


def played(box):
    press(box, "▶ Play")
    return ended(box)


def right(said):
    """Per cent of the validation digits."""
    return int(re.search(r"validation: loss [^,]+, (\d+) % right", said)[1])


def test_a_run_ends_where_keras_ends(training):
    explorer = TrainingExplorer(**QUICK)
    _, (box,) = training(explorer)
    said = played(box)
    expected = explorer.compute()
    assert right(said) == pytest.approx(100 * expected["validation_accuracy"][-1], abs=1.6)
    assert said.startswith("Epoch 12, step 120, the last: ")
    assert box.locator(".cnn-train-curve.cnn-taught").count() == 2


def test_a_run_that_is_paused_and_taken_by_steps_ends_as_one_at_a_stretch(training):
    page, (whole, parts) = training(TrainingExplorer(**QUICK), TrainingExplorer(**QUICK))
    expected = played(whole)
    press(parts, "One step")
    parts.locator(".cnn-words", has_text="step 1:").wait_for()
    page.keyboard.press("Enter")  # the focus has stayed
    parts.locator(".cnn-words", has_text="step 2:").wait_for()
    press(parts, "▶ Play")
    parts.get_by_role("button", name="Pause").press("Enter")
    settle(page)
    found = played(parts)
    assert found.split("validation")[1] == expected.split("validation")[1]


def test_a_patient_fails_and_is_cured_beside_its_kept_run(training):
    page, (box,) = training(TrainingExplorer())
    box.get_by_label("Patient", exact=True).select_option("unscaled inputs")
    settle(page)
    assert box.get_by_label("Inputs", exact=True).input_value() == "0 to 255"
    assert right(played(box)) < 30
    press(box, "Keep this run")
    box.get_by_label("Inputs", exact=True).select_option("0 to 1")
    settle(page)
    assert words(box).startswith("Not begun")
    assert right(played(box)) > 85
    assert box.locator(".cnn-train-kept").count() == 4
    told = box.locator(".cnn-train-told").all_inner_texts()
    (kept,) = [one for one in told if one.startswith("Kept, pale: ")]
    assert kept.endswith(" of the validation digits right. It had inputs 0 to 255, not 0 to 1.")
    assert "Patient “unscaled inputs”, changed: inputs 0 to 1, not 0 to 255." in told
    press(box, "Reset")
    settle(page)
    assert words(box).startswith("Not begun")
    assert box.get_by_label("Patient", exact=True).input_value() == "none: healthy"
    assert box.locator(".cnn-train-kept").count() == 0


def test_curves_begin_before_the_first_step_and_kernels_stand_beside_their_first(training):
    _, (box,) = training(TrainingExplorer(**QUICK))
    kernels = box.locator(".cnn-train-pair")
    images = "all => all.map((one) => [...one.children].map((canvas) => canvas.toDataURL()))"
    assert all(first == now for first, now in kernels.evaluate_all(images))
    played(box)
    found = kernels.evaluate_all(images)
    assert len(found) == 8
    assert all(first != now for first, now in found)
    taught, validated = (
        box.locator(f".cnn-train-curve.cnn-{one}").first for one in ("taught", "validated")
    )
    axis = box.locator(".cnn-train-guess").first.get_attribute("x1")
    assert validated.get_attribute("d").startswith(f"M{float(axis):.1f},")
    assert not taught.get_attribute("d").startswith(f"M{float(axis):.1f},")


def test_a_patient_says_what_it_has_before_any_step(training):
    page, (box,) = training(TrainingExplorer())
    told = box.locator(".cnn-train-treated")
    assert told.inner_text() == ""
    box.get_by_label("Patient", exact=True).select_option("too high a rate")
    settle(page)
    assert told.inner_text() == "Patient “too high a rate”: learning rate 0.5, not 0.02."
    box.get_by_label("Learning rate", exact=True).press("ArrowLeft")
    settle(page)
    assert told.inner_text().startswith("Patient “too high a rate”, changed: learning rate ")


def test_another_rate_goes_on_and_another_batch_begins_anew(training):
    page, (box,) = training(TrainingExplorer(**QUICK))
    press(box, "One step")
    box.locator(".cnn-words", has_text="step 1:").wait_for()
    box.get_by_label("Learning rate", exact=True).press("ArrowRight")
    settle(page)
    assert "step 1:" in words(box)
    assert box.locator(".cnn-train-turn").count() == 2
    box.get_by_label("Batch", exact=True).press("ArrowRight")
    settle(page)
    assert words(box).startswith("Not begun")
    assert box.locator(".cnn-train-turn").count() == 0


def test_what_has_learned_can_be_drawn_into_beside_it(training):
    explorer = TrainingExplorer(**QUICK)
    page, (box, beside) = training(explorer, explorer.live())
    score = beside.locator(".cnn-score")
    score.get_by_text("of 200 held-out").wait_for()
    before = score.inner_text()
    share = right(played(box))
    settle(page)
    assert score.inner_text() != before
    found = int(re.search(r"Right on (\d+) of 200", score.inner_text())[1])
    assert found / 2 == pytest.approx(share, abs=0.51)
    beside.get_by_role("button", name="Clear", exact=True).click()
    surface = beside.get_by_label(re.compile("^Drawing surface"))
    for key in ["ArrowUp"] * 7 + ["Space"] + ["ArrowDown"] * 14 + ["Space"]:
        surface.press(key)
    settle(page)
    assert beside.locator(".cnn-words").inner_text().startswith("1, ")


def test_a_network_beside_it_shows_every_new_start_and_says_what_it_cannot(training):
    explorer = TrainingExplorer(**QUICK)
    page, (box, beside) = training(explorer, explorer.live())
    shown, score = beside.locator(".cnn-origin"), beside.locator(".cnn-score")
    untrained = "In training beside this: first weights, nothing learned yet."
    assert shown.inner_text() == untrained
    score.get_by_text("of 200 held-out").wait_for()
    before = score.inner_text()
    played(box)
    assert shown.inner_text() == "In training beside this: after 120 steps."
    assert score.inner_text() != before
    press(box, "Start again")
    settle(page)
    assert shown.inner_text() == untrained
    assert score.inner_text() == before
    box.get_by_label("Patient", exact=True).select_option("ReLU on the output")
    settle(page)
    assert "From before" in shown.inner_text()
    assert "ReLU before its softmax cannot be taken over" in shown.inner_text()
    assert score.inner_text() == before
    box.get_by_label("Patient", exact=True).select_option("begun at zero")
    settle(page)
    assert shown.inner_text() == untrained
    assert score.inner_text() == "Right on 20 of 200 held-out pictures."


def test_no_worker_is_left_when_a_run_is_reset_or_begun_anew(training):
    page, (box,) = training(TrainingExplorer(batch=1))
    assert page.workers == []
    press(box, "▶ Play")
    box.get_by_role("button", name="Pause").wait_for()
    page.wait_for_timeout(500)
    box.get_by_label("Random start", exact=True).press("ArrowRight")  # goes on playing
    press(box, "Pause")
    settle(page)
    assert len(page.workers) == 1
    press(box, "Reset")
    settle(page)
    assert page.workers == []


def test_a_page_without_workers_learns_between_its_frames(training):
    page, (box,) = training(TrainingExplorer(**QUICK))
    page.evaluate('() => { window.Worker = function () { throw new Error("none"); }; }')
    assert right(played(box)) > 80
    assert page.workers == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_accessibility_rules_hold(training, theme):
    page, (box,) = training(TrainingExplorer(**QUICK))
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    press(box, "One step")
    box.locator(".cnn-words", has_text="step 1:").wait_for()
    press(box, "Keep this run")
    settle(page)
    assert accessibility.violations(page, ".cnn-explorer") == []
