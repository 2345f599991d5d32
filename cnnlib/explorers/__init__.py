"""The book's explorers: ipywidgets controls joined in the browser to drawn views.

`PoolingExplorer` stands in the folder `pooling`, `ConvolutionFamilyExplorer` in
`convolution_family`; an explorer is imported when it is first asked for. `Explorer`, `Slider`,
`Choice`, `Switch` and `Player` are what one of your own is made of.
"""

import importlib
from pathlib import Path

from cnnlib.checks import Sentence
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import (
    Choice,
    Data,
    LogSlider,
    Place,
    Player,
    Slider,
    State,
    Switch,
)

__all__ = [
    "Choice",
    "Data",
    "Explorer",
    "LogSlider",
    "Place",
    "Player",
    "Slider",
    "State",
    "Switch",
]


def _class_name(folder):
    return "".join(word.capitalize() for word in folder.split("_")) + "Explorer"


_FOLDERS = {
    _class_name(view.parent.name): view.parent.name
    for view in sorted(Path(__file__).parent.glob("*/view.js"))
}
__all__ += list(_FOLDERS)


class UnknownExplorer(Sentence, ImportError):
    """A notebook asks for what this edition of the book does not have, or not yet."""


def __getattr__(name):
    if name.endswith("Explorer") and name not in _FOLDERS:
        raise UnknownExplorer(
            f"This edition of the book has no {name}. If the book was updated since this notebook "
            "was opened, restart the kernel; if the notebook is of another edition, take this "
            "one's, with `make lab` or the page's download button."
        )
    if name not in _FOLDERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_FOLDERS[name]}"), name)


def __dir__():
    return sorted({*globals(), *__all__})
