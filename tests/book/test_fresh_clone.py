"""The README's promise: a clone and one command are enough."""

import shlex
import subprocess
from pathlib import Path

import yaml
from book_build import ROOT

pytest_plugins = "book_build"


def test_make_read_installs_builds_and_serves_the_book(book):
    assert book.returncode == 0, book.log[-5000:]
    assert book.served == Path(book.html, "index.html").read_text("utf8")


def test_environment_yml_and_postbuild_install_what_make_installs():
    command = ["make", "--dry-run", "--always-make", ".venv/book", "TENSORFLOW=cpu"]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    locked, itself = (
        shlex.split(line.split("--disable-pip-version-check")[1])
        for line in printed.splitlines()
        if "pip install" in line
    )
    recipe = yaml.safe_load((ROOT / "environment.yml").read_text())
    (listed,) = (part["pip"] for part in recipe["dependencies"] if isinstance(part, dict))
    assert shlex.split(" ".join(listed)) == locked
    assert f"pip install {shlex.join(itself)}" in (ROOT / "postBuild").read_text().splitlines()
