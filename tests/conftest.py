import os

import cnnlib  # noqa: F401  sets TensorFlow's log level before any test imports TensorFlow

os.environ["CNNLIB_PROGRESS"] = ""  # what tests solve is nobody's progress


def pytest_collection_modifyitems(items):
    """Begin with the book's build, which takes minutes; end with the tests that need it."""
    first = "test_fresh_clone.py"
    waiting = {item.path.name for item in items if "book" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: (item.path.name != first, item.path.name in waiting))
