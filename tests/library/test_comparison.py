import re

import keras
import pandas as pd
import pytest
from keras import layers

import cnnlib
from cnnlib import models, progress
from cnnlib.comparison import COMPUTED, FAMILIES, PATH, compare, depth, networks, so_far
from cnnlib.explorers import ComparisonExplorer
from cnnlib.explorers.comparison import AXES
from cnnlib.models._published import MEASURES, ONE_CROP, TEN_CROPS


@pytest.fixture(scope="module")
def table():
    return compare()


def test_every_network_has_a_row_and_says_where_its_error_is_published(table):
    assert list(table.index) == [facts.title for facts, _ in networks()]
    published = table[list(MEASURES)].notna().any(axis=1)
    assert (published == table["measured"].notna()).all()
    assert (table["source"] != "").all()
    assert set(table["family"]) == set(FAMILIES)


def test_the_table_that_grows_is_a_part_of_the_whole_one_in_the_order_of_the_years(table):
    grown = so_far(PATH[-1])
    whole = table.loc[grown.index]
    assert list(whole["model"]) == list(PATH)
    for column, name in (("MACs, M", "macs"), ("training, MB", "train_bytes")):
        assert (1e6 * grown[column]).tolist() == pytest.approx(whole[name].tolist())
    assert grown["field"].tolist() == whole["receptive_field"].tolist()
    assert grown["year"].is_monotonic_increasing
    assert so_far("VGG16").index.tolist() == ["LeNet-5", "AlexNet", "ZF Net", "VGG-16 (D)"]
    with pytest.raises(ValueError, match=r"^`name` must be one of .* Received: 'VGG19'"):
        so_far("VGG19")


def test_a_line_on_the_error_stream_counts_the_networks(table, capsys, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0)
    compare()
    told = capsys.readouterr()
    assert told.out == ""
    assert [*filter(None, told.err.split("\r"))][-1] == f"Network {len(table)} of {len(table)}"


def test_rows_stand_by_family_year_and_natural_order_of_titles(table):
    assert list(dict.fromkeys(table["family"])) == list(FAMILIES)
    assert list(table[table["family"] == "ResNet"].index) == [
        *("ResNet-18", "ResNet-34", "ResNet-50", "ResNet-101", "ResNet-152")
    ]
    assert list(table[table["family"] == "Inception"].index) == [
        *("GoogLeNet", "Inception-v3", "Inception-v4", "Inception-ResNet-v2")
    ]


def test_what_stands_with_the_builders_is_what_the_table_shows(table):
    for name, facts in models.published().items():
        row = table.loc[facts.title]
        assert (row["model"], row["year"], row["source"]) == (name, facts.year, facts.source)
        assert row[list(MEASURES)].dropna().to_dict() == facts.errors


def test_averaging_ten_crops_lowers_the_error_of_a_network_by_about_a_point(table):
    both = table.dropna(subset=[ONE_CROP, TEN_CROPS])
    assert len(both) == 8
    assert (both[ONE_CROP] - both[TEN_CROPS]).between(0.7, 1.6).all()


def test_rows_without_a_model_have_published_figures_alone(table):
    published = table[table["model"].isna()]
    assert list(published.index) == ["Trimps-Soushen", "BASIC-L"]
    assert published[list(COMPUTED)].isna().all(axis=None)
    assert table[table["model"].notna()][list(COMPUTED)].notna().all(axis=None)


@pytest.mark.parametrize("family", ["VGG", "ResNet", "DenseNet", "SENet"])
def test_the_depth_is_the_number_in_the_name(table, family):
    depths = table[table["family"] == family]["depth"]
    assert len(depths) > 1
    for title, number in depths.items():
        assert number == int(re.search(r"\d+", title)[0])


def test_other_depths_are_those_of_the_papers(table):
    assert table.loc["AlexNet", "depth"] == 8
    assert table.loc["GoogLeNet", "depth"] == 22
    assert table.loc["Xception", "depth"] == 37  # 36 convolutions and a dense layer


def test_figures_are_those_of_the_analysis(table):
    analysis = cnnlib.analyze(models.ResNet18())
    row = table.loc["ResNet-18"]
    assert row["parameters"] == analysis.trainable_params
    assert row["macs"] == analysis.macs
    assert row["predict_bytes"] == analysis.inference_bytes
    assert row["train_bytes"] == analysis.training_bytes("adam", batch_size=32)
    assert (row["input"], row["receptive_field"]) == (224, 435)


def test_depth_takes_the_longest_path_and_leaves_gates_out():
    inputs = keras.Input((8, 8, 4))
    x = layers.Conv2D(4, 3, padding="same")(inputs)
    long = layers.SeparableConv2D(4, 3, padding="same")(layers.Conv2D(4, 1)(x))
    gate = layers.Dense(2)(layers.GlobalAveragePooling2D(keepdims=True)(long))
    for units in (2, 2, 4):
        gate = layers.Dense(units)(gate)
    x = layers.Add()([layers.Multiply()([long, gate]), x])
    outputs = layers.Dense(3)(layers.GlobalAveragePooling2D()(x))
    assert depth(cnnlib.analyze(keras.Model(inputs, outputs))) == 4


def test_explorer_holds_the_networks_that_have_a_model(table):
    explorer = ComparisonExplorer()
    rows = explorer.networks
    assert [row["title"] for row in rows] == list(table[table["model"].notna()].index)
    assert explorer.selected in table.index
    for row in rows:
        for name in [*MEASURES, *(set(AXES) - {"top5"})]:
            value = table.loc[row["title"], name]
            assert row[name] == (None if pd.isna(value) else value)


def test_an_error_is_the_one_that_was_measured_as_the_explorer_says(table):
    for error in (ONE_CROP, TEN_CROPS):
        found = ComparisonExplorer(error=error).compute()["top5"].dropna()
        assert found.to_dict() == table[error].dropna().to_dict()
    mixed = ComparisonExplorer(error="mixed").compute()["top5"]
    assert (mixed["VGG-16 (D)"], mixed["ResNet-50"], mixed["GoogLeNet"]) == (8.1, 6.71, 10.07)


def test_compute_gives_the_chosen_columns_and_rows(table):
    explorer = ComparisonExplorer(across="depth", up="macs", family="ResNet", until=2015)
    found = explorer.compute()
    assert list(found.columns) == ["depth", "macs"]
    assert list(found.index) == ["ResNet-18", "ResNet-34", "ResNet-50", "ResNet-101", "ResNet-152"]
    assert found["macs"].to_dict() == table.loc[found.index, "macs"].to_dict()


@pytest.mark.parametrize(
    ("settings", "error", "name"),
    [
        ({"across": "colour"}, ValueError, "across"),
        ({"family": 3}, TypeError, "family"),
        ({"until": 1998}, ValueError, "until"),
        ({"zoom": 2}, TypeError, "zoom"),
    ],
)
def test_wrong_settings_are_named(settings, error, name):
    with pytest.raises(error, match=rf"`{name}`(.|\n)* Received: "):
        ComparisonExplorer(**settings)
