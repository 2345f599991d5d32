"""What any Keras model costs and sees, from its graph alone.

A model becomes a flat list of steps (`graph`); rules per kind of layer say what a step computes
(`costs`), which input cells it depends on (`links`, followed by `receptive` and `fields`) and what
its kernels keep in memory (`kernels`, on the tapes of `modeltape` and `tape`). A layer of your own
joins in with `cost.register`, `links.register` and `kernels.register`.
"""

from cnnlib.analysis.analysis import Analysis, LayerReport, analyze
from cnnlib.analysis.costs import Cost, cost
from cnnlib.analysis.kernels import kernels
from cnnlib.analysis.links import Links, links
from cnnlib.analysis.memory import Memory
from cnnlib.analysis.outline import outline
from cnnlib.analysis.receptive import ReceptiveField

__all__ = [
    "Analysis",
    "Cost",
    "LayerReport",
    "Links",
    "Memory",
    "ReceptiveField",
    "analyze",
    "cost",
    "kernels",
    "links",
    "outline",
]
