"""Every step of every "Try" list has its test, written for the words that it has now."""

import importlib
from pathlib import Path

import pytest
from contents import NOTEBOOKS, markdown
from promises import Try, fingerprint, performed, promised, steps

PROMISED = promised()
MODULES = sorted(Path(__file__).parent.glob("test_promises_*.py"))


def written():
    """The steps that have a test, as a dict from a page to its list of `promises.Step`."""
    found = {}
    for path in MODULES:
        for step in performed(importlib.import_module(path.stem)):
            found.setdefault(step.list.page, []).append(step)
    return found


def differences(page, promises, tests):
    """Say how the steps of a page and its tests differ, one sentence for each difference.

    Args:
        page: its name.
        promises: a dict from (list, step) to the step's words.
        tests: a list of `promises.Step`, in the order in which they are performed.
    """
    places = [(step.list.number, step.number) for step in tests]
    for place, words in promises.items():
        if place not in places:
            head = " ".join(words.split()[:8])
            yield f"{page}, list {place[0]}, step {place[1]} has no test: {head} ..."
    for place, step in zip(places, tests, strict=True):
        name = f"{page}, list {place[0]}, step {place[1]}"
        if place not in promises:
            yield f"{name} is not in the chapter, but has the test `{step.perform.__name__}`"
        elif (now := fingerprint(promises[place])) != step.words:
            test = step.perform.__name__
            yield f'{name} has other words now; compare them with `{test}`, then write "{now}"'
    if len(set(places)) < len(places):
        yield f"{page} has two tests of one step"
    if places != sorted(places):
        yield f"{page}: the tests are not in the order of the steps"


@pytest.mark.parametrize("page", sorted(PROMISED.keys() | written().keys()))
def test_every_step_has_a_test_for_its_present_words(page):
    assert list(differences(page, PROMISED.get(page, {}), written().get(page, []))) == []


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_what_a_reader_is_to_try_stands_in_a_list(page):
    assert "**Try" not in markdown(page)


PAGE = """
:::{admonition} Try
:class: tip

1. Press *Zeros*. *You should see*
   nothing.
2. Move on.
:::

A paragraph.

```{admonition} Try
Look at the *second* list.
```
"""
WORDS = {
    (1, 1): "Press *Zeros*. *You should see*\n   nothing.",
    (1, 2): "Move on.",
    (2, 1): "Look at the *second* list.",
}


def paired(*places):
    """Tests of the steps in `PAGE`, in this order."""
    lists = {number: Try("page", number) for number, _ in places}
    for number, step in places:
        words = fingerprint(WORDS.get((number, step), ""))
        lists[number].step(step, words)(lambda explorer: None)
    return [step for one in lists.values() for step in one.steps]


def test_steps_are_found_in_lists_and_where_a_list_has_a_single_one():
    assert steps(PAGE) == WORDS
    assert fingerprint("two\n   words") == fingerprint("two words") != fingerprint("two Words")


def test_a_page_with_a_test_for_each_step_has_no_differences():
    assert list(differences("page", WORDS, paired((1, 1), (1, 2), (2, 1)))) == []


def test_a_step_without_a_test_is_named():
    [found] = differences("page", WORDS, paired((1, 1), (1, 2)))
    assert found == "page, list 2, step 1 has no test: Look at the *second* list. ..."


def test_a_test_without_a_step_is_named():
    [found] = differences("page", WORDS, paired((1, 1), (1, 2), (1, 3), (2, 1)))
    assert found.startswith("page, list 1, step 3 is not in the chapter")


def test_a_step_whose_words_have_changed_is_named_with_its_new_fingerprint():
    changed = WORDS | {(1, 2): "Move back."}
    [found] = differences("page", changed, paired((1, 1), (1, 2), (2, 1)))
    assert found.startswith("page, list 1, step 2 has other words now")
    assert fingerprint("Move back.") in found


def test_steps_are_tested_once_and_in_their_order():
    twice = list(differences("page", WORDS, paired((1, 1), (1, 1), (1, 2), (2, 1))))
    assert twice == ["page has two tests of one step"]
    turned = list(differences("page", WORDS, paired((1, 2), (1, 1), (2, 1))))
    assert turned == ["page: the tests are not in the order of the steps"]
