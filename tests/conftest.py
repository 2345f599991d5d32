import os
from collections import Counter
from itertools import chain

import cnnlib  # noqa: F401  sets TensorFlow's log level before any test imports TensorFlow

os.environ["CNNLIB_PROGRESS"] = ""  # what tests solve is nobody's progress


def pytest_collection_modifyitems(items):
    """Begin with the book's build, which takes minutes; end with the tests that need it."""
    first = "test_fresh_clone.py"
    waiting = {item.path.name for item in items if "book" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: (item.path.name != first, item.path.name in waiting))


def pytest_terminal_summary(terminalreporter):
    """Say which files take longest; what tests share counts for the first that asks for it."""
    seconds = Counter()
    for report in chain.from_iterable(terminalreporter.stats.values()):
        if hasattr(report, "duration"):
            seconds[report.nodeid.split("::")[0]] += report.duration
    terminalreporter.section(f"slowest files of {sum(seconds.values()):.0f} s")
    for path, spent in seconds.most_common(40):
        terminalreporter.line(f"{spent:5.0f} s  {path}")
