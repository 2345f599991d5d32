"""The book's explorers: ipywidgets controls joined in the browser to drawn views.

`PoolingExplorer` stands in the folder `pooling`, `ConvolutionFamilyExplorer` in
`convolution_family`; an explorer is imported when it is first asked for. `Explorer`, `Slider`,
`Choice`, `Switch` and `Player` are what one of your own is made of.
"""

import importlib
from pathlib import Path

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Place, Player, Slider, State, Switch

__all__ = ["Choice", "Data", "Explorer", "Place", "Player", "Slider", "State", "Switch"]


def _class_name(folder):
    return "".join(word.capitalize() for word in folder.split("_")) + "Explorer"


_FOLDERS = {
    _class_name(view.parent.name): view.parent.name
    for view in sorted(Path(__file__).parent.glob("*/view.js"))
}
__all__ += list(_FOLDERS)


def __getattr__(name):
    if name not in _FOLDERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_FOLDERS[name]}"), name)


def __dir__():
    return sorted({*globals(), *__all__})
