"""Style sheets of explorers that share a page leave one another's drawings alone."""

import re

import pytest
from contents import ROOT

EXPLORERS = ROOT / "cnnlib" / "explorers"
CLASS = re.compile(r"\bcnn-[\w-]+")
OWN = {
    sheet.parent.name: set(CLASS.findall(sheet.read_text("utf8")))
    for sheet in EXPLORERS.glob("*/view.css")
}


def used(folder):
    """The classes that an explorer's scripts give to what they draw."""
    return {
        name
        for path in (EXPLORERS / folder).glob("*.js")
        for name in CLASS.findall(path.read_text("utf8"))
    }


USED = {path.parent.name: used(path.parent.name) for path in EXPLORERS.glob("*/view.js")}


def selectors(sheet):
    """The selectors of a style sheet, one by one."""
    rules = re.sub(r"/\*.*?\*/|@media[^{]*\{", "", sheet.read_text("utf8"), flags=re.DOTALL)
    lists = re.findall(r"([^{}]+)\{", rules)
    return [one.strip() for found in lists for one in re.split(r",(?![^(]*\))", found)]


@pytest.mark.parametrize("folder", sorted(OWN))
def test_every_rule_names_a_class_that_no_other_explorer_draws_with(folder):
    others = set().union(*(names for other, names in USED.items() if other != folder))
    leaking = [
        rule
        for rule in selectors(EXPLORERS / folder / "view.css")
        if CLASS.findall(rule)
        and not set(CLASS.findall(rule)) - others - {"cnn-view", "cnn-explorer"}
    ]
    assert leaking == []
