"""The promises of "More than one device"."""

import re

from hands import numbers
from promises import Try

from cnnlib import experiments

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

(
    line,
    scale,
    precision,
    memory,
    card,
    feeding,
    pipelines,
    batch,
    distribution,
    towers,
    traffic,
) = (Try("networks/devices", i) for i in range(1, 12))


STRUCK = """(view) => {
  const boxes = (which) =>
    [...view.querySelectorAll(which)].map((one) => [one.textContent, one.getBoundingClientRect()]);
  return boxes("svg text").filter(([, text]) => boxes(".cnn-curve").some(([, line]) =>
    text.left < line.right + 1 && line.left - 1 < text.right &&
    text.top < line.bottom && line.top < text.bottom)).map(([words]) => words);
}"""
"""Which labels a line goes through."""


def walk(explorer):
    """The ratios of each row, by its name, over the five seeds."""
    explorer.set("Seed", 0)
    seen = {}
    for seed in range(5):
        assert explorer.words().startswith(f"Seed {seed}: ")
        rows = explorer.words().partition(": ")[2].partition(". Lines")[0]
        for row in rows.split(", "):
            name, _, ratio = row.rpartition(" ")
            seen.setdefault(name, []).append(float(ratio))
        explorer.key("Runs", "ArrowRight")
    return {name: (min(ratios), max(ratios)) for name, ratios in seen.items()}


@line.step(1, "3f3d6fe8")
def test_a_tenth_is_in_neither_format(explorer):
    assert "float16 0.0999756, neighbours 6.1·10⁻⁵ apart" in explorer.words()
    assert "bfloat16 0.100098, neighbours 0.000488 apart" in explorer.words()
    assert round(0.000488 / 6.1e-5) == 8


@line.step(2, "3bc6d909")
def test_seventy_thousand_is_too_large_for_float16(explorer):
    explorer.set("Power of ten", 4)
    explorer.set("Digits", 7)
    assert "float16 infinite" in explorer.words()
    assert "bfloat16 70,144" in explorer.words()


@line.step(3, "f3376c5c")
def test_a_small_number_becomes_0_in_float16(explorer):
    explorer.set("Power of ten", -8)
    explorer.set("Digits", 2)
    assert re.search(r"\bfloat16 0[;.]", explorer.words())
    assert 2e-8 < 2**-24 / 2


@line.step(4, "7d05227f")
def test_bfloat16_has_no_257(explorer):
    explorer.set("Power of ten", 2)
    explorer.set("Digits", 2.57)
    assert "bfloat16 256, neighbours 2 apart" in explorer.words()


@scale.step(1, "ce682c14")
def test_some_gradients_become_0_and_many_lose_digits(explorer):
    assert "2.97 % become 0" in explorer.words()
    assert "71.83 % lose digits" in explorer.words()
    stored = experiments.results("precision").dropna(subset="lost").set_index("seed")["lost"]
    assert round(stored[0], 2) == 2.97
    assert (round(stored[1:].min(), 2), round(stored[1:].max(), 2)) == (0.45, 0.54)


@scale.step(2, "ceccd671")
def test_a_scaled_loss_keeps_them(explorer):
    explorer.set("Scale: 2 to the power of", 15)
    assert "= 32,768: of the gradients 0.03 % become 0" in explorer.words()
    assert "0.00 % become infinite" in explorer.words()


@scale.step(3, "c8caedc9")
def test_too_large_a_scale_makes_gradients_infinite(explorer):
    explorer.set("Scale: 2 to the power of", 28)
    assert "12.05 % become infinite" in explorer.words()


@precision.step(1, "8c08ad56")
def test_sixteen_bits_take_longer_on_a_processor(explorer):
    found = walk(explorer)
    assert found["mixed_float16"] == (1.61, 1.83)
    assert found["mixed_bfloat16"] == (3.00, 3.71)


@memory.step(1, "4c20f4e1")
def test_each_of_three_answers_is_enough(explorer):
    def needed():
        return numbers(explorer.beside("train"))[0]

    assert needed() == 10.6
    for answer, left in (("16-bit floats", 6.73), ("Half the batch", 6.71), ("Two devices", 6.71)):
        explorer.tick(answer)
        assert needed() == left
        assert not explorer.shows("does not fit")
        explorer.tick(answer, on=False)
        assert explorer.shows("does not fit")


@card.step(1, "a90b30ef")
def test_vgg_takes_more_than_predicted(explorer):
    assert explorer.words().startswith("VGG16: 6.71 GB predicted, 10.14 measured")
    assert explorer.words().endswith("Within a quarter of the prediction: 5 of 7 networks.")


@card.step(2, "219abca6")
def test_in_16_bits_most_take_less(explorer):
    explorer.choose("Numbers", "mixed float16")
    assert "1.22 times as much" in explorer.words()
    assert "3 of 7" in explorer.words()
    times = []
    for network in range(1, 8):
        explorer.set("Network", network)
        times.append(numbers(explorer.words().partition("measured, ")[2])[0])
    assert sum(one < 0.75 for one in times) == 4
    assert max(times) == 1.22
    explorer.set("Network", 5)


@card.step(3, "b80e27bb")
def test_resnet_takes_less_in_16_bits(explorer):
    explorer.key("Networks", "ArrowUp")
    explorer.key("Networks", "ArrowUp")
    assert explorer.words().startswith("ResNet50: 4.37 GB predicted, 3.14 measured")


@feeding.step(1, "ff36e7f4")
def test_pipeline_and_device_take_turns(explorer):
    assert "The device works 41 % of epoch 1 and 41 % of epoch 2" in explorer.words()
    assert "they take turns" in explorer.words()
    assert explorer.shows("Epoch 1: 363 ms")


@feeding.step(2, "1fd5e67d")
def test_one_batch_ahead_helps_and_a_second_does_not(explorer):
    for ahead in (1, 2):
        explorer.set("Batches ahead", ahead)
        assert explorer.shows("Epoch 1: 228 ms, epoch 2: 228 ms")
        assert "the pipeline is the bottleneck" in explorer.words()
    assert "Measured with tf.data: 0.64 of the plain epoch's time" in explorer.words()


@feeding.step(3, "4ddb6f0c")
def test_a_cache_helps_in_the_second_epoch(explorer):
    explorer.choose("Cache", "behind decoding")
    assert explorer.shows("Epoch 1: 228 ms")
    assert "and 95 % of epoch 2" in explorer.words()
    assert "the device is the bottleneck" in explorer.words()


@feeding.step(4, "86a1b3cb")
def test_two_workers_were_slower_than_the_schedule(explorer):
    explorer.choose("Cache", "none")
    explorer.set("Batches ahead", 0)
    explorer.set("Workers", 2)
    assert "0.95 of the plain epoch's time; by this schedule 0.71" in explorer.words()


@feeding.step(5, "02123a62")
def test_in_front_of_a_slow_device_one_batch_ahead_is_enough(explorer):
    explorer.set("Workers", 1)
    explorer.set("Device, ms a batch", 60)
    explorer.set("Batches ahead", 1)
    assert "The device works 96 % of epoch 1 and 96 % of epoch 2" in explorer.words()


@pipelines.step(1, "f9362901")
def test_two_plain_pipelines_differ_by_chance(explorer):
    assert "Seed 0: nothing 0.72" in explorer.words()
    others = []
    for seed in range(1, 5):
        explorer.set("Seed", seed)
        others.append(numbers(explorer.words())[1])
    assert (min(others), max(others)) == (0.97, 1.04)


@pipelines.step(2, "9052ebfd")
def test_on_shared_cores_less_is_gained(explorer):
    elsewhere = walk(explorer)["all three"]
    explorer.choose("What is compared", "a pipeline, this computer the device")
    here = walk(explorer)["all three"]
    assert here == (0.70, 0.91)
    assert here[0] > elsewhere[1]


@batch.step(1, "442bc754")
def test_equal_halves_give_the_mean_both_ways(explorer):
    assert numbers(explorer.words()) == [1, 3, 2, 5, 4, 8, 4]


@batch.step(2, "4320db09")
def test_uneven_parts_have_another_mean_of_means(explorer):
    explorer.set("Pictures on device 1", 6)
    assert "Mean of the two means: 3.50; both sums over the 8" in explorer.words()
    assert "4.00, as on one device" in explorer.words()


@batch.step(3, "2f4f19e4")
def test_batch_normalization_depends_on_the_neighbours(explorer):
    explorer.set("Pictures on device 1", 4)
    explorer.choose("What is computed", "batch normalization")
    assert "Picture 1: 0.37 on one device, 0.78 on device 1" in explorer.words()


@batch.step(4, "abb76cc2")
def test_of_a_picture_alone_nothing_is_left(explorer):
    explorer.set("Pictures on device 1", 1)
    assert "0.00 on device 1" in explorer.words()
    assert explorer.view.evaluate(STRUCK) == []


@distribution.step(1, "68447199")
def test_two_processes_take_longer(explorer):
    found = walk(explorer)
    assert found["two processes"] == (1.36, 1.58)
    assert found["two logical devices"] == (0.93, 1.16)
    assert found["batch normalization"] == (0.78, 0.91)


@towers.step(1, "0cefe31d")
def test_numbers_cross_into_four_layers(explorer):
    assert explorer.shows("60,672 numbers cross for each picture")
    crossing = []
    for _ in range(8):
        name = explorer.words().partition(":")[0]
        if numbers(explorer.words())[-1]:
            crossing.append(name)
        explorer.key("Layers", "ArrowRight")
    assert crossing == ["conv3", "fc6", "fc7", "fc"]
    explorer.choose("Who reads both towers", "every layer")
    assert explorer.shows("260,448 numbers cross")
    assert 260_448 > 4 * 60_672


@traffic.step(1, "5416d5d7")
def test_by_pictures_gradients_of_dense_layers_cross(explorer):
    assert explorer.shows("124,756,688 numbers cross")
    assert explorer.shows("logarithmic scale")
    assert explorer.shows("75.5 M")
    assert explorer.shows("33.6 M")
    assert 75.5 + 33.6 > 0.5 * 124.8


@traffic.step(2, "97cce03d")
def test_by_maps_the_convolutions_are_dear(explorer):
    explorer.choose("Each layer is divided", "by maps")
    assert explorer.shows("66,674,688 numbers cross")


@traffic.step(3, "822d139c")
def test_each_as_is_cheaper(explorer):
    explorer.choose("Each layer is divided", "as is cheaper")
    assert explorer.shows("11,880,960 numbers cross")
    assert explorer.words().endswith("Divided by maps: conv1, fc6, fc7, fc.")


@traffic.step(4, "0dd996a0")
def test_with_few_pictures_more_layers_are_divided_by_maps(explorer):
    explorer.choose("Batch", "16 pictures")
    assert explorer.words().endswith("Divided by maps: conv1, conv3, conv4, fc6, fc7, fc.")
