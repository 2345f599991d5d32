"""The promises of "All of them, compared"."""

import pytest
from browsing import settle
from hands import numbers
from promises import Try

from cnnlib.explorers import WhichNetworkExplorer

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

first, memory, field, counting, inside, which = (
    Try("architectures/comparison", i) for i in (1, 2, 3, 4, 5, 6)
)


def visit(explorer, title):
    """Go from the leftmost network to the right until one of this title is chosen."""
    explorer.key("Networks", "Home")
    for _ in range(40):
        said = explorer.words().partition("(across). ")[2]
        if said.startswith(f"{title}: "):
            return said
        explorer.key("Networks", "ArrowRight")
    raise AssertionError(f"{title} is not visited")


def on_the_line(explorer):
    """Return the titles on the dashed line."""
    line = explorer.view.get_by_text("On the dashed line: ").inner_text()
    return line.removeprefix("On the dashed line: ").rstrip(".").split(", ")


@first.step(1, "e798fbd5")
def test_the_yellow_field_holds_what_is_cheaper_and_better(explorer):
    said = visit(explorer, "ResNet-50")
    assert "Cheaper and better: DenseNet-121, DenseNet-169, EfficientNet-B0." in said
    field = explorer.view.locator(".cnn-better").bounding_box()
    chosen = explorer.view.locator(".cnn-chosen").bounding_box()
    assert field["x"] + field["width"] < chosen["x"] + chosen["width"]
    assert field["y"] > chosen["y"]


@first.step(2, "f45121d3")
def test_the_dashed_line_moves_down_with_the_years(explorer):
    explorer.set("Until", 2012)
    assert explorer.words().startswith("1 network: ")
    assert explorer.words().endswith("ResNet-50 is not among them.")
    made = {year: on_the_line(explorer) for year in explorer.slide("Until", 2019)}
    assert [len(made[year]) for year in (2014, 2017, 2019)] == [3, 11, 4]
    new = {"EfficientNet-B0", "EfficientNet-B4"}
    assert new < set(made[2019])
    assert set(made[2019]) - new < set(made[2017])


@first.step(3, "1ddcbcfc")
def test_ten_crops_lower_the_errors_of_the_same_networks(explorer):
    one = [visit(explorer, title) for title in ("ResNet-50", "DenseNet-121")]
    explorer.choose("Error with", "ten crops")
    ten = [visit(explorer, title) for title in ("ResNet-50", "DenseNet-121")]
    assert [said.split(" % ")[0] for said in one] == ["ResNet-50: 7.8", "DenseNet-121: 7.71"]
    assert [said.split(" % ")[0] for said in ten] == ["ResNet-50: 6.71", "DenseNet-121: 6.66"]
    assert explorer.view.locator(".cnn-frontier").count() > 0
    explorer.choose("Error with", "what its authors chose")
    assert explorer.view.locator(".cnn-frontier").count() == 0
    assert all(explorer.shows(kind) for kind in ("one crop", "ten crops", "whole picture"))


@memory.step(1, "cee09e6a")
def test_few_parameters_do_not_mean_little_memory(explorer):
    place = {}
    for title in ("VGG-16 (D)", "DenseNet-121"):
        said = visit(explorer, title)
        place[title] = explorer.view.locator(".cnn-chosen").bounding_box()
        assert ("4,849 MB" if title.startswith("VGG") else "4,160 MB") in said
    vgg, densenet = place["VGG-16 (D)"], place["DenseNet-121"]
    assert vgg["x"] - densenet["x"] > 100
    assert 0 < densenet["y"] - vgg["y"] < 20


@memory.step(2, "394137b2")
def test_the_highest_mark_has_few_parameters(explorer):
    for _ in range(3):
        explorer.key("Networks", "End")
    highest = visit(explorer, "EfficientNet-B4")
    assert numbers(highest.removeprefix("EfficientNet-B4")) == [21453, 19341616]
    top = explorer.view.locator(".cnn-chosen").bounding_box()["y"]
    marks = explorer.view.locator(".cnn-mark").all()
    heights = [mark.bounding_box()["y"] for mark in marks if mark.get_attribute("transform")]
    assert top == min(heights)
    senet = numbers(visit(explorer, "SENet-154").removeprefix("SENet-154"))
    assert senet[0] < 21453
    assert round(senet[1] / 19341616) == 6


@field.step(1, "bb4c5664")
def test_the_deeper_network_sees_less(explorer):
    assert visit(explorer, "ResNet-34").startswith("ResNet-34: 899 pixels and 34")
    assert visit(explorer, "ResNet-50").startswith("ResNet-50: 483 pixels and 50")


@counting.step(1, "bae40f70")
def test_one_network_has_two_amounts_of_work(explorer):
    before = explorer.words()
    explorer.choose("Operations", "single operations")
    explorer.choose("Version", "v1.5")
    assert "3,857,973,248 MACs" in before
    assert "8,178,368,512 FLOPs" in explorer.words()


@counting.step(2, "2995060f")
def test_biases_and_statistics_are_a_hair_of_the_parameters(explorer):
    bar = explorer.view.locator("rect").first
    before = bar.bounding_box()["width"]
    explorer.tick("Count Keras's biases")
    explorer.tick("Count moving statistics")
    assert "25,636,712 parameters, as many as Keras prints" in explorer.words()
    assert 0 < bar.bounding_box()["width"] - before < 0.01 * before


def box(explorer, name):
    """A box of a network's drawing."""
    return explorer.view.get_by_role("treeitem", name=f"{name},")


def colour(explorer, name):
    """How full the colour of a box is, in per cent of the fullest of its network."""
    return numbers(box(explorer, name).evaluate("(one) => one.style.fill"))[0]


def share(explorer, figure):
    """The share that the chosen box has of a figure of its network, in per cent."""
    row = explorer.view.locator(".cnn-arch-figures > div").filter(has_text=figure)
    return numbers(row.locator(".cnn-arch-part").first.inner_text())[0]


@inside.step(1, "cf767a84")
def test_most_of_alexnet_s_parameters_are_in_one_dense_layer(explorer):
    assert colour(explorer, "fc6 block") == 100
    box(explorer, "fc6 block").focus()
    settle(explorer.page)
    assert share(explorer, "Parameters") == 62


@inside.step(2, "30d44cad")
def test_most_of_alexnet_s_work_is_in_its_convolutions(explorer):
    explorer.choose("Colours", "by MACs")
    assert share(explorer, "MACs") == pytest.approx(5, abs=0.5)
    assert colour(explorer, "fc6 block") < 20 < colour(explorer, "conv3")


@inside.step(3, "335f8eac")
def test_a_module_of_googlenet_has_four_branches(explorer):
    modules = [f"inception_4{letter} block" for letter in "abcde"]
    assert box(explorer, modules[0]).count() == 0
    box(explorer, "inception_4").click()
    settle(explorer.page)
    assert [box(explorer, name).count() for name in modules] == [1] * 5
    box(explorer, modules[1]).click()
    settle(explorer.page)
    labels = explorer.view.get_by_role("treeitem").evaluate_all(
        "all => all.map((x) => x.ariaLabel)"
    )
    opened = [label for label in labels if label.startswith("inception_4b_")]
    assert sum("Conv" in label for label in opened) == 6
    assert sum("Conv" in label and " 1x1+1" in label for label in opened) == 4


def struck(explorer):
    """Return how many figures are crossed out."""
    return explorer.view.locator(".cnn-cross").count()


@which.step(1, "192b83c4")
def test_limits_change_the_answer_and_say_what_they_cost(explorer):
    assert struck(explorer) == 0
    explorer.set("Most parameters, M", 25)
    assert struck(explorer) > 0
    assert explorer.words().startswith("EfficientNet-B4: ")
    explorer.set("Most memory to train, GB", 8)
    assert explorer.words().startswith("Inception-v3: ")
    assert explorer.words().endswith(
        "It would be Inception-ResNet-v2 without the limit on parameters, "
        "EfficientNet-B4 without the limit on memory."
    )


@which.step(2, "f12cfac8")
def test_who_asks_for_little_work_gets_the_cheapest_that_is_good_enough(explorer):
    explorer.press("Reset")
    explorer.set("Largest error, %", 7)
    explorer.choose("Prefer", "the fewest multiply-adds")
    assert explorer.words().startswith("EfficientNet-B0: ")
    order = explorer.view.locator("svg text[text-anchor=start]").all_text_contents()
    struck_out = explorer.view.locator("svg text.cnn-out[text-anchor=start]").all_text_contents()
    left = [title for title in order if title not in struck_out]
    assert left[:2] == ["EfficientNet-B0", "DenseNet-169"]
    rows = {row["title"]: row["macs"] for row in WhichNetworkExplorer().networks}
    assert 8.5 < rows["DenseNet-169"] / rows["EfficientNet-B0"] < 9


@which.step(3, "c1b068d5")
def test_where_nothing_is_good_enough_nothing_is_chosen(explorer):
    explorer.set("Largest error, %", 3)
    assert explorer.shows("None of these")
    assert struck(explorer) == 21
    assert explorer.view.locator("rect.cnn-lit").count() == 0
    assert explorer.words().endswith("It would be EfficientNet-B0 without the limit on error.")
