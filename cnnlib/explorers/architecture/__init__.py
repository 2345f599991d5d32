"""`ArchitectureExplorer`: a network as a diagram whose blocks open into their layers."""

import math
import re

import ipywidgets as widgets
import traitlets

import cnnlib
from cnnlib.checks import check_number, check_string
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Place
from cnnlib.explorers.architecture.blocks import Block, Layer, opening
from cnnlib.explorers.architecture.faces import alive, faces
from cnnlib.explorers.architecture.grouping import tree
from cnnlib.explorers.live_network import LiveNetworkExplorer

COLOURS = {
    "kind": "by kind of layer",
    "params": "by parameters",
    "macs": "by MACs",
    "memory": "by memory of outputs",
}
ZOOM = (1.0, 64.0)
_SHORTER = (
    *(("Pooling", "Pool"), ("Average", "Avg"), ("LocalResponseNormalization", "LRN")),
    *(("Normalization", "Norm"), ("enate", "")),
)


def describe(analysis):
    """Put a model into plain values, as small as they go.

    Args:
        analysis: the model's `cnnlib.analysis.Analysis`.

    Returns:
        A pair: a dict for the view (see `decode` in graph.js), and the names of the
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
        "blocks": [[block.name, inside[block], int(block.fold)] for block in blocks],
        "root": inside[root],
    }
    return network, [block.name for block in opening(root, layers)]


def mark_differences(one, other):
    """Add to two described networks, as "differs", the numbers of the layers that the other lacks.

    Layers are alike if they compute alike on maps of one size, under the same name or, of those
    that are left, in the same order.
    """
    looks = [
        {row[0]: (*net["kinds"][row[1]], row[2], tuple(row[3])) for row in net["layers"]}
        for net in (one, other)
    ]
    named = {name for name in looks[0] if looks[0][name] == looks[1].get(name)}
    left = [[name for name in side if name not in named] for side in looks]
    pairs = _longest_common(
        *([side[name] for name in rest] for side, rest in zip(looks, left, strict=True))
    )
    for side, net in enumerate((one, other)):
        alike = named | {left[side][pair[side]] for pair in pairs}
        net["differs"] = [i for i, row in enumerate(net["layers"]) if row[0] not in alike]


def _longest_common(one, other):
    """Return the pairs of places of a longest common subsequence of two lists."""
    best = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in reversed(range(len(one))):
        for j in reversed(range(len(other))):
            same = one[i] == other[j]
            best[i][j] = best[i + 1][j + 1] + 1 if same else max(best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while best[i][j]:
        if one[i] == other[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] == best[i][j]:
            i += 1
        else:
            j += 1
    return pairs


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
        shape, weighs = step.outputs[0].shape, category in ("convolution", "dense")
        layers.append(
            Layer(
                report.name,
                inputs,
                (
                    report.kind,
                    re.sub(r"\+\d+\(\w\)", "", note),
                ),  # a stage may begin with a stride
                width=shape[-1] if weighs else 0,
                weighs=weighs,
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
    """A network drawn to scale: open its blocks, see what they cost, hold another beside it.

    The height of a box follows the square root of the side of its maps, its width that of their
    number. Blocks that repeat one another are folded into one. Everything is computed by
    `cnnlib.analyze` for one picture in float32. Kernels are written kernel+stride(padding):
    7x7+2(S) is a 7x7 kernel with stride 2 and padding "same", V stands for "valid".

    Where the first network is a live one, each box shows a map, the one that varies most, of what
    its layer makes of the live network's picture. Beside a `LiveNetworkExplorer` that it was given
    the maps follow what the reader draws and breaks there.
    """

    model = _Subject(
        traitlets.Any(),
        "what `cnnlib.analyze` takes: a model, a function that builds one, or a name; or a "
        "`LiveNetworkExplorer`, or the name of one of its networks",
    )
    other = _Subject(
        traitlets.Any(),
        "the same for a second network, drawn beside the first with what differs marked; None for "
        "no other",
    )
    opened = Place(
        traitlets.List(traitlets.Unicode()),
        "names of the blocks that stand open, in both networks; where it is not given, as many "
        "levels as show the networks' ideas and are not too many boxes",
    )
    selected = Place(
        traitlets.Unicode(),
        "the name of the layer or block whose figures are shown; empty for the networks'",
        "",
    )
    colour = Choice("Colours", COLOURS, "kind", "what the colours of the boxes show")
    zoom = Place(
        traitlets.Float(1.0),
        f"size of the drawing, {ZOOM[0]:g} to {ZOOM[1]:g}; 1 shows all of it",
        1.0,
    )
    zooms = Data(lambda: list(ZOOM))
    networks = Data(list)
    maps = Data(bytes)

    def __init__(self, model="LeNet5Modern", other=None, **settings):
        super().__init__(model=model, other=other, **settings)
        if isinstance(model, LiveNetworkExplorer):
            model.view.asked = [row[1:3] for row in self.networks[0]["faces"]]
            model.view.maps = self.maps
            widgets.jsdlink((model.view, "maps"), (self.view, "maps"))

    def _initial(self, settings):
        traits = super()._initial(settings)
        subjects = [one for one in (settings["model"], settings["other"]) if one is not None]
        described = [describe(_analyzed(one)) for one in subjects]
        networks = [network for network, _ in described]
        for network, subject in zip(networks, subjects, strict=True):
            network["name"] = _title(subject) or network["name"]
        live, maps = alive(settings["model"]), b""
        if live:
            networks[0]["faces"], maps = faces(live, [row[0] for row in networks[0]["layers"]])
        if len(networks) > 1:
            mark_differences(*networks)
        blocks = [block[0] for network in networks for block in network["blocks"]]
        names = ["", *(row[0] for network in networks for row in network["layers"]), *blocks]
        usual = list(dict.fromkeys(name for _, opened in described for name in opened))
        opened = settings.get("opened")
        return traits | {
            "networks": networks,
            "maps": maps,
            "opened": usual if opened is None else _checked_blocks(opened, blocks),
            "selected": _checked_name(settings.get("selected", ""), names),
            "zoom": check_number("zoom", settings.get("zoom", 1.0), *ZOOM),
        }

    def compute(self):
        """Analyze what is selected of the first network anew.

        Returns:
            The model's `Analysis`, or the `LayerReport` of the selected layer; for a block, the
            list of its layers' reports.
        """
        analysis = _analyzed(self.model)
        name, network = self.selected, self.networks[0]
        if not name:
            return analysis
        found = [report for report in analysis.layers if report.name == name]
        if found:
            return found[0]
        inside = {network["layers"][number][0] for number in _members(network, name)}
        return [report for report in analysis.layers if report.name in inside]

    def figure(self):
        """Draw the boxes of each network, to scale, while all its blocks are closed.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots

        closed = [_closed(network) for network in self.networks]
        with plots.style():
            figure = Figure(figsize=(8, 2.6 * len(closed)))
            axes = figure.subplots(len(closed), squeeze=False)[:, 0]
            for axis, network, boxes in zip(axes, self.networks, closed, strict=True):
                _draw_boxes(axis, boxes, plots)
                axis.set_title(network["name"])
        words = "; ".join(
            f"{network['name']}, from left to right: {', '.join(name for name, _ in boxes)}"
            for network, boxes in zip(self.networks, closed, strict=True)
        )
        return plots.show(figure, words)


def _analyzed(model):
    """Return the `Analysis` of what an explorer is given."""
    live = alive(model)
    return cnnlib.analyze(live.in_keras() if live else model)


def _title(subject):
    """Return the name by which an explorer is asked for a network, None where it gets a model."""
    if alive(subject):
        return None
    name = subject if isinstance(subject, str) else getattr(subject, "__name__", "")
    return name if name.isidentifier() else None


def _closed(network):
    """Return name and shape of each box of a network whose blocks are closed."""
    boxes = []
    for child in network["root"]:
        last = max(_layers_of(network, child))
        first = len(network["layers"])
        name = (
            network["blocks"][child - first][0] if child >= first else network["layers"][child][0]
        )
        boxes.append((name, network["layers"][last][3]))
    return boxes


def _members(network, name):
    """Return the numbers of the layers in the block of a name, if there is one."""
    first = len(network["layers"])
    places = [place for place, block in enumerate(network["blocks"]) if block[0] == name]
    return [number for place in places for number in _layers_of(network, first + place)]


def _layers_of(network, child):
    """Return the numbers of the layers in a layer or block."""
    first = len(network["layers"])
    if child < first:
        return [child]
    inside = network["blocks"][child - first][1]
    return [number for one in inside for number in _layers_of(network, one)]


def _draw_boxes(axis, boxes, plots):
    """Draw boxes in a line: height follows the side, width the maps, as in layout.js."""
    from matplotlib.patches import Rectangle

    x = 0.0
    for name, shape in boxes:
        side = math.prod(shape[:-1]) ** (1 / max(1, len(shape) - 1))
        height, width = 9 * side**0.5, 1.35 * shape[-1] ** 0.5
        axis.add_patch(
            Rectangle((x, -height / 2), width, height, facecolor="none", edgecolor=plots.ACCENT)
        )
        words = f"{name}  {'×'.join(map(str, shape))}"
        axis.text(x + width / 2, -75, words, rotation=90, ha="center", va="top", size=6.5)
        x += max(width, 12) + 14
    axis.set(xlim=(-14, x), ylim=(-190, 85), aspect="auto")
    axis.axis("off")


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
