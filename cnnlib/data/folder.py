"""A folder of the reader's own pictures, one subfolder for each class."""

import os
import unicodedata
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from cnnlib import progress
from cnnlib.checks import check_boolean, check_integer
from cnnlib.data.dataset import Dataset, sizes, stratify
from cnnlib.data.stream import Stream

_FEWEST = 3  # pictures of a class
_NAMED = 10  # skipped files that are named

_DAMAGED = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)


def folder(path=None, size=64, grey=False, seed=0):
    """Read a folder of pictures as a `Dataset`; see `cnnlib.data.load`."""
    size = check_integer("size", size, least=8, most=1024)
    check_boolean("grey", grey)
    seed = check_integer("seed", seed, least=0)
    root = _root(path)
    folders, skipped = _classes(root)
    names = tuple(_name(one, root) for one in folders)
    files = [(file, label) for label, one in enumerate(folders) for file in _files(one)]
    images, labels = [], []
    for file, label in progress.counted(files, "Picture"):
        try:
            images.append(_read(file, size, "L" if grey else "RGB"))
        except UnidentifiedImageError:
            skipped.append(f"{_name(file, root)} (no picture)")
        except _DAMAGED:
            skipped.append(f"{_name(file, root)} (damaged)")
        else:
            labels.append(label)
    _report(skipped)
    _check_enough(names, labels)
    images, labels = np.stack(images).reshape(-1, size, size, 1 if grey else 3), np.array(labels)
    parts = stratify(labels, sizes(len(labels)), Stream(seed))
    return Dataset(*(part for chosen in parts for part in (images[chosen], labels[chosen])), names)


def _root(path):
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"`path` must be a string or a pathlib.Path. Received: {path!r}")
    root = Path(path).expanduser()
    if not root.is_dir():
        raise ValueError(f"`path` must be a folder. Received: {str(path)!r}")
    return root


def _classes(root):
    """Return the folders of the classes, and words on every file beside them."""
    inside = [one for one in root.iterdir() if not one.name.startswith(".")]
    folders = _sorted([one for one in inside if one.is_dir()])
    if len(folders) < 2:
        raise ValueError(
            "`path` must hold a folder for each of at least two classes. "
            f"Received: {str(root)!r} with {len(folders)}"
        )
    return folders, [
        f"{_name(one, root)} (in no class)" for one in _sorted(inside) if one.is_file()
    ]


def _files(folder):
    """Return the files in a folder and the folders inside it, without hidden ones."""
    inside = [
        one
        for one in folder.rglob("*")
        if not any(part.startswith(".") for part in one.relative_to(folder).parts)
    ]
    return _sorted([one for one in inside if one.is_file()])


def _sorted(paths):
    """Sort paths by their names, which comes to the same order on every system."""
    return sorted(paths, key=lambda path: unicodedata.normalize("NFC", path.as_posix()))


def _name(path, root):
    """Return a path below the root as text; some systems store accents apart from their letters."""
    return unicodedata.normalize("NFC", path.relative_to(root).as_posix())


def _read(file, size, mode):
    """Return the centred square of a picture, upright and on white paper, as a uint8 array."""
    with Image.open(file) as image:
        image.draft(None, (2 * size, 2 * size))  # a large JPEG is decoded at a fraction of its size
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith("I;16"):  # Pillow would cut values off, not scale them
            image = Image.fromarray((np.asarray(image) >> 8).astype("uint8"))
        if image.has_transparency_data:
            image = image.convert("RGBA")
            image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
        return np.asarray(ImageOps.fit(image.convert(mode), (size, size), Image.Resampling.LANCZOS))


def _report(skipped):
    if not skipped:
        return
    files = "1 file is" if len(skipped) == 1 else f"{len(skipped)} files are"
    more = [f"and {len(skipped) - _NAMED} more"] if len(skipped) > _NAMED else []
    listed = ", ".join(skipped[:_NAMED] + more)
    warnings.warn(f"{files} skipped: {listed}", stacklevel=4)


def _check_enough(names, labels):
    counts = np.bincount(np.array(labels, int), minlength=len(names))
    few = [
        f"{count} in {name!r}" for name, count in zip(names, counts, strict=True) if count < _FEWEST
    ]
    if few:
        raise ValueError(
            f"`path` must hold at least {_FEWEST} pictures of each class. "
            f"Received: {', '.join(few)}"
        )
