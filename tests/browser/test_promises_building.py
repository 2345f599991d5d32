"""The promises of "Building and training a CNN"."""

import re

from browsing import settle
from hands import numbers
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

PAGE = "networks/building"
stack, halving, softmax, entropy, batches, dropout, learner, runs, pictures, live = (
    Try(PAGE, i) for i in range(1, 11)
)
