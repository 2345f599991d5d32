"""Build the book for the tests as a new user would, once per state of its files.

The files are copied to where nothing else is, as a clone would hold them, and `make read` does
the rest: it installs, and then, with the network cut off, executes, builds strictly and serves.
A test module gets the fixture with ``pytest_plugins = "book_build"``.
"""

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[2]
CLONE = ROOT / "build" / "clone"
KEPT = (".venv", "build", "cnnlib.egg-info")  # what make has made in the clone
sys.path[:0] = [str(ROOT / "book"), str(ROOT / "book" / "_tools")]


@dataclass(frozen=True)
class Build:
    """What a build left: its exit status, its log, the hosts it tried to reach, its pages."""

    returncode: int
    log: str
    refused: str
    html: str
    served: str = ""
    """The front page as `make read` serves it."""

    @property
    def pages(self) -> list[Path]:
        """The built pages, search and index pages included."""
        found = Path(self.html).rglob("*.html")
        return sorted(path for path in found if "_static" not in path.parts)


def offline(log: Path) -> dict[str, str]:
    """Return an environment of a process without a network, which notes what it tries in a log."""
    log.write_text("")
    inside = str(Path(sys.executable).parent)
    path = os.pathsep.join(p for p in os.environ["PATH"].split(os.pathsep) if p != inside)
    hidden = ("BOOK_", "VIRTUAL_ENV", "MAKE", "MFLAGS")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    return clean | {
        "PATH": path,
        "PYTHONPATH": str(ROOT / "tests" / "support" / "offline"),
        "OFFLINE_LOG": str(log),
    }


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
    command = [Path(sys.executable).with_name("jupyter-book"), "build", source]
    command += ["--config", config, "--toc", toc, "--path-output", output]
    finished = subprocess.run(
        [*map(str, command), "-W", "--keep-going", "-n"],
        env=offline(refused) | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    html = output / "_build" / "html"
    return Build(finished.returncode, finished.stdout, refused.read_text(), str(html))


def tracked() -> dict[str, bytes]:
    """Return what a clone of the present files would hold, uncommitted changes included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    paths = sorted(ROOT / name for name in listed.stdout.split("\0") if name)
    return {str(path.relative_to(ROOT)): path.read_bytes() for path in paths if path.is_file()}


def clone(files: dict[str, bytes]) -> None:
    """Make the clone hold these files; those that have not changed keep their dates."""
    for path in CLONE.rglob("*"):
        name = path.relative_to(CLONE)
        if path.is_file() and name.parts[0] not in KEPT and str(name) not in files:
            path.unlink()
    for name, content in files.items():
        path = CLONE / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def free_port() -> int:
    """Return a port that nothing uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_read() -> Build:
    """Run `make read` in the clone until the book is served."""
    built = CLONE / "build" / "_build"
    for stale in (built / "html", built / ".doctrees"):  # what was executed is kept
        shutil.rmtree(stale, ignore_errors=True)
    refused, log = CLONE / "build" / "refused.txt", CLONE / "build" / "read.log"
    refused.parent.mkdir(exist_ok=True)
    environment = offline(refused)
    online = {name: value for name, value in environment.items() if name != "PYTHONPATH"}
    port, served = free_port(), ""
    make = ["make", f"PYTHON={sys._base_executable}", f"PORT={port}"]
    with log.open("w") as output:
        how = {"cwd": CLONE, "stdout": output, "stderr": subprocess.STDOUT}
        subprocess.run([*make, ".venv/book"], env=online, **how)
        reading = subprocess.Popen([*make, "read"], env=environment, start_new_session=True, **how)
    address = f"http://127.0.0.1:{port}/"
    while reading.poll() is None and not served:
        time.sleep(1)
        if f"The book: {address}" in log.read_text():
            with suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
                served = answer.read().decode()
    with suppress(ProcessLookupError):
        os.killpg(reading.pid, 15)
    status = reading.wait(10)
    return Build(
        0 if served else status, log.read_text(), refused.read_text(), str(built / "html"), served
    )


@pytest.fixture(scope="session")
def book() -> Build:
    """The book as built from the present files; an earlier build of the same files serves."""
    CLONE.mkdir(parents=True, exist_ok=True)
    record = CLONE.with_name("clone.json")
    with FileLock(CLONE.with_name("clone.lock")):  # tests run in several processes
        files = tracked()
        current = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()
        if record.is_file():
            earlier = json.loads(record.read_text())
            if earlier.pop("files") == current:
                return Build(**earlier)
        record.unlink(missing_ok=True)
        clone(files)
        result = make_read()
        record.write_text(json.dumps(asdict(result) | {"files": current}))
    return result
