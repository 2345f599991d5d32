"""Running a model step by step, as `cnnlib.analysis.graph.walk` found them."""

from keras import layers, tree


def run_steps(graph, inputs, call=lambda step, args, kwargs: step.operation(*args, **kwargs)):
    """Run a model on values.

    Args:
        graph: a `cnnlib.analysis.graph.Graph`.
        inputs: a tensor for each of its inputs.
        call: function (step, args, kwargs) that returns what a step makes of its tensors.

    Returns:
        A dict from the `id` of every tensor of the graph to its value.
    """
    values = dict(zip(map(id, graph.inputs), inputs, strict=True))
    for step in graph.steps:
        args, kwargs = tree.map_structure(
            lambda value: values.get(id(value), value), (step.args, step.kwargs)
        )
        outputs = tree.flatten(call(step, args, kwargs))
        values.update(zip(map(id, step.outputs), outputs, strict=True))
    return values


def activation_of(operation):
    """Return the name of the activation that a layer's output has gone through, or ""."""
    if isinstance(operation, layers.RNN):
        return ""
    function = getattr(operation, "activation", operation)
    return getattr(function, "__name__", type(function).__name__).lower()
