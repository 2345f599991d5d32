"""What a live network says, for tests of it on a page.

A box is a locator of an explorer, or of its view.
"""

import re

from browsing import settle


def right(box):
    """How many of the 200 held-out pictures the network names rightly."""
    settle(box.page)
    score = box.locator(".cnn-score").inner_text()
    return int(re.search(r"Right on (\d+) of 200", score)[1])


def says(box):
    """The class that the network names, and how surely in per cent."""
    settle(box.page)
    words = box.locator(".cnn-words").inner_text()
    name, share = re.match(r"(.+?), (\d+) %", words).groups()
    return name, int(share)
