"""`OwnClassesExplorer`: a trained trunk, and a head that learns the reader's own drawings."""

from functools import cache

import numpy as np
import traitlets

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Place, Slider, State
from cnnlib.explorers.live_network.subject import network_of

CLASSES, EACH, SIDE = 3, 3, 32
NAMES = ("house", "fish", "star")
RATE = 0.01
"""Of Adam, as in `heads.js`."""

_TURNS = 2 * np.pi * np.arange(25) / 24
_POINTS = np.pi * np.arange(0, 21, 4) / 5 - np.pi / 2
_LINES = {
    "house": [
        [(-0.6, 0.9), (-0.6, -0.1), (0.6, -0.1), (0.6, 0.9), (-0.6, 0.9)],
        [(-0.85, -0.1), (0, -0.95), (0.85, -0.1)],
    ],
    "fish": [
        np.column_stack([0.62 * np.cos(_TURNS) - 0.28, 0.5 * np.sin(_TURNS)]),
        [(0.32, 0), (0.9, -0.45), (0.9, 0.45), (0.32, 0)],
    ],
    "star": [np.column_stack([0.9 * np.cos(_POINTS), 0.9 * np.sin(_POINTS)])],
}


def _drawn(name, random):
    """Draw one of the examples with an unsteady pen, uint8 [SIDE, SIDE]."""
    from PIL import Image, ImageDraw

    fine = 8  # to be averaged
    page = Image.new("L", (SIDE * fine, SIDE * fine), 255)
    pen = ImageDraw.Draw(page)
    turn, size = random.uniform(-0.3, 0.3), random.uniform(6.5, 12.5)
    cos, sin = np.cos(turn), np.sin(turn)
    place = SIDE / 2 + random.uniform(-3.5, 3.5, 2)
    squeeze = random.uniform(0.8, 1.2)
    for line in _LINES[name]:
        bent = np.asarray(line) * [squeeze, 1 / squeeze] + random.normal(0, 0.04, (len(line), 2))
        spots = bent @ [[cos, sin], [-sin, cos]] * size + place
        pen.line([tuple(spot) for spot in spots * fine], 0, round(2.4 * fine), "curve")
    return np.asarray(page.resize((SIDE, SIDE), Image.Resampling.BOX))


def examples():
    """Return the drawings that the page begins with: three of each class, and a new one.

    Returns:
        uint8 array [10, 32, 32]; the last one is a fish.
    """
    random = np.random.default_rng(1)
    names = [*np.repeat(NAMES, EACH), NAMES[1]]
    return np.stack([_drawn(name, random) for name in names])


class OwnClassesExplorer(Explorer):
    """Three classes of the reader's own, learned in the page from three drawings of each.

    Chapter "Transfer learning". Two heads learn from the same drawings: a dense layer behind the
    trunk of the network "alphabet", and one that reads the pixels. Each begins with weights of 0
    and takes steps of Adam on all drawings at once.
    """

    steps = Slider("Steps of training", 0, 200, 100, "that both heads take", step=5)
    each = Slider("Drawings of each class", 1, EACH, EACH, "that the heads learn from")
    names = Place(traitlets.List(traitlets.Unicode(), list(NAMES)), "the names of the classes")
    own = State(traitlets.Instance(memoryview, (b"",)))
    chosen = State(traitlets.Int(CLASSES * EACH))
    examples = Data(lambda: examples().tobytes())
    network = Data(lambda: network_of("alphabet", None, None, None).widget())

    @property
    def drawings(self):
        """The present drawings, uint8 [10, 32, 32, 1], the new one last; 255 is paper."""
        given = bytes(self.own) or self.examples
        return np.frombuffer(given, "uint8").reshape(-1, SIDE, SIDE, 1)

    def compute(self):
        """Train both heads in Keras.

        Returns:
            A dict from "trunk" and "pixels" to dicts: "probabilities", of the new drawing by
            class, and "right", how many of the drawings are named rightly by a head that has
            learned from the others.
        """
        import keras

        from cnnlib import trained

        model = trained.model("alphabet")
        body = keras.Model(model.input, model.get_layer("avg_pool").output)
        drawings = self.drawings
        read = {
            "trunk": np.asarray(body(drawings.astype("float32"), training=False)),
            "pixels": 1 - drawings.reshape(len(drawings), -1).astype("float32") / 255,
        }
        labels = np.repeat(np.arange(CLASSES), EACH)
        shown = (np.arange(CLASSES * EACH) % EACH < self.each) & (drawings[:-1] < 255).any(
            axis=(1, 2, 3)
        )
        used = np.flatnonzero(shown)
        found = {}
        for way, numbers in read.items():
            said = _said(numbers[used], labels[used], self.steps, numbers[-1:])
            right = 0
            for one in used:
                others = used[used != one]
                guess = _said(numbers[others], labels[others], self.steps, numbers[[one]])
                right += int(guess.argmax() == labels[one])
            found[way] = {
                "probabilities": dict(zip(self.names, said.tolist(), strict=True)),
                "right": right,
            }
        return found

    def figure(self):
        """Draw the drawings that the page begins with."""
        from cnnlib import plots

        titles = [*np.repeat(self.names, EACH), "a new one"]
        drawings = zip(titles, self.drawings[..., 0], strict=True)
        panels = [(title, one / 255) for title, one in drawings]
        return plots.show(plots.pictures(panels), "Three drawings of each class, and a new one")


@cache
def _head(inputs):
    import keras

    dense = keras.layers.Dense(CLASSES, activation="softmax", kernel_initializer="zeros")
    head = keras.Sequential([keras.Input((inputs,)), dense])
    head.compile(keras.optimizers.Adam(RATE), "sparse_categorical_crossentropy")
    return head


def _said(x, y, steps, asked):
    """Return what a head says of `asked` that has learned from all of x in every step."""
    from cnnlib.training import restart

    head = _head(x.shape[1])
    restart(head, 0)
    if len(x) and steps:
        every = np.tile(x, (steps, 1)), np.tile(y, steps)
        head.fit(*every, batch_size=len(x), shuffle=False, verbose=0)
    return np.asarray(head(asked))[0]
