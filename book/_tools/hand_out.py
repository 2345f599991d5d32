"""Lay out the book's notebooks where somebody works on them, and never over that work.

    python book/_tools/hand_out.py build/_build/html/notebooks/student notebooks

A copy that nobody has changed is replaced by the new edition. Beside one that somebody has worked
on, the new edition is put under a name of its own, such as `pooling_new.ipynb`.
"""

import argparse
import hashlib
import json
from pathlib import Path

import nbformat

RECORD = ".handed_out.json"


def digest(path):
    """Return a fingerprint of what a notebook's cells say, whatever they put out."""
    try:
        cells = nbformat.read(path, as_version=4).cells
        said = json.dumps(
            [(cell.cell_type, cell.source) for cell in cells]
        ).encode()
    except (
        nbformat.reader.NotJSONError,
        nbformat.ValidationError,
        AttributeError,
    ):
        said = (
            path.read_bytes()
        )  # somebody's, and damaged: it is kept as it is
    return hashlib.sha256(said).hexdigest()


def hand_out(source, target):
    """Lay out all notebooks of a folder.

    Args:
        source: the folder of the copies that the build made.
        target: the folder of those to work on; it remembers what was laid out.

    Returns:
        Those that were laid out beside a copy that somebody had worked on, as paths in `target`.
    """
    record = target / RECORD
    known = json.loads(record.read_text()) if record.is_file() else {}
    beside = []
    for path in sorted(source.rglob("*.ipynb")):
        name, new = str(path.relative_to(source)), digest(path)
        place = target / name
        if place.is_file() and digest(place) != known.get(name):
            if known.get(name) == new or digest(place) == new:
                continue
            place = _free(place)
            beside.append(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
        known[name] = new
    record.write_text(json.dumps(known, indent=1))
    return beside


def _free(place):
    """Return a name beside a notebook that no file has."""
    names = (
        place.with_stem(f"{place.stem}_new{number or ''}")
        for number in range(1000)
    )
    return next(name for name in names if not name.exists())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    folders = parser.parse_args()
    for new in hand_out(folders.source, folders.target):
        print(f"You have worked on this one, so its new edition is {new}")
