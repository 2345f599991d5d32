"""What a notebook used: the versions of its packages, and the hashes of files that have none.

This module is loaded into the notebook's kernel. Files without a version are Python modules
outside the environment, such as an editable `cnnlib`, and whatever was opened in the folders of
these packages, such as stored results. Scripts and styles are left out: they change no output,
and a page gets them when it is written.
"""

import hashlib
import os
import platform
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

INSTALLED = [
    Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")
]
NEVER = {".css", ".js", ".pyc"}
opened: set[str] = set()


def watch(event: str, arguments: tuple) -> None:
    """Note each file that is opened; an audit hook."""
    if event == "open" and isinstance(arguments[0], str):
        opened.add(arguments[0])


def versions(names: Iterable[str]) -> dict[str, str | None]:
    """Return the installed version of Python and of each package, None where there is none."""
    found: dict[str, str | None] = {"python": platform.python_version()}
    for name in set(names) - {"python"}:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def digests(paths: Iterable[str], folder: Path) -> dict[str, str | None]:
    """Return the SHA-256 of each file, None where there is none.

    Args:
        paths: the files, relative to `folder`.
        folder: where they are looked for.
    """
    found = {}
    for path in paths:
        file = folder / path
        found[path] = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else None
    return found


def _own_files() -> Iterator[Path]:
    """Yield the files without a version that were imported or opened."""
    folders = []
    for name, module in list(sys.modules.items()):
        file = Path(getattr(module, "__file__", None) or "")
        if not file.is_absolute() or any(map(file.is_relative_to, INSTALLED)):
            continue
        yield file
        if "." not in name and hasattr(module, "__path__"):
            folders.append(file.parent)
    for path in map(Path, map(os.path.abspath, tuple(opened))):
        if path.suffix not in NEVER and any(map(path.is_relative_to, folders)):
            yield path


def used(folder: str) -> dict[str, dict]:
    """Return what this process has used so far.

    Args:
        folder: the folder to which the names of files are relative.

    Returns:
        "packages" with versions and "files" with hashes.
    """
    owners = packages_distributions()
    tops = {name.partition(".")[0] for name in sys.modules}
    packages = {owner for top in tops for owner in owners.get(top, ())}
    files = {os.path.relpath(path, folder) for path in _own_files()}
    return {"packages": versions(packages), "files": digests(files, Path(folder))}
