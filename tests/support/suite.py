"""`make test`: run every part whatever fails, and say at the end what did.

``python tests/support/suite.py units`` runs what is run on each version of Python.
"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

VERSIONS = ("3.11", "3.12", "3.13")
PYTEST = ("pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
NBVAL = ("--nbval", "--nbval-current-env", "--nbval-cell-timeout=60")
PARTS = {
    "code": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "spelling": ("codespell",),
    "form of the notebooks": ("python", "book/_tools/normalize.py", "--check"),
    "tests": (*PYTEST, "tests"),
    "notebooks": (*PYTEST, *NBVAL, "--executed=build/clone/build/_build/.jupyter_cache", "book"),
}
UNITS = [
    f"tests/library/test_{name}.py"
    for name in ("command_line", "device", "filters", "geometry", "import", "labs", "layers", "ops")
]
CHAPTER = "book/foundations/receptive_fields.ipynb"


def answers(python: str | Path, version: str) -> bool:
    """Whether an interpreter runs and is of a version; pyenv's stand-ins may do neither.

    Args:
        python: its path.
        version: such as "3.12".
    """
    ask = "import platform; print(platform.python_version())"
    try:
        asked = subprocess.run([python, "-c", ask], capture_output=True, text=True)
    except OSError:
        return False
    return asked.returncode == 0 and asked.stdout.startswith(f"{version}.")


def interpreter(version: str) -> str | None:
    """Return the path of an interpreter of a version, from PATH or pyenv, or None.

    Args:
        version: such as "3.12".
    """
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    places = [shutil.which(f"python{version}"), *sorted(pyenv.glob(f"{version}.*/bin/python"))]
    return next((str(place) for place in places if place and answers(place, version)), None)


def tool(name: str, *arguments: str) -> list[str]:
    """Return a command of a tool that is installed beside the present Python."""
    return [str(Path(sys.executable).with_name(name)), *arguments]


def units() -> dict[str, list[str] | None]:
    """Return the command that runs unit tests and one chapter."""
    name = f"units and a chapter on Python {platform.python_version()}"
    return {name: tool(*PYTEST, *NBVAL, *UNITS, CHAPTER)}


def everything() -> dict[str, list[str] | None]:
    """Return all commands by name, None for a version of Python that this machine lacks."""
    found: dict[str, list[str] | None] = {name: tool(*part) for name, part in PARTS.items()}
    for version in VERSIONS:
        if not sys.version.startswith(f"{version}."):
            python = interpreter(version)
            what = [f"VENV=build/python{version}", f"PYTHON={python}", "TENSORFLOW=cpu"]
            found[f"Python {version}"] = ["make", "units", *what] if python else None
    return found


def run(commands: dict[str, list[str] | None]) -> int:
    """Run every command, print how each ended, and return the exit status."""
    outcomes = []
    for name, command in commands.items():
        print(f"\n=== {name}: {' '.join(command or ['not on this machine'])}", flush=True)
        start = time.monotonic()
        status = subprocess.run(command).returncode if command else None
        outcome = {None: "skipped", 0: "passed"}.get(status, "FAILED")
        outcomes.append((outcome, time.monotonic() - start, name))
    print("\n=== Summary")
    for outcome, seconds, name in outcomes:
        print(f"{outcome:8}{seconds:5.0f} s  {name}")
    passed, failed, skipped = (
        sum(outcome == kind for outcome, *_ in outcomes) for kind in ("passed", "FAILED", "skipped")
    )
    print(f"parts: {passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    free = shutil.disk_usage(tempfile.gettempdir()).free / 1e9
    print(f"Python {platform.python_version()}, {free:.0f} GB free for temporary files")
    sys.exit(run(units() if sys.argv[1:] == ["units"] else everything()))
