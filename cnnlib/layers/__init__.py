"""Layers of the book's architectures that Keras lacks.

Images are [batch, height, width, channels]. Each layer saves and loads with a model, works in
mixed precision, compiles with XLA, and is known to `cnnlib.analyze`.
"""

from cnnlib.layers import analysis  # noqa: F401  (teaches the analysis these layers)
from cnnlib.layers.channels import (
    DepthwiseMaxPooling2D,
    HighwayGate,
    LocalResponseNormalization,
    PadChannels,
)
from cnnlib.layers.digits import DIGITS
from cnnlib.layers.lenet import (
    PartialConvolution2D,
    RBFOutput,
    TrainableAveragePooling2D,
    scaled_tanh,
)

__all__ = [
    "DIGITS",
    "DepthwiseMaxPooling2D",
    "HighwayGate",
    "LocalResponseNormalization",
    "PadChannels",
    "PartialConvolution2D",
    "RBFOutput",
    "TrainableAveragePooling2D",
    "scaled_tanh",
]
