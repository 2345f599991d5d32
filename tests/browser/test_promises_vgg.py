"""The promises of "VGG"."""

import numpy as np
from browsing import settle
from hands import numbers
from live_network import right
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

stack, composed, pointwise, columns, shares, two, sliding, live, runs, lineage = (
    Try("architectures/vgg", i) for i in range(1, 11)
)


@stack.step(1, "565390c0")
def test_two_layers_take_the_place_of_a_5x5(explorer):
    explorer.key("Stack", "ArrowLeft", "ArrowLeft")
    assert explorer.value("Layers of 3×3") == 1
    explorer.key("Stack", "ArrowRight")
    assert explorer.shows("18 C²")
    assert explorer.shows("25 C²")
    assert "39 % more" in explorer.words()


@stack.step(2, "91bd9e1e")
def test_three_layers_are_the_case_of_the_paper(explorer):
    explorer.key("Stack", "ArrowRight")
    assert explorer.shows("27 C²")
    assert explorer.shows("49 C²")
    assert "and 3 ReLUs, one kernel of 7×7" in explorer.words()
    assert explorer.words().endswith("81 % more, and 1 ReLU.")


@stack.step(3, "1ed02bef")
def test_the_share_does_not_depend_on_the_maps(explorer):
    explorer.set("Maps C", 512)
    assert "7,077,888 weights" in explorer.words()
    assert "has 12,845,056, 81 % more" in explorer.words()


def answers(explorer):
    """The answers to the bright dot, to the dark one, and to both, [5, 5] each, as drawn."""
    drawn = explorer.view.locator("text.cnn-value").all_text_contents()
    return np.array([float(one) for one in drawn]).reshape(3, 5, 5)


@composed.step(1, "ba55b5a3")
def test_behind_one_kernel_no_place_answers_to_both_dots(explorer):
    bright, dark, both = answers(explorer)
    assert bright[:, :2].min() > 0 == bright[:, 2:].max()
    assert dark[:, 3:].min() > 0 == dark[:, :3].max()
    assert not both.any()
    assert explorer.words().startswith("No place answers to both dots")


@composed.step(2, "cb43bc2c")
def test_with_a_relu_between_a_column_does(explorer):
    explorer.tick("ReLU between")
    assert np.array_equal(answers(explorer)[2] > 0, [[False, False, True, False, False]] * 5)
    assert explorer.words() == (
        "5 places answer to both dots: no 5×5 kernel with a ReLU behind does so."
    )


@composed.step(3, "b9155303")
def test_a_dark_dot_ends_at_the_first_relu(explorer):
    explorer.choose("First kernel", "mean")
    bright, dark, _ = answers(explorer)
    assert bright.min() > 0
    assert not dark.any()


@pointwise.step(1, "60348b1b")
def test_a_and_not_b(explorer):
    explorer.key("Maps", *["ArrowLeft"] * 4)
    assert explorer.value("Second weight") == -1
    assert explorer.words() == "only A: 1, only B: 0, both: 0, none: 0."


@pointwise.step(2, "da29927c")
def test_no_weights_answer_to_exactly_one(explorer):
    for first in (-1, 1, 3):
        explorer.set("First weight", first)
        for second in (-1, 1, 3):
            explorer.set("Second weight", second)
            assert "exactly one" not in explorer.words()
            if first == second == 1:
                assert explorer.words() == "only A: 1, only B: 1, both: 2, none: 0."


@pointwise.step(3, "12079249")
def test_one_layer_more_answers_to_exactly_one(explorer):
    explorer.choose("The 1×1 kernel reads", "a layer between")
    explorer.set("First weight", 1)
    explorer.set("Second weight", -2)
    assert explorer.words().startswith("only A: 1, only B: 1, both: 0, none: 0.")
    assert explorer.words().endswith("It answers where exactly one of the two is.")


def error(explorer):
    """The marked column's top-5 error."""
    return numbers(explorer.words())[-1]


@columns.step(1, "d77b33b0")
def test_response_normalization_does_nothing(explorer):
    before = explorer.words()
    explorer.key("Configurations", "ArrowRight")
    assert explorer.words().startswith("A-LRN: 132,863,336 parameters")
    assert before.startswith("A: 132,863,336 parameters")
    assert (numbers(before)[-1], error(explorer)) == (10.4, 10.5)


@columns.step(2, "971dc8aa")
def test_c_adds_three_layers_of_1x1(explorer):
    explorer.key("Configurations", "ArrowRight")
    assert error(explorer) == 9.9
    explorer.key("Configurations", "ArrowRight")
    assert error(explorer) == 9.4
    assert explorer.shows("C: 13 convolutions and 3 dense layers are 16 layers with weights")
    assert explorer.view.get_by_text("1×1", exact=True).count() == 3


@columns.step(3, "33c56fa5")
def test_d_is_better_than_c(explorer):
    explorer.key("Configurations", "ArrowRight")
    assert explorer.shows("D: 13 convolutions and 3 dense layers are 16 layers with weights")
    assert error(explorer) == 8.8


@columns.step(4, "22ca11e4")
def test_e_is_no_better_than_d(explorer):
    explorer.key("Configurations", "ArrowRight")
    assert explorer.shows("are 19 layers with weights")
    assert error(explorer) == 9.0


@shares.step(1, "634cd26a")
def test_the_first_dense_layer_has_most_parameters(explorer):
    assert explorer.words() == (
        "fc1: 102,764,544 parameters, 74.3 % of all; 102,760,448 multiply-adds, 0.7 %."
    )


@shares.step(2, "c710c8f4")
def test_most_layers_do_the_same_work(explorer):
    found = {}
    for _ in range(13):
        explorer.key("Layers", "ArrowUp")
        name, _, said = explorer.words().partition(": ")
        found[name] = [number for number in numbers(said) if number > 1000]
    same = [f"block{block}_conv{i}" for block in (2, 3, 4) for i in (2, 3) if (block, i) != (2, 3)]
    assert [found[name][1] for name in same] == [1_849_688_064] * 5
    two, three, four = (found[f"block{block}_conv2"][0] for block in (2, 3, 4))
    assert round(three / two, 1) == round(four / three, 1) == 4


@shares.step(3, "8e339e16")
def test_a_larger_picture_costs_parameters(explorer):
    assert explorer.shows("of 138,357,544 parameters, and 0.8 % of 15.5 G MACs")
    explorer.set("Side of the picture", 448)
    assert explorer.shows("of 446,638,888 parameters")
    assert explorer.shows("of 61.8 G MACs")


@two.step(1, "3636f06c")
def test_vgg_19_has_three_layers_more(explorer):
    assert explorer.words().endswith("Different: 0 layers of VGG16 and 3 layers of VGG19.")


@two.step(2, "77488be8")
def test_the_first_convolutions_put_out_most(explorer):
    explorer.choose("Colours", "by memory of outputs")
    boxes = explorer.view.get_by_role("treeitem")
    shares = boxes.evaluate_all(
        "all => all.map((one) => Number((one.style.fill.match(/(\\d+)%/) ?? [0, 0])[1]))"
    )
    boxes.nth(shares.index(max(shares))).click()
    settle(explorer.page)
    assert "224×224×64" in explorer.words()


@sliding.step(1, "67596a29")
def test_the_next_answer_is_read_one_cell_further(explorer):
    def read():
        lit = explorer.view.locator("rect.cnn-lit")
        corners = lit.evaluate_all(
            "all => all.map((one) => [one.x.baseVal.value, one.width.baseVal.value + 1])"
        )
        assert len(corners) == 7 * 7 + 1
        return corners

    (before, cell), *_ = read()
    explorer.key("Answers", "ArrowRight")
    (after, _), *_ = read()
    assert after - before == cell
    assert explorer.words().endswith("Marked: row 0, column 1.")


@sliding.step(2, "8e0aae20")
def test_there_is_one_answer_to_what_it_learned_with(explorer):
    explorer.set("Side of the picture", 224)
    assert "1 answer for 1 times the work of one crop" in explorer.words()


@sliding.step(3, "6d02a09b")
def test_a_hundred_answers_cost_six_crops(explorer):
    explorer.set("Side of the picture", 512)
    assert "100 answers for 5.98 times the work of one crop" in explorer.words()


@live.step(1, "b78b813b")
def test_a_map_of_the_first_layer(explorer):
    explorer.page.wait_for_timeout(100)
    assert right(explorer.view) == 197
    explorer.key("Maps", "Delete")
    assert right(explorer.view) == 181
    explorer.key("Maps", "Delete")
    assert right(explorer.view) == 197


@live.step(2, "6f85f8ec")
def test_most_hangs_on_one_map_of_the_second_layer(explorer):
    explorer.key("Maps", "ArrowRight", *["ArrowUp"] * 5, "Delete")
    assert right(explorer.view) == 60


@live.step(3, "58839645")
def test_a_map_at_the_end_can_be_spared(explorer):
    explorer.key("Maps", "Delete")
    assert right(explorer.view) == 197
    explorer.key("Maps", *["ArrowRight"] * 3, *["ArrowDown"] * 4, "Delete")
    assert "Broken: map 7 of block2_conv2 off." in explorer.view.inner_text()
    assert right(explorer.view) == 200


def leads(explorer):
    """By how many points the stack leads in each run."""
    explorer.set("Seed", 0)
    found = []
    for _ in range(3):
        _, _, _, stack, _, _, large, *_ = numbers(explorer.words())
        found.append(stack - large)
        explorer.key("Runs", "ArrowRight")
    return found


@runs.step(1, "ec02e183")
def test_the_stack_leads_in_every_run(explorer):
    found = leads(explorer)
    assert 2.95 < min(found) < max(found) < 6.35


@runs.step(2, "cccf07dc")
def test_without_both_it_leads_in_two_of_three(explorer):
    explorer.choose("Training", "plain, constant rate")
    assert [lead > 0 for lead in leads(explorer)].count(True) == 2


@lineage.step(1, "d14d8ba9")
def test_vgg_brings_small_kernels_and_leaves_normalization_out(explorer):
    taken, brought, left = explorer.words().removeprefix("VGG-16 takes over ").split("; ")
    assert len(taken.split(", ")) == 5
    assert brought == "is the first here with 3×3 at most"
    assert left == "leaves out learned pooling, LRN, groups."
