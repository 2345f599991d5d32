"""The promises of "Memory and compute"."""

import re

import pytest
from hands import numbers
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

memory = Try("foundations/memory", 1)
cost = Try("foundations/memory", 2)
layers = Try("foundations/memory", 3)
vgg = Try("foundations/memory", 4)
rescue = Try("foundations/memory", 5)

STEP = "One training step"
SWITCHES = {
    "Half the batch": 589,
    "16-bit floats": 582,
    "Two devices": 589,
    "Twice the first stride": 333,
    "A third fewer layers": 978,
}


def megabytes(explorer, bar):
    """Megabytes of a bar."""
    words = explorer.beside(bar)
    return numbers(words)[0] * (1000 if "GB" in words.split("(")[0] else 1)


def held(explorer):
    """Megabytes at the chosen moment."""
    size, unit = re.search(
        r"(?:Forward|back), [\w ,]+: ([\d.,]+) ([MG])B", explorer.words()
    ).groups()
    return float(size.replace(",", "")) * (1000 if unit == "G" else 1)


def blocks(explorer):
    """Layers whose outputs stand in the tower."""
    return explorer.view.locator("rect.cnn-memory-block.cnn-memory-outputs").count()


def fits(explorer):
    return explorer.shows("fits") and not explorer.shows("does not fit")


@memory.step(1, "b579840c")
def test_outputs_and_not_weights_fill_the_memory(explorer):
    assert megabytes(explorer, "predict") == 490
    assert megabytes(explorer, "train") == 1130
    widths = {
        kind: explorer.view.locator(f".cnn-memory-bar .cnn-memory-{kind}").last.bounding_box()
        for kind in ("weights", "outputs")
    }
    assert widths["weights"]["width"] < widths["outputs"]["width"] / 50


@memory.step(2, "c76a2ccd")
def test_the_tower_grows_forward_and_comes_down_on_the_way_back(explorer):
    explorer.key(STEP, "Home")
    heights, towers = [held(explorer)], [blocks(explorer)]
    while "Forward" in explorer.words():
        explorer.key(STEP, "ArrowRight")
        heights.append(held(explorer))
        towers.append(blocks(explorer))
    assert towers == [1, 2, 3, 3]
    assert heights[2] == 566
    while "the peak" not in explorer.words():
        explorer.key(STEP, "ArrowRight")
    assert "On the way back, conv2, gradient of its input" in explorer.words()
    assert blocks(explorer) == 3
    before, rises = held(explorer), {}
    for _ in range(12):
        explorer.key(STEP, "ArrowRight")
        if held(explorer) > before:
            where = explorer.words().rpartition("On the way back, ")[2].partition(":")[0]
            rises[where] = (before, held(explorer))
        before = held(explorer)
    assert rises == {
        "conv2, gradient of the weights": (868, 897),
        "conv1, gradient of the weights": (422, 424),
    }
    assert blocks(explorer) == 1  # the network's own output stays
    assert held(explorer) < 566


@cost.step(1, "0195ce0a")
def test_the_same_bytes_are_fewer_in_mib(explorer):
    assert explorer.words().endswith("12.00 MB for one picture.")
    explorer.choose("Unit", "MiB")
    assert explorer.words().endswith("11.44 MiB for one picture.")


@cost.step(2, "5a9f0aab")
def test_larger_maps_cost_work_and_memory_and_no_parameters(explorer):
    parameters, *others = numbers(explorer.words())[:3]
    assert parameters == 15_200
    explorer.set("Height of a map", 300)
    assert numbers(explorer.words())[:3] == [parameters, *(4 * one for one in others)]


@cost.step(3, "0ff84575")
def test_a_small_kernel_saves_parameters_and_work_and_no_memory(explorer):
    _, multiplications, output = numbers(explorer.words())[:3]
    explorer.set("Kernel size", 1)
    assert numbers(explorer.words())[:3] == [800, multiplications / 25, output]


@layers.step(1, "767e2d0f")
def test_two_consecutive_layers_are_in_memory(explorer):
    held = [numbers(explorer.words())[-1]]
    for _ in range(2):
        explorer.key("Layers", "ArrowRight")
        held.append(numbers(explorer.words())[-1])
    assert held == [6_720_000, 9_000_000, 4_520_000]


@layers.step(2, "3cfff6f2")
def test_a_shortcut_keeps_its_early_end(explorer):
    explorer.tick("Shortcut from layer 1 to layer 3")
    assert "layer 1 6,000,000" in explorer.words()
    assert numbers(explorer.words())[-1] == 10_520_000 > 9_000_000


@vgg.step(1, "13d5112d")
def test_weights_and_adam_leave_too_little_room_for_any_single_switch(explorer):
    assert "the peak" in explorer.words()
    explorer.key(STEP, "Home")
    tower = explorer.view.get_by_text(re.compile(r"^(weights|optimizer) [\d.]+ [MG]B$"))
    sizes = dict(one.rsplit(" ", 2)[:2] for one in tower.all_text_contents())
    assert (float(sizes["weights"]), float(sizes["optimizer"])) == (553, 1.11)
    for name in SWITCHES:
        box = explorer.explorer.get_by_role("checkbox", name=name, exact=True)
        if box.is_disabled():
            assert name in ("Twice the first stride", "A third fewer layers")
            continue
        explorer.tick(name)
        assert megabytes(explorer, "train") == pytest.approx(4400, abs=50)
        assert not fits(explorer)
        explorer.tick(name, on=False)
    explorer.choose("Optimizer", "SGD")
    assert not fits(explorer)
    explorer.tick("Half the batch")
    assert fits(explorer)
    assert megabytes(explorer, "train") == 2910


@rescue.step(1, "b485c5e8")
def test_one_switch_alone_and_two_together_rescue_the_training(explorer):
    for name, left in SWITCHES.items():
        explorer.tick(name)
        assert megabytes(explorer, "train") == left
        assert fits(explorer) == (name == "Twice the first stride")
        explorer.tick(name, on=False)
    halving = ["Half the batch", "16-bit floats", "Two devices"]
    for one, other in ((0, 1), (0, 2), (1, 2)):
        explorer.tick(halving[one])
        explorer.tick(halving[other])
        assert fits(explorer)
        explorer.tick(halving[one], on=False)
        explorer.tick(halving[other], on=False)
