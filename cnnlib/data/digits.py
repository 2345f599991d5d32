"""Scikit-learn's handwritten digits, read without importing scikit-learn."""

import gzip
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image

from cnnlib.checks import check_integer
from cnnlib.data.dataset import Dataset, sizes, stratify
from cnnlib.data.stream import Stream


def digits(size=8, seed=0):
    """Load the 1,797 digits as a `Dataset`; see `cnnlib.data.load`."""
    size = check_integer("size", size, least=8, most=300)
    seed = check_integer("seed", seed, least=0)
    package = find_spec("sklearn").submodule_search_locations[0]
    with gzip.open(Path(package, "datasets", "data", "digits.csv.gz"), "rt") as file:
        table = np.loadtxt(file, delimiter=",", dtype=np.int64)
    labels = table[:, -1]
    # The file counts ink from 0 to 16.
    small = (table[:, :-1].reshape(-1, 8, 8) * 255 + 8) // 16
    images = np.stack([_enlarge(image, size) for image in small.astype(np.uint8)])[..., None]
    parts = stratify(labels, sizes(len(labels)), Stream(seed))
    arrays = [part for chosen in parts for part in (images[chosen], labels[chosen])]
    return Dataset(*arrays, class_names=tuple("0123456789"))


def _enlarge(image, size):
    return np.asarray(Image.fromarray(image).resize((size, size), Image.Resampling.BICUBIC))
