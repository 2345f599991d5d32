"""`ReceptiveFieldExplorer`: what one neuron of a stack of layers sees, layer by layer."""

import ipywidgets as widgets
import numpy as np
import traitlets

from cnnlib import data, geometry
from cnnlib.checks import check_integer, check_padding
from cnnlib.explorers._base import Choice, Explorer, Slider, View, styles
from cnnlib.explorers._modules import front_end
from cnnlib.explorers._pictures import SIDE, Picture, shared

PICTURES = ("chelsea", "temple", "astronaut", "flower")
LARGEST = {"kernel": 11, "stride": 5, "dilation": 16, "padding": 5}
DEEPEST = 64
_USUAL = {"kind": "convolution", "stride": 1, "padding": "valid", "dilation": 1, "name": ""}
SIDES = (8, 320)
USUAL = 48  # pixels of the picture's side for a stack of the reader's own
OWN = {None: "your own"}
"""The last choice of stacks; its setting is a list of layers instead of a name."""


def _conv(name, kernel, stride=1, padding="valid", dilation=1, kind="convolution"):
    how = {"stride": stride, "padding": padding, "dilation": dilation}
    return {"name": name, "kind": kind, "kernel": kernel, **how}


def _pool(name, kernel, stride, padding="valid"):
    return _conv(name, kernel, stride, padding, kind="pooling")


def _vgg16():
    for block, convolutions in enumerate((2, 2, 3, 3, 3), start=1):
        for place in range(1, convolutions + 1):
            yield _conv(f"block{block}_conv{place}", 3, padding="same")
        yield _pool(f"block{block}_pool", 2, 2)


def _resnet50():
    yield _conv("conv1", 7, 2, 3)
    yield _pool("pool1", 3, 2, "same")
    for stage, units in enumerate((3, 4, 6, 3), start=2):
        for unit in range(1, units + 1):
            name = f"conv{stage}_{unit}_conv"
            yield _conv(f"{name}1", 1, 2 if unit == 1 and stage > 2 else 1)
            yield _conv(f"{name}2", 3, padding="same")
            yield _conv(f"{name}3", 1)


def _googlenet():
    yield from (_conv("conv1", 7, 2, 3), _pool("pool1", 3, 2, "same"))
    yield from (_conv("conv2_reduce", 1), _conv("conv2", 3, padding="same"))
    for stage, modules in enumerate(("ab", "abcde", "ab"), start=3):
        yield _pool(f"pool{stage - 1}", 3, 2, "same")
        for module in modules:
            name = f"inception_{stage}{module}_5x5"
            yield from (_conv(f"{name}_reduce", 1), _conv(name, 5, padding="same"))


STACKS = {
    "small": (
        "a small stack",
        USUAL,
        [
            *(_conv("conv1", 3), _pool("pool1", 2, 2), _conv("conv2", 3)),
            *(_pool("pool2", 2, 2), _conv("conv3", 3)),
        ],
    ),
    "LeNet5": (
        "LeNet-5",
        32,
        [*(_conv("C1", 5), _pool("S2", 2, 2), _conv("C3", 5), _pool("S4", 2, 2)), _conv("C5", 5)],
    ),
    "AlexNet": (
        "AlexNet",
        227,
        [
            *(_conv("conv1", 11, 4), _pool("pool1", 3, 2)),
            *(_conv("conv2", 5, padding="same"), _pool("pool2", 3, 2)),
            *(_conv(f"conv{i}", 3, padding="same") for i in (3, 4, 5)),
            _pool("pool5", 3, 2),
        ],
    ),
    "ZFNet": (
        "ZFNet",
        224,
        [
            *(_conv("conv1", 7, 2, 1), _pool("pool1", 3, 2, 1)),
            *(_conv("conv2", 5, 2), _pool("pool2", 3, 2, 1)),
            *(_conv(f"conv{i}", 3, padding="same") for i in (3, 4, 5)),
            _pool("pool5", 3, 2),
        ],
    ),
    "VGG16": ("VGG16", 224, list(_vgg16())),
    "GoogLeNet": ("GoogLeNet, through its 5×5 branches", 224, list(_googlenet())),
    "ResNet50": ("ResNet-50, main path", 224, list(_resnet50())),
    "dilated": (
        "dilated convolutions",
        96,
        [_conv(f"dilation {d}", 3, padding="same", dilation=d) for d in (1, 1, 2, 4, 8, 16, 1)],
    ),
}
"""Title, input side and layers of each stack, named as in `cnnlib.models`."""


class ReceptiveFieldView(View):
    """Rows of neurons, a picture, a layer's controls and a table; see receptive.js."""

    _esm = front_end("receptive/view.js")
    _css = styles("receptive/view.css")

    pictures = traitlets.List(traitlets.Instance(Picture)).tag(
        sync=True, **widgets.widget_serialization
    )
    presets = traitlets.List(
        [{"side": side, "layers": layers} for _, side, layers in STACKS.values()]
    ).tag(sync=True)
    largest = traitlets.Dict(LARGEST).tag(sync=True)
    deepest = traitlets.Int(DEEPEST).tag(sync=True)

    stack = traitlets.Int(0).tag(sync=True)
    layers = traitlets.List(traitlets.Dict()).tag(sync=True)
    side = traitlets.Int(USUAL).tag(sync=True)
    picture = traitlets.Int(0).tag(sync=True)
    light = traitlets.Int(0).tag(sync=True)
    layer = traitlets.Int(0).tag(sync=True)
    row = traitlets.Int(0).tag(sync=True)
    column = traitlets.Int(0).tag(sync=True)

    @traitlets.default("pictures")
    def _default_pictures(self):
        return [shared(name) for name in PICTURES]


class ReceptiveFieldExplorer(Explorer):
    """A stack of layers that the reader edits, and what one of its neurons sees of a picture.

    Chapter "Receptive fields". Kernels and pictures are square, so one axis stands for both.

    Args:
        stack: "small", "LeNet5", "AlexNet", "ZFNet", "VGG16", "GoogLeNet" (its 5x5 branches),
            "ResNet50" (its main path) or "dilated"; or a list of layers from input to output,
            dicts with "kernel" (1 to 11) and, if wanted, "kind" ("convolution" or "pooling"),
            "stride" (1 to 5), "padding" ("valid", "same" or 0 to 5 zeros on each side),
            "dilation" (1 to 16) and "name".
        side: pixels of the picture's side, 8 to 320; by default the network's own, 48 for a
            stack of yours.
        picture: "chelsea", "temple", "astronaut" or "flower".
        light: "field" lights the whole field alike, "paths" each pixel by the share of the
            neuron's paths that lead to it.
        layer: the layer of the neuron, 0 for the input; by default the last.
        row: the neuron's row; by default that in the middle.
        column: its column.

    Raises:
        TypeError: an unknown setting or one of the wrong type.
        ValueError: a setting out of range, an unknown name, a stack without layers.
    """

    View = ReceptiveFieldView
    controls = (
        Slider("side", "Picture side", *SIDES),
        Choice("stack", "Layers of", {name: title for name, (title, _, _) in STACKS.items()} | OWN),
        Choice("picture", "Picture", {name: name for name in PICTURES}),
        Choice(
            "light",
            "Light",
            {"field": "the whole field alike", "paths": "by the share of paths"},
        ),
    )

    def __init__(self, stack="small", *, layer=None, row=None, column=None, **settings):
        super().__init__(stack=stack, layer=layer, row=row, column=column, **settings)

    def _initial(self, settings):
        stack, layer = settings.pop("stack"), settings.pop("layer")
        neuron = {name: settings.pop(name) for name in ("row", "column")}
        if isinstance(stack, str):
            own = super()._initial({"stack": stack})
            _, side, layers = STACKS[stack]
        else:
            own, side, layers = {"stack": len(STACKS)}, USUAL, _checked_stack(stack)
        traits = {"side": side, "layers": layers} | own | super()._initial(settings)
        rows = trace(traits["side"], layers)
        last = len(rows) - 1
        traits["layer"] = last if layer is None else check_integer("layer", layer, 0, last)
        outputs = rows[traits["layer"]][0]
        for name, index in neuron.items():
            middle = outputs // 2
            traits[name] = middle if index is None else check_integer(name, index, 0, outputs - 1)
        return traits

    def stack(self):
        """Return the layers shown, from input to output, as dicts."""
        return [dict(layer) for layer in self.view.layers]

    def receptive_field(self):
        """Return the `geometry.ReceptiveField` of the layer whose neuron is shown."""
        rows = trace(self.view.side, self.view.layers)
        return rows[self.settings()["layer"]][1]

    def settings(self):
        """Return the present settings; in a live notebook, what the reader has chosen.

        Returns:
            A dict that the constructor takes; "stack" is a list where it is the reader's own.
        """
        view, settings = self.view, super().settings()
        if settings["stack"] is None:
            settings["stack"] = [
                {name: value for name, value in layer.items() if _USUAL.get(name) != value}
                for layer in self.view.layers
            ]
        rows = trace(view.side, view.layers)  # a smaller picture may have fewer layers and neurons
        layer = min(view.layer, len(rows) - 1)
        row, column = (min(index, rows[layer][0] - 1) for index in (view.row, view.column))
        return settings | {"layer": layer, "row": row, "column": column}

    def compute(self):
        """Measure with TensorFlow what the neuron sees, through layers that average.

        All weights of a layer are equal and sum to 1; the gradient of the neuron by a pixel is
        then the share of its paths that lead to that pixel, and not 0 inside the field alone.

        Returns:
            Float64 array [side, side].
        """
        import tensorflow as tf

        s = self.settings()
        image = tf.Variable(tf.zeros([1, s["side"], s["side"], 1], tf.float64))
        with tf.GradientTape() as tape:
            maps = image
            for layer in self.view.layers[: s["layer"]]:
                kernel, d = layer["kernel"], layer["dilation"]
                how = layer["stride"], layer["padding"], d
                zeros = geometry.pad_amounts(maps.shape[1], kernel, *how)
                # A dilated kernel is a wide one with zeros between its weights.
                weights = np.zeros([geometry.receptive_field([(kernel, 1, 0, d)]).size] * 2)
                weights[::d, ::d] = 1 / kernel**2
                maps = tf.nn.conv2d(
                    maps,
                    weights[:, :, np.newaxis, np.newaxis],
                    strides=layer["stride"],
                    padding=[[0, 0], zeros, zeros, [0, 0]],
                )
            neuron = maps[0, s["row"], s["column"], 0]
        return tape.gradient(neuron, image)[0, :, :, 0].numpy()

    def figure(self):
        """Draw the rows of neurons from the side, and the fields over the picture.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots

        s, layers = self.settings(), self.view.layers
        rows = trace(s["side"], layers)
        with plots.style():
            figure = Figure(figsize=(8, 3.4))
            side_view, front = figure.subplots(1, 2, width_ratios=(1.5, 1))
            _draw_rows(side_view, rows, layers, s["layer"], s["column"], plots)
            _draw_picture(front, rows, layers, s, plots)
        field = rows[s["layer"]][1]
        return plots.show(
            figure,
            f"{len(rows) - 1} layers from the side, and a picture of {s['side']} pixels with the "
            f"field of one neuron of the last: {field.size} pixels",
        )


def trace(side, layers):
    """Follow a stack of layers over an input as far as they fit.

    Args:
        side: cells of the input.
        layers: dicts as in the explorer.

    Returns:
        A list of pairs, for the input and for each layer: its outputs, and its
        `geometry.ReceptiveField`.
    """
    rows, stack = [(side, geometry.receptive_field([]))], []
    for layer in layers:
        how = [layer[name] for name in ("kernel", "stride", "padding", "dilation")]
        before, after = geometry.pad_amounts(rows[-1][0], *how)
        if geometry.receptive_field([how]).size > rows[-1][0] + before + after:
            break
        stack.append((how[0], how[1], before, how[3]))
        outputs = geometry.output_size(rows[-1][0], *how)
        rows.append((outputs, geometry.receptive_field(stack)))
    return rows


def _checked_stack(stack):
    if not isinstance(stack, (list, tuple)) or not all(isinstance(one, dict) for one in stack):
        raise TypeError(f"`stack` must be a name or a list of dicts. Received: {stack!r}")
    if not 1 <= len(stack) <= DEEPEST:
        raise ValueError(f"`stack` must have 1 to {DEEPEST} layers. Received: {len(stack)}")
    return [_checked_layer(f"stack[{index}]", layer) for index, layer in enumerate(stack)]


def _checked_layer(name, layer):
    unknown = set(layer) - {"kernel", *_USUAL}
    if unknown or "kernel" not in layer:
        raise ValueError(
            f"`{name}` must have a kernel and may have {', '.join(_USUAL)}. Received: {layer!r}"
        )
    layer = _USUAL | layer
    if layer["kind"] not in ("convolution", "pooling") or not isinstance(layer["name"], str):
        raise ValueError(
            f'`{name}` must be a "convolution" or "pooling", its name a string. Received: {layer!r}'
        )
    for one in ("kernel", "stride", "dilation"):
        layer[one] = check_integer(f"{name}[{one!r}]", layer[one], 1, LARGEST[one])
    padding = check_padding(layer["padding"])
    if not isinstance(padding, str):
        check_integer(f"{name}['padding']", padding, 0, LARGEST["padding"])
    return layer | {"padding": padding}


def _fields_below(rows, layers, layer, neuron):
    """Return first and last cell in every row, from the layer down to the input."""
    first = last = neuron
    yield first, last
    for index in range(layer - 1, -1, -1):
        kernel, stride, padding, dilation = (
            layers[index][name] for name in ("kernel", "stride", "padding", "dilation")
        )
        before, _ = geometry.pad_amounts(rows[index][0], kernel, stride, padding, dilation)
        first, last = first * stride - before, last * stride - before + (kernel - 1) * dilation
        yield first, last


def _centre(field, neuron):
    return neuron * field.stride - field.padding + (field.size - 1) / 2


def _draw_rows(axis, rows, layers, chosen, neuron, plots):
    side = rows[0][0]
    fields = list(_fields_below(rows, layers, chosen, neuron))[::-1]
    ends = []
    for level, (outputs, field) in enumerate(rows):
        half = 0.4 * field.stride if field.stride > side / 50 else field.stride / 2
        middles = np.array([_centre(field, cell) for cell in range(outputs)])
        _cells(axis, middles, half, level, plots.LINE)
        if level <= chosen:
            first, last = fields[level]
            _cells(axis, middles[max(0, first) : last + 1], half, level, plots.ACCENT)
            ends.append([_centre(field, cell) for cell in fields[level]])
    low, high = np.transpose([(max(a, -0.5), min(b, side - 0.5)) for a, b in ends])
    axis.fill_betweenx(range(chosen + 1), low, high, color=plots.ACCENT, alpha=0.15)
    names = ["input", *(layer["name"] or layer["kind"] for layer in layers)][: len(rows)]
    shown = range(0, len(rows), -(-len(rows) // 14))
    axis.set_yticks(shown, [names[level] for level in shown], fontsize=7)
    axis.set(xlim=(-0.5, side - 0.5), ylim=(-0.5, len(rows) - 0.5), xlabel="pixels")
    axis.grid(visible=False)


def _cells(axis, middles, half, level, colour):
    """Draw the cells of a row as a single path, which keeps the page light."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if len(middles) == 0:
        return
    if len(middles) > 1 and middles[1] - middles[0] == 2 * half:  # too small to be told apart
        middles, half = [(middles[0] + middles[-1]) / 2], half * len(middles)
    corners = np.array([(-half, -0.22), (half, -0.22), (half, 0.22), (-half, 0.22)])
    places = np.stack([middles, np.full(len(middles), level)], axis=1)
    path = Path.make_compound_path_from_polys(places[:, np.newaxis] + corners)
    axis.add_patch(PathPatch(path, facecolor=colour, edgecolor="none"))


def _draw_picture(axis, rows, layers, s, plots):
    from matplotlib.patches import Rectangle

    side = s["side"]
    pixels = data.picture(s["picture"], min(side, SIDE), grey=True)
    axis.imshow(pixels, cmap="gray", extent=(0, side, side, 0))
    fields = [
        list(_fields_below(rows, layers, s["layer"], s[name]))[::-1] for name in ("row", "column")
    ]
    reach = [0, side]
    for level in range(1, s["layer"] + 1):
        outputs, field = rows[level]
        y, x = (
            min(max(sum(one[level]) // 2, 0), outputs - 1) * field.stride - field.padding
            for one in fields
        )
        last = level == s["layer"]
        how = {"edgecolor": plots.POSITIVE if last else plots.ACCENT, "linewidth": 1 + last}
        axis.add_patch(Rectangle((x, y), field.size, field.size, facecolor="none", **how))
        reach += [y, x, y + field.size, x + field.size]
    low, high = min(reach) - side / 30, max(reach) + side / 30
    axis.set(xlim=(low, high), ylim=(high, low))
    axis.axis("off")
