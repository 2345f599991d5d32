"""Pictures as widgets, so that the explorers of one page can share them."""

import ipywidgets as widgets
import numpy as np
import traitlets

from cnnlib import data
from cnnlib.explorers._settings import Data

SIDE = 128
"""Longest side of a picture in an explorer, in pixels."""


class Picture(widgets.Widget):
    """A grey picture in the browser's memory: `pixels` holds uint8 values, row by row."""

    height = traitlets.Int().tag(sync=True)
    width = traitlets.Int().tag(sync=True)
    pixels = traitlets.Bytes().tag(sync=True)


_shared: dict[str, Picture] = {}


def shared(name):
    """Return the one widget that holds a picture of the book at 128x128 grey pixels.

    Args:
        name: a name that `cnnlib.data.picture` knows.

    Returns:
        A `Picture`.
    """
    if name not in _shared or _shared[name].comm is None:  # closed with its notebook's widgets
        pixels = data.picture(name, SIDE, grey=True)
        _shared[name] = Picture(height=SIDE, width=SIDE, pixels=pixels.tobytes())
    return _shared[name]


def book_pictures(names):
    """Declare the book's pictures that a view draws from; views load them with `loadPictures`.

    Args:
        names: names that `cnnlib.data.picture` knows.

    Returns:
        `Data`: a `Picture` for each name.
    """
    return Data(lambda: {name: shared(name) for name in names})


def to_grey(picture):
    """Turn a reader's array into a grey picture of at most 128 pixels a side.

    Args:
        picture: array [height, width] or [height, width, 3], uint8, or floats from 0 to 1.

    Returns:
        A uint8 array [height, width]; larger pictures are scaled down, keeping their shape.

    Raises:
        TypeError: `picture` is not an array of uint8 or floats.
        ValueError: wrong rank, no pixels, or floats outside 0 to 1.
    """
    from PIL import Image

    if not isinstance(picture, np.ndarray):
        raise TypeError(
            "`picture` must be a name or a NumPy array. "
            f"Received: {type(picture).__name__} {picture!r:.60}"
        )
    received = f"Received: shape {picture.shape}, {picture.dtype}"
    if picture.ndim not in (2, 3) or (picture.ndim == 3 and picture.shape[2] != 3):
        raise ValueError(
            f"`picture` must have the shape [height, width] or [height, width, 3]. {received}"
        )
    if picture.size == 0:
        raise ValueError(f"`picture` must hold at least one pixel. {received}")
    if np.issubdtype(picture.dtype, np.floating):
        if not (np.isfinite(picture).all() and picture.min() >= 0 and picture.max() <= 1):
            raise ValueError(
                "`picture` must lie from 0 to 1 where it holds floats. "
                f"Received: values from {picture.min()} to {picture.max()}"
            )
        picture = np.round(picture * 255).astype("uint8")
    elif picture.dtype != np.uint8:
        raise TypeError(f"`picture` must hold uint8 values or floats from 0 to 1. {received}")
    image = Image.fromarray(np.ascontiguousarray(picture)).convert("L")
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    return np.array(image)
