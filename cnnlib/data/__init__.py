"""Pictures for the book's examples and datasets to train on; see the chapter on building a CNN."""

from cnnlib.data.alphabet import symbol_names
from cnnlib.data.dataset import Dataset
from cnnlib.data.images import picture, pictures
from cnnlib.data.loading import available, load

__all__ = ["Dataset", "available", "load", "picture", "pictures", "symbol_names"]
