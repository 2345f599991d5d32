"""The vendored files are the ones that the manifest says."""

import hashlib
import json

import pytest
from book_build import ROOT

STATIC = ROOT / "book" / "static"
PACKAGES = json.loads((STATIC / "vendor.json").read_text())
FILES = {target: entry for package in PACKAGES for target, entry in package["files"].items()}


@pytest.mark.parametrize("target", FILES)
def test_checksum_matches(target):
    content = (STATIC / target).read_bytes()
    assert hashlib.sha256(content).hexdigest() == FILES[target]["sha256"]


def test_manifest_lists_every_vendored_file():
    vendored = (path for path in (STATIC / "vendor").rglob("*") if path.is_file())
    assert {path.relative_to(STATIC).as_posix() for path in vendored} == set(FILES)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_package_names_its_source_and_carries_its_licence(package):
    assert package["version"]
    assert package["license"]
    assert any("LICENSE" in target for target in package["files"])
