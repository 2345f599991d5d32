"""Fixture that follows the "Try" lists of a page, step by step.

A test module gets it with ``pytest_plugins = ("book_build", "browser_fixtures",
"promise_fixtures")``.
"""

from types import SimpleNamespace

import pytest
from promises import performed


@pytest.fixture(scope="module")
def walk():
    """The page on which the module's steps are performed, and how many have been."""
    return SimpleNamespace(page=None, done=None)


@pytest.fixture
def explorer(request, long_visit, walk):
    """The `Hands` on a list's explorer, after all steps of the page before the tested one."""
    steps, step = performed(request.module), request.function.step
    index = steps.index(step)
    if walk.done != index:
        walk.page = long_visit.open(f"{step.list.page}.html")
        for earlier in steps[:index]:
            earlier.perform(earlier.list.hands(walk.page))
    walk.done = index + 1
    return step.list.hands(walk.page)
