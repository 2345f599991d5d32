"""The network of an explorer with its held-out pictures, as plain arrays and as a widget."""

import json
from dataclasses import dataclass
from functools import cache

import ipywidgets as widgets
import numpy as np
import traitlets

from cnnlib import trained
from cnnlib.checks import check_choice


class HeldOut(widgets.Widget):
    """Pictures with their classes in the browser's memory, shared by the networks that see them."""

    pixels = traitlets.Bytes().tag(sync=True)
    packed = traitlets.Bool().tag(sync=True)
    """Whether a byte holds two pixels of 16 shades, the first one in its high bits."""
    labels = traitlets.List(traitlets.Int()).tag(sync=True)
    low = traitlets.Float(0.0).tag(sync=True)
    high = traitlets.Float(255.0).tag(sync=True)


class NetworkData(widgets.Widget):
    """A network in the browser's memory, shared by the explorers of a page that show it."""

    graph = traitlets.Dict().tag(sync=True)
    weights = traitlets.Bytes().tag(sync=True)
    pictures = traitlets.Instance(HeldOut).tag(sync=True, **widgets.widget_serialization)
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)


_widgets = {}


def _widget(kind, **values):
    """Return the one widget of a kind that holds these values."""
    plain = (bytes, widgets.Widget)
    texts = (one if isinstance(one, plain) else json.dumps(one) for one in values.values())
    key = (kind, *texts)
    if key not in _widgets or _widgets[key].comm is None:  # closed with its notebook's widgets
        _widgets[key] = kind(**values)
    return _widgets[key]


def held_out(pictures, labels, low=0.0, high=255.0):
    """Return the one widget that holds pictures with their classes; see `Network`."""
    pixels, packed = _packed(pictures)
    return _widget(
        HeldOut, pixels=pixels, packed=packed, labels=labels.tolist(), low=low, high=high
    )


@dataclass(eq=False)
class Network:
    """A graph with its weights (see `cnnlib.live`) and held-out pictures as bytes.

    Attributes:
        graph: the layers.
        weights: float16, as bytes.
        pictures: uint8 array [count, height, width, channels].
        labels: their class numbers [count].
        names: the classes' names.
        low: the value that the byte 0 stands for.
        high: the value that 255 stands for.
    """

    graph: dict
    weights: bytes
    pictures: np.ndarray
    labels: np.ndarray
    names: tuple
    low: float = 0.0
    high: float = 255.0

    @property
    def shape(self):
        """Height, width and channels of a picture."""
        return tuple(self.graph["layers"][0]["shape"])

    @property
    def count(self):
        """How many held-out pictures there are."""
        return len(self.labels)

    @property
    def numbers(self):
        """All weights, float32."""
        return np.frombuffer(self.weights, "<f2").astype("float32")

    @property
    def ground(self):
        """What an empty page is: 0 or 255, whichever the pictures' corners are nearer to."""
        return 0 if self.pictures[:, [0, -1]][:, :, [0, -1]].mean() < 128 else 255

    def widget(self):
        """Return the one widget that holds the network."""
        pictures = held_out(self.pictures, self.labels, self.low, self.high)
        kept = {"graph": self.graph, "weights": self.weights, "names": list(self.names)}
        return _widget(NetworkData, pictures=pictures, **kept)

    def check_edits(self, edits):
        """Check that every edit names a layer and something that it has."""
        layers = {one["name"]: one for one in self.graph["layers"]}
        for edit in edits:
            layer = layers.get(edit.get("layer"))
            if layer is None or not _names_something(edit, layer):
                raise ValueError(
                    "`edits` must name a layer and a map, an input or a weight that it has, with "
                    f"its indices and a value. Received: {edit!r}"
                )

    def values(self, pictures):
        """Return uint8 pictures as the model takes them, float32."""
        share = np.asarray(pictures, "float32") / 255
        return np.float32(self.low + share * (self.high - self.low))

    @property
    def nearest(self):
        """Whether the outputs are distances, of which the smallest tells the class."""
        return self.graph["layers"][-1]["kind"] == "RBFOutput"

    def chosen(self, outputs):
        """Return the class numbers that outputs [..., classes] tell."""
        return (np.argmin if self.nearest else np.argmax)(outputs, axis=-1)

    def outputs(self, model, pictures):
        """Return what a model says of uint8 pictures: probabilities, or distances, by class."""
        last = self.graph["layers"][-1]
        said = np.asarray(model(self.values(pictures), training=False))
        if (
            self.nearest
            or last["kind"] == "Softmax"
            or last["config"].get("activation") == "softmax"
        ):
            return said
        shares = np.exp(said - said.max(-1, keepdims=True))
        return shares / shares.sum(-1, keepdims=True)

    def moved(self, picture, right, down, turn):
        """Return a picture (or the one of that number), shifted, and turned about its middle."""
        from scipy import ndimage

        pixels = self.pictures[picture] if isinstance(picture, int) else picture
        if not (right or down or turn):
            return pixels
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        matrix = np.array([[cos, -sin], [sin, cos]])
        middle = (np.array(self.shape[:2]) - 1) / 2
        offset = middle - matrix @ (middle + np.array([down, right]))
        how = {"order": 1, "mode": "grid-constant", "cval": self.ground}
        channels = [
            ndimage.affine_transform(pixels[..., c].astype(float), matrix, offset, **how)
            for c in range(self.shape[2])
        ]
        return np.round(np.stack(channels, -1)).astype("uint8")


def _packed(pictures):
    """Return pictures as bytes, and whether each holds two pixels: those of 16 shades do."""
    pixels = pictures.ravel()
    if pixels.size % 2 or (pixels % 17).any():
        return pixels.tobytes(), False
    left, right = (pixels // 17).reshape(-1, 2).T
    return (left << 4 | right).tobytes(), True


def _names_something(edit, layer):
    """Whether an edit names a map, an input or a weight of a layer."""

    def inside(index, end):
        return isinstance(index, int) and 0 <= index < end

    if set(edit) == {"layer", "map"}:
        return inside(edit["map"], layer["shape"][-1])
    if set(edit) == {"layer", "slice"}:
        return _has_slice(edit["slice"], layer)
    if set(edit) == {"layer", "input"}:
        return inside(edit["input"], len(layer["inputs"])) and len(layer["inputs"]) > 1
    if set(edit) != {"layer", "weight", "at", "value"}:
        return False
    shape = {one["name"]: one["shape"] for one in layer["weights"]}.get(edit["weight"])
    if shape is None or len(edit["at"]) != len(shape) or not np.isfinite(edit["value"]):
        return False
    return all(map(inside, edit["at"], shape))


def _has_slice(slice_, layer):
    """Whether a layer has several slices in the kernel of a map, and among them this one."""
    if not isinstance(slice_, list | tuple) or len(slice_) != 2:
        return False
    channel, number = slice_
    if not all(isinstance(one, int) for one in slice_) or not 0 <= channel < layer["shape"][-1]:
        return False
    if layer["kind"] == "PartialConvolution2D":
        count = len(layer["config"]["connections"][channel])
    else:
        count = layer["weights"][0]["shape"][2] if layer["kind"] == "Conv2D" else 0
    return count > 1 and 0 <= number < count


def network_of(model, pictures, classes, names):
    """Return the `Network` for what an explorer is given.

    Args:
        model: a name of `trained.available()`, a `keras.Model`, or a `cnnlib.live.Exported`.
        pictures: held-out pictures [count, height, width, channels].
        classes: their class numbers [count].
        names: the classes' names.

    Returns:
        A `Network`.

    Raises:
        TypeError: `model` is none of these.
        ValueError: the name is unknown, or pictures, classes and names do not suit the model.
    """
    if isinstance(model, str):
        return _shipped(model)
    from cnnlib import live

    exported = model if isinstance(model, live.Exported) else live.export(model)
    shape = tuple(exported.graph["layers"][0]["shape"])
    if shape[2] not in (1, 3):
        raise ValueError(f"`model` must take pictures of 1 or 3 channels. Received: {shape[2]}")
    ends = tuple(exported.graph["layers"][-1]["shape"])
    if len(ends) != 1 or ends[0] < 2:
        raise ValueError(f"`model` must end with one number for each class. Received: {ends}")
    pixels, low, high = _as_bytes(pictures, shape)
    labels = _checked_labels(classes, len(pixels), ends[0])
    return Network(
        exported.graph, exported.weights, pixels, labels, _checked_names(names, ends[0]), low, high
    )


def _as_bytes(pictures, shape):
    """Return pictures as uint8, and the values for which 0 and 255 stand."""
    if np.shape(pictures)[1:] != shape or not len(pictures):
        received = None if pictures is None else np.shape(pictures)
        raise ValueError(
            f"`pictures` must be [count, {', '.join(map(str, shape))}]. Received: {received}"
        )
    pixels = np.asarray(pictures)
    if pixels.dtype == np.uint8:
        return pixels, 0.0, 255.0
    low, high = float(pixels.min()), float(pixels.max())
    share = (pixels.astype("float64") - low) / ((high - low) or 1)
    return np.round(255 * share).astype("uint8"), low, high


def _checked_labels(classes, count, end):
    labels = np.asarray(classes)
    numbers = labels.shape == (count,) and np.issubdtype(labels.dtype, np.integer)
    if not numbers or labels.min() < 0 or labels.max() >= end:
        raise ValueError(
            f"`classes` must be {count} class numbers below {end}. "
            f"Received: {None if classes is None else labels}"
        )
    return labels


def _checked_names(names, count):
    found = tuple(map(str, range(count) if names is None else names))
    if len(found) != count:
        raise ValueError(f"`names` must be {count} names. Received: {names!r}")
    return found


@cache
def _shipped(name):
    found = trained.network(check_choice("model", name, trained.available()))
    return Network(found.graph, found.weights, found.pictures, found.classes, found.class_names)
