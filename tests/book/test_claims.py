"""The claim ledger: its numbers are computed anew, stand in the chapters, and miss none."""

import re

import contents
import nbformat
import promises
import pytest
import yaml
from book_build import ROOT  # puts the book's extension on the path
from pybtex.database import parse_string

# isort: split
from _ext import claims

LEDGER = claims.ledger()
BIBLIOGRAPHY = (ROOT / "book" / "references.bib").read_text("utf8")

# What the foundations must state exactly; a tuple holds ways to write the same.
EXACT = {
    "history": [("10 million", "10,000,000"), "150,528"],
    "convolution_matrix": ["348", "393", "528", "573", "192", "237", "372", "417"],
    "receptive_fields": ["36", "81"],
    "padding_strides": ["3×4", "= 55", "= 27", "54.25"],
    "pooling": [("75 %", "75%")],
    "memory": [
        *("15,200", "225,000,000", "12.0", "11.44", "1.2", "1.12", "675,000,000", "2,800"),
        *("180,200", "720,400", "903,400", "3,613,600", "6,000,000", "3,000,000", "1,520,000"),
        *("12,613,600", "565,613,600", "539.4"),
    ],
    "convolution_family": ["1, 0, 0, 0, 2, 0, 0, 0, 3"],
}


@pytest.mark.parametrize("claim", LEDGER, ids=lambda claim: f"{claim.chapter}: {claim.says}")
def test_the_chapter_says_what_is_computed(claim):
    notebook = contents.notebook(claim.chapter)
    said = claims.plain(claim.text())
    assert said in claims.words(notebook)
    if claim.printed:
        printed = set(claims.NUMBER.findall(claims.computed(notebook)))
        bare = {number.rstrip(" %") for number in printed}
        assert {number.rstrip(" %") for number in claims.NUMBER.findall(said)} <= bare


SHOWN = [claim for claim in LEDGER if claim.shown]


@pytest.mark.parametrize("claim", SHOWN, ids=lambda claim: f"{claim.chapter}: {claim.says}")
def test_what_an_explorer_shows_is_part_of_a_step_that_has_a_test(claim):
    steps = promises.steps(contents.markdown(claim.chapter)).values()
    assert any(claims.plain(claim.says) in claims.plain(words) for words in steps)


@pytest.mark.parametrize("name", contents.CHAPTERS)
def test_no_number_of_a_chapter_is_unaccounted_for(name):
    own = [claim for claim in LEDGER if claim.chapter == name]
    assert own
    assert claims.unaccounted(contents.notebook(name), own) == []


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, exact in EXACT.items() for number in exact]
)
def test_exact_numbers_are_in_the_ledger_and_computed(name, number):
    own = [claim for claim in LEDGER if claim.chapter == f"foundations/{name}"]
    texts = [claims.plain(claim.text()) for claim in own if claim.expressions or claim.printed]
    ways = (number,) if isinstance(number, str) else number
    assert any(way in text for way in ways for text in texts)


@pytest.mark.parametrize("claim", LEDGER, ids=lambda claim: f"{claim.chapter}: {claim.says}")
def test_sources_are_known(claim):
    words = set(re.split(r"[,; ]+", claim.source)) - set(claim.citations())
    assert words <= {"arithmetic", "computed", "measured"}, claim.source
    assert claim.expressions or claim.printed or claim.shown or claim.citations()
    for key in claim.citations():
        assert re.search(rf"^@\w+{{{key},", BIBLIOGRAPHY, re.MULTILINE), key


def page(*cells):
    kinds = {"md": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    return nbformat.v4.new_notebook(cells=[kinds[kind](source) for kind, source in cells])


def claim(says, *expressions, printed=False):
    return claims.Claim("page", says, expressions, printed, False, "arithmetic")


def test_a_number_changed_in_the_text_alone_is_found():
    entries = [claim("{:,} parameters", "(5 * 5 * 3 + 1) * 200")]
    right = page(("md", "The layer has $15{,}200$ parameters, or **15,200\nparameters**."))
    assert claims.plain(entries[0].text()) in claims.words(right)
    assert claims.unaccounted(right, entries) == []
    assert claims.unaccounted(page(("md", "It has 15,300 parameters.")), entries) == ["15,300"]


def test_numbers_in_code_roles_and_links_are_no_claims():
    text = "See {cite:p}`he2016`, `[1, 224, 224, 1024]` and [this](https://example.org/2048).\n"
    assert claims.unaccounted(page(("md", text + "```{note}\n:width: 1234\n```\n")), []) == []


def test_decimals_and_percentages_need_an_account_and_code_gives_it():
    text = ("md", "A rate of 0.05 leaves 12.5 % and 3%.")
    assert claims.unaccounted(page(text), []) == ["0.05", "12.5 %", "3%"]
    assert claims.unaccounted(page(text, ("code", "rate, left, rest = 0.05, 12.5, 3")), []) == []


@pytest.mark.parametrize(
    "entry",
    [
        {"says": "7"},
        {"source": "arithmetic"},
        {"says": "7", "source": "arithmetic", "value": 7},
        {"says": "{}", "source": "computed", "is": "7", "printed": True},
        {"says": "7", "source": "computed", "shown": True, "printed": True},
    ],
)
def test_faulty_entries_are_refused(tmp_path, entry):
    path = tmp_path / "claims.yml"
    path.write_text(yaml.safe_dump({"page": [entry]}))
    with pytest.raises(ValueError, match=r"`page` has a faulty entry. Received: "):
        claims.ledger(path)


def test_years_come_from_the_bibliography():
    assert claims.year("krizhevsky2012") == 2012


def test_no_two_sources_are_cited_alike():
    cited = []
    for entry in parse_string(BIBLIOGRAPHY, "bibtex").entries.values():
        people = entry.persons.get("author", [])
        names = [" ".join(one.last_names) for one in people[: 2 if len(people) == 2 else 1]]
        cited.append((*names, len(people) > 2, entry.fields["year"]))
    assert [one for one in cited if cited.count(one) > 1] == []
