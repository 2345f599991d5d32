"""The architectures of the book side by side: what is published, and what follows from the models.

Chapter "All of them, compared".
"""

from functools import cache
from typing import NamedTuple

MODELS = "keras.applications"


class Network(NamedTuple):
    """A network and what its authors publish about it.

    Attributes:
        title: what the field calls it.
        family: what it is grouped under.
        year: of the first publication.
        top5: percentage of ImageNet's pictures whose class is not among the first five guesses;
            None where none is published.
        measured: how `top5` was measured.
        source: where `top5` is published.
        model: its name in `cnnlib.models`, or in `keras.applications` after a colon; None for
            what is no single network.
    """

    title: str
    family: str
    year: int
    top5: float | None
    measured: str
    source: str
    model: str | None


ONE, TEN = "validation, one crop", "validation, ten crops"
DENSE, ALL = "validation, whole picture", "test, ensemble"

NETWORKS = (
    Network("LeNet-5", "LeNet", 1998, None, "", "LeCun et al. 1998", "LeNet5"),
    Network("AlexNet", "AlexNet", 2012, 18.2, TEN, "Krizhevsky et al. 2012", "AlexNet"),
    Network("ZF Net", "AlexNet", 2013, 16.5, TEN, "Zeiler & Fergus 2014", "ZFNet"),
    Network("VGG-11 (A)", "VGG", 2014, 10.4, DENSE, "Simonyan & Zisserman 2015", "VGG11"),
    Network("VGG-16 (D)", "VGG", 2014, 8.1, DENSE, "Simonyan & Zisserman 2015", "VGG16"),
    Network("VGG-19 (E)", "VGG", 2014, 8.0, DENSE, "Simonyan & Zisserman 2015", "VGG19"),
    Network("GoogLeNet", "Inception", 2014, 10.07, ONE, "Szegedy et al. 2015", "GoogLeNet"),
    Network("Inception-v3", "Inception", 2015, 5.6, ONE, "Szegedy et al. 2016", "InceptionV3"),
    Network("Inception-v4", "Inception", 2016, 5.0, ONE, "Szegedy et al. 2017", "InceptionV4"),
    Network(
        "Inception-ResNet-v2",
        "Inception",
        2016,
        4.9,
        ONE,
        "Szegedy et al. 2017",
        f"{MODELS}:InceptionResNetV2",
    ),
    Network("SqueezeNet 1.0", "SqueezeNet", 2016, 19.7, ONE, "Iandola et al. 2016", "SqueezeNet"),
    Network("ResNet-18", "ResNet", 2015, None, "", "He et al. 2016", "ResNet18"),
    Network("ResNet-34", "ResNet", 2015, 7.46, TEN, "He et al. 2016", "ResNet34"),
    Network("ResNet-50", "ResNet", 2015, 6.71, TEN, "He et al. 2016", "ResNet50"),
    Network("ResNet-101", "ResNet", 2015, 6.05, TEN, "He et al. 2016", "ResNet101"),
    Network("ResNet-152", "ResNet", 2015, 5.71, TEN, "He et al. 2016", "ResNet152"),
    Network("DenseNet-121", "DenseNet", 2016, 7.71, ONE, "Huang et al. 2017", "DenseNet121"),
    Network("DenseNet-169", "DenseNet", 2016, 6.85, ONE, "Huang et al. 2017", "DenseNet169"),
    Network("DenseNet-201", "DenseNet", 2016, 6.34, ONE, "Huang et al. 2017", "DenseNet201"),
    Network("ResNeXt-50 32x4d", "ResNeXt", 2016, None, "", "Xie et al. 2017", "ResNeXt50"),
    Network("Xception", "Xception", 2016, 5.5, ONE, "Chollet 2017", "Xception"),
    Network("SE-ResNet-50", "SENet", 2017, 6.62, ONE, "Hu et al. 2018", "SEResNet50"),
    Network("SENet-154", "SENet", 2017, 4.47, ONE, "Hu et al. 2018", "SENet154"),
    Network("Trimps-Soushen", "published only", 2016, 2.99, ALL, "ILSVRC 2016 results", None),
    Network("BASIC-L", "published only", 2023, None, "", "Chen et al. 2023", None),
)
"""Networks for ImageNet, LeNet-5 before them, and two rows without an implementation."""


def compare(networks=NETWORKS):
    """Compute a row per network: size, cost, memory and receptive field.

    Every network is analysed at its own input and 32-bit floats, without weights' values.

    Args:
        networks: `Network` rows.

    Returns:
        A `pandas.DataFrame` indexed by title: the published columns, then input (side of the
        picture in pixels), depth (weight layers on the longest path, gates apart), parameters
        (trainable), macs (for one picture), predict_bytes (for one picture), train_bytes (for 32
        pictures with Adam), receptive_field (pixels, before global pooling; gates apart). Rows
        without a model have no computed values.
    """
    import pandas as pd

    rows = [network._asdict() | _computed(network) for network in networks]
    table = pd.DataFrame(rows).set_index("title")
    whole = dict.fromkeys(COMPUTED, "Int64")
    return table.astype(whole | {"top5": "Float64"})


COMPUTED = (
    "input",
    "depth",
    "parameters",
    "macs",
    "predict_bytes",
    "train_bytes",
    "receptive_field",
)


@cache
def _computed(network):
    if network.model is None:
        return dict.fromkeys(COMPUTED)
    from cnnlib.analysis import analyze

    analysis = analyze(_build(network))
    field = analysis.receptive_field(gates=False)
    figures = (
        analysis.graph.inputs[0].shape[1],
        depth(analysis),
        analysis.trainable_params,
        analysis.macs,
        analysis.inference_bytes,
        analysis.training_bytes("adam", batch_size=32),
        field.size[0],
    )
    return dict(zip(COMPUTED, figures, strict=True))


def _build(network):
    import keras

    from cnnlib import models
    from cnnlib.analysis import outline

    library, _, name = network.model.rpartition(":")
    if library:
        return outline(getattr(keras.applications, name), weights=None)
    return outline(models.build, name)


def depth(analysis):
    """Count the layers with weights on the longest path, as the names of networks do.

    Layers with trained weights that multiply and add count once each, a separable convolution
    too; those of gates, on paths where everything has been pooled before they join others, do not.

    Args:
        analysis: a `cnnlib.analysis.Analysis`.

    Returns:
        An int: 16 for VGG-16, 22 for GoogLeNet, 50 for ResNet-50.
    """
    from cnnlib.analysis.receptive import receptive_fields

    graph = analysis.graph
    fields = receptive_fields(graph, graph.inputs[0], gates=False)
    deepest = {id(tensor): 0 for tensor in graph.inputs}
    for step, layer in zip(graph.steps, analysis.layers, strict=False):
        placed = not fields[id(step.outputs[0])].whole
        below = [
            deepest[id(tensor)]
            for tensor in step.inputs
            if not (placed and fields[id(tensor)].whole)
        ]
        for output in step.outputs:
            deepest[id(output)] = max(below) + bool(
                layer.macs and getattr(step.operation, "trainable_weights", ())
            )
    return max(deepest[id(tensor)] for tensor in graph.outputs)
