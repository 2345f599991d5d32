"""`python -m cnnlib experiment`, interrupted and undisturbed."""

import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from contents import ROOT

from cnnlib import experiments
from cnnlib.__main__ import main
from cnnlib.experiments import _store

NAME, SEEDS = "learned_sobel", 3


def arguments(folder):
    options = ["--scale", "glimpse", "--seeds", str(SEEDS), "--results", str(folder)]
    return ["experiment", NAME, *options]


def wait_for_runs(process, folder, count):
    while len(_store.read(folder / f"{NAME}.jsonl")) < count:
        assert process.poll() is None
        time.sleep(0.02)


def measured(folder):
    """Return the stored runs without the time that they took."""
    return [
        {key: value for key, value in record.items() if key != "seconds"}
        for record in _store.read(folder / f"{NAME}.jsonl")
    ]


def command(folder, **how):
    """Return the command, ready for a process of its own, which loads TensorFlow without oneDNN."""
    return {"args": [sys.executable, "-m", "cnnlib", *arguments(folder)], "cwd": ROOT} | how


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Return the runs of a command that nothing interrupted."""
    folder = tmp_path_factory.mktemp("undisturbed")
    subprocess.run(**command(folder, check=True))
    return measured(folder)


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT])
def test_stopped_at_any_moment_it_ends_with_the_same_results(undisturbed, tmp_path, stop):
    with subprocess.Popen(**command(tmp_path, stderr=subprocess.PIPE, text=True)) as process:
        wait_for_runs(process, tmp_path, 2)
        process.send_signal(stop)
        _, complaints = process.communicate()
    if stop == signal.SIGINT:
        assert process.returncode == 130
        assert complaints == "\nStopped. Finished runs are stored; the same command goes on.\n"

    file = tmp_path / f"{NAME}.jsonl"
    kept = file.read_bytes()
    file.write_bytes(kept[:-20])  # as if it had been killed while it wrote
    assert 1 <= len(measured(tmp_path)) < len(undisturbed)
    subprocess.run(**command(tmp_path, check=True))
    assert measured(tmp_path) == undisturbed


def test_an_interrupt_that_a_library_swallows_stops_after_the_run(tmp_path, monkeypatch, capsys):
    def swallowing(*asked):
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        return {"off": 0.0}

    monkeypatch.setattr(experiments._runner, "run", swallowing)
    assert main(arguments(tmp_path)) == 130
    assert len(measured(tmp_path)) == 1
    assert "Finished runs are stored" in capsys.readouterr().err


def test_it_says_what_is_missing_shows_one_bar_and_the_verdicts(undisturbed, tmp_path, capsys):
    assert main(arguments(tmp_path)) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"{NAME}, glimpse: {4 * SEEDS} runs are missing\n")
    assert f"{4 * SEEDS}/{4 * SEEDS}" in printed
    assert f"{SEEDS} seeds; claimed below 0.5" in printed.splitlines()[-1]


def test_list_runs_nothing(tmp_path, capsys):
    assert main(["experiment", "--list", "--results", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(",")[0] for line in lines[::2]] == experiments.available()
    assert all(line.endswith("runs are missing") for line in lines[::2])
    assert all(line.endswith("?") for line in lines[1::2])
    assert not any(tmp_path.iterdir())


def test_what_is_stored_is_not_run_again(capsys):
    assert main(["experiment", NAME]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"{NAME}, small: no runs are missing\n")


def test_what_is_about_a_graphics_card_is_left_out_where_there_is_none(tmp_path, capsys):
    assert main(["experiment", "card_training", "--results", str(tmp_path)]) == 0
    assert "KERAS_BACKEND=jax. Left out." in capsys.readouterr().out
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [["no_such_claim"], [NAME, "--scale", "huge"], [NAME, "--seeds", "0"], [NAME, "--seeds", "x"]],
)
def test_bad_input_is_one_line_and_status_2(arguments, capsys):
    try:
        status = main(["experiment", *arguments])
    except SystemExit as stop:
        status = stop.code
    printed = capsys.readouterr()
    assert status == 2
    assert printed.out == ""
    assert printed.err.startswith("cnnlib: ")
    assert printed.err.count("\n") == 1
