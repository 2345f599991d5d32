import pandas as pd
import pytest

from cnnlib import models
from cnnlib.tables import layers, table


def results():
    frame = pd.DataFrame(
        {
            "kind": ["a & b", "c"],
            "parameters": pd.array([25_557_032, None], "Int64"),
            "error, %": [7.81, 19.7],
        },
        index=pd.Index(["ResNet-50", "Nameless"], name="network"),
    )
    return table(frame, "Two networks & more", digits={"error, %": 2})


def test_text_is_aligned_with_thousands_separated_and_gaps_as_dashes():
    assert repr(results()).splitlines() == [
        "network    kind   parameters  error, %",
        "ResNet-50  a & b  25,557,032      7.81",
        "Nameless   c               –     19.70",
    ]


def test_the_page_s_table_has_heads_a_name_and_numbers_at_the_right():
    written = results()._repr_html_()
    assert 'role="region" aria-label="Two networks &amp; more" tabindex="0"' in written
    assert written.count('<th scope="row">') == 2
    assert '<th scope="col" class="n">parameters</th>' in written
    assert '<td>a &amp; b</td><td class="n">25,557,032</td>' in written


def test_on_a_page_a_number_keeps_its_unit_beside_it():
    frame = pd.DataFrame({"printed": ["84.7 % and 3 MB"]}, index=["x"])
    assert "84.7\xa0% and 3\xa0MB" in table(frame, "Units")._repr_html_()


def test_decimals_may_differ_by_column():
    frame = pd.DataFrame({"one": [1.25], "two": [1.25]}, index=["x"])
    assert repr(table(frame, "Decimals", digits=2)).splitlines()[1].split() == ["x", "1.25", "1.25"]
    assert repr(table(frame, "Decimals", digits={"two": 0})).splitlines()[1].split() == [
        *("x", "1.2", "1")
    ]


def test_what_is_no_data_frame_is_refused():
    with pytest.raises(TypeError, match=r"^`frame` must be a DataFrame. Received: list$"):
        table([1, 2], "A list")


def test_a_network_s_layers_are_listed_as_in_its_paper():
    shown = layers(models.LeNet5())
    assert [*shown.index] == ["C1", "S2", "C3", "S4", "C5", "F6", "output"]
    assert shown.loc["S2"].to_dict() == {
        "maps": 6,
        "size": "14×14",
        "kernel": "2×2",
        "stride": "2×2",
        "activation": "scaled_tanh",
        "parameters": 12,
        "MACs": 0,
        "field": "6×6",
    }
    assert shown.loc["F6", ["size", "kernel", "stride"]].isna().all()


def test_chosen_layers_come_in_the_order_asked_for_and_linear_is_no_activation():
    shown = layers("ResNet18", ["fc", "conv1"])
    assert [*shown.index] == ["fc", "conv1"]
    assert shown.loc["conv1", ["kernel", "field"]].tolist() == ["7×7", "7×7"]
    assert shown["activation"].isna().all()
    with pytest.raises(KeyError, match="conv9"):
        layers("ResNet18", ["conv9"])
