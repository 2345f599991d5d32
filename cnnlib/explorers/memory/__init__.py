"""`MemoryExplorer`: what fits into a device's memory, and what to do if it does not."""

from functools import cache

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Slider, Switch

MODELS = ("LeNet5Modern", "AlexNet", "VGG16", "ResNet50", "DenseNet121")
OPTIMIZERS = {
    "none": ("none: loss and gradients", 0),
    "sgd": ("SGD", 0),
    "momentum": ("SGD with momentum", 1),
    "adam": ("Adam", 2),
}
"""Label, and numbers that the optimizer keeps for each weight."""
STACKED = {"model": "stack"}


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
    return {"input": memory.inputs // 4, "live": live, "layers": layers}


class MemoryExplorer(Explorer):
    """Memory to predict and to train, against what a device has; the five remedies as switches.

    Chapter "Memory and compute". The ledger is the chapter's: a prediction holds the weights and
    two consecutive layers (for the book's networks, the live tensors of `cnnlib.analyze`), training
    holds the weights, their gradients, the optimizer's numbers and every layer's output. What
    TensorFlow borrows beyond that `compute()` tells.
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
    batch = Slider("Batch", 1, 256, 50, "pictures in a batch")
    optimizer = Choice(
        "Optimizer",
        {name: label for name, (label, _) in OPTIMIZERS.items()},
        "none",
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
    )
    fewer_layers = Switch(
        "A third fewer layers",
        False,
        "True leaves the last third of the layers out",
        when=[{"model": list(MODELS)}, {"layers": [3, 4, 5, 6]}],
    )
    half = Switch(
        "16-bit floats", False, "True stores what layers compute in 16 bits (mixed precision)"
    )
    two_devices = Switch("Two devices", False, "True divides the batch between two devices")
    models = Data(lambda: {name: _book_model(name) for name in MODELS})
    slots = Data(lambda: {name: slots for name, (_, slots) in OPTIMIZERS.items()})

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

        The remedies that change a network apply to the stack alone.

        Returns:
            A dict: params, macs of one picture, and the bytes "predict" and "train".
        """
        from cnnlib import analyze

        batch = max(1, self.batch // 2) if self.smaller_batch else self.batch
        batch = -(-batch // 2) if self.two_devices else batch
        dtype = "mixed_float16" if self.half else "float32"
        found = analyze(self.network(), batch_size=batch, dtype=dtype)
        optimizer = None if self.optimizer == "none" else self.optimizer
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
