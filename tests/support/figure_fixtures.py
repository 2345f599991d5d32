"""Fixture that reads what explorers say on a page."""

import re

import pytest


def read_number(written):
    return float(written.replace("−", "-").replace(",", ""))


@pytest.fixture
def words(shown):
    """Gives what explorers say on a page, and the numbers in it."""

    def read(*made):
        page, boxes = shown(*made)
        assert page.errors == []
        said = [box.get_by_role("status").inner_text() for box in boxes]
        number = re.compile(r"(?<![\w.])−?(?:\d[\d,]*(?:\.\d+)?|\.\d+)")
        return [[read_number(one) for one in number.findall(text)] for text in said]

    return read
