"""Datasets by name."""

import inspect
from functools import partial
from types import MappingProxyType

from cnnlib.checks import check_choice, check_options
from cnnlib.data.digits import digits
from cnnlib.data.downloads import download
from cnnlib.data.folder import folder
from cnnlib.data.symbols import symbols

_LOADERS = MappingProxyType(
    {"digits": digits, "symbols": symbols, "folder": folder}
    | {name: partial(download, name) for name in ("mnist", "fashion_mnist", "cifar10")}
)


def available():
    """Return the names that `load` knows.

    Returns:
        List of strings; "digits", "symbols" and "folder" need no network.
    """
    return list(_LOADERS)


def load(name, **options):
    """Load a dataset for classification.

    "digits": scikit-learn's 1,797 handwritten digits (E. Alpaydin & C. Kaynak, "Optical
    Recognition of Handwritten Digits", UCI 1998), light on dark. Options: `size`, the side in
    pixels, from 8 (as they are) to 300 (enlarged).

    "symbols": mathematical symbols, dark on light paper. They come from matplotlib's fonts, in
    strokes between those of the font and those of a pen, under random affine and elastic
    distortions (Simard, Steinkraus & Platt, "Best Practices for Convolutional Neural Networks",
    ICDAR 2003), with ruled paper, uneven light, parts of neighbouring symbols, slips of the pen
    and noise. The same options give the same bytes on every machine. What was drawn once is kept
    in the cache folder of the system (or XDG_CACHE_HOME): ten thousand pictures of 32x32 take
    seconds to draw, as many of 300x300 take minutes. Options: `classes`, how many of
    `symbol_names()`, or a list of them (default 10); `size`, the side in pixels, 16 to 300
    (default 32); `count`, images in all, at least 10 of each class (default 10,000).

    "folder": your own pictures, one subfolder for each class, named as the class; at least 3
    pictures of each, and 7 or more so that every class is in every part. Any format that Pillow
    reads will do, and folders inside those of the classes are read as well. Of each picture the
    centred square is taken, turned upright as its camera noted (EXIF), on white where it is
    transparent. Files that are no pictures, damaged or beside the classes' folders are skipped
    with a warning that counts and names them, hidden ones without. Options: `path`, the folder;
    `size`, the side in pixels, 8 to 1,024 (default 64); `grey`, True for brightness alone, one
    channel instead of three.

    "mnist", "fashion_mnist", "cifar10": through `keras.datasets`, which downloads them once.
    5,000 of the images for training become those for validation; the test images are the
    source's.

    "digits", "symbols" and "folder" are split 68 : 17 : 15, in whole images: 15 % for testing,
    then a fifth of the rest for validation, both rounded up. Every part holds the classes in
    equal proportion, in random order. See the chapter "Building and training a CNN".

    Args:
        name: one of `available()`.
        **options: those named above, and for every dataset `seed`, an integer of at least 0
            (default 0) on which the split, and all that is drawn, depends.

    Returns:
        A `Dataset`.

    Raises:
        TypeError: `name`, or an option, has the wrong type, or the dataset has no such option.
        ValueError: `name` is unknown, an option out of range, or `path` no folder of at least two
            classes with enough pictures.
        ConnectionError: a dataset has to be downloaded and the network does not answer.
        OSError: what was downloaded is damaged.
    """
    loader = _LOADERS[check_choice("name", name, _LOADERS)]
    check_options(f'"{name}"', options, inspect.signature(loader).parameters)
    return loader(**options)
