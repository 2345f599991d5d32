"""Finished runs on disk, one line of JSON each; lines are only ever added.

A line is written at once and forced to the disk. One that was cut short, by a kill or a power
failure, stands at the end: it does not count, and the next line takes its place.
"""

import json
import os
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
"""The folder of what was measured for the book."""


def read(path):
    """Return the records of a file.

    Args:
        path: the file; one that is missing holds nothing.

    Returns:
        List of dicts, oldest first.

    Raises:
        ValueError: a line before the last is damaged.
    """
    return _intact(path)[0]


def append(path, record):
    """Add a record to a file.

    Args:
        path: the file; made with its folder where it is missing.
        record: a dict of what JSON can hold.

    Raises:
        ValueError: a number of the record is not finite, or a line before the last is damaged.
    """
    line = json.dumps(record, allow_nan=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    _, size = _intact(path)
    with open(path, "ab") as file:
        file.truncate(size)
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())


def _intact(path):
    """Return the records of a file, and how many of its bytes they take."""
    if not path.is_file():
        return [], 0
    lines = path.read_bytes().splitlines(keepends=True)
    records, size = [], 0
    for number, line in enumerate(lines, start=1):
        try:
            if not line.endswith(b"\n"):
                raise ValueError("cut short")
            records.append(json.loads(line))
        except ValueError as error:
            if number < len(lines):
                raise ValueError(
                    f"`{path.name}` is damaged in line {number}. Received: {line[:60]!r}"
                ) from error
            break
        size += len(line)
    return records, size
