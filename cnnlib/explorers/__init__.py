"""The book's explorers: ipywidgets controls joined in the browser to drawn views."""

from cnnlib.explorers.convolution import ConvolutionExplorer
from cnnlib.explorers.padding import PaddingExplorer

__all__ = ["ConvolutionExplorer", "PaddingExplorer"]
