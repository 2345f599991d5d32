"""`ArchitectureExplorer`: a network as a diagram whose blocks open into their layers."""

import re

import traitlets

import cnnlib
from cnnlib.checks import check_number, check_string
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Place
from cnnlib.explorers.architecture.blocks import Block, Layer, stages, tree

COLOURS = {
    "kind": "by kind of layer",
    "params": "by parameters",
    "macs": "by MACs",
    "memory": "by memory of outputs",
}
ZOOM = (0.25, 3.0)
_SHORTER = (("Pooling", "Pool"), ("Average", "Avg"), ("Normalization", "Norm"), ("enate", ""))


def describe(analysis):
    """Put a model into plain values, as small as they go.

    Args:
        analysis: the model's `cnnlib.analysis.Analysis`.

    Returns:
        A pair: a dict for the view (see `decode` in layout.js), and the names of the
        blocks that stand open at the start.
    """
    kinds, layers, rows = _rows(analysis)
    root = tree(layers)
    blocks = list(root.blocks())
    number = {block: len(layers) + place for place, block in enumerate(blocks)}
    inside = {
        block: [number[c] if isinstance(c, Block) else c for c in block.children]
        for block in (root, *blocks)
    }
    network = {
        "name": analysis.model.name,
        "kinds": kinds,
        "layers": [[list(x) if isinstance(x, tuple) else x for x in row] for row in rows],
        "blocks": [[block.name, inside[block]] for block in blocks],
        "root": inside[root],
    }
    return network, [block.name for block in stages(root, layers)]


def _rows(analysis):
    """Return the kinds of layers, the layers as `tree` needs them, and their rows of figures."""
    kinds, layers, rows, maker = [], [], [], {}
    for number, tensor in enumerate(analysis.graph.inputs):
        name = "input" if len(analysis.graph.inputs) == 1 else f"input {number + 1}"
        maker[id(tensor)] = number
        layers.append(Layer(name, (), "InputLayer"))
        values = analysis.precision.bytes_of(tensor)
        rows.append([name, _kind(kinds, "InputLayer", "input"), "", tensor.shape[1:], 0, 0, values])
    for step, report in zip(analysis.graph.steps, analysis.layers, strict=False):
        inputs = tuple(dict.fromkeys(maker[id(x)] for x in step.inputs if id(x) in maker))
        maker.update((id(tensor), len(layers)) for tensor in step.outputs)
        category, note = _category(report, inputs), _note(step.operation)
        kind = _kind(kinds, report.kind, category)
        shape = step.outputs[0].shape
        layers.append(
            Layer(
                report.name,
                inputs,
                (report.kind, note),
                weighs=category in ("convolution", "dense"),
                follows=category == "other" and [x.shape for x in step.inputs] == [shape],
            )
        )
        figures = report.params, report.macs, report.activation_bytes
        row = [report.name, kind, note, shape[1:], *figures, *_field(report.receptive_field)]
        rows.append(row if inputs == (len(rows) - 1,) else [*row, list(inputs)])
    return kinds, layers, rows


def _kind(kinds, name, category):
    """Return the place of a kind of layer in the list of kinds, which grows."""
    short = re.sub(r"(?<=[a-z])[123]D(?=$|Transpose)", "", name).removesuffix("Layer")
    for long, shorter in _SHORTER:
        short = short.replace(long, shorter)
    entry = [name, short, category]
    if entry not in kinds:
        kinds.append(entry)
    return kinds.index(entry)


def _category(report, inputs):
    if report.macs:
        return "convolution" if len(report.output_shape) > 2 else "dense"
    if "Pool" in report.kind:
        return "pooling"
    return "merge" if len(inputs) > 1 else "other"


def _note(operation):
    """Return kernel, stride and padding as "7x7+2(S)", then groups, dilation and activation."""
    kernel = getattr(operation, "kernel_size", None) or getattr(operation, "pool_size", None)
    words = []
    if kernel:
        stride = _sides(getattr(operation, "strides", None) or kernel)
        stride = stride[0] if len(set(stride)) == 1 else "x".join(map(str, stride))
        padding = str(getattr(operation, "padding", "valid"))[0].upper()
        words.append(f"{'x'.join(map(str, _sides(kernel)))}+{stride}({padding})")
        if getattr(operation, "groups", 1) > 1:
            words.append(f"{operation.groups} groups")
        dilation = max(_sides(getattr(operation, "dilation_rate", 1)))
        if dilation > 1:
            words.append(f"dilation {dilation}")
    activation = getattr(operation, "activation", None)
    name = getattr(activation, "__name__", "linear")
    if name != "linear":
        words.append(name)
    return " ".join(words)


def _sides(size):
    return tuple(size) if isinstance(size, (tuple, list)) else (size,)


def _field(field):
    """Return the size and the stride of a receptive field as text, both empty where unknown."""
    if field is None or None in field.size:
        return ["", ""]
    sizes = field.size if len(set(field.size)) > 1 else field.size[:1]
    strides = field.stride if len(set(field.stride)) > 1 else field.stride[:1]
    if field.whole:
        return ["all", ""]
    return ["×".join(map(str, sizes)), "×".join(map(str, strides))]


class _Subject(Place):
    """What is drawn: it stays in Python, and the view gets what `describe` makes of it."""

    def __post_init__(self):
        pass


class ArchitectureExplorer(Explorer):
    """A network as boxes and edges: open blocks, point at layers, see what they cost.

    Chapter "All of them, compared". Everything is computed by `cnnlib.analyze` for one picture in
    float32. Kernels are written kernel+stride(padding): 7x7+2(S) is a 7x7 kernel with stride 2
    and padding "same", V stands for "valid".
    """

    model = _Subject(
        traitlets.Any(),
        "what `cnnlib.analyze` takes: a model, a function that builds one, or a name",
    )
    opened = Place(
        traitlets.List(traitlets.Unicode()),
        "names of the blocks that stand open; where it is not given, the stages of a network "
        "whose blocks then still fit on the page",
    )
    selected = Place(
        traitlets.Unicode(),
        "the name of the layer or block whose figures are shown; empty for the network's",
        "",
    )
    colour = Choice("Colours", COLOURS, "kind", "what the colours of the boxes show")
    zoom = Place(
        traitlets.Float(1.0),
        f"size of the drawing, {ZOOM[0]} to {ZOOM[1]:g}; 1 fits the page where it stays legible",
        1.0,
    )
    zooms = Data(lambda: list(ZOOM))
    network = Data(dict)

    def __init__(self, model="LeNet5Modern", **settings):
        super().__init__(model=model, **settings)

    def _initial(self, settings):
        traits = super()._initial(settings)
        network, usual = describe(cnnlib.analyze(settings["model"]))
        blocks = [name for name, _ in network["blocks"]]
        names = ["", *(row[0] for row in network["layers"]), *blocks]
        opened = settings.get("opened")
        return traits | {
            "network": network,
            "opened": usual if opened is None else _checked_blocks(opened, blocks),
            "selected": _checked_name(settings.get("selected", ""), names),
            "zoom": check_number("zoom", settings.get("zoom", 1.0), *ZOOM),
        }

    def compute(self):
        """Analyze what is selected anew.

        Returns:
            The model's `Analysis`, or the `LayerReport` of the selected layer; for a block, the
            list of its layers' reports.
        """
        analysis = cnnlib.analyze(self.model)
        name, network = self.selected, self.network
        if not name:
            return analysis
        found = [report for report in analysis.layers if report.name == name]
        if found:
            return found[0]
        inside = set(self._inside(network, name))
        return [report for report in analysis.layers if report.name in inside]

    def _inside(self, network, name):
        """Yield the names of the layers of a block."""
        layers, blocks = network["layers"], network["blocks"]
        for child in dict(blocks).get(name, ()):
            if child < len(layers):
                yield layers[child][0]
            else:
                yield from self._inside(network, blocks[child - len(layers)][0])

    def figure(self):
        """Draw the boxes of the network while all its blocks are closed.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots

        network = self.network
        boxes = _closed(network)
        rows = -(-len(boxes) // _COLUMNS)
        with plots.style():
            figure = Figure(figsize=(8, 0.85 * rows + 0.2))
            axis = figure.subplots()
            for place, (name, line, shape) in enumerate(boxes):
                x, y = place % _COLUMNS, -(place // _COLUMNS)
                _box(axis, x, y, name, line, shape, plots)
            for start, end in _closed_edges(network):
                _edge(axis, start, end, plots)
            axis.set(xlim=(-0.55, _COLUMNS - 0.45), ylim=(0.5 - rows, 0.5))
            axis.axis("off")
        words = f"{network['name']}, row by row: {', '.join(name for name, _, _ in boxes)}"
        return plots.show(figure, words)


_COLUMNS = 4  # boxes beside one another in the static figure


def _closed(network):
    """Return name, contents and shape of each box of a network whose blocks are closed."""
    layers, blocks = network["layers"], network["blocks"]
    boxes = []
    for child in network["root"]:
        if child < len(layers):
            name, kind, note, shape = layers[child][:4]
            line = f"{network['kinds'][kind][1]} {note}"
        else:
            name = blocks[child - len(layers)][0]
            inside = _layers_of(network, child)
            shape = layers[max(inside)][3]
            line = f"{len(inside)} layers, {sum(layers[i][4] for i in inside):,} parameters"
        boxes.append((name, line, "×".join(map(str, shape))))
    return boxes


def _layers_of(network, child):
    """Return the numbers of the layers in a layer or block."""
    first = len(network["layers"])
    if child < first:
        return [child]
    inside = network["blocks"][child - first][1]
    return [number for one in inside for number in _layers_of(network, one)]


def _closed_edges(network):
    """Return the places of the boxes that each edge between closed boxes joins."""
    owner = {
        number: place
        for place, child in enumerate(network["root"])
        for number in _layers_of(network, child)
    }
    edges = set()
    for number, row in enumerate(network["layers"]):
        is_input = network["kinds"][row[1]][2] == "input"
        inputs = row[-1] if isinstance(row[-1], list) else [] if is_input else [number - 1]
        edges |= {(owner[source], owner[number]) for source in inputs}
    return sorted((start, end) for start, end in edges if start != end)


def _box(axis, x, y, name, line, shape, plots):
    from matplotlib.patches import Rectangle

    axis.add_patch(
        Rectangle((x - 0.44, y - 0.3), 0.88, 0.6, facecolor="none", edgecolor=plots.ACCENT)
    )
    for height, text, colour in (
        (0.16, name, plots.INK),
        (-0.02, line, plots.MUTED),
        (-0.2, shape, plots.MUTED),
    ):
        axis.text(
            x, y + height, text, ha="center", va="center", size=6.5, color=colour, clip_on=True
        )


def _edge(axis, start, end, plots):
    """Draw an arrow from one box to another, bent where others lie between them."""
    (y, x), (v, u) = divmod(start, _COLUMNS), divmod(end, _COLUMNS)
    how = {"arrowstyle": "->", "color": plots.MUTED, "shrinkA": 0, "shrinkB": 0}
    if y == v and end == start + 1:
        axis.annotate("", (u - 0.44, -v), (x + 0.44, -y), arrowprops=how)
    else:
        bend = "arc3,rad=0" if end == start + 1 else "arc3,rad=-0.2"
        ends = (u, -v + 0.3), (x, -y - 0.3 if v > y else -y + 0.3)
        axis.annotate("", *ends, arrowprops=how | {"connectionstyle": bend})


def _checked_blocks(names, blocks):
    if isinstance(names, str) or not isinstance(names, (list, tuple, set)):
        raise TypeError(f"`opened` must be a list of names. Received: {names!r}")
    for name in names:
        if name not in blocks:
            raise ValueError(f"`opened` must name blocks of the network. Received: {name!r}")
    return list(names)


def _checked_name(name, names):
    if check_string("selected", name) not in names:
        raise ValueError(f"`selected` must name a layer or a block. Received: {name!r}")
    return name
