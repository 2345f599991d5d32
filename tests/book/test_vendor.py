"""The vendored files are the ones that the manifests say."""

import hashlib
import json

import pytest
from contents import ROOT

FOLDERS = (ROOT / "book" / "static", ROOT / "tests" / "support")
MANIFESTS = {place: json.loads((place / "vendor.json").read_text()) for place in FOLDERS}
PACKAGES = [package for packages in MANIFESTS.values() for package in packages]
FILES = {
    place / target: entry
    for place, packages in MANIFESTS.items()
    for package in packages
    for target, entry in package["files"].items()
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_checksum_matches(path):
    assert hashlib.sha256(path.read_bytes()).hexdigest() == FILES[path]["sha256"]


def test_manifests_list_every_vendored_file():
    vendored = (path for place in FOLDERS for path in (place / "vendor").rglob("*"))
    assert {path for path in vendored if path.is_file()} == set(FILES)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_package_names_its_source_and_carries_its_licence(package):
    assert package["version"]
    assert package["license"]
    assert any("LICENSE" in target for target in package["files"])
