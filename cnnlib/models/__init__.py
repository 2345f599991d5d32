"""The book's architectures as untrained Keras models, one family per file.

`cnnlib.models.ResNet50(input_shape=(64, 64, 3), classes=10)` and
`cnnlib.models.build("ResNet50", input_shape=(64, 64, 3), classes=10)` are the same. Every
architecture takes `input_shape`, `classes` (0 for the body alone) and `name`; `available()` lists
the names, `help(cnnlib.models.ResNet50)` an architecture's own options.

A family is imported when it is used. To load a saved model in a session that has built none,
import `cnnlib.layers` first, so that Keras knows the book's layers (and `cnnlib.models.lenet` for
LeNet-5's loss).
"""

from cnnlib.models._registry import available, build, builder, published

__all__ = ["available", "build", "builder", "published"]


def __getattr__(name):
    if name not in available():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return builder(name)


def __dir__():
    return sorted({*globals(), *available()})
