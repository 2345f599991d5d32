"""What pyproject.toml asks for is what the locks pin, by hash, for every Python."""

import re
import tomllib
from pathlib import Path

import pytest
import suite
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS = PROJECT["project"]["optional-dependencies"]
HOLDS = {"cpu": ("cpu", "book"), "gpu": ("gpu", "book"), "test": ("test",), "bench": ("bench",)}
RENEW = "run `make lock`"
# https://github.com/googlecolab/backend-info/blob/main/pip-freeze.txt on 2026-08-19
COLAB = {
    "anywidget": "0.9.21",
    "fonttools": "4.63.0",
    "ipywidgets": "7.7.1",
    "matplotlib": "3.10.0",
    "numpy": "2.1.3",
    "pandas": "2.2.3",
    "pillow": "11.3.0",
    "scikit-image": "0.25.2",
    "scikit-learn": "1.6.1",
    "scipy": "1.16.3",
}


def entries(lock):
    """Return the entries of a lock, each a requirement with its hashes, on one line."""
    text = (ROOT / "locks" / f"{lock}.txt").read_text()
    lines = text.replace("\\\n", " ").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def pins(lock, python):
    """Return name -> version of what a lock installs on Linux for a version of Python."""
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
    }
    found = {}
    for entry in entries(lock):
        requirement = Requirement(entry.partition(" --hash=")[0])
        if requirement.marker is None or requirement.marker.evaluate(environment):
            (exact,) = requirement.specifier
            assert exact.operator == "==", entry
            assert requirement.name not in found, entry
            found[requirement.name] = exact.version
    return found


def test_every_extra_has_a_lock():
    assert {extra for extras in HOLDS.values() for extra in extras} == set(EXTRAS)
    assert {path.stem for path in (ROOT / "locks").iterdir()} == set(HOLDS)


@pytest.mark.parametrize("python", suite.VERSIONS)
@pytest.mark.parametrize("lock", HOLDS)
def test_a_lock_satisfies_the_project(lock, python):
    pinned = pins(lock, python)
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    if lock not in ("cpu", "gpu"):
        wanted = []  # installed on top of one of them
    wanted += [one for extra in HOLDS[lock] for one in EXTRAS[extra]]
    for requirement in map(Requirement, wanted):
        assert requirement.name in pinned, f"locks/{lock}.txt lacks {requirement}: {RENEW}"
        assert pinned[requirement.name] in requirement.specifier, f"{requirement}: {RENEW}"


@pytest.mark.parametrize("python", suite.VERSIONS)
def test_locks_agree_with_each_other(python):
    together = pins("cpu", python)
    for lock in HOLDS:
        pinned = pins(lock, python)
        differing = {name for name in pinned if together.get(name, pinned[name]) != pinned[name]}
        assert not differing, f"locks/{lock}.txt pins others than before it: {differing}: {RENEW}"
        together |= pinned
    assert together["tensorflow"] == together["tensorflow-cpu"]


@pytest.mark.parametrize("lock", HOLDS)
def test_a_lock_has_hashes_and_no_address(lock):
    assert all(re.search(r" --hash=sha256:[0-9a-f]{64}\b", entry) for entry in entries(lock))
    text = (ROOT / "locks" / f"{lock}.txt").read_text()
    assert "://" not in text


def test_the_tested_versions_are_those_that_the_project_allows():
    allowed = SpecifierSet(PROJECT["project"]["requires-python"])
    minors = [f"3.{minor}" for minor in range(8, 20) if f"3.{minor}.99" in allowed]
    assert tuple(minors) == suite.VERSIONS


def test_colab_has_all_that_the_library_needs():
    for requirement in map(Requirement, PROJECT["project"]["dependencies"]):
        assert COLAB[requirement.name] in requirement.specifier, requirement
