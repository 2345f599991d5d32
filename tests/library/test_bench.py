"""The arithmetic and the layout of the benchmark's table; no times."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.__main__ import MEASUREMENTS, main
from bench.table import Row, median_row, percentile, render, tail_row


@pytest.mark.parametrize(
    ("value", "bound", "verdict"),
    [
        (9.9, "at most", "within"),
        (10, "at most", "within"),
        (10.1, "at most", "over"),
        (10.1, "at least", "within"),
        (10, "at least", "within"),
        (9.9, "at least", "below"),
    ],
)
def test_verdict_compares_with_the_budget(value, bound, verdict):
    assert Row("speed", value, "x", "once", 10, bound).verdict == verdict


def test_a_figure_without_a_budget_has_no_verdict():
    assert Row("time", 3, "s", "once").cells() == ("time", "3 s", "", "", "once")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0 s"),
        (0.0734, "0.0734 s"),
        (0.3, "0.3 s"),
        (1.166, "1.17 s"),
        (16.666, "16.7 s"),
        (99.96, "100 s"),
        (677.8, "678 s"),
        (12345.6, "12346 s"),
    ],
)
def test_figures_have_three_digits(value, written):
    assert Row("time", value, "s", "once").cells()[1] == written


@pytest.mark.parametrize(
    ("share", "expected"), [(0.01, 1), (0.5, 50), (0.95, 95), (0.951, 96), (1, 100)]
)
def test_percentile_is_the_nearest_rank(share, expected):
    assert percentile(list(range(100, 0, -1)), share) == expected


@given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.floats(0.01, 1))
def test_percentile_is_a_value_that_enough_others_do_not_exceed(values, share):
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1], 0), ([1], 1.1)])
def test_percentile_refuses_what_has_no_answer(values, share):
    with pytest.raises(ValueError, match="Received:"):
        percentile(values, share)


def test_rows_of_many_runs_say_how_they_came_about():
    values = [4, 1, 2, 3, 50]
    middle = median_row("load", values, "s", 2.5, "loads")
    assert (middle.value, middle.verdict) == (3, "over")
    assert middle.how == "median of 5 loads, 1 to 50"
    tail = tail_row("load", values, "s", 60)
    assert (tail.value, tail.verdict) == (50, "within")
    assert tail.how == "95th percentile of 5 runs"


def test_table_is_aligned():
    table = render([Row("a", 1, "s", "once", 2), Row("a longer name", 22, "MB", "twice")])
    assert table.splitlines() == [
        "what           measured  budget       verdict  how",
        "-------------  --------  -----------  -------  -----",
        "a              1 s       at most 2 s  within   once",
        "a longer name  22 MB                           twice",
    ]


def test_named_measurements_run_alone(monkeypatch, capsys):
    monkeypatch.setitem(MEASUREMENTS, "import", lambda: [Row("import", 0.5, "s", "once", 0.3)])
    assert main(["import"]) == 0
    row = capsys.readouterr().out.splitlines()[3]
    assert row.split() == ["import", "0.5", "s", "at", "most", "0.3", "s", "over", "once"]


def test_unknown_names_are_refused_before_anything_runs(monkeypatch):
    monkeypatch.setitem(MEASUREMENTS, "import", lambda: pytest.fail("it ran"))
    assert main(["import", "nonsense"]).endswith("Received: nonsense")
