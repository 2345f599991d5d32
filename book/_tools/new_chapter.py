"""Write the files of a new chapter, with one example of all that belongs in them.

    python book/_tools/new_chapter.py part/name

The part is the folder of its notebooks, such as `foundations`. Nothing that exists is replaced.
The tests then say what the chapter still lacks.
"""

import argparse
import re
import sys
from pathlib import Path
from string import Template

import nbformat
from normalize import normalized

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"[a-z]\w*/[a-z]\w*", re.ASCII)
NO_CHAPTERS = "  - caption: Workshop\n"  # parts of chapters come before it

TEXTS = {
    "opening": """# $title

**Which question does the chapter answer?** What makes it worth asking, in three sentences.

After this chapter you will be able to

- say what ...;
- compute ...;
- choose ...""",
    "idea": """## The first idea

What the reader is about to see.""",
    "try": """:::{admonition} Try
:class: tip

1. Set the kernel size to 1. *You should see* a single field of 8 pixels.
:::

What that means; then the formula; then a few lines of code that compute the same.""",
    "end": """## Summary

- One sentence for each idea.

## Exercises

````{exercise} A first exercise
:label: $label-first

How much is two and two? Check with `labs.check("$name.first", answer)`.

```{hints} $name.first
```
````

```{solution-start} $label-first
:class: dropdown
```

Four, because ...""",
    "reading": """```{solution-end}
```

## Further reading

- {cite:t}`goodfellow2016` ...""",
}
IMPORTS = """from cnnlib import labs
from cnnlib.explorers import OverlapExplorer"""

NEW_FILES = {
    "cnnlib/labs/$name.py": '''"""Exercises of the chapter "$title"."""

from cnnlib.labs._judges import Exercise, Number

EXERCISES = {
    "first": Exercise(
        Number(4, slips={0: "That is the difference."}),
        hints=(
            "What is asked for?",
            "How is it computed?",
            "What is the last step but one?",
        ),
    ),
}
''',
    "tests/support/answers/$name.py": """from answers import Answers

ANSWERS = {
    "first": Answers(right=4, wrong=[0, 2, 8]),
}
""",
    "tests/browser/test_promises_$name.py": '''"""The promises of "$title"."""

from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

first = Try("$page", 1)


@first.step(1, "d335b353")
def test_a_kernel_of_one_sees_a_single_field(explorer):
    explorer.set("Kernel size", 1)
    assert "the field spans 8." in explorer.words()
''',
}
LEDGER = """
$page:
  - says: a single field of 8 pixels
    shown: true
    source: arithmetic
"""
CARD = """
:::{grid-item-card} $title
:link: $page
:link-type: doc

What the reader finds there, in one sentence.
:::
"""


def words_of(page):
    """Return the words that the templates need.

    Args:
        page: part and name of the chapter, such as "foundations/pooling".

    Returns:
        A dict with page, name, title and label.

    Raises:
        ValueError: it has another form.
    """
    if not NAME.fullmatch(page):
        raise ValueError(
            "`NAME` must be part/name, in small letters, digits and "
            f"underscores. Received: {page!r}"
        )
    name = page.partition("/")[2]
    title = name.replace("_", " ").capitalize()
    label = name.replace("_", "-")
    return {"page": page, "name": name, "title": title, "label": label}


def notebook(words, colab):
    """Return a chapter's notebook.

    Args:
        words: what `words_of` returned.
        colab: source of the cell that fetches the library in Colab.

    Returns:
        JSON in the form in which notebooks are committed.
    """
    texts = {
        name: nbformat.v4.new_markdown_cell(
            Template(text).substitute(words)
        )
        for name, text in TEXTS.items()
    }
    check = f'labs.check("{words["name"]}.first", 2 + 2)'
    explorer = "OverlapExplorer(field=8, jump=2, kernel=3)"
    cells = [
        texts["opening"],
        _code(colab, tag="hide-cell"),
        _code(IMPORTS),
        texts["idea"],
        _code("OverlapExplorer()", shows=explorer),
        texts["try"],
        texts["end"],
        _code(check, shows="Right.", tag="solution"),
        texts["reading"],
    ]
    for index, cell in enumerate(cells):
        cell.id = f"{words['label']}-{index:02}"
    return normalized(nbformat.v4.new_notebook(cells=cells), None)


def _code(source, *, shows=None, tag=None):
    cell = nbformat.v4.new_code_cell(source)
    if shows:
        data = {"text/plain": shows}
        cell.outputs = [nbformat.v4.new_output("execute_result", data)]
    if tag:
        cell.metadata.tags = [tag]
    return cell


def listed(toc, page):
    """Put a chapter at the end of its part in the table of contents.

    Args:
        toc: text of `_toc.yml`.
        page: part and name of the chapter.

    Returns:
        The new text, and the page that comes before the chapter.
    """
    part = page.partition("/")[0]
    entry = f"      - file: {page}\n"
    inside = re.findall(rf"^ +- file: {part}/\w+\n", toc, re.MULTILINE)
    if inside:
        toc = toc.replace(inside[-1], inside[-1] + entry)
    else:
        caption = part.replace("_", " ").capitalize()
        new = f"  - caption: {caption}\n    numbered: 1\n    chapters:\n"
        toc = toc.replace(NO_CHAPTERS, new + entry + NO_CHAPTERS)
    earlier = toc.partition(entry)[0]
    return toc, re.findall(r"- file: (\S+)", earlier)[-1]


def write(root, page):
    """Write a chapter's files and enter it where chapters are listed.

    Args:
        root: the folder that holds `book`, `cnnlib` and `tests`.
        page: part and name of the chapter.

    Returns:
        The paths that were written or changed, below `root`.

    Raises:
        FileExistsError: a file of a chapter with this name exists.
        ValueError: `page` has another form.
    """
    words = words_of(page)
    front = nbformat.read(root / "book" / "index.ipynb", as_version=4)
    colab = next(c.source for c in front.cells if c.cell_type == "code")
    new = {f"book/{page}.ipynb": notebook(words, colab)}
    for path, text in NEW_FILES.items():
        path = Template(path).substitute(words)
        new[path] = Template(text).substitute(words)
    if taken := [path for path in new if (root / path).exists()]:
        raise FileExistsError(f"{', '.join(taken)} is there already")

    toc, before = listed((root / "_toc.yml").read_text("utf8"), page)
    ledger = (root / "book" / "claims.yml").read_text("utf8")
    _add_card(front, before, Template(CARD).substitute(words))
    changed = {
        "_toc.yml": toc,
        "book/claims.yml": ledger + Template(LEDGER).substitute(words),
        "book/index.ipynb": normalized(front, None),
    }
    for path, text in (new | changed).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf8")
    return [*new, *changed]


def _add_card(front, before, card):
    """Put a card on the front page, behind that of another page."""
    other = re.compile(rf"(?<=\n):link: {before}\n.*?\n:::\n", re.DOTALL)
    for cell in front.cells:
        cell.source = other.sub(lambda found: found[0] + card, cell.source)


def main():
    """Write the chapter that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "name", help="part/name, such as foundations/pooling"
    )
    try:
        written = write(ROOT, parser.parse_args().name)
    except (FileExistsError, ValueError) as error:
        sys.exit(str(error))
    print("\n".join(written))


if __name__ == "__main__":
    main()
