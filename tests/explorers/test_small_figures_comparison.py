"""The small figures of the comparison draw what Python computes."""

import node
import pytest
from browsing import settle

from cnnlib.explorers import (
    ComparisonExplorer,
    CountingExplorer,
    LineageExplorer,
    WhichNetworkExplorer,
)
from cnnlib.explorers.lineage import IDEAS, NETWORKS

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_parameters_and_operations_are_counted_in_the_page_as_in_python(shown):
    ways = [
        {"version": version, "unit": unit, "biases": on, "statistics": on}
        for version in ("v1", "v1.5")
        for unit in ("macs", "flops")
        for on in (False, True)
    ]
    made = [CountingExplorer(**way) for way in ways]
    page, boxes = shown(*made)
    assert page.errors == []
    for explorer, box in zip(made, boxes, strict=True):
        said = box.get_by_role("status").inner_text()
        parameters, operations = explorer.compute()
        assert f"{parameters:,} parameters" in said
        assert f"{operations:,} {'FLOPs' if explorer.unit == 'flops' else 'MACs'}" in said
    assert CountingExplorer(biases=True, statistics=True).compute()[0] == 25_636_712


LIMITS = [
    {},
    {"parameters": 10, "macs": 3.0},
    {"parameters": 25, "train_bytes": 8.0},
    {"error": 7.0, "prefer": "macs"},
    {"train_bytes": 3.0, "prefer": "parameters"},
    {"error": 3.0},
]


def test_the_page_answers_with_the_network_that_python_finds(shown):
    made = [WhichNetworkExplorer(**limits) for limits in LIMITS]
    page, boxes = shown(*made)
    assert page.errors == []
    for explorer, box in zip(made, boxes, strict=True):
        said = box.get_by_role("status").inner_text()
        found = explorer.compute()
        first = f"{found[0]}: of {len(found)} network" if found else "No network"
        assert said.startswith(first)
        open_rows = box.locator("text.cnn-pen[text-anchor=start]").all_text_contents()
        assert open_rows == found


def test_a_lifted_limit_is_told_only_where_it_changes_the_answer():
    networks = [
        {"title": "good", "error": 4, "parameters": 50e6, "macs": 1e9, "train_bytes": 1e9},
        {"title": "bad", "error": 9, "parameters": 5e6, "macs": 1e9, "train_bytes": 1e9},
    ]
    limits = {"error": 20, "parameters": 10, "macs": 2, "train_bytes": 2}
    data = {"networks": networks, "limits": limits}
    body = "return ops.lifted(ops.sorted(data.networks, 'error'), data.limits);"
    assert node.run(body, data, "which_network/answer.js") == [["parameters", networks[0]]]


BOXES = """(all) => all.map((one) => {
  const { left, right, top, bottom } = one.getBoundingClientRect();
  return [left, right, (top + bottom) / 2];
})"""
COUNT_MOVES = """() => {
  window.moves = 0;
  const { animate } = Element.prototype;
  Element.prototype.animate = function (...how) {
    window.moves++;
    return animate.apply(this, how);
  };
}"""


@pytest.mark.parametrize(("width", "least"), [(801, 21), (360, 14)])
def test_names_as_the_page_writes_them_do_not_meet(shown, width, least):
    page, (box,) = shown(ComparisonExplorer())
    page.set_viewport_size({"width": width, "height": 900})
    settle(page)
    names = box.locator(".cnn-network-name").evaluate_all(BOXES)
    assert len(names) >= least
    for i, (left, right, middle) in enumerate(names):
        for other_left, other_right, other_middle in names[:i]:
            assert left >= other_right or other_left >= right or abs(middle - other_middle) > 12


def test_comparison_and_questions_fit_a_laptops_window(shown):
    page, boxes = shown(ComparisonExplorer(), WhichNetworkExplorer(parameters=20, macs=4.0))
    page.set_viewport_size({"width": 801, "height": 900})
    settle(page)
    for box in boxes:
        place = box.bounding_box()
        assert place["width"] <= 785
        assert place["height"] <= 700


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", True), ("reduce", False)])
def test_marks_and_axes_move_when_axes_change_unless_the_reader_wants_no_motion(
    shown, motion, moves
):
    page, (box,) = shown(ComparisonExplorer())
    page.emulate_media(reduced_motion=motion)
    page.evaluate(COUNT_MOVES)
    box.get_by_label("Across", exact=True).select_option(label="Depth in layers")
    settle(page)
    assert box.locator(".cnn-axis").first.inner_html() == "Depth in layers"
    assert page.evaluate("window.moves") > 21 if moves else page.evaluate("window.moves") == 0


def test_the_page_tells_of_the_ideas_that_the_models_have(shown):
    """Taken over: an earlier network has it, too; brought: none has; left: only an earlier one."""
    made = [LineageExplorer(network=network) for network in NETWORKS]
    page, boxes = shown(*made)
    assert page.errors == []
    found, before = made[0].compute(), set()
    for (network, title), box in zip(NETWORKS.items(), boxes, strict=True):
        said = box.get_by_role("status").inner_text()
        assert said.startswith(f"{title.split(',')[0]} takes over ")
        taken, rest = said.split(" takes over ")[1].split("; is the first here with ")
        brought, left = rest.split("; leaves out ")
        has = found[network]
        expected = (
            [idea for idea in IDEAS if idea in has and idea in before],
            [idea for idea in IDEAS if idea in has and idea not in before],
            [idea for idea in IDEAS if idea not in has and idea in before],
        )
        for words, ideas in zip((taken, brought, left.rstrip(".")), expected, strict=True):
            parts = words.split(", ")
            assert all(any(part.startswith(idea) for part in parts) for idea in ideas), words
            assert sum(part.startswith(tuple(IDEAS)) for part in parts) == len(ideas), words
        before |= set(has)
