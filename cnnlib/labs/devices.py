"""Exercises of the chapter "More than one device"."""

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number


def _bfloat16(value):
    bits = np.float32(value).view(np.uint32)
    carried = bits + np.uint32(0x7FFF) + ((bits >> 16) & np.uint32(1))
    return (carried & np.uint32(0xFFFF0000)).view(np.float32)


def _cut(value):
    return (np.float32(value).view(np.uint32) & np.uint32(0xFFFF0000)).view(np.float32)


def _half_up(value):
    bits = np.float32(value).view(np.uint32) + np.uint32(0x8000)
    return (bits & np.uint32(0xFFFF0000)).view(np.float32)


def _combined(gradients, counts):
    counts = np.asarray(counts, "float64")
    return counts @ np.asarray(gradients, "float64") / counts.sum()


_RNG = np.random.default_rng(0)

EXERCISES = {
    "scale": Exercise(
        Array(
            [5, 16],
            slips=(
                ([5, 17], "65,536 is more than 65,504, the largest float16."),
                ([6, 16], "Half of the smallest number still rounds up to it."),
                ([16, 16], "It need not keep all its digits; it must only not become 0."),
            ),
        ),
        hints=(
            "Ask the two ends one after the other: what becomes 0, and what becomes infinite?",
            "Below 2⁻²⁵, half of the smallest number 2⁻²⁴, all becomes 0; the largest number is "
            "65,504.",
            "10⁻⁹ · 2ᵏ > 2⁻²⁵ = 2.98 · 10⁻⁸, and 0.5 · 2ᵏ ≤ 65,504.",
        ),
    ),
    "round": Exercise(
        Function(
            _bfloat16,
            cases=(
                (np.float32([0.1, 1.001, 70_000, 3.14159]),),
                (np.float32([257, 259, -257, -0.1, 0]),),
            ),
            slips=(
                (_cut, "That cuts the lower half off; the nearest number may lie above."),
                (_half_up, "257 lies exactly between 256 and 258: the one with last bit 0 is 256."),
            ),
            tolerance=0,
        ),
        hints=(
            "`value.view(np.uint32)` gives the bits as an integer, and `view(np.float32)` the "
            "number back.",
            "Cutting the lower 16 bits off rounds down. Add something before, so that it carries.",
            "Add `0x7FFF` and the upper half's last bit, `(bits >> 16) & 1`, then `& 0xFFFF0000`.",
        ),
    ),
    "pipeline": Exercise(
        Array(
            [1000, 620, 408],
            slips=(
                ([1000, 600, 400], "At one end of the epoch, one side waits for the other."),
                ([1000, 600, 408], "Behind the last batch's preparation it is still trained on."),
                ([1000, 620, 400], "The device has to wait for the first batch."),
                ([1000, 620, 180], "Now the device is the slower side."),
            ),
        ),
        hints=(
            "Draw two lanes, and three batches in each.",
            "One batch ahead, the slower side never waits; the other one fills in at an end.",
            "20 · (30 + 20); then 20 · 30 and one last batch on the device; then 8 and 20 · 20.",
        ),
    ),
    "combine": Exercise(
        Function(
            _combined,
            cases=(
                (np.array([[3.0], [5.0]]), (4, 4)),
                (np.array([[4.5], [2.5]]), (6, 2)),
                (_RNG.normal(size=(3, 5)), (5, 2, 1)),
            ),
            slips=(
                (
                    lambda gradients, counts: np.mean(gradients, axis=0),
                    "A device with few pictures would count as much as one with many.",
                ),
                (
                    lambda gradients, counts: np.sum(gradients, axis=0),
                    "Sums of means are too large; weigh them by how many pictures they are of.",
                ),
                (
                    lambda gradients, counts: np.asarray(counts) @ np.asarray(gradients),
                    "That is the sum over all pictures; divide by how many there are.",
                ),
            ),
        ),
        hints=(
            "What is a mean gradient, times the number of its pictures?",
            "Add up the devices' sums, then divide once.",
            "`counts @ gradients / counts.sum()`, with `counts` as an array.",
        ),
    ),
    "same": Exercise(
        Array(
            [False, True, False, False, True],
            slips=(
                (
                    [True, True, False, False, True],
                    "Half a batch is another sample: its gradient is another one.",
                ),
                (
                    [False, True, False, True, True],
                    "float16 has 10 bits for digits; that is more than how float32 rounds.",
                ),
                (
                    [False, False, False, False, True],
                    "Parts of a batch may be taken one after the other as well.",
                ),
            ),
        ),
        hints=(
            "The gradient of a batch is a sum over its pictures. Who computes that very sum?",
            "Taken apart in space or in time, a sum stays the same.",
            "Two of the five are true.",
        ),
    ),
    "batch": Exercise(
        Number(
            4097,
            slips={
                4096: "With 4,096 the maps are still the fewer ones, by very little.",
                8193: "Both cross there and back: the factor of two is on both sides.",
                2049: "Both cross there and back: the factor of two is on both sides.",
            },
        ),
        hints=(
            "Which of the two grows with the batch?",
            "Maps: 2 · 9,216 numbers for each picture. Gradients: 2 · 37,752,832, whatever the "
            "batch is.",
            "37,752,832 / 9,216 = 4,096.4.",
        ),
    ),
}
