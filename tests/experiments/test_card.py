"""The experiments on a graphics card: what they declared is what the library says today."""

import pytest

from cnnlib import analyze, experiments
from cnnlib.analysis import without_weights
from cnnlib.experiments import card_steps, card_training
from cnnlib.models import builder


@pytest.mark.parametrize("network", card_steps.PREDICTED)
def test_the_predictions_are_those_of_analyze(network):
    for policy, predicted in zip(
        ("float32", "mixed_float16"), card_steps.PREDICTED[network], strict=True
    ):
        found = analyze(network, dtype=policy).training_bytes("momentum", batch_size=64)
        assert predicted == round(found / 1e9, 3)


def test_the_networks_are_those_that_were_measured():
    measured = experiments.results("card_steps").groupby("variant")["weights"]
    for variant, settings in card_steps.EXPERIMENT.variants.items():
        present = without_weights(builder(settings["model"])).count_params()
        assert set(measured.get_group(variant)) == {present}


@pytest.mark.parametrize("network", card_training.NETWORKS)
def test_a_processor_reached_what_is_compared_with(network):
    module, variant, mean = card_training.NETWORKS[network]
    runs = experiments.results(module.__name__.rpartition(".")[2])
    assert round(runs[runs["variant"] == variant]["accuracy"].mean(), 3) == mean


@pytest.mark.parametrize(
    ("name", "card"), {"card_steps": "H200", "card_training": "H100 80GB HBM3"}.items()
)
def test_the_runs_name_the_card(name, card):
    assert set(experiments.results(name)["device"]) == {f"x86_64, NVIDIA {card}"}
