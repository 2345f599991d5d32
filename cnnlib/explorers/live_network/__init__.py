"""`LiveNetworkExplorer`: a small trained network in the page, to draw for and to break."""

import ipywidgets as widgets
import numpy as np
import traitlets

from cnnlib.checks import check_integer
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Place, Slider, State
from cnnlib.explorers.live_network.subject import network_of

_SEEN = ("picture", "right", "down", "turn")
"""Settings that say what a network sees."""


class _Subject(Place):
    """What the network is made from: it stays in Python, and the view gets what is made of it."""

    def __post_init__(self):
        pass


def _subject(words):
    return _Subject(traitlets.Any(None, allow_none=True), words)


class LiveNetworkExplorer(Explorer):
    """A trained network, alive: draw, watch every map, open one, break it and see what that costs.

    A map or unit that is switched off gives 0, whatever it reads. A cut
    input counts as 0 in a sum and as 1 in a product, a cut gate as closed.

    The attribute `weights` holds other weights for the same layers, as bytes: all numbers in the
    graph's order (see `cnnlib.live`), float32, the low byte first; no bytes stand for the network's
    own. Another widget of the page that trains the network can set it by `jsdlink`, and likewise
    `origin`, which says whose they are. Of the maps that `asked` lists, as layers' names and
    channels, `maps` holds what they show: bytes from -127 to 127, one map behind the other.
    """

    model = _Subject(
        traitlets.Any("digits"),
        "the network: a name of `cnnlib.trained.available()`, a small `keras.Model`, or what "
        "`cnnlib.live.export` returned",
    )
    pictures = _subject(
        "some 200 held-out pictures [count, height, width, 1 or 3], in the values that the model "
        "takes; those of the book where the network is"
    )
    classes = _subject("their class numbers [count]")
    names = _subject("the classes' names; their numbers where it is not given")
    picture = Place(
        traitlets.Int(0),
        "what the network sees: the number of a held-out picture, or a uint8 array [height, "
        "width, channels] of 0 to 255",
        0,
    )
    right = Slider("Shift right", -8, 8, 0, "pixels by which the picture is shifted")
    down = Slider("Shift down", -8, 8, 0, "pixels by which the picture is shifted")
    turn = Slider("Turn", -180, 180, 0, "degrees by which it is turned clockwise", 5)
    edits = Place(
        traitlets.List(traitlets.Dict()),
        'what is broken: dicts of "layer" and of "map", the channel switched off, counted from 0, '
        '"input", the place of the input that is cut, "slice", a map and the slice of its kernel '
        'that is cut, or "weight", "at" and "value", the weight\'s name, its indices in Keras\'s '
        "layout and what it is now",
    )
    own = State(traitlets.Instance(memoryview, (b"",)))
    layer = State(traitlets.Unicode())
    channel = State(traitlets.Int(0))
    slice = State(traitlets.Int(0))
    row = State(traitlets.Int(0))
    column = State(traitlets.Int(0))
    network = Data(dict)
    weights = Data(bytes)
    origin = Data(str)
    asked = Data(list)
    maps = Data(bytes)
    led = Data(bool)

    def __init__(self, model="digits", pictures=None, classes=None, names=None, **settings):
        subject = {"model": model, "pictures": pictures, "classes": classes, "names": names}
        super().__init__(**subject, **settings)

    def _initial(self, settings):
        subject = {name: settings.pop(name) for name in ("model", "pictures", "classes", "names")}
        network = network_of(**subject)
        traits = super()._initial(settings) | subject
        if not isinstance(settings.get("picture", 0), int):
            pixels = _checked_picture(settings["picture"], network.shape)
            traits |= {"picture": -1, "own": memoryview(pixels.tobytes())}
        elif "picture" in settings:
            check_integer("picture", settings["picture"], 0, network.count - 1)
        network.check_edits(settings.get("edits", []))
        return traits | {"network": network.widget()}

    @property
    def _network(self):
        return network_of(self.model, self.pictures, self.classes, self.names)

    def beside(self, model, **settings):
        """Return an explorer of another network, which sees whatever is drawn or chosen here.

        Args:
            model: as for the constructor; its pictures have the size of these.
            **settings: what else the constructor takes, but for the picture.

        Returns:
            A `LiveNetworkExplorer` without a drawing surface of its own.

        Raises:
            ValueError: the network takes pictures of another size.
        """
        seen = {name: value for name, value in self.settings().items() if name in _SEEN}
        other = LiveNetworkExplorer(model, **seen, **settings)
        if other._network.shape != self._network.shape:
            raise ValueError(
                f"`model` must take pictures of shape {self._network.shape}. "
                f"Received: {other._network.shape}"
            )
        other.view.led = True
        other.children = [other.view]
        for name in (*_SEEN, "own"):
            widgets.jslink((self.view, name), (other.view, name))
        return other

    def in_keras(self):
        """Return the network as a `keras.Model`, broken as it is, its layers called as here."""
        from cnnlib.explorers.live_network.in_keras import rebuilt

        return rebuilt(self._network.graph, self._numbers(), self.edits)

    def _numbers(self):
        """Return the weights that the network has when nothing is broken, float32."""
        given = np.frombuffer(self.weights, "<f4")
        return given if given.size else self._network.numbers

    def settings(self):
        """Return the present settings; in a live notebook, what the reader has chosen.

        Returns:
            A dict that the constructor takes; "picture" is an array where the reader drew it.
        """
        settings = super().settings()
        if settings["picture"] < 0:
            settings["picture"] = np.frombuffer(self.own, "uint8").reshape(self._network.shape)
        return settings

    def compute(self):
        """Run the network, broken as it is, in Keras.

        Returns:
            A dict: "probabilities" (or, of a network that ends in an `RBFOutput`, "distances"), of
            each class by its name for the picture as it is shifted and turned, and "right", on
            how many of the held-out pictures the network is right.
        """
        network, model = self._network, self.in_keras()
        shown = network.moved(self.settings()["picture"], self.right, self.down, self.turn)
        (seen,) = network.outputs(model, shown[np.newaxis])
        guesses = network.chosen(network.outputs(model, network.pictures))
        return {
            "distances" if network.nearest else "probabilities": dict(
                zip(network.names, seen.tolist(), strict=True)
            ),
            "right": int(np.sum(guesses == network.labels)),
        }

    def compute_maps(self):
        """Compute in Keras what the layers give for the picture, broken as the network is.

        Returns:
            A dict of float32 arrays, [height, width, maps] or [units], by the layers' names, that
            of the picture first.
        """
        from cnnlib.explorers.live_network.in_keras import rebuilt

        network = self._network
        model = rebuilt(network.graph, self._numbers(), self.edits, whole=True)
        shown = network.moved(self.settings()["picture"], self.right, self.down, self.turn)
        values = network.values(shown[np.newaxis])
        names = (entry["name"] for entry in network.graph["layers"])
        outputs = (np.asarray(one)[0] for one in [values, *model(values, training=False)])
        return dict(zip(names, outputs, strict=True))

    def figure(self):
        """Draw the picture, some maps of each layer and the class probabilities.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from cnnlib.explorers.live_network.still import drawn

        return drawn(self)


def _checked_picture(picture, shape):
    if np.shape(picture) != shape or getattr(picture, "dtype", None) != np.uint8:
        raise ValueError(
            f"`picture` must be a number, or a uint8 array of shape {shape}. "
            f"Received: {type(picture).__name__} of shape {np.shape(picture)}"
        )
    return np.ascontiguousarray(picture)
