import re

import pytest
from contents import ROOT

from cnnlib.explorers import TimelineExplorer
from cnnlib.explorers.timeline import EVENTS, KINDS


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
    found = TimelineExplorer(kind=kind, since=1981).compute()
    assert found
    assert all(event.kind == kind and event.year >= 1981 for event in found)
