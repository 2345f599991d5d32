"""Labelled images in three parts, and how they are divided."""

from typing import NamedTuple

import numpy as np


class Dataset(NamedTuple):
    """Labelled images, divided into three parts that share no image.

    Attributes:
        x_train: uint8 array [n, height, width, channels], 0 to 255.
        y_train: int64 array [n], the class of each image: an index into `class_names`.
        x_val: images to choose a model by, as `x_train`.
        y_val: their classes.
        x_test: images to judge the chosen model by, as `x_train`.
        y_test: their classes.
        class_names: tuple of strings.
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    class_names: tuple

    def __repr__(self):
        height, width, channels = self.x_train.shape[1:]
        names = ", ".join(self.class_names[:10]) + ", ..." * (len(self.class_names) > 10)
        return (
            f"Dataset of {height}x{width}x{channels} images: {len(self.x_train):,} to train, "
            f"{len(self.x_val):,} to validate, {len(self.x_test):,} to test; "
            f"{len(self.class_names)} classes: {names}"
        )


def sizes(count):
    """Return how many of `count` images are for validation and for testing.

    15 % are for testing and a fifth of the rest for validation, both rounded up: of 9,032 images
    6,141 are left to train.
    """
    test = -(-count * 15 // 100)
    return -(-(count - test) // 5), test


def stratify(labels, counts, stream):
    """Divide images at random so that every part holds the classes in equal proportion.

    Args:
        labels: int array [n], from 0.
        counts: images in each part but the first, which gets the rest.
        stream: `Stream` of random numbers.

    Returns:
        List of int arrays, the images of each part in random order. What a part of m images
        holds of a class is less than two away from m / n of that class.
    """
    order = stream.permutation(len(labels))
    shuffled = labels[order]
    by_class = np.argsort(shuffled, kind="stable")
    members = np.bincount(labels)
    rank = np.arange(len(labels)) - np.repeat(np.cumsum(members) - members, members)
    # How far through its class each image comes: any stretch of images sorted by this holds
    # the same share of every class.
    progress = (rank + 0.5) / np.repeat(members, members)
    mixed = by_class[np.argsort(progress, kind="stable")]
    ends = len(labels) - np.cumsum(counts[::-1])[::-1]
    return [order[np.sort(part)] for part in np.split(mixed, ends)]
