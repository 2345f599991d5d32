"""What the book promises: the steps of its "Try" lists, each with the test that performs it.

A chapter's tests stand in ``tests/browser/test_promises_<chapter>.py``::

    first = Try("foundations/pooling", 1)

    @first.step(3, "9f1c02ab")
    def test_windows_of_one_pixel_pool_nothing(explorer):
        explorer.set("Size of the window", 1)
        assert explorer.bar("max pooling") == explorer.bar("what is pooled")

All steps of a page are performed on one page, each in the state that those before it left. With a
step goes a fingerprint of its words: where they change, `tests/browser/test_promises.py` fails
until somebody has compared both.
"""

import hashlib
import re
from dataclasses import dataclass

from contents import NOTEBOOKS, markdown
from hands import Hands

LIST = re.compile(r"^(:{3,}|`{3,})\{admonition\} Try$(.*?)^\1$", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"^:\w+:.*$", re.MULTILINE)
ITEM = re.compile(r"^\d+\. ", re.MULTILINE)
PRECEDING = """(list, explorers) => explorers.filter(
  (one) => one.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_FOLLOWING).length - 1"""


def fingerprint(words):
    """Return eight letters that change with a step's words, and not with its line breaks."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:8]


def steps(text):
    """Find the steps of the "Try" lists in a text.

    Args:
        text: markdown.

    Returns:
        A dict from (list, step), both counted from 1, to a step's words.
    """
    found = {}
    for number, (_, content) in enumerate(LIST.findall(text), 1):
        body = OPTION.sub("", content).strip()
        listed = [words.strip() for words in ITEM.split(body)]
        listed = listed[1:] if ITEM.match(body) else listed
        found |= {(number, step): words for step, words in enumerate(listed, 1)}
    return found


def promised():
    """Return what every page promises, as a dict from its name to its steps."""
    every = {page: steps(markdown(page)) for page in NOTEBOOKS}
    return {page: found for page, found in every.items() if found}


@dataclass(frozen=True)
class Step:
    """A step with its test: its place, the fingerprint of its words, and what performs it."""

    list: "Try"
    number: int
    words: str
    perform: object


class Try:
    """A "Try" list.

    Args:
        page: the name of its chapter, as in the table of contents.
        number: of the list on the page, counted from 1.
        explorer: number of the explorer that its steps speak of, counted from 0; by default the
            one above the list.
    """

    def __init__(self, page, number, explorer=None):
        self.page, self.number, self.explorer = page, number, explorer
        self.steps = []

    def step(self, number, words):
        """Decorate the test of a step; `words` is the fingerprint of the step's words."""

        def paired(test):
            test.step = Step(self, number, words, test)
            self.steps.append(test.step)
            return test

        return paired

    def hands(self, page):
        """Find the list's explorer.

        Args:
            page: playwright's `Page`.

        Returns:
            The `Hands` on it.
        """
        explorers = page.locator(".cnn-explorer")
        index = self.explorer
        if index is None:
            lists = page.locator(".admonition:has(> .admonition-title:text-is('Try'))")
            index = lists.nth(self.number - 1).evaluate(PRECEDING, explorers.element_handles())
        return Hands(explorers.nth(index))


def performed(module):
    """Return the steps that the tests of a module perform, in their order."""
    lists = [one for one in vars(module).values() if isinstance(one, Try)]
    return [step for one in lists for step in one.steps]
