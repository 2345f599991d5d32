"""The promises of "TensorFlow in one sitting"."""

import pytest
from hands import numbers
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

roofline = Try("foundations/tensorflow", 1)
pipeline = Try("foundations/tensorflow", 2)

MACHINES = "Machines"


def intensity(explorer):
    """Operations per byte."""
    return numbers(explorer.words())[0]


def limit(explorer):
    """What limits the layer: "arithmetic" or "memory"."""
    return explorer.words().partition(" is the limit")[0].rsplit(" ", 1)[-1]


def dot(explorer):
    """Where the layer's dot stands, from left to right."""
    return float(explorer.view.locator("circle.cnn-point").get_attribute("cx"))


def counts(explorer):
    """How often each step of the pipeline runs."""
    said = explorer.words().partition(": ")[2].partition(" times")[0]
    return {step: numbers(count)[0] for step, count in (one.split(" ") for one in said.split(", "))}


@roofline.step(1, "63083ff6")
def test_a_relu_makes_one_operation_for_eight_bytes(explorer):
    before = dot(explorer)
    explorer.choose("Layer", "ReLU alone")
    assert intensity(explorer) == pytest.approx(1 / 8, abs=0.001)
    assert dot(explorer) < before
    names = explorer.view.locator("text.cnn-name").all_text_contents()
    assert len(names) == 5
    explorer.key(MACHINES, *["ArrowUp"] * 5)
    for _ in names:
        assert limit(explorer) == "memory"
        explorer.key(MACHINES, "ArrowDown")
    explorer.choose("Machine", "two CPU cores")


@roofline.step(2, "2f0a2795")
def test_a_depthwise_convolution_slides_to_the_left(explorer):
    explorer.choose("Layer", "convolution")
    before, operations = dot(explorer), explorer.view.get_by_text("to compute").inner_text()
    assert intensity(explorer) == 132
    assert limit(explorer) == "arithmetic"
    explorer.choose("Layer", "depthwise")
    assert intensity(explorer) == 2.25
    assert limit(explorer) == "memory"
    assert dot(explorer) < before
    fewer = explorer.view.get_by_text("to compute").inner_text()
    assert numbers(operations)[0] / numbers(fewer)[0] == pytest.approx(64, rel=0.01)


@roofline.step(3, "a7784b9c")
def test_the_bend_and_not_the_speed_decides(explorer):
    explorer.choose("Layer", "convolution")
    explorer.set("Kernel size", 1)
    found = {}
    explorer.key(MACHINES, *["ArrowUp"] * 5)
    for _ in range(5):
        name = explorer.view.locator("text.cnn-name.cnn-chosen").text_content()
        found[name] = limit(explorer)
        explorer.key(MACHINES, "ArrowDown")
    assert found == {
        "H100": "memory",
        "A100": "arithmetic",
        "T4": "memory",
        "GTX 580": "arithmetic",
        "two cores": "arithmetic",
    }


@roofline.step(4, "d5156e6f")
def test_a_batch_shares_the_weights(explorer):
    explorer.choose("Machine", "T4")
    sizes = {"Side of the maps": 7, "Kernel size": 3, "Channels in": 512, "Maps out": 512}
    for name, size in sizes.items():
        explorer.set(name, size)
    assert intensity(explorer) == 24
    assert limit(explorer) == "memory"
    before = dot(explorer)
    explorer.set("Batch", 64)
    assert intensity(explorer) == 664
    assert dot(explorer) > before
    assert limit(explorer) == "arithmetic"


@pipeline.step(1, "3a452cb7")
def test_steps_before_the_cache_run_once(explorer):
    assert counts(explorer) == {
        "read": 1221,
        "prepare": 1221,
        "shuffle": 3663,
        "vary": 3663,
        "batch": 60,
    }


@pipeline.step(2, "1b59692b")
def test_without_a_cache_every_step_runs_in_every_epoch(explorer):
    explorer.set("Cache behind step", 0)
    assert explorer.shows("No cache")
    assert counts(explorer)["read"] == counts(explorer)["prepare"] == 3 * 1221


@pipeline.step(3, "a6ed30da")
def test_a_late_cache_repeats_the_first_epoch(explorer):
    explorer.set("Cache behind step", 4)
    assert [*counts(explorer).values()] == [1221] * 4 + [60]
    assert explorer.shows("order and variants are kept")
