"""Fetch the vendored files again: ``make vendor``.

A ``vendor.json`` names npm packages, their versions and the files taken from each: the book's
stands in ``static``, the tests' in ``tests/support``. To change a version or add a file, edit it
there (a new file needs no checksum) and run this.
"""

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "book" / "static", ROOT / "tests" / "support")


def fetch(name: str, version: str, folder: str) -> tarfile.TarFile:
    """Download one version of an npm package (npm checks its integrity) and open it."""
    packed = subprocess.run(
        [
            "npm",
            "pack",
            "--json",
            "--pack-destination",
            folder,
            f"{name}@{version}",
        ],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return tarfile.open(
        Path(folder, json.loads(packed.stdout)[0]["filename"])
    )


def refresh(package: dict, place: Path) -> None:
    """Write a package's files below a folder and their checksums into its manifest entry."""
    with (
        tempfile.TemporaryDirectory() as folder,
        fetch(package["name"], package["version"], folder) as archive,
    ):
        for target, entry in package["files"].items():
            content = archive.extractfile(
                f"package/{entry['source']}"
            ).read()
            path = place / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            entry["sha256"] = hashlib.sha256(content).hexdigest()
        print(
            f"{package['name']} {package['version']}: {len(package['files'])} files"
        )


def main() -> None:
    """Write the vendored files afresh, and nothing but those of the manifests."""
    for place in FOLDERS:
        manifest = place / "vendor.json"
        packages = json.loads(manifest.read_text())
        shutil.rmtree(place / "vendor")
        for package in packages:
            refresh(package, place)
        manifest.write_text(json.dumps(packages, indent=2) + "\n")


if __name__ == "__main__":
    main()
