"""A live network as a still picture: for paper, and for pages on which no script runs."""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import plots
from cnnlib.explorers.live_network.in_keras import rebuilt

_LAYERS, _MAPS = 5, 5  # shown at most


def drawn(explorer):
    """Draw the picture, some maps of some layers and what the network says of the classes.

    Args:
        explorer: a `LiveNetworkExplorer`.

    Returns:
        A `cnnlib.plots.Shown`.
    """
    network, how = explorer._network, explorer.settings()
    shown = network.moved(how["picture"], how["right"], how["down"], how["turn"])
    numbers = explorer._numbers()
    computed = explorer.compute_maps()
    maps = [
        (entry["name"], computed[entry["name"]])
        for entry in network.graph["layers"][1:]
        if len(entry["shape"]) == 3 and entry["shape"][0] > 1 and entry["kind"] != "Rescaling"
    ][:_LAYERS]
    model = rebuilt(network.graph, numbers, how["edits"])
    outputs = network.outputs(model, shown[np.newaxis])[0]
    best = int(network.chosen(outputs))
    with plots.style():
        figure = Figure(figsize=(8, 3.6))
        grid = figure.add_gridspec(_MAPS, len(maps) + 4)
        picture = figure.add_subplot(grid[1:4, :2])
        picture.imshow(shown.squeeze(), cmap="gray", vmin=0, vmax=255, interpolation="none")
        _bare(picture, "Picture")
        for column, (name, values) in enumerate(maps, 2):
            _column(figure, grid[:, column].subgridspec(_MAPS, 1), name, values)
        bars = figure.add_subplot(grid[:, -2:])
        bars.barh(network.names[::-1], outputs[::-1], color=plots.ACCENT)
        if network.nearest:
            bars.set(title="Squared distance to")
        else:
            bars.set(xlim=(0, 1), title="The network says")
        bars.grid(visible=False)
    said = network.names[best]
    return plots.show(figure, f"A picture, maps of a trained network, and what it says: {said}")


def _bare(axis, title=""):
    axis.set(xticks=[], yticks=[], title=title)
    axis.spines[:].set(visible=True, color=plots.LINE)


def _column(figure, grid, name, values):
    limit = np.abs(values).max() or 1
    for row in range(min(_MAPS, values.shape[-1])):
        axis = figure.add_subplot(grid[row, 0])
        axis.imshow(
            values[..., row], cmap=plots.SIGNED, vmin=-limit, vmax=limit, interpolation="none"
        )
        _bare(axis, name if row == 0 else "")
