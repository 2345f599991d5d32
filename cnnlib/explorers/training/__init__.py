"""`TrainingExplorer`: a small network learns digits in the page, or fails to."""

import zlib

import ipywidgets as widgets
import traitlets

from cnnlib.checks import check_choice
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, LogSlider, Slider, State, Switch
from cnnlib.explorers.training import network

EPOCHS = 12
"""Passes through the pictures that a run takes."""

AILMENTS = {
    "healthy": {},
    "rate": {"rate": 0.5},
    "unscaled": {"inputs": "raw"},
    "relu": {"output": "relu", "seed": 2},
    "labels": {"data": "mislabelled"},
    "zeros": {"initializer": "zeros"},
    "sorted": {"data": "sorted"},
    "norm": {"norm": True, "batch": 1},
}
"""What each patient has that the healthy network has not. A ReLU on the output loses classes from
most random starts, not from all: the patient has one of those."""

OPTIMIZERS = {"sgd": ["sgd", 0], "momentum": ["sgd", 0.9], "adam": ["adam", 0]}
"""What the page's optimizers are, and their momentum."""


class TrainingExplorer(Explorer):
    """A small network learns 400 handwritten digits in the page, while the reader changes how.

    Two convolutions and two dense layers, 12 epochs. The learning rate may be changed in the middle
    of a run; any other change begins a new one. A run that is kept stays beside the next.
    """

    patient = Choice(
        "Patient",
        {
            "healthy": "none: healthy",
            "rate": "too high a rate",
            "unscaled": "unscaled inputs",
            "relu": "ReLU on the output",
            "labels": "shuffled labels",
            "zeros": "begun at zero",
            "sorted": "sorted pictures",
            "norm": "batch norm of one",
        },
        "healthy",
        "settings that make it learn, or fail; those that are given besides treat it",
    )
    rate = LogSlider("Learning rate", 0.0001, 10.0, 0.02, "how far each step goes", 0.05)
    optimizer = Choice(
        "Optimizer",
        {"sgd": "SGD", "momentum": "momentum 0.9", "adam": "Adam"},
        "momentum",
        "how a gradient becomes a step",
    )
    batch = Slider("Batch", 1, 64, 20, "pictures from which each gradient is taken")
    initializer = Choice(
        "First weights",
        {
            "he_normal": "He",
            "glorot_uniform": "Glorot",
            "zeros": "zeros",
            "large": "too large",
        },
        "he_normal",
        "how the kernels begin; the large ones are normal with a standard deviation of 1",
    )
    dropout = Slider("Dropout", 0.0, 0.8, 0.0, "share of the hidden units left out", 0.1)
    shift = Slider("Shift", 0, 3, 0, "pixels by which pictures are shifted, anew in every epoch")
    inputs = Choice(
        "Inputs",
        {"scaled": "0 to 1", "raw": "0 to 255"},
        "scaled",
        "the values that the first convolution reads",
    )
    output = Choice(
        "Output",
        {"softmax": "softmax", "relu": "ReLU + softmax"},
        "softmax",
        "what follows the last dense layer",
    )
    data = Choice(
        "Pictures",
        {
            "mixed": "in new order",
            "sorted": "sorted by class",
            "mislabelled": "mislabelled",
        },
        "mixed",
        "how they come: in a new random order in each epoch, or always class after class; or in "
        "random order with their labels shuffled, but not those of the validation pictures",
    )
    seed = Slider("Random start", 0, 9, 0, "of weights, order, dropout and shifts")
    norm = Switch(
        "Batch norm", False, "whether the hidden layer has batch normalization before its ReLU"
    )
    weights = State(traitlets.Instance(memoryview, (b"",)))
    handed = State(
        traitlets.Unicode("In training beside this: first weights, nothing learned yet.")
    )
    lessons = Data(network.lessons)
    layers = Data(network.layers)
    patients = Data(dict)
    labels = Data(dict)
    optimizers = Data(lambda: OPTIMIZERS)
    epochs = Data(lambda: EPOCHS)

    def _initial(self, settings):
        patient = settings.get("patient", "healthy")
        ailment = AILMENTS[check_choice("patient", patient, AILMENTS)]
        healthy = {name: one.default for name, one in self._settings().items()}
        del healthy["patient"]
        return super()._initial(ailment | settings) | {
            "patients": {name: healthy | one for name, one in AILMENTS.items()},
            "labels": {name: self._labels(one) for name, one in self._settings().items()},
        }

    @staticmethod
    def _labels(setting):
        """Return a setting's label, and what the reader sees of its values that are no numbers."""
        values = {"true": "on", "false": "off"} if isinstance(setting, Switch) else {}
        return [setting.label, getattr(setting, "options", values)]

    def live(self):
        """Return a `LiveNetworkExplorer` that shows what has been learned, to draw into.

        In the page, without a kernel, it takes over the first weights whenever a run begins, and
        what was learned whenever it pauses or ends, and says which it shows; what it cannot take
        over, a ReLU on the output or weights that are no numbers any more, it says as well.
        """
        from cnnlib.explorers.live_network import LiveNetworkExplorer
        from cnnlib.live import Exported

        graph = network.graph()
        first = network.first_weights(graph, self.initializer, self.seed)
        stored = b"".join(one.astype("<f2").tobytes() for one in first)
        exported = Exported(graph | {"crc32": zlib.crc32(stored)}, stored, None)
        digits = network.digits()
        beside = LiveNetworkExplorer(exported, digits.held_out, digits.truth)
        for here, there in (("weights", "weights"), ("handed", "origin")):
            setattr(beside.view, there, getattr(self.view, here))
            widgets.jsdlink((self.view, here), (beside.view, there))
        return beside

    def compute(self):
        """Train with the present settings in Keras, from the first step to the last.

        First weights, batches, dropout and shifts are those of the page, so that the curves are
        the page's, as far as the order of sums in floating point allows.

        Returns:
            A dict of lists, a number for every half epoch: "epoch", and "loss", "accuracy",
            "validation_loss" and "validation_accuracy"; those without "validation" are means over
            the batches since the number before.
        """
        from cnnlib.explorers.training.in_keras import curves

        return curves(self.settings(), EPOCHS)

    def figure(self):
        """Draw the curves of a run in Keras.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from cnnlib.explorers.training.still import drawn

        return drawn(self.compute())
