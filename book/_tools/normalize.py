"""Bring the notebooks into the form in which they are committed.

Outputs keep their text, which is tested; pictures, widget state, warnings, execution counts and
the editor's metadata go. The first code cell, which fetches `cnnlib` in Colab, gets the address
of the repository where one is configured.

    python book/_tools/normalize.py           writes
    python book/_tools/normalize.py --check   names the files that it would change
"""

import argparse
import re
import sys
from pathlib import Path

import nbformat

BOOK = Path(__file__).parents[1]
sys.path.insert(0, str(BOOK))

from _ext.launch import repository

TAGS = {
    "hide-input",
    "hide-output",
    "hide-cell",
    "remove-cell",
    "solution",
    "nbval-ignore-output",
    "nbval-skip",
    "raises-exception",
}
KERNEL = {
    "display_name": "Python 3 (ipykernel)",
    "language": "python",
    "name": "python3",
}
ADDRESS = re.compile(r'^repository = "(.*)"$', re.MULTILINE)


def normalized(notebook, address):
    """Return the notebook's text in its committed form.

    Args:
        notebook: what `nbformat.read` returned; changed in place.
        address: the repository's address to write into the Colab cell, or None to keep what is
            there.

    Returns:
        JSON, ending in a newline.

    Raises:
        ValueError: a cell has a tag that the book does not use.
        nbformat.ValidationError: it is no valid notebook: a cell's id has a space, say.
    """
    nbformat.validate(notebook)
    notebook.metadata = {
        "kernelspec": KERNEL,
        "language_info": {"name": "python"},
    }
    for index, cell in enumerate(notebook.cells):
        tags = cell.metadata.get("tags", [])
        if unknown := set(tags) - TAGS:
            raise ValueError(
                f"cell {index}: unknown tags {sorted(unknown)}"
            )
        cell.metadata = {"tags": tags} if tags else {}
        cell.source = cell.source.strip()
        if cell.cell_type == "code":
            cell.execution_count = None
            cell.outputs = [
                kept
                for output in cell.outputs
                if (kept := _text_only(output))
            ]
            if address:
                cell.source = ADDRESS.sub(
                    f'repository = "{address}"', cell.source
                )
    return nbformat.writes(notebook, indent=1).rstrip() + "\n"


def _text_only(output):
    if output.output_type == "stream":
        return output if output.name == "stdout" else None
    if output.output_type == "error":
        return output
    text = output.data.get("text/plain")
    if text is None:
        return None
    output.data, output.metadata = {"text/plain": text}, {}
    if output.output_type == "execute_result":
        output.execution_count = None
    return output


def main():
    """Normalize or check every notebook of the book."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--check",
        action="store_true",
        help="change nothing; fail if one would",
    )
    check = parser.parse_args().check
    address = None if check else repository(BOOK)
    stale = []
    for path in sorted(BOOK.rglob("*.ipynb")):
        if ".ipynb_checkpoints" in path.parts:
            continue
        text = path.read_text("utf-8")
        try:
            new = normalized(nbformat.reads(text, as_version=4), address)
        except (ValueError, nbformat.ValidationError) as error:
            sys.exit(f"{path.relative_to(BOOK)}: {error}")
        if new != text:
            stale.append(str(path.relative_to(BOOK)))
            if not check:
                path.write_text(new, "utf-8")
    if stale and check:
        sys.exit(f"Run `make normalize`: {', '.join(stale)}")
    for name in stale:
        print("normalized", name)


if __name__ == "__main__":
    main()
