"""Small networks of the book, trained on a graphics card: do they learn what they learn on a CPU?

The code is that of the experiments in which a processor trained them, as are the pictures, the
seeds' order of them, and the steps. The first weights differ where Keras runs on another back end,
and sums are rounded otherwise. See the chapter "More than one device".
"""

from cnnlib.experiments import digits_recipe, live_alphabet, live_digits, live_symbols
from cnnlib.experiments._declaration import CardExperiment, Rule

NETWORKS = {
    "digits": (live_digits, "digits", 98.889),
    "symbols": (live_symbols, "symbols", 99.644),
    "alphabet": (live_alphabet, "alphabet", 98.356),
    "recipe": (digits_recipe, "Adam 0.001", 96.889),
}
"""Network -> its experiment, variant, and the mean accuracy of a processor's runs."""

EXPERIMENT = CardExperiment(
    question="Do the book's small networks learn on a graphics card what they learn on a "
    "processor?",
    claim="A network's code is the same on every device and under every back end of Keras.",
    source="Keras's documentation, “About Keras 3”",
    variants={network: {"network": network} for network in NETWORKS},
    scales={name: {"scale": name} for name in ("glimpse", "small", "full")},
    seeds={"glimpse": 1, "small": 3, "full": 10},
    measures={"accuracy": "per cent of the test pictures right"},
    times=(),
    rules=tuple(
        Rule(
            f"The network {network!r} comes within 2 points of a processor's runs.",
            *("accuracy", network),
            above=mean - 2,
            below=mean + 2,
            unit="%",
        )
        for network, (_, _, mean) in NETWORKS.items()
    ),
)


def measure(seed, network, scale):
    """Train a network and judge it on the test pictures.

    Args:
        seed: as in the network's own experiment.
        network: one of `NETWORKS`.
        scale: of that experiment.

    Returns:
        The measures.
    """
    module, variant, _ = NETWORKS[network]
    settings = {**module.EXPERIMENT.variants[variant], **module.EXPERIMENT.scales[scale]}
    return {"accuracy": module.measure(seed, **settings)["accuracy"]}
