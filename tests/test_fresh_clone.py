"""The README's promise: a clone and one command are enough."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def clone(target):
    """Copy what a clone of the present working tree would hold, uncommitted changes included."""
    files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    for name in filter(None, files):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes((ROOT / name).read_bytes())


@pytest.fixture
def environment():
    """This process's environment without the virtual environment that the tests run in."""
    inside = str(Path(sys.executable).parent)
    path = os.pathsep.join(p for p in os.environ["PATH"].split(os.pathsep) if p != inside)
    hidden = ("VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")
    return {name: value for name, value in os.environ.items() if name not in hidden} | {
        "PATH": path
    }


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(address):
    with urllib.request.urlopen(address, timeout=5) as answer:
        return answer.read().decode()


def test_make_read_serves_both_chapters(tmp_path, environment):
    clone(tmp_path)
    port = free_port()
    log = tmp_path / "read.log"
    with log.open("w") as output:
        make = subprocess.Popen(
            ["make", "read", f"PORT={port}", f"PYTHON={sys._base_executable}"],
            cwd=tmp_path,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        address = f"http://127.0.0.1:{port}/"
        deadline = time.monotonic() + 600
        while f"The book: {address}" not in log.read_text():
            assert make.poll() is None, log.read_text()[-5000:]
            assert time.monotonic() < deadline, log.read_text()[-5000:]
            time.sleep(1)
        time.sleep(2)
        assert "Filters and feature maps" in fetch(address)
        for page in ("foundations/padding_strides.html", "foundations/filters.html"):
            assert "application/vnd.jupyter.widget-state+json" in fetch(address + page)
    finally:
        os.killpg(make.pid, 15)
        make.wait(10)


def test_environment_yml_installs_the_book(tmp_path, environment):
    import yaml

    clone(tmp_path)
    recipe = yaml.safe_load((tmp_path / "environment.yml").read_text())
    (pip,) = (part["pip"] for part in recipe["dependencies"] if isinstance(part, dict))
    (tmp_path / "pip.txt").write_text("\n".join(pip))
    run = {"cwd": tmp_path, "env": environment, "check": True}
    subprocess.run([sys._base_executable, "-m", "venv", "venv"], **run)
    subprocess.run(["venv/bin/pip", "install", "--quiet", "--requirement", "pip.txt"], **run)
    check = "from cnnlib.explorers import PaddingExplorer; print(PaddingExplorer().compute().shape)"
    done = subprocess.run(["venv/bin/python", "-c", check], capture_output=True, text=True, **run)
    assert done.stdout.strip() == "(1, 2)"
