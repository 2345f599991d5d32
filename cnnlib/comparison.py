"""The architectures of the book side by side: what is published, and what follows from the models.

Chapter "All of them, compared".
"""

from dataclasses import asdict
from functools import cache

from cnnlib import models, progress
from cnnlib.checks import check_choice
from cnnlib.models._published import ENSEMBLE, MEASURES, ONE_CROP, Published
from cnnlib.models._registry import natural_order

FAMILIES = (
    "LeNet",
    "AlexNet",
    "VGG",
    "Inception",
    "SqueezeNet",
    "Highway",
    "ResNet",
    "Wide ResNet",
    "PyramidNet",
    "DenseNet",
    "ResNeXt",
    "Xception",
    "SENet",
    "EfficientNet",
    "published only",
)
"""The groups of networks, in the order of the table."""

COMPUTED = (
    "input",
    "depth",
    "parameters",
    "macs",
    "predict_bytes",
    "train_bytes",
    "receptive_field",
)

PATH = (
    "LeNet5",
    "AlexNet",
    "ZFNet",
    "VGG16",
    "GoogLeNet",
    "HighwayNet",
    "ResNet50",
    "DenseNet121",
    "PyramidNet200",
    "Xception",
    "SEResNet50",
)
"""The networks that stand for the chapters of the part "Architectures", by year."""

_TAN = {"family": "EfficientNet", "year": 2019, "source": "Tan & Le 2019"}
_OTHERS = {
    "keras.applications:InceptionResNetV2": Published(
        "Inception-ResNet-v2",
        {ONE_CROP: 4.9},
        family="Inception",
        year=2016,
        source="Szegedy et al. 2017",
    ),
    "keras.applications:EfficientNetB0": Published("EfficientNet-B0", {ONE_CROP: 6.7}, **_TAN),
    "keras.applications:EfficientNetB4": Published("EfficientNet-B4", {ONE_CROP: 3.6}, **_TAN),
}
_ALONE = (
    Published(
        "Trimps-Soushen",
        {ENSEMBLE: 2.99},
        family="published only",
        year=2016,
        source="ILSVRC 2016 results",
    ),
    Published("BASIC-L", family="published only", year=2023, source="Chen et al. 2023"),
)


def networks():
    """Return the networks of the table: the book's, by family and year, and a few others.

    Returns:
        A list of pairs: what is published as a `Published`, and what `cnnlib.analyze` takes for
        the model, or None for what is no single network or cannot be built here.
    """
    ours = [(facts, name) for name, facts in models.published().items()]
    ours.sort(key=lambda row: (row[0].year, natural_order(row[0].title)))
    others = [(facts, name) for name, facts in _OTHERS.items()]
    alone = [(facts, None) for facts in _ALONE]
    return sorted([*ours, *others, *alone], key=lambda row: FAMILIES.index(row[0].family))


def compare():
    """Compute a row per network: size, cost, memory and receptive field.

    Every network is analysed at its own input and 32-bit floats, without weights' values. The
    first time takes some ten seconds; a line counts the networks.

    Returns:
        A `pandas.DataFrame` indexed by title: family, year and source as published, the top-5
        errors in per cent with a column for each way of measuring (see `Published`), measured
        (the way that its authors chose) and the model's name, then input (side of the picture in
        pixels), depth (weight layers on the longest path, gates apart), parameters (trainable),
        macs (for one picture), predict_bytes (for one picture), train_bytes (for 32 pictures with
        Adam), receptive_field (pixels, before global pooling or the first dense layer; gates
        apart). Rows without a model have no computed values.
    """
    import pandas as pd

    counted = progress.counted(networks(), "Network")
    rows = [_published(facts) | {"model": name} | _computed(name) for facts, name in counted]
    table = pd.DataFrame(rows).set_index("title")
    return table.astype(dict.fromkeys(COMPUTED, "Int64") | dict.fromkeys(MEASURES, "Float64"))


def so_far(name):
    """Return the table that grows from chapter to chapter.

    Args:
        name: one of `PATH`, the network of the last row.

    Returns:
        A `pandas.DataFrame` indexed by title: year, weight layers (on the longest path), field
        (side of the receptive field in pixels), parameters in millions (trainable), MACs in
        millions (for one picture), training in MB (for 32 pictures with Adam) and top-5 error in
        per cent (one network and one crop, None where none is published).

    Raises:
        ValueError: unknown name.
    """
    import pandas as pd

    check_choice("name", name, PATH)
    facts = models.published()
    rows = []
    for each in PATH[: PATH.index(name) + 1]:
        computed = _computed(each)
        rows.append(
            {
                "network": facts[each].title,
                "year": str(facts[each].year),
                "weight layers": computed["depth"],
                "field": computed["receptive_field"],
                "parameters, M": computed["parameters"] / 1e6,
                "MACs, M": computed["macs"] / 1e6,
                "training, MB": computed["train_bytes"] / 1e6,
                "top-5 error, %": facts[each].errors.get(ONE_CROP),
            }
        )
    return pd.DataFrame(rows).set_index("network")


def _published(facts):
    row = asdict(facts)
    errors = row.pop("errors")
    return (
        row | {"measured": next(iter(errors), None)} | {name: errors.get(name) for name in MEASURES}
    )


@cache
def _computed(name):
    if name is None:
        return dict.fromkeys(COMPUTED)
    from cnnlib import analyze

    analysis = analyze(name)
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


def depth(analysis):
    """Count the layers with weights on the longest path, as the names of networks do.

    Layers with trained weights that multiply and add count once each, a separable convolution
    too, unless something stands between its two steps; those of gates, on paths where everything
    has been pooled before they join others, do not.

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
