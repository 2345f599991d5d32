"""Fixture that follows "Try" lists, step by step.

A test module gets it with ``pytest_plugins = ("book_build", "browser_fixtures",
"promise_fixtures")``.
"""

import pytest


@pytest.fixture(scope="module")
def walks():
    """How far each list has been followed: from a list to (number of its last step, hands)."""
    return {}


@pytest.fixture
def explorer(request, long_visit, walks):
    """The `Hands` on a list's explorer, after the steps before the one that is tested."""
    step = request.function.step
    done, hands = walks.pop(step.list, (0, None))
    if hands is None or done != step.number - 1:
        hands = step.list.open(long_visit)
        for earlier in step.list.steps[: step.number - 1]:
            earlier.perform(hands)
    walks[step.list] = step.number, hands
    return hands
