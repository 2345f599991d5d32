"""Which exercises are solved, kept between sessions.

Each solved exercise is an empty file, named after it: kernels that run at the same time cannot
lose one another's entries, and nothing can be damaged by a session that ends in the middle.
"""

import html
import os
import warnings
from dataclasses import dataclass
from pathlib import Path

from cnnlib._folders import user_folder


def folder():
    """Return where solved exercises are kept.

    It is what the environment variable CNNLIB_PROGRESS names; where that is not set, `solved` in
    `cnnlib` in XDG_DATA_HOME, or else in the system's own place: ~/.local/share,
    ~/Library/Application Support (macOS) or %APPDATA% (Windows).

    Returns:
        A `Path`; the folder need not exist. None if CNNLIB_PROGRESS is empty: nothing is kept.
    """
    place = os.environ.get("CNNLIB_PROGRESS")
    if place is not None:
        return Path(place).expanduser() if place else None
    macos = "~/Library/Application Support"
    return user_folder("XDG_DATA_HOME", "~/.local/share", macos, "APPDATA") / "solved"


def record(name):
    """Keep that an exercise is solved; where that fails, warn."""
    place = folder()
    if place is None:
        return
    try:
        place.mkdir(parents=True, exist_ok=True)
        (place / name).touch()
    except OSError as error:
        warnings.warn(f"That `{name}` is solved cannot be kept: {error}", stacklevel=3)


def solved():
    """Return the set of names of the exercises that were solved in this session or before."""
    place = folder()
    try:
        return {file.name for file in place.iterdir()} if place else set()
    except OSError:
        return set()


@dataclass(frozen=True)
class Progress:
    """Which exercises are solved.

    Attributes:
        chapters: by the chapter's title, each exercise's name and whether it is solved.
        place: the folder that keeps it; None where nothing is kept.
    """

    chapters: dict[str, dict[str, bool]]
    place: Path | None

    @property
    def _rows(self):
        """Title, how many are solved, and the names, the solved ones ticked."""
        for title, exercises in self.chapters.items():
            names = (
                f"✓\N{NO-BREAK SPACE}{name}" if done else name for name, done in exercises.items()
            )
            yield title, f"{sum(exercises.values())} of {len(exercises)}", ", ".join(names)

    @property
    def _total(self):
        done = [done for exercises in self.chapters.values() for done in exercises.values()]
        kept = f"kept in {self.place}" if self.place else "not kept: CNNLIB_PROGRESS is empty"
        return f"{sum(done)} of {len(done)} exercises are solved; {kept}."

    def __repr__(self):
        wide = max(map(len, self.chapters))
        lines = [f"{title:{wide}}  {count:>8}  {names}" for title, count, names in self._rows]
        return "\n".join([*lines, self._total])

    def _repr_html_(self):
        def line(tag, row):
            left = '<{0} style="text-align: left">{1}</{0}>'  # JupyterLab: right
            return f"<tr>{''.join(left.format(tag, html.escape(cell)) for cell in row)}</tr>"

        head = line("th", ("Chapter", "Solved", "Exercises"))
        body = "".join(line("td", row) for row in self._rows)
        return (
            f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
            f"<p>{html.escape(self._total)}</p>"
        )
