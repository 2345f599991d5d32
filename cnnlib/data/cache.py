"""Arrays that take long to compute, kept on disk between sessions."""

import hashlib
import os
import tempfile
import warnings
import zipfile

import numpy as np

from cnnlib._folders import user_folder


def folder():
    """Return the folder of the cache, which may be deleted at any time.

    It is `cnnlib` in XDG_CACHE_HOME, or, where that is not set, in the system's own place:
    ~/.cache, ~/Library/Caches (macOS) or %LOCALAPPDATA% (Windows).

    Returns:
        A `Path`; the folder need not exist.
    """
    return user_folder("XDG_CACHE_HOME", "~/.cache", "~/Library/Caches", "LOCALAPPDATA")


def cached(name, key, compute):
    """Return an array from the cache, or compute it and keep it there.

    A file that is damaged is written anew. Where the cache cannot be written, the array comes
    with a warning.

    Args:
        name: start of the file's name.
        key: whatever the array depends on; its `repr` tells arrays of a name apart.
        compute: function without arguments that returns the array.

    Returns:
        The array.
    """
    digest = hashlib.sha256(repr(key).encode()).hexdigest()
    path = folder() / f"{name}-{digest[:24]}.npz"
    array = _read(path)
    if array is None:
        array = compute()
        try:
            _write(path, array)
        except OSError as error:
            warnings.warn(f"`{name}` cannot be kept for next time: {error}", stacklevel=4)
    return array


def _read(path):
    """Return the array in a file, or None if the file is missing or damaged."""
    try:
        # Reading an array to its end also compares it with the checksum in the file.
        with np.load(path, allow_pickle=False) as file:
            return file["array"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _write(path, array):
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".tmp")
    try:
        with open(handle, "wb") as file:
            np.savez(file, array=array)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
