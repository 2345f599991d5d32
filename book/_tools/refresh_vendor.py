"""Fetch the vendored files again: ``make vendor``.

``static/vendor.json`` names the npm packages, their versions and the files taken from each.
To change a version or add a file, edit it there (a new file needs no checksum) and run this.
"""

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"
MANIFEST = STATIC / "vendor.json"


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


def refresh(package: dict) -> None:
    """Write a package's files below ``static`` and their checksums into its manifest entry."""
    with (
        tempfile.TemporaryDirectory() as folder,
        fetch(package["name"], package["version"], folder) as archive,
    ):
        for target, entry in package["files"].items():
            content = archive.extractfile(
                f"package/{entry['source']}"
            ).read()
            path = STATIC / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            entry["sha256"] = hashlib.sha256(content).hexdigest()
        print(
            f"{package['name']} {package['version']}: {len(package['files'])} files"
        )


def main() -> None:
    """Write the vendored files afresh, and nothing but the manifest's."""
    packages = json.loads(MANIFEST.read_text())
    shutil.rmtree(STATIC / "vendor")
    for package in packages:
        refresh(package)
    MANIFEST.write_text(json.dumps(packages, indent=2) + "\n")


if __name__ == "__main__":
    main()
