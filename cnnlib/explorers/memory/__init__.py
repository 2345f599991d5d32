"""`MemoryExplorer`: what fits into a device's memory, and what to do if it does not."""

from functools import cache

import traitlets

from cnnlib.explorers._base import Choice, Explorer, Slider, Switch, View, styles
from cnnlib.explorers._modules import front_end

MODELS = ("LeNet5Modern", "AlexNet", "VGG16", "ResNet50", "DenseNet121")
OPTIMIZERS = {
    "none": ("none: loss and gradients", 0),
    "sgd": ("SGD", 0),
    "momentum": ("SGD with momentum", 1),
    "adam": ("Adam", 2),
}
"""Label, and numbers that the optimizer keeps for each weight."""


@cache
def _book_model(name):
    """Return a model of the book as plain numbers: input cells, live cells, layers."""
    from cnnlib import analyze

    found = analyze(name)
    memory = found.inference
    layers = [
        [layer.name, layer.params, layer.activation_bytes // 4]
        for layer in found.layers
        if layer.kind != "InputLayer"
    ]
    live = (memory.total - memory.weights) // 4
    return {"title": name, "input": memory.inputs // 4, "live": live, "layers": layers}


class MemoryView(View):
    """Bars of what is held, and how it rises and falls during one step; see memory.js."""

    _esm = front_end("memory/view.js")
    _css = styles("memory/view.css")

    models = traitlets.List().tag(sync=True)
    slots = traitlets.List([slots for _, slots in OPTIMIZERS.values()]).tag(sync=True)
    model = traitlets.Int(0).tag(sync=True)
    height = traitlets.Int(200).tag(sync=True)
    width = traitlets.Int(300).tag(sync=True)
    layers = traitlets.Int(3).tag(sync=True)
    maps = traitlets.Int(100).tag(sync=True)
    kernel = traitlets.Int(3).tag(sync=True)
    stride = traitlets.Int(2).tag(sync=True)
    batch = traitlets.Int(50).tag(sync=True)
    optimizer = traitlets.Int(0).tag(sync=True)
    device = traitlets.Float(0.5).tag(sync=True)
    smaller_batch = traitlets.Bool(False).tag(sync=True)
    more_stride = traitlets.Bool(False).tag(sync=True)
    fewer_layers = traitlets.Bool(False).tag(sync=True)
    half = traitlets.Bool(False).tag(sync=True)
    two_devices = traitlets.Bool(False).tag(sync=True)


class MemoryExplorer(Explorer):
    """Memory to predict and to train, against what a device has; the five remedies as switches.

    Chapter "Memory and compute". The ledger is the chapter's: a prediction holds the weights and
    two consecutive layers (for the book's networks, the live tensors of `cnnlib.analyze`), training
    holds the weights, their gradients, the optimizer's numbers and every layer's output. What
    TensorFlow borrows beyond that `compute()` tells.

    Args:
        model: "stack", which the next six settings describe, or a network of the book.
        height: rows of the stack's RGB pictures, 16 to 512.
        width: columns, 16 to 512.
        layers: convolutions, each with twice the maps of the one before, 1 to 6.
        maps: maps of the first, 1 to 256.
        kernel: side of the kernels, 1 to 11.
        stride: stride of every layer (same padding), 1 to 3.
        batch: pictures in a batch, 1 to 256.
        optimizer: "none", "sgd", "momentum" or "adam".
        device: gigabytes (10⁹ bytes) of the device, 0.1 to 80.
        smaller_batch: True halves the batch.
        more_stride: True lets the first layer take twice the stride: a quarter of the positions.
        fewer_layers: True leaves the last third of the layers out.
        half: True stores what layers compute in 16 bits (mixed precision).
        two_devices: True divides the batch between two devices.

    Raises:
        TypeError: an unknown setting or one of the wrong type.
        ValueError: a setting out of range or an unknown model or optimizer.
    """

    View = MemoryView
    controls = (
        Choice("model", "Network", {"stack": "a stack of convolutions", **{m: m for m in MODELS}}),
        Slider("height", "Picture height", 16, 512),
        Slider("width", "Picture width", 16, 512),
        Slider("layers", "Layers of the stack", 1, 6),
        Slider("maps", "Maps of the first", 1, 256),
        Slider("kernel", "Kernel size", 1, 11),
        Slider("stride", "Stride", 1, 3),
        Slider("batch", "Batch", 1, 256),
        Choice("optimizer", "Optimizer", {name: label for name, (label, _) in OPTIMIZERS.items()}),
        Slider("device", "Device, GB", 0.1, 80.0, 0.1),
        Switch("smaller_batch", "Half the batch"),
        Switch("more_stride", "Twice the first stride"),
        Switch("fewer_layers", "A third fewer layers"),
        Switch("half", "16-bit floats"),
        Switch("two_devices", "Two devices"),
    )

    def _initial(self, settings):
        initial = super()._initial(settings)
        return initial | {"models": [_book_model(name) for name in MODELS]}

    def network(self):
        """Return the Keras model of the present settings, whose weights have shapes only."""
        import keras

        from cnnlib import models
        from cnnlib.analysis import without_weights

        s = self.settings()

        def stack():
            inputs = outputs = keras.Input((s["height"], s["width"], 3))
            count = s["layers"]
            if s["fewer_layers"]:
                count = -(-count * 2 // 3)
            for index in range(count):
                stride = s["stride"] * (2 if s["more_stride"] and index == 0 else 1)
                outputs = keras.layers.Conv2D(
                    s["maps"] * 2**index, s["kernel"], stride, "same", name=f"conv{index + 1}"
                )(outputs)
            return keras.Model(inputs, outputs)

        return without_weights(stack if s["model"] == "stack" else models.builder(s["model"]))

    def compute(self):
        """Analyse the network with `cnnlib.analyze`, for one device.

        The remedies that change a network apply to the stack alone.

        Returns:
            A dict: params, macs of one picture, and the bytes "predict" and "train".
        """
        from cnnlib import analyze

        s = self.settings()
        batch = max(1, s["batch"] // 2) if s["smaller_batch"] else s["batch"]
        batch = -(-batch // 2) if s["two_devices"] else batch
        dtype = "mixed_float16" if s["half"] else "float32"
        found = analyze(self.network(), batch_size=batch, dtype=dtype)
        optimizer = None if s["optimizer"] == "none" else s["optimizer"]
        return {
            "params": found.params,
            "macs": found.macs // batch,
            "predict": found.inference_bytes,
            "train": found.training_bytes(optimizer),
        }

    def figure(self):
        """Draw what predicting and training take beside the device's memory.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import plots

        s, found = self.settings(), self.compute()
        bars = {"device": s["device"] * 1e9} | {name: found[name] for name in ("train", "predict")}
        with plots.style():
            figure = Figure(figsize=(7, 1.9))
            axis = figure.subplots()
            axis.barh(list(bars), [value / 1e9 for value in bars.values()], color=plots.ACCENT)
            axis.set(xlabel="GB")
        return plots.show(
            figure,
            f"One batch of {s['batch']} takes {found['predict'] / 1e6:,.0f} MB to predict and "
            f"{found['train'] / 1e6:,.0f} MB to train; the device has {s['device'] * 1e3:,.0f} MB",
        )
