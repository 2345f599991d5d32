"""What a notebook used: the versions of its packages, and the hashes of files that have none.

This module is loaded into the notebook's kernel. Files without a version are those of packages
outside the environment, such as an editable `cnnlib`: the modules that were imported, and
whatever else was opened, such as stored results. Scripts and styles are left out: they change
no output, and a page gets them when it is written.
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
    """Yield the files of packages without a version that were imported or opened."""
    loaded = list(sys.modules.items())  # a lazy module may load others when it is looked at
    modules = {name: Path(getattr(module, "__file__", None) or "") for name, module in loaded}
    folders = [
        file.parent
        for name, file in modules.items()
        if file.is_absolute() and file.name == "__init__.py" and "." not in name
        if not any(map(file.is_relative_to, INSTALLED))
    ]
    for path in [*modules.values(), *map(Path, map(os.path.abspath, tuple(opened)))]:
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
