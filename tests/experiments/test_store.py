"""Finished runs on disk: whole lines, whatever happened while they were written."""

import json
import tomllib

import pytest
from contents import ROOT

from cnnlib.experiments import _store

RECORDS = [{"seed": seed, "measured": {"curve": [0.5, 1.25]}} for seed in range(3)]


@pytest.fixture
def path(tmp_path):
    """Return the path of a file with three records."""
    path = tmp_path / "new" / "name.jsonl"
    for record in RECORDS:
        _store.append(path, record)
    return path


def test_records_are_read_as_they_were_written(path):
    assert _store.read(path) == RECORDS
    assert _store.read(path.with_name("missing.jsonl")) == []


@pytest.mark.parametrize("lost", range(1, len(json.dumps(RECORDS[2])) + 2))
def test_a_last_line_cut_anywhere_is_left_out_and_written_anew(path, lost):
    whole = path.read_bytes()
    path.write_bytes(whole[:-lost])
    assert _store.read(path) == RECORDS[:2]
    _store.append(path, RECORDS[2])
    assert path.read_bytes() == whole


def test_a_last_line_that_was_never_filled_is_left_out(path):
    whole = path.read_bytes()
    path.write_bytes(whole + b"\0" * 40 + b"\n")
    assert _store.read(path) == RECORDS
    _store.append(path, RECORDS[0])
    assert path.read_bytes() == whole + json.dumps(RECORDS[0]).encode() + b"\n"


def test_damage_further_up_is_reported(path):
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1][5:] + lines[2])
    with pytest.raises(ValueError, match=r"^`name.jsonl` is damaged in line 2. Received: "):
        _store.read(path)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_are_not_finite_are_refused_and_nothing_is_written(path, number):
    whole = path.read_bytes()
    with pytest.raises(ValueError, match="not JSON compliant"):
        _store.append(path, {"measured": number})
    assert path.read_bytes() == whole


def test_what_is_stored_is_part_of_the_package():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["tool"]["setuptools"]
    package = ROOT / "cnnlib" / "experiments"
    shipped = {
        file
        for pattern in settings["package-data"]["cnnlib.experiments"]
        for file in package.glob(pattern)
    }
    assert shipped
    assert shipped == {*_store.RESULTS.iterdir()}
