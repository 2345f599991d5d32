"""What a live network knows, for the tests of its promises."""

import re

from browsing import settle


def right(explorer):
    """How many of the 200 held-out pictures the network names rightly."""
    settle(explorer.page)
    score = explorer.view.locator(".cnn-score").inner_text()
    return int(re.search(r"Right on (\d+) of 200", score)[1])
