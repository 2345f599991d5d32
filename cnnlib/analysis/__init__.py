"""What any Keras model costs and sees, from its graph alone.

A model becomes a flat list of steps (`graph`); rules per kind of layer say what a step computes
(`costs`), which input cells it depends on (`links`, followed by `receptive` and `fields`) and what
it keeps in memory (`records`, on the tapes of `modeltape` and `tape`). A layer of your own
joins in with `cost.register`, `links.register` and `record.register`.
"""

from cnnlib.analysis import (  # noqa: F401  (fill the tables of rules)
    operation_costs,
    operation_links,
    sequence_costs,
)
from cnnlib.analysis.analysis import Analysis, LayerReport
from cnnlib.analysis.costs import Cost, cost
from cnnlib.analysis.links import Links, links
from cnnlib.analysis.memory import Memory
from cnnlib.analysis.receptive import LayerField
from cnnlib.analysis.records import record
from cnnlib.analysis.weightless import without_weights

__all__ = [
    "Analysis",
    "Cost",
    "LayerField",
    "LayerReport",
    "Links",
    "Memory",
    "cost",
    "links",
    "record",
    "without_weights",
]
