"""The network "scattered" of the chapter "Watching a network see", for explorers that run it."""

from functools import cache

from cnnlib import trained
from cnnlib.explorers.live_network.subject import network_of

SIDE = 40
"""Pixels of a side of its pictures."""


def network():
    """Return the widget that holds the network and its held-out pictures, shared by a page."""
    return _network().widget()


@cache
def _network():
    return network_of("scattered", None, None, None)


@cache
def model():
    """Return the network as a `keras.Model`."""
    return trained.model("scattered")


def picture(number):
    """Return a held-out picture as the page has it, uint8 [40, 40, 1]."""
    return _network().pictures[number]


def label(number):
    """Return the class of a held-out picture."""
    return int(_network().labels[number])
