"""How many of its last maps can a trained network do without, before it loses a class?

Maps of the last convolution of the network "scattered", 16 of them, are switched off one after
another: they give 0 everywhere. For every class the order is its own. A map is important for a
class by what it adds to the class's score, weight times mean, over the training pictures of the
class. A class is lost as soon as fewer than half of its held-out pictures are named rightly, out of
those that were. Held-out pictures are the test and the validation pictures, each laid at five new
places. See the chapter "Watching a network see".
"""

from functools import cache

import numpy as np

from cnnlib import trained
from cnnlib.data.digits import digits
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.experiments.live_scattered import DIGIT, SIDE, build, scattered

ORDERS = ("least important first", "at random", "most important first")

MAPS = 16

NETWORKS = 3
"""Trained networks that there are: further seeds draw other places and orders for them."""

EXPERIMENT = Experiment(
    question="How many of the last layer's maps may be switched off before a class is lost?",
    claim="Switching off a unit may hardly change a network's accuracy, and yet damage the classes "
    "that need it.",
    source="Zhou, Sun, Bau & Torralba 2018 (arXiv:1806.02891), abstract",
    variants={order: {"order": order} for order in ORDERS},
    scales={"glimpse": {"places": 1}, "small": {"places": 5}, "full": {"places": 50}},
    seeds={"glimpse": 1, "small": 3, "full": 3},
    measures={
        "whole": "per cent of the held-out pictures right with all maps",
        "curve": "per cent right of a class's pictures, mean over the classes, with 0 to 16 maps "
        "switched off",
        "survived": "maps that may be switched off before the class is lost, mean over the classes",
        "by_class": "the same for each class",
        "others": "per cent right of the other classes' pictures after the first four maps are off",
        "cost": "percentage points that the class loses more than the others by these four",
    },
    rules=(
        Rule(
            "At random, a class survives more than a quarter of the maps.",
            *("survived", "at random"),
            above=4,
            unit="maps",
        ),
        Rule(
            "With its most important maps first it is lost sooner than at random.",
            *("survived", "most important first", "at random"),
            below=0,
            unit="maps",
        ),
        Rule(
            "A class survives its most important map.",
            *("survived", "most important first"),
            above=1,
            unit="maps",
        ),
        Rule(
            "With the least important first a class survives more than three quarters.",
            *("survived", "least important first"),
            above=12,
            unit="maps",
        ),
        Rule(
            "A class's four most important maps cost it more than they cost the others.",
            *("cost", "most important first"),
            above=0,
            unit="percentage points",
        ),
    ),
)

FIRST = 4
"""Maps after which the other classes are looked at."""


def measure(seed, order, places):
    """Switch off a trained network's last maps, class by class.

    Args:
        seed: of the trained network, of the pictures' places and of the random order.
        order: one of `ORDERS`.
        places: at which each held-out digit lies.

    Returns:
        The measures.
    """
    means, labels = _means(seed, places, ("test", "val"))
    learned, learned_labels = _means(seed, 1, ("train",))
    weights, bias = _network(seed).get_layer("digit").get_weights()
    random = np.random.default_rng([seed, 7])

    def named(switched_off):
        left = means.copy()
        left[:, switched_off] = 0
        return (left @ weights + bias).argmax(axis=1) == labels

    whole, curves, others = named([]), [], []
    for digit in range(10):
        importance = learned[learned_labels == digit].mean(axis=0) * weights[:, digit]
        ranked = np.argsort(importance, kind="stable")
        off = {
            "least important first": ranked,
            "at random": random.permutation(MAPS),
            "most important first": ranked[::-1],
        }[order]
        own = labels == digit
        curves.append([named(off[:count])[own].mean() for count in range(MAPS + 1)])
        others.append(named(off[:FIRST])[~own].mean())
    curves = np.array(curves)
    lost = curves < curves[:, :1] / 2
    survived = np.where(lost.any(axis=1), lost.argmax(axis=1) - 1, MAPS)
    costs = [
        (curve[0] - curve[FIRST]) - (whole[labels != digit].mean() - other)
        for digit, (curve, other) in enumerate(zip(curves, others, strict=True))
    ]
    return {
        "whole": _per_cent(whole.mean()),
        "curve": [_per_cent(one) for one in curves.mean(axis=0)],
        "survived": round(float(survived.mean()), 3),
        "by_class": survived.tolist(),
        "others": _per_cent(np.mean(others)),
        "cost": _per_cent(np.mean(costs)),
    }


@cache
def _network(seed):
    model = build()
    model.set_weights(trained.model("scattered", seed % NETWORKS).get_weights())
    return model


@cache
def _means(seed, places, parts):
    """Return the means of the last maps for the digits of some parts, and their classes."""
    import keras

    small, random = digits(size=DIGIT), np.random.default_rng([seed, 14])
    drawn, labels = (
        np.concatenate([getattr(small, f"{which}_{part}") for part in parts] * places)
        for which in "xy"
    )
    spots = random.integers(0, SIDE - DIGIT + 1, (len(drawn), 2))
    pages = np.stack([scattered([one], [spot]) for one, spot in zip(drawn, spots, strict=True)])
    network = _network(seed)
    reader = keras.Model(network.inputs, network.get_layer("mean").output)
    return reader.predict(pages, batch_size=256, verbose=0).astype("float64"), labels


def _per_cent(share):
    return round(100 * float(share), 3)
