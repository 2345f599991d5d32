"""What `pip install` brings along where there is no checkout, as in Colab."""

import json
import os
import subprocess
import sys
import zipfile

import pytest
from contents import CHAPTERS, ROOT

from cnnlib.labs import _chapters


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The library as a wheel of its source distribution brings it, unpacked."""
    source, made, unpacked = (tmp_path_factory.mktemp(name) for name in ("source", "made", "lib"))
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    build = "import sys; from setuptools.build_meta import build_sdist; build_sdist(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, made], cwd=source, check=True, stdout=-3)
    (archive,) = made.iterdir()
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", made, archive], check=True)
    (wheel,) = made.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(unpacked)
    return unpacked


def test_the_solutions_are_those_of_the_checkout(installed):
    program = """
import json
import cnnlib
from cnnlib.labs import _chapters
solutions = [_chapters.solutions(page) for page in _chapters.pages().values()]
print(json.dumps([cnnlib.__file__, solutions]))
"""
    printed = subprocess.run(
        [sys.executable, "-c", program],
        cwd=installed,
        env=os.environ | {"PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    file, solutions = json.loads(printed)
    assert file == str(installed / "cnnlib" / "__init__.py")
    assert solutions == [_chapters.solutions(page) for page in CHAPTERS]


def test_the_package_takes_one_name_and_every_file_of_the_library(installed):
    (ours,) = (path for path in installed.iterdir() if path.suffix != ".dist-info")
    assert ours.name == "cnnlib"
    for kind in ("*.py", "*.js", "*.css", "*.jsonl"):
        there = {path.relative_to(installed) for path in ours.rglob(kind)}
        assert there == {path.relative_to(ROOT) for path in (ROOT / "cnnlib").rglob(kind)}
