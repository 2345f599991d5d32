"""The test command: nothing stops it, nothing is lost, and it says which Pythons it ran."""

import sys

import pytest
import suite


def ends(status):
    return [sys.executable, "-c", f"raise SystemExit({status})"]


def test_every_part_runs_and_one_failure_is_enough(capfd):
    commands = {"bad": ends(3), "good": ends(0), "absent": None, "worse": ends(1)}
    assert suite.run(commands) == 1
    *_, bad, good, absent, worse, total = capfd.readouterr().out.splitlines()
    assert [line.split()[0] for line in (bad, good, absent, worse)] == [
        *("FAILED", "passed", "skipped", "FAILED")
    ]
    assert [line.split()[-1] for line in (bad, good, absent, worse)] == list(commands)
    assert total == "parts: 1 passed, 2 failed, 1 skipped"


def test_all_is_well_where_nothing_failed(capfd):
    assert suite.run({"good": ends(0), "absent": None}) == 0
    assert "absent: not on this machine" in capfd.readouterr().out


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine whose Pythons are those that the returned function makes."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))

    def put(path, script):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
        return str(file)

    return put


def test_an_interpreter_comes_from_the_path(machine):
    machine("pyenv/versions/3.12.1/bin/python", "echo 3.12.1")
    path = machine("python3.12", "echo 3.12.4")
    assert suite.interpreter("3.12") == path


def test_a_stand_in_that_does_not_run_makes_way_for_pyenvs_own(machine):
    machine("python3.12", "echo no such version; exit 127")
    machine("pyenv/versions/3.12.0/bin/python", "echo 3.11.9")
    path = machine("pyenv/versions/3.12.1/bin/python", "echo 3.12.1")
    assert suite.interpreter("3.12") == path


def test_a_version_that_is_missing_is_no_command_but_has_a_line(machine, monkeypatch):
    monkeypatch.setattr(suite.sys, "version", "3.12.1 (main)")
    machine("python3.13", "echo 3.13.0")
    commands = suite.everything()
    assert commands["Python 3.11"] is None
    assert "Python 3.12" not in commands
    assert commands["Python 3.13"][:3] == ["make", "units", "VENV=build/python3.13"]
