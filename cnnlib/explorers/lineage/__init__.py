"""`LineageExplorer`: what each network of Part III took over, what it brought and what it left."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data

NETWORKS = {
    "LeNet5": "LeNet-5, 1998",
    "AlexNet": "AlexNet, 2012",
    "ZFNet": "ZF Net, 2013",
    "VGG16": "VGG-16, 2014",
    "GoogLeNet": "GoogLeNet, 2014",
    "HighwayNet": "Highway, 2015",
    "ResNet50": "ResNet-50, 2015",
    "DenseNet121": "DenseNet-121, 2016",
    "PyramidNet200": "PyramidNet-200, 2016",
    "Xception": "Xception, 2016",
    "SEResNet50": "SE-ResNet-50, 2017",
}

IDEAS = {
    "shared kernels": ("xxxxxxxxxxx", "Fukushima 1980"),
    "learned pooling": ("x..........", ""),
    "dense layers": ("xxxx.......", "multilayer perceptrons"),
    "ReLU": (".xxxxxxxxxx", "Fukushima 1969; Nair & Hinton 2010"),
    "max pooling": (".xxxxxxxxxx", "Yamaguchi et al. 1990"),
    "dropout": (".xxxx......", "Hinton et al. 2012"),
    "LRN": (".xx.x......", ""),
    "groups": (".x.........", ""),
    "3×3 at most": ("...x.x...x.", ""),
    "1×1 kernels": ("....x.xxxxx", "Lin, Chen & Yan 2013"),
    "branches": ("....x......", ""),
    "global pooling": ("....x.xxxxx", "Lin, Chen & Yan 2013"),
    "batch norm": ("......xxxxx", "Ioffe & Szegedy 2015"),
    "shortcuts": ("......x.xxx", "with gates: Srivastava et al. 2015"),
    "dense links": (".......x...", "Fahlman & Lebiere 1990"),
    "padded shortcut": ("........x..", "option A: He et al. 2015"),
    "separable": (".........x.", "Sifre 2014"),
    "gates": (".....x....x", "Hochreiter & Schmidhuber 1997"),
}
"""Ideas: which of the networks have them, and who had them before these networks."""

PAIR = 2
"""Inputs of a dense block's concatenations: all maps so far, and those of one layer."""


class LineageExplorer(Explorer):
    """Networks by year, and the ideas of which the library's models of them are made.

    Chapters of the part "Architectures".
    """

    network = Choice("Network", NETWORKS, "GoogLeNet", "the network that is told about")
    networks = Data(lambda: list(NETWORKS.items()))
    ideas = Data(lambda: [(idea, *how) for idea, how in IDEAS.items()])

    def compute(self):
        """Look for the ideas in the models.

        Returns:
            A dict from the name of a network to the list of its ideas.
        """
        return {name: _ideas_of(name) for name in NETWORKS}

    def figure(self):
        """Draw the table."""
        import numpy as np

        from cnnlib import plots

        table = np.array([[mark == "x" for mark in marks] for marks, _ in IDEAS.values()], "f4")
        figure = plots.pictures([("ideas (rows) in networks by year (columns)", table)])
        return plots.show(figure, "Ideas that networks take over from one another, or leave")


def _ideas_of(name):
    from keras import layers as keras_layers

    from cnnlib import layers, models
    from cnnlib.analysis.weightless import without_weights

    parts = without_weights(models.builder(name)).layers
    kernels = [part.kernel_size for part in parts if hasattr(part, "kernel_size")]
    spatial = [index for index, part in enumerate(parts) if len(part.output.shape) == 4]
    joined = [len(part.input) for part in parts if isinstance(part, keras_layers.Concatenate)]
    activations = [getattr(getattr(part, "activation", None), "__name__", None) for part in parts]
    head = parts[spatial[-1] :]

    def some(*kinds, among=parts):
        return sum(isinstance(part, kinds) for part in among)

    found = {
        "shared kernels": some(keras_layers.Conv2D),
        "learned pooling": some(layers.TrainableAveragePooling2D),
        "dense layers": some(keras_layers.Dense, layers.RBFOutput, among=head) > 1,
        "ReLU": "relu" in activations or some(keras_layers.ReLU),
        "max pooling": some(keras_layers.MaxPooling2D),
        "dropout": some(keras_layers.Dropout),
        "LRN": some(layers.LocalResponseNormalization),
        "groups": any(getattr(part, "groups", 1) > 1 for part in parts),
        "3×3 at most": max(kernels) == (3, 3),
        "1×1 kernels": (1, 1) in kernels,
        "branches": max(joined, default=0) > PAIR,
        "global pooling": some(keras_layers.GlobalAveragePooling2D),
        "batch norm": some(keras_layers.BatchNormalization),
        "shortcuts": some(keras_layers.Add),
        "dense links": PAIR in joined,
        "padded shortcut": some(layers.PadChannels),
        "separable": some(keras_layers.SeparableConv2D),
        "gates": "sigmoid" in activations and some(keras_layers.Multiply, layers.HighwayGate),
    }
    return [idea for idea, there in found.items() if there]
