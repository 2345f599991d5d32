"""`MemoryExplorer`: what fits into a device's memory, and what to do if it does not."""

import json
from itertools import product

from cnnlib import progress
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider, Switch
from cnnlib.explorers.memory.moments import LARGEST, network

MODELS = ("LeNet5Modern", "AlexNet", "VGG16", "ResNet50", "DenseNet121")
OPTIMIZERS = {"sgd": "SGD", "momentum": "SGD, momentum", "adam": "Adam"}
PRECISIONS = ("float32", "mixed_float16")
STACKED = {"model": "stack"}


def _updates():
    """Return what each optimizer holds for a weight, as numbers by name."""
    from cnnlib.analysis.memory import OPTIMIZERS as updates

    return {name: updates[name]._asdict() for name in OPTIMIZERS}


def _networks():
    """Return the book's networks, moment by moment, by the numbers' type and the name."""
    asked = [*product(PRECISIONS, MODELS)]
    found = {dtype: {} for dtype in PRECISIONS}
    for dtype, name in progress.counted(asked, "Network"):
        found[dtype][name] = network(name, dtype, tuple(OPTIMIZERS))
    return found


class MemoryExplorer(Explorer):
    """Memory to predict and to train, moment by moment, against what a device has.

    Chapter "Memory and compute". All figures are those of `cnnlib.analyze`: for the stack the page
    repeats its arithmetic, for networks of the book it holds them for every batch. Five remedies
    are switches; two of them make another network, and are for the stack alone.
    """

    model = Choice(
        "Network",
        {"stack": "a stack of convolutions", **{name: name for name in MODELS}},
        "stack",
        "a stack, which the next six settings describe, or a network of the book",
    )
    height = Slider("Picture height", 16, 512, 200, "rows of its RGB pictures", when=STACKED)
    width = Slider("Picture width", 16, 512, 300, "columns", when=STACKED)
    layers = Slider(
        "Layers of the stack",
        1,
        6,
        3,
        "convolutions, each with twice the maps of the one before",
        when=STACKED,
    )
    maps = Slider("Maps of the first", 1, 256, 100, "maps of the first", when=STACKED)
    kernel = Slider("Kernel size", 1, 11, 3, "side of the kernels", when=STACKED)
    stride = Slider("Stride", 1, 3, 2, "stride of every layer, with same padding", when=STACKED)
    batch = Slider("Batch", 1, LARGEST, 50, "pictures in a batch")
    optimizer = Choice(
        "Optimizer",
        OPTIMIZERS,
        "sgd",
        "what applies the gradients",
    )
    device = Slider("Device, GB", 0.1, 80.0, 0.5, "gigabytes (10⁹ bytes) of the device", 0.1)
    smaller_batch = Switch(
        "Half the batch", False, "True halves the batch", when={"batch": list(range(2, 257))}
    )
    more_stride = Switch(
        "Twice the first stride",
        False,
        "True lets the first layer take twice the stride: a quarter of the positions",
        when=STACKED,
    )
    fewer_layers = Switch(
        "A third fewer layers",
        False,
        "True leaves the last third of the layers out",
        when=STACKED | {"layers": [3, 4, 5, 6]},
    )
    half = Switch(
        "16-bit floats", False, "True stores what layers compute in 16 bits (mixed precision)"
    )
    two_devices = Switch("Two devices", False, "True divides the batch between two devices")
    networks = Data(lambda: json.dumps(_networks(), separators=(",", ":")))
    updates = Data(_updates)

    def network(self):
        """Return the Keras model of the present settings, whose weights have shapes only."""
        import keras

        from cnnlib import models
        from cnnlib.analysis import without_weights

        def stack():
            inputs = outputs = keras.Input((self.height, self.width, 3))
            count = self.layers
            if self.fewer_layers:
                count = -(-count * 2 // 3)
            for index in range(count):
                stride = self.stride * (2 if self.more_stride and index == 0 else 1)
                outputs = keras.layers.Conv2D(
                    self.maps * 2**index, self.kernel, stride, "same", name=f"conv{index + 1}"
                )(outputs)
            return keras.Model(inputs, outputs)

        return without_weights(stack if self.model == "stack" else models.builder(self.model))

    def compute(self):
        """Analyse the network with `cnnlib.analyze`, for one device.

        Returns:
            A dict: params, macs of one picture, the bytes "predict" and "train", and "largest",
            the largest batch that all devices together can train, at most 256 on each.
        """
        from cnnlib import analyze

        batch = max(1, self.batch // 2) if self.smaller_batch else self.batch
        devices = 2 if self.two_devices else 1
        share = -(-batch // devices)
        found = analyze(self.network(), batch_size=share, dtype=PRECISIONS[self.half])
        largest = found.largest_batch(round(self.device * 1e9), self.optimizer)
        return {
            "params": found.params,
            "macs": found.macs // share,
            "predict": found.inference_bytes,
            "train": found.training_bytes(self.optimizer),
            "largest": devices * min(LARGEST, largest),
        }

    def figure(self):
        """Draw what predicting and training take beside the device's memory.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots

        found = self.compute()
        bars = {"device": self.device * 1e9} | {name: found[name] for name in ("train", "predict")}
        with plots.style():
            figure = Figure(figsize=(7, 1.9))
            axis = figure.subplots()
            axis.barh(list(bars), [value / 1e9 for value in bars.values()], color=plots.ACCENT)
            axis.set(xlabel="GB")
        return plots.show(
            figure,
            f"One batch of {self.batch} takes {found['predict'] / 1e6:,.0f} MB to predict and "
            f"{found['train'] / 1e6:,.0f} MB to train; the device has {self.device * 1e3:,.0f} MB",
        )
