"""What stored runs are said to show."""

import math
import subprocess
import sys

import pytest
from contents import ROOT

from cnnlib import experiments
from cnnlib.experiments import _declaration, _runner, _store
from cnnlib.experiments._declaration import Rule

NAME = "learned_sobel"
RULES = (
    Rule("It is small.", "off", "no noise", below=1),
    Rule("It is larger with noise.", "off", "noise 1", "no noise", above=0),
    Rule("It is the same with a little noise.", "off", "noise 0.1", "no noise", -0.5, 0.5, "units"),
)


def record(variant, seed, off):
    return {
        **{"variant": variant, "seed": seed, "scale": "small"},
        **{"measured": {"steps": [0], "curve": [off], "off": off}},
        **_runner._origin(NAME, variant, "small"),
        **{"versions": {}, "device": "none", "seconds": 1.0},
    }


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Return a function that stores values by variant, and the folder that they lie in."""
    experiment = _declaration.module(NAME).EXPERIMENT
    monkeypatch.setattr(
        _declaration.module(NAME),
        "EXPERIMENT",
        type(experiment)(**{**vars(experiment), "rules": RULES}),
    )

    def keep(values, **changed):
        for variant, row in values.items():
            for seed, off in enumerate(row):
                _store.append(tmp_path / f"{NAME}.jsonl", record(variant, seed, off) | changed)
        return tmp_path

    return keep


def verdicts(folder):
    return [found.verdict for found in experiments.verdicts(NAME, folder=folder)]


@pytest.mark.parametrize(
    ("still", "slight", "strong", "expected"),
    [
        ([0.1, 0.2, 0.3], [0.2, 0.3, 0.4], [1.1, 1.2, 1.4], ["shows"] * 3),
        ([1.1, 1.2, 1.3], [2.1, 2.2, 2.3], [0.1, 0.2, 0.4], ["does not show"] * 3),
        ([0.1, 0.2, 3.0], [0.9, 0.3, 3.0], [1.1, 0.1, 3.1], ["unclear"] * 3),
    ],
)
def test_the_interval_decides(store, still, slight, strong, expected):
    folder = store({"no noise": still, "noise 0.1": slight, "noise 1": strong})
    assert verdicts(folder) == expected


def test_differences_are_taken_seed_by_seed(store):
    # The variants' intervals overlap widely; each seed alone shows the difference.
    folder = store({"no noise": [1, 5, 9], "noise 0.1": [1, 5, 9], "noise 1": [1.2, 5.1, 9.3]})
    larger = experiments.verdicts(NAME, folder=folder)[1]
    assert larger.verdict == "shows"
    assert larger.mean == pytest.approx(0.2)
    assert larger.low == pytest.approx(0.1)
    assert larger.high == pytest.approx(0.3)


def test_a_run_that_is_missing_leaves_it_unclear(store):
    folder = store({"no noise": [0.1, 0.2, 0.3], "noise 0.1": [0.1, 0.2], "noise 1": [9, 9, 9]})
    assert verdicts(folder) == ["shows", "shows", "unclear"]
    assert math.isnan(experiments.verdicts(NAME, folder=folder)[2].mean)


def test_a_variant_without_runs_leaves_it_unclear(store):
    folder = store({"no noise": [0.1, 0.2, 0.3], "noise 1": [9, 9, 9]})
    assert verdicts(folder) == ["shows", "shows", "unclear"]


def test_two_seeds_are_too_few(store):
    folder = store({"no noise": [0.1, 0.2], "noise 0.1": [0.2, 0.3], "noise 1": [0.1, 0.1]})
    assert verdicts(folder) == ["unclear"] * 3


def test_a_verdict_is_printed_with_its_rule_to_two_digits_of_its_interval(store):
    rows = {"no noise": [0.25] * 3, "noise 0.1": [0.2, 0.3, 0.24], "noise 1": [15.0, 25, 40]}
    assert [str(found) for found in experiments.verdicts(NAME, folder=store(rows))] == [
        "It is small.\n  shows: 0.250 (the runs: 0.250 to 0.250), 3 seeds; claimed below 1",
        "It is larger with noise.\n  shows: 26 (the runs: 15 to 40), 3 seeds; claimed above 0",
        "It is the same with a little noise.\n"
        "  shows: 0.00 units (the runs: -0.05 to 0.05), 3 seeds; claimed between -0.5 and 0.5",
    ]


def test_the_last_measurement_of_a_run_counts_and_other_code_is_noticed(store):
    folder = store({"no noise": [9, 9]}, code="another")
    assert experiments.stale(NAME, folder) == [("no noise", 0, "small"), ("no noise", 1, "small")]
    assert ("no noise", 1) in experiments.missing(NAME, folder=folder)
    store({"no noise": [1, 2]})
    table = experiments.results(NAME, folder=folder)
    assert table["off"].tolist() == [1, 2]
    assert experiments.stale(NAME, folder) == []
    assert ("no noise", 1) not in experiments.missing(NAME, folder=folder)


def test_other_settings_are_noticed_and_variants_of_the_past_are_left_out(store):
    folder = store({"no noise": [9]}, configuration="another")
    assert experiments.stale(NAME, folder) == [("no noise", 0, "small")]
    store({"no noise": [9]}, variant="much noise")
    assert len(experiments.results(NAME, folder=folder)) == 1


def test_results_are_one_row_for_each_run_with_its_provenance(store):
    table = experiments.results(NAME, folder=store({"noise 1": [1, 2], "no noise": [3, 4]}))
    assert table["variant"].tolist() == ["no noise", "noise 1"] * 2
    assert table["seed"].tolist() == [0, 0, 1, 1]
    assert table["curve"].tolist() == [[3], [1], [4], [2]]
    assert {"scale", "configuration", "code", "versions", "device", "seconds"} < {*table.columns}


def test_without_runs_there_is_no_verdict(tmp_path):
    with pytest.raises(ValueError, match=r"^`name` .*Received: 'learned_sobel'"):
        experiments.verdicts(NAME, folder=tmp_path)


def test_reading_what_is_stored_loads_neither_keras_nor_tensorflow():
    program = f"""
import sys
from cnnlib import experiments
experiments.results({NAME!r})
experiments.stale({NAME!r})
print(*sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert "cnnlib.experiments.learned_sobel" in done.stdout.split()
    assert not {"keras", "tensorflow"} & set(done.stdout.split())
