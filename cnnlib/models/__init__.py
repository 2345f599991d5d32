"""The book's architectures as untrained Keras models, one family per file.

`cnnlib.models.ResNet50(input_shape=(64, 64, 3), classes=10)` and
`cnnlib.models.build("ResNet50", input_shape=(64, 64, 3), classes=10)` are the same. Every
architecture takes `input_shape`, `classes` (0 for the body alone) and `name`; `available()` lists
the names, `help(cnnlib.models.ResNet50)` an architecture's own options.
"""

import importlib
import pkgutil

from cnnlib.models._registry import available, build, variant

__all__ = ["available", "build"]

# A family's file registers its variants when it is imported.
for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")


def __getattr__(name):
    try:
        return variant(name)
    except ValueError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None


def __dir__():
    return sorted({*globals(), *available()})
