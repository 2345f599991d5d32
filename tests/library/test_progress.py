"""The line that says how far long work has come."""

import subprocess
import sys

import keras
import numpy as np
import pytest

from cnnlib import progress


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0)


def lines(capsys):
    """What stands in the line, one state after the other; nothing may go to the output."""
    told = capsys.readouterr()
    assert told.out == ""
    return [line for line in told.err.split("\r") if line]


def test_items_come_as_they_are_and_each_is_counted_before_its_work(at_once, capsys):
    for item in progress.counted([4, 2], "Network"):
        print(f" [{item}]", end="", file=sys.stderr)
    assert lines(capsys) == ["Network 1 of 2 [4]", "Network 2 of 2 [2]"]


def test_what_is_written_next_stands_in_place_of_the_line(at_once, capsys):
    assert [*progress.counted(range(3), "Step")] == [0, 1, 2]
    assert capsys.readouterr().err.endswith("Step 3 of 3\r")


@pytest.mark.parametrize("epochs", [1, 3])
def test_the_epochs_and_steps_of_each_fit_are_counted(at_once, capsys, epochs):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    pictures, callbacks = np.zeros((8, 2)), [progress.epochs()]
    for _ in range(2):
        model.fit(pictures, pictures[:, :1], 4, epochs, 0, callbacks=callbacks)
    steps = ("", ", step 1 of 2, loss 0", ", step 2 of 2, loss 0")
    counted = [f"Epoch {n} of {epochs}{step}" for n in range(1, epochs + 1) for step in steps]
    assert [line.rstrip() for line in lines(capsys)] == 2 * counted


def test_a_shorter_line_covers_the_longer_one(at_once, capsys):
    line = progress.Line()
    line.say("a long line")
    line.say("short")
    assert lines(capsys) == ["a long line", "short      "]


def test_quick_work_says_nothing(monkeypatch, capsys):
    monkeypatch.setattr(progress, "PATIENCE", 3600)
    assert [*progress.counted("ab", "Letter")] == ["a", "b"]
    assert capsys.readouterr().err == ""


def test_a_live_notebook_is_told_that_tensorflow_is_loaded_and_a_script_is_not():
    told = []
    for live in ("sys.modules['ipykernel'] = sys", "pass"):
        program = f"import sys, cnnlib; {live}; import tensorflow"
        run = subprocess.run([sys.executable, "-c", program], capture_output=True)
        assert run.returncode == 0
        told.append((run.stdout, run.stderr))
    assert told == [(b"", b"TensorFlow is being loaded\r"), (b"", b"")]
