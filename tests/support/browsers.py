"""The browsers that the tests drive: find them, or install them.

``python tests/support/browsers.py`` makes sure that both are there.
"""

import os
import shutil
import subprocess
import sys
from functools import cache

NAMES = {
    "chromium": ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
    "firefox": ("firefox-esr", "firefox"),
}
"""What a browser may be called. The first is Debian's package, too; Chromium's opens a page in two
thirds of the time that the browser with a window takes."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
"""What Chromium is started with: quiet, and at home where it runs as root."""


def version(executable):
    """Return what a browser calls itself.

    Args:
        executable: its path.

    Returns:
        A line of text, or None where the file is missing or does not run: some systems install
        a stub that only explains how to get the browser.
    """
    try:
        asked = subprocess.run(
            [executable, "--version"], capture_output=True, text=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return asked.stdout.strip() if asked.returncode == 0 else None


def find(kind):
    """Look for a browser: on PATH, then among playwright's own.

    Args:
        kind: "chromium" or "firefox".

    Returns:
        The executable's path, or None.
    """
    on_path = (shutil.which(name) for name in NAMES[kind])
    working = (path for path in on_path if path and version(path))
    return next(working, None) or _playwrights_own(kind)


def _playwrights_own(kind):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = getattr(playwright, kind).executable_path
    return path if version(path) else None


@cache
def _needed(kind):
    path = find(kind)
    if path is None:
        raise FileNotFoundError(
            f"There is no {kind.title()} on this machine; "
            "`python tests/support/browsers.py` installs it."
        )
    return path


def chromium():
    """Return the path of Chromium.

    Raises:
        FileNotFoundError: there is none.
    """
    return _needed("chromium")


def firefox():
    """Return the path of Firefox.

    Raises:
        FileNotFoundError: there is none.
    """
    return _needed("firefox")


def install(kinds):
    """Install browsers: Debian's packages where we are root, else playwright's builds.

    Args:
        kinds: list of "chromium" and "firefox".
    """
    if shutil.which("apt-get") and os.geteuid() == 0:
        packages = [NAMES[kind][0] for kind in kinds]
        print(f"Installing {', '.join(packages)} with apt-get", flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        once = ["-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=30"]
        for action in (["update"], ["install", "--yes", *packages]):
            subprocess.run(["apt-get", "--quiet", *once, *action], env=quiet)
    missing = [kind for kind in kinds if find(kind) is None]
    if missing:
        print(f"Installing playwright's {', '.join(missing)}", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", *missing])


def main():
    """Find both browsers, install those that are missing or slow, and say so.

    Returns:
        The exit status: a sentence where a browser is still missing, else 0.
    """
    if absent := [kind for kind, (first, *_) in NAMES.items() if shutil.which(first) is None]:
        install(absent)
    for kind in NAMES:
        path = find(kind)
        if path is None:
            return (
                f"No {kind.title()} was found and none could be installed. Put one of "
                f"{', '.join(NAMES[kind])} on PATH, then run the tests again."
            )
        print(f"{kind.title()}: {path} ({version(path)})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
