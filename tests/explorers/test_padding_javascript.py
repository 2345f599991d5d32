"""The padding explorer's windows against `cnnlib.geometry`, and when its controls count."""

import random

import node
import pytest

from cnnlib import geometry
from cnnlib.explorers import PaddingExplorer

AXES = """return data.map(({ n, ...layer }) => {
  const { before, after, outputs, unread, ignored, from, to, taps } = ops.axisOf(n, layer);
  const every = Array.from({ length: outputs }, (_, i) => taps(i));
  return { before, after, unread, ignored, from, to, taps: every };
});"""


def axes():
    choose = random.Random(0)
    for _ in range(200):
        yield {
            "n": choose.randint(1, 20),
            "kernel": choose.randint(1, 11),
            "stride": choose.randint(1, 5),
            "dilation": choose.randint(1, 3),
            "padding": choose.choice(["valid", "same", "explicit"]),
            "zeros": choose.randint(0, 5),
        }


def test_windows_and_ignored_cells_follow_from_geometry():
    cases = list(axes())
    for case, found in zip(cases, node.run(AXES, cases, "padding/math.js"), strict=True):
        padding = case["zeros"] if case["padding"] == "explicit" else case["padding"]
        layer = case["n"], case["kernel"], case["stride"], padding, case["dilation"]
        before, after = geometry.pad_amounts(*layer)
        assert (found["before"], found["after"]) == (before, after)
        span = case["dilation"] * (case["kernel"] - 1) + 1
        fits = span <= before + case["n"] + after
        assert len(found["taps"]) == (geometry.output_size(*layer) if fits else 0)
        for output, taps in enumerate(found["taps"]):
            first = output * case["stride"] - before
            assert taps == list(range(first, first + span, case["dilation"]))
        read = {cell for taps in found["taps"] for cell in taps}
        assert found["ignored"] == [cell for cell in range(case["n"]) if cell not in read]
        cells = range(-before, case["n"] + after)
        assert found["unread"] == [cell for cell in cells if cell not in read]


def test_a_row_stands_still_when_the_rule_or_its_length_changes_and_zeros_fit_half_a_window():
    cases = [
        case | {"padding": rule, "n": n}
        for case in axes()
        if case["zeros"] <= case["dilation"] * (case["kernel"] - 1) // 2
        for rule in ("valid", "same", "explicit")
        for n in (19, 20)
    ]
    found = node.run(AXES, cases, "padding/math.js")
    for same_kernel in zip(*[iter(found)] * 6, strict=True):
        fitting = [one for one in same_kernel if one["taps"]]
        assert len({one["from"] for one in fitting}) == 1
        for one in fitting:
            shown = {-one["before"], *(cell for taps in one["taps"] for cell in taps)}
            assert one["from"] <= min(shown)
            assert max(shown) < one["to"]


@pytest.mark.parametrize(
    ("settings", "off"),
    [
        ({"padding": "explicit"}, set()),
        ({"padding": "same"}, {"Zeros per side p"}),
        ({"padding": "explicit", "kernel": 1}, {"Dilation"}),
    ],
)
def test_controls_without_effect_are_off(settings, off):
    controls = PaddingExplorer(**settings).children[0].children
    assert {one.description for one in controls if one.disabled} == off
