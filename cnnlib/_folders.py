"""Where the library keeps what it writes."""

import os
import sys
from pathlib import Path


def user_folder(variable, linux, macos, windows):
    """Return this library's folder in one of the user's.

    Args:
        variable: environment variable that names the user's folder on any system.
        linux: that folder where the variable is not set.
        macos: the same on macOS.
        windows: environment variable that names it on Windows.

    Returns:
        A `Path`; the folder need not exist.
    """
    places = {"darwin": macos, "win32": os.environ.get(windows, "~")}
    base = os.environ.get(variable) or places.get(sys.platform, linux)
    return Path(base).expanduser() / "cnnlib"
