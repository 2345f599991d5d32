"""The library behind the interactive book of convolutional neural networks.

Nothing heavy is imported until it is used: `cnnlib.ops` loads NumPy, `cnnlib.plots` loads
matplotlib; only `analysis`, `layers`, `live`, `models`, `device.setup`, the runs of `experiments`,
the networks of `trained`, the functions of `seeing` and `training` and the explorers' `compute()`
load Keras and TensorFlow.
"""

import importlib
import os
import sys

from cnnlib._loading import TensorFlowFinder, leave_out_warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow reads it once, when it is loaded
sys.meta_path.insert(0, TensorFlowFinder)
leave_out_warnings()

__all__ = [
    "analysis",
    "analyze",
    "data",
    "device",
    "experiments",
    "explorers",
    "filters",
    "geometry",
    "labs",
    "layers",
    "live",
    "models",
    "ops",
    "plots",
    "seeing",
    "trained",
    "training",
]


def __getattr__(name):
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "analyze":
        return importlib.import_module(f"{__name__}._analyze").analyze
    return importlib.import_module(f"{__name__}.{name}")


def __dir__():
    return sorted({*globals(), *__all__})
