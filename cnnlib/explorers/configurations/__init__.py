"""`ConfigurationsExplorer`: the six networks of VGG's paper, side by side."""

from functools import cache

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data

NETWORKS = {
    "A": "VGG11",
    "A-LRN": "VGG11",
    "B": "VGG13",
    "C": "VGG16C",
    "D": "VGG16",
    "E": "VGG19",
}
"""Column of table 1 -> the architecture; A-LRN is A with response normalization behind conv 1."""


@cache
def _column(column):
    from cnnlib import analyze
    from cnnlib.models.vgg import ERRORS_AT_256

    counts = analyze(NETWORKS[column])
    blocks = [[] for _ in range(6)]
    for layer in counts.layers:
        if layer.kind == "Conv2D":
            side = counts.model.get_layer(layer.name).kernel_size[0]
            blocks[int(layer.name[len("block")]) - 1].append(f"{side}×{side}")
        elif layer.kind == "Dense":
            blocks[-1].append("dense")
    if column == "A-LRN":
        blocks[0].append("LRN")
    return {
        "blocks": blocks,
        "params": counts.params,
        "macs": counts.macs,
        "errors": list(ERRORS_AT_256[column]),
    }


def columns():
    """Describe the six networks.

    Returns:
        A dict from a column's name to a dict: "blocks", lists of what stands in each box, "params",
        "macs", and "errors", top-1 and top-5 in per cent, published.
    """
    return {column: _column(column) for column in NETWORKS}


class ConfigurationsExplorer(Explorer):
    """The columns of VGG's table 1 as boxes, with what each adds to the one at its left.

    Chapter "VGG".
    """

    column = Choice("Configuration", {name: name for name in NETWORKS}, "A", "which is marked")
    columns = Data(columns)

    def compute(self):
        """Return the marked network's layers with weights, parameters and multiply-adds."""
        marked = self.columns[self.column]
        boxes = [box for block in marked["blocks"] for box in block if box != "LRN"]
        return len(boxes), marked["params"], marked["macs"]

    def figure(self):
        """Draw the published top-5 errors."""
        from cnnlib import plots

        ends = [(0, one["errors"][1]) for one in self.columns.values()]
        return plots.show(plots.spans(ends, "top-5 error, %"), f"Errors of {', '.join(NETWORKS)}")
