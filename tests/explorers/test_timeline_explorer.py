import re

import pytest
from contents import ROOT

from cnnlib.explorers import TimelineExplorer
from cnnlib.explorers.timeline import EVENTS, IDEAS, KINDS


def test_events_are_in_order_and_of_known_kinds():
    years = [event.year for event in EVENTS]
    assert years == sorted(years)
    assert {event.kind for event in EVENTS} == set(KINDS)


def test_every_event_has_a_drawing():
    script = (ROOT / "cnnlib/explorers/timeline/drawings.js").read_text()
    drawn = set(re.findall(r"^  (\w+): \(\) =>", script, re.MULTILINE))
    assert {event.drawing for event in EVENTS} == drawn


def test_every_event_names_a_source_of_its_year_or_later():
    for event in EVENTS:
        years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", event.source)]
        assert years
        assert max(years) >= event.year


@pytest.mark.parametrize("kind", KINDS)
def test_settings_choose_events(kind):
    found = TimelineExplorer(kind=kind).compute()
    assert found
    assert all(event.kind == kind for event in found)


def test_the_five_ideas_were_there_by_1990():
    found = TimelineExplorer(kind="ideas").compute()
    first = {}
    for event in found:
        for number in event.ideas:
            first.setdefault(number, event.year)
    assert first == {1: 1959, 2: 1962, 3: 1980, 4: 1980, 5: 1987}
    assert sorted(first) == list(range(1, len(IDEAS) + 1))
    assert found[-1].year == 1990
