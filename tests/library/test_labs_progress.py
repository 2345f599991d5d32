"""What is solved stays solved: across chapters, sessions and kernels."""

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from contents import ROOT

from cnnlib import labs
from cnnlib.labs import _progress


@pytest.fixture(autouse=True)
def place(monkeypatch, tmp_path):
    monkeypatch.setenv("CNNLIB_PROGRESS", str(tmp_path / "solved"))
    new_session(monkeypatch)
    return tmp_path / "solved"


def new_session(monkeypatch):
    monkeypatch.setattr(labs, "_tries", defaultdict(list))


def solve(name="pooling.dropped", answer=8 / 9):
    assert labs.check(name, answer)


def total():
    return repr(labs.progress()).splitlines()[-1]


def test_what_is_solved_is_known_in_the_next_session(monkeypatch):
    solve()
    new_session(monkeypatch)
    assert labs.progress().chapters["Pooling and invariance"]["dropped"]
    assert total().startswith("1 of ")
    assert "eight ninths" in repr(labs.solution("pooling.dropped"))


def test_a_wrong_answer_and_no_answer_solve_nothing(place):
    labs.check("pooling.dropped", 1 / 9)
    labs.check("pooling.dropped", ...)
    assert not place.exists()
    assert total().startswith("0 of ")


def test_a_later_wrong_answer_takes_nothing_back():
    solve()
    labs.check("pooling.dropped", 1 / 9)
    assert total().startswith("1 of ")


def test_every_exercise_with_a_check_is_listed_under_its_chapter():
    listed = labs.progress().chapters
    assert sum(map(len, listed.values())) == len(labs.exercises())
    assert next(iter(listed)) == "From the visual cortex to CNNs"
    assert next(iter(listed["Pooling and invariance"])) == "dropped"


def test_the_table_ticks_what_is_solved_and_says_where_it_is_kept(place):
    solve()
    shown = labs.progress()
    assert "Pooling and invariance            1 of 6  ✓\N{NO-BREAK SPACE}dropped, sizes," in repr(
        shown
    )
    assert total() == f"1 of {len(labs.exercises())} exercises are solved; kept in {place}."
    page = shown._repr_html_()
    assert page.count("<tr>") == 1 + len(shown.chapters)
    assert ">1 of 6</td>" in page
    assert ">✓\N{NO-BREAK SPACE}dropped, sizes," in page


def test_titles_and_places_are_escaped():
    shown = _progress.Progress({"A < B": {"one": True}}, Path("/a&b"))._repr_html_()
    assert "A &lt; B" in shown
    assert "/a&amp;b" in shown


def test_kernels_that_run_at_the_same_time_lose_nothing():
    program = """
import sys
from cnnlib.labs import _progress
for number in range(50):
    _progress.record(f"{sys.argv[1]}.{number}")
"""
    kernels = [subprocess.Popen([sys.executable, "-c", program, name], cwd=ROOT) for name in "ab"]
    assert [kernel.wait() for kernel in kernels] == [0, 0]
    assert _progress.solved() == {f"{name}.{n}" for name in "ab" for n in range(50)}


def test_files_that_belong_to_no_exercise_disturb_nothing(place):
    solve()
    (place / "pooling.former").touch()
    (place / ".DS_Store").write_bytes(b"\0")
    (place / "pooling.dropped").write_text("edited by hand")
    assert total().startswith("1 of ")


def test_a_place_that_cannot_be_written_costs_a_warning(place):
    place.write_text("a file where the folder should be")
    with pytest.warns(UserWarning, match="`pooling.dropped` is solved cannot be kept"):
        solve()
    assert total().startswith("1 of ")  # this session's


def test_nothing_is_kept_where_the_variable_is_empty(monkeypatch, tmp_path):
    monkeypatch.setenv("CNNLIB_PROGRESS", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    solve()
    assert not list(tmp_path.iterdir())
    assert total().endswith("not kept: CNNLIB_PROGRESS is empty.")


@pytest.mark.parametrize(
    ("system", "folder"),
    [
        ("linux", ".local/share"),
        ("darwin", "Library/Application Support"),
        ("win32", "Roaming"),
    ],
)
def test_without_the_variable_it_is_the_users_own_data_folder(
    monkeypatch, tmp_path, system, folder
):
    for name in ("CNNLIB_PROGRESS", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    monkeypatch.setattr("sys.platform", system)
    assert _progress.folder() == tmp_path / folder / "cnnlib" / "solved"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "mine"))
    assert _progress.folder() == tmp_path / "mine" / "cnnlib" / "solved"
