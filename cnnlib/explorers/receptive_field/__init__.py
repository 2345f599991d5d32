"""`ReceptiveFieldExplorer`: what one neuron of a stack of layers sees, layer by layer."""

import numpy as np
import traitlets

from cnnlib import data, geometry
from cnnlib.checks import check_integer
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._pictures import SIDE, book_pictures
from cnnlib.explorers._settings import Choice, Data, Place, Slider, State
from cnnlib.explorers.receptive_field.stacks import (
    DEEPEST,
    DEFAULTS,
    LARGEST,
    STACKS,
    USUAL_SIDE,
    checked_stack,
    trace,
)

PICTURES = ("chelsea", "temple", "astronaut", "flower")


class ReceptiveFieldExplorer(Explorer):
    """A stack of layers that the reader edits, and what one of its neurons sees of a picture.

    Chapter "Receptive fields". Kernels and pictures are square, so one axis stands for both.
    """

    side = Slider(
        "Picture side",
        8,
        320,
        USUAL_SIDE,
        "pixels of the picture's side; where it is not given, the network's own",
    )
    stack = Choice(
        "Layers of",
        {name: title for name, (title, _, _) in STACKS.items()} | {None: "your own"},
        "small",
        "the network, GoogLeNet through its 5×5 branches and ResNet-50 along its main path; or a "
        'list of layers from input to output, dicts with "kernel" (1 to 11) and, if wanted, "kind" '
        '("convolution" or "pooling"), "stride" (1 to 5), "padding" ("valid", "same" or 0 to 5 '
        'zeros on each side), "dilation" (1 to 16) and "name"',
    )
    picture = Choice("Picture", {name: name for name in PICTURES}, "chelsea", "what is shown")
    light = Choice(
        "Light",
        {"field": "the whole field", "paths": "by share of paths"},
        "field",
        "what the light on the picture shows: the field, or for each pixel the share of the "
        "neuron's paths that lead to it",
    )
    layer = Place(
        traitlets.Int(), "the layer of the neuron, 0 for the input; where it is not given, the last"
    )
    row = Place(traitlets.Int(), "the neuron's row; where it is not given, that in the middle")
    column = Place(traitlets.Int(), "its column, likewise")
    layers = State(traitlets.List(traitlets.Dict()))
    pictures = book_pictures(PICTURES)
    presets = Data(
        lambda: {name: {"side": side, "layers": own} for name, (_, side, own) in STACKS.items()}
    )
    largest = Data(LARGEST.copy)
    deepest = Data(lambda: DEEPEST)

    def __init__(self, stack="small", **settings):
        super().__init__(stack=stack, **settings)

    def _initial(self, settings):
        stack = settings.pop("stack")
        neuron = {name: settings.pop(name, None) for name in ("layer", "row", "column")}
        if isinstance(stack, str):
            own = super()._initial({"stack": stack})
            _, side, layers = STACKS[stack]
        else:
            own, side, layers = {"stack": len(STACKS)}, USUAL_SIDE, checked_stack(stack)
        traits = {"side": side, "layers": layers} | own | super()._initial(settings)
        return traits | _checked_neuron(trace(traits["side"], layers), **neuron)

    def receptive_field(self):
        """Return the `geometry.ReceptiveField` of the layer whose neuron is shown."""
        return trace(self.side, self.layers)[self.settings()["layer"]][1]

    def settings(self):
        """Return the present settings; in a live notebook, what the reader has chosen.

        Returns:
            A dict that the constructor takes; "stack" is a list where it is the reader's own.
        """
        settings = super().settings()
        if settings["stack"] is None:
            settings["stack"] = [
                {name: value for name, value in layer.items() if DEFAULTS.get(name) != value}
                for layer in self.layers
            ]
        rows = trace(self.side, self.layers)  # a smaller picture may have fewer layers and neurons
        layer = min(self.layer, len(rows) - 1)
        row, column = (min(index, rows[layer][0] - 1) for index in (self.row, self.column))
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
            for layer in self.layers[: s["layer"]]:
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

        s, layers = self.settings(), self.layers
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


def _checked_neuron(rows, layer, row, column):
    """Return the places of a neuron, where they are None in the middle of the last layer."""
    last = len(rows) - 1
    layer = last if layer is None else check_integer("layer", layer, 0, last)
    outputs = rows[layer][0]
    found = {
        name: outputs // 2 if index is None else check_integer(name, index, 0, outputs - 1)
        for name, index in {"row": row, "column": column}.items()
    }
    return {"layer": layer} | found


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
