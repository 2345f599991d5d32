"""Build the book for the tests: strictly, with the network cut off, once per state of its files.

A test module gets the fixture with ``pytest_plugins = "book_build"``.
"""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[1]
OUTPUT = ROOT / "build" / "offline"
INPUTS = ("book", "cnnlib", "_config.yml", "_toc.yml")
sys.path.insert(0, str(ROOT / "book"))


@dataclass(frozen=True)
class Build:
    """What a build left: its exit status, its log, the hosts it tried to reach, its pages."""

    returncode: int
    log: str
    refused: str
    html: str

    @property
    def pages(self) -> list[Path]:
        """The built pages, search and index pages included."""
        found = Path(self.html).rglob("*.html")
        return sorted(path for path in found if "_static" not in path.parts)


def build(source: Path, config: Path, toc: Path, output: Path, **environment: str) -> Build:
    """Run the strict build of a book offline.

    Args:
        source: the folder of its pages.
        config: its ``_config.yml``.
        toc: its ``_toc.yml``.
        output: the folder to build in.
        **environment: variables for the build, such as BOOK_REPOSITORY.
    """
    output.mkdir(parents=True, exist_ok=True)
    refused = output / "refused.txt"
    refused.write_text("")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOOK_")}
    command = [Path(sys.executable).with_name("jupyter-book"), "build", source, "--all"]
    command += ["--config", config, "--toc", toc, "--path-output", output]
    finished = subprocess.run(
        [*map(str, command), "-W", "--keep-going", "-n"],
        env=clean
        | {"PYTHONPATH": str(ROOT / "tests" / "offline"), "OFFLINE_LOG": str(refused)}
        | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    html = output / "_build" / "html"
    return Build(finished.returncode, finished.stdout, refused.read_text(), str(html))


def inputs_hash() -> str:
    """SHA-256 of everything the book is made from."""
    digest = hashlib.sha256()
    for path in sorted(
        path for name in INPUTS for path in (ROOT / name, *(ROOT / name).rglob("*"))
    ):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="session")
def book() -> Build:
    """The book as built from the present files; an earlier build of the same files serves."""
    record, current = OUTPUT / "record.json", inputs_hash()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    with FileLock(OUTPUT / "build.lock"):  # tests run in several processes
        if record.is_file():
            earlier = json.loads(record.read_text())
            if earlier.pop("inputs") == current:
                return Build(**earlier)
        record.unlink(missing_ok=True)
        result = build(ROOT / "book", ROOT / "_config.yml", ROOT / "_toc.yml", OUTPUT)
        record.write_text(json.dumps(asdict(result) | {"inputs": current}))
    return result
