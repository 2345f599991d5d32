"""The photographs that scikit-image and scikit-learn install, read without importing either.

Importing scikit-image for a single picture would cost a notebook's kernel more memory than all
the pictures of a chapter.
"""

from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

import numpy as np
from PIL import Image

from cnnlib.checks import check_boolean, check_choice, check_integer

_FILES = MappingProxyType(
    {
        "temple": "sklearn/datasets/images/china.jpg",
        "flower": "sklearn/datasets/images/flower.jpg",
        "camera": "skimage/data/camera.png",
        "astronaut": "skimage/data/astronaut.png",
        "coffee": "skimage/data/coffee.png",
        "chelsea": "skimage/data/chelsea.png",
        "rocket": "skimage/data/rocket.jpg",
        "moon": "skimage/data/moon.png",
        "coins": "skimage/data/coins.png",
        "hubble": "skimage/data/hubble_deep_field.jpg",
        "clock": "skimage/data/clock_motion.png",
        "brick": "skimage/data/brick.png",
        "grass": "skimage/data/grass.png",
        "gravel": "skimage/data/gravel.png",
        "page": "skimage/data/page.png",
        "text": "skimage/data/text.png",
        "chessboard": "skimage/data/chessboard_GRAY.png",
    }
)


def pictures():
    """Return the names that `picture` knows.

    Returns:
        List of strings.
    """
    return list(_FILES)


def picture(name, size=None, grey=False):
    """Read a photograph.

    Args:
        name: one of `pictures()`; "temple" and "flower" come with scikit-learn, the others with
            scikit-image ("camera" is the cameraman, "chelsea" a cat).
        size: side in pixels of the centred square to cut out and scale down, with antialiasing;
            at most the picture's shorter side, for nothing is scaled up. None keeps the picture
            whole.
        grey: True for brightness alone (ITU-R 601 luma: 0.299 R + 0.587 G + 0.114 B). False
            gives three channels, which are equal where the photograph is grey.

    Returns:
        A new uint8 array, [height, width, 3] or, if grey, [height, width].

    Raises:
        TypeError: `name` is not a string, `size` not an integer or `grey` not a boolean.
        ValueError: `name` is unknown or `size` out of range.
    """
    file = _FILES[check_choice("name", name, _FILES)]
    check_boolean("grey", grey)
    with Image.open(_path(file)) as file:
        image = file.convert("L" if grey else "RGB")
    if size is not None:
        side = min(image.size)
        size = check_integer("size", size, least=1, most=side)
        left, top = (image.width - side) // 2, (image.height - side) // 2
        image = image.resize(
            (size, size), Image.Resampling.LANCZOS, box=(left, top, left + side, top + side)
        )
    return np.array(image)


def _path(file):
    package, _, rest = file.partition("/")
    return Path(find_spec(package).submodule_search_locations[0], rest)
