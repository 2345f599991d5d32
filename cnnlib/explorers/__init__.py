"""The book's explorers: ipywidgets controls joined in the browser to drawn views."""

from cnnlib.explorers.architecture import ArchitectureExplorer
from cnnlib.explorers.comparison import ComparisonExplorer
from cnnlib.explorers.convolution import ConvolutionExplorer
from cnnlib.explorers.dense import DenseVsConvolutionExplorer
from cnnlib.explorers.equivariance import EquivarianceExplorer
from cnnlib.explorers.family import ConvolutionFamilyExplorer
from cnnlib.explorers.feature_maps import FeatureMapExplorer
from cnnlib.explorers.matrix import MatrixExplorer
from cnnlib.explorers.memory import MemoryExplorer
from cnnlib.explorers.padding import PaddingExplorer
from cnnlib.explorers.pooling import PoolingExplorer
from cnnlib.explorers.receptive import ReceptiveFieldExplorer
from cnnlib.explorers.roofline import RooflineExplorer
from cnnlib.explorers.timeline import TimelineExplorer

__all__ = [
    "ArchitectureExplorer",
    "ComparisonExplorer",
    "ConvolutionExplorer",
    "ConvolutionFamilyExplorer",
    "DenseVsConvolutionExplorer",
    "EquivarianceExplorer",
    "FeatureMapExplorer",
    "MatrixExplorer",
    "MemoryExplorer",
    "PaddingExplorer",
    "PoolingExplorer",
    "ReceptiveFieldExplorer",
    "RooflineExplorer",
    "TimelineExplorer",
]
