"""From a Keras model to a flat list of steps with concrete shapes, without running anything."""

from collections import defaultdict
from dataclasses import dataclass, replace

import keras
from keras import tree

from cnnlib.checks import check_integer


@dataclass(frozen=True, eq=False)
class Step:
    """One call of a layer or of a `keras.ops` operation.

    Attributes:
        name: the layer's name, after those of the models around it ("encoder/conv1") and with
            "#2", "#3" ... where a shared layer is called again.
        operation: the `keras.Layer` or `keras.Operation`.
        args: what it is called with, positional; tensors are `keras.KerasTensor`s whose shapes
            are whole numbers throughout.
        kwargs: the same for keywords.
        inputs: the tensors among `args` and `kwargs`, in order.
        outputs: its tensors.
    """

    name: str
    operation: keras.Operation
    args: tuple
    kwargs: dict
    inputs: tuple
    outputs: tuple


@dataclass(frozen=True, eq=False)
class Graph:
    """A model as steps in an order in which they can run.

    Attributes:
        inputs: the model's input tensors.
        steps: the steps, each after those that it needs.
        outputs: the model's output tensors.
        untraced: name of a custom layer -> why its inside could not be followed.
    """

    inputs: tuple
    steps: tuple
    outputs: tuple
    untraced: dict

    def eager(self):
        """Return the graph with each step as soon as it can run; `walk` puts it just in time."""
        makers = {id(tensor): step for step in self.steps for tensor in step.outputs}
        followers, missing = defaultdict(list), {}
        for step in self.steps:
            needed = {makers[id(tensor)] for tensor in step.inputs if id(tensor) in makers}
            missing[step] = len(needed)
            for maker in needed:
                followers[maker].append(step)
        order = [step for step in self.steps if not missing[step]]
        for step in order:
            for follower in followers[step]:
                missing[follower] -= 1
                if not missing[follower]:
                    order.append(follower)
        return replace(self, steps=tuple(order))


def walk(model, batch_size=1, input_shape=None):
    """Follow a model from its inputs to its outputs.

    Sequential, functional, nested and shared models are followed along the graph that Keras
    keeps. A subclassed model, a Sequential that is not built and a custom layer that holds other
    layers are called once on symbolic tensors, which builds those of their layers that are not.

    Args:
        model: a `keras.Model`.
        batch_size: pictures in a batch.
        input_shape: the shape of one picture, without the batch; a list (or, for named inputs, a
            dict) of shapes for several inputs. Needed where the model leaves sizes open.

    Returns:
        A `Graph`.

    Raises:
        TypeError: `model` is not a Keras model, or a shape holds something else than integers.
        ValueError: `input_shape` is missing, contradicts the model or is too small for it, or
            a subclassed model cannot be traced.
    """
    if not isinstance(model, keras.Model):
        raise TypeError(
            f"`model` must be a keras.Model. Received: {type(model).__module__}."
            f"{type(model).__qualname__}"
        )
    batch_size = check_integer("batch_size", batch_size, least=1)
    function = _function_of(model)
    if function is None:
        specs = _open_inputs(model, batch_size, input_shape)
        try:
            function = _trace(model, (specs,), {})
        except Exception as error:
            raise ValueError(_untraceable(model, error)) from error
    else:
        specs = _inputs_of(function, batch_size, input_shape)
    walker = _Walker()
    inputs = tree.flatten(specs)
    outputs = walker.follow(function, inputs, "")
    return Graph(tuple(inputs), tuple(walker.steps), tuple(outputs), walker.untraced)


def steps_of(step):
    """Return the steps that one call comes to: several where its operation is a model.

    Args:
        step: a `Step`.
    """
    walker = _Walker()
    walker.call(step.operation, step.args, step.kwargs, "")
    return walker.steps


class _Walker:
    """Collects steps while it follows nested graphs."""

    def __init__(self):
        self.steps, self.untraced, self._calls, self._made = [], {}, {}, {}

    def follow(self, function, inputs, prefix):
        """Add the steps of one graph; return the tensors of its outputs."""
        known = dict(zip(map(id, function.inputs), inputs, strict=True))
        for node in _nodes(function):
            if any(id(tensor) not in known for tensor in node.input_tensors):
                continue
            args, kwargs = node.arguments.fill_in(known)
            outputs = self.call(node.operation, args, kwargs, prefix)
            known.update(zip(map(id, node.output_tensors), outputs, strict=True))
        return [known[id(tensor)] for tensor in function.outputs]

    def call(self, operation, args, kwargs, prefix):
        """Add the steps of one call; return its output tensors."""
        function = _function_of(operation)
        if function is not None:
            inputs = _ordered(function, args[0] if args else kwargs["inputs"])
            return self.follow(function, inputs, f"{prefix}{operation.name}/")
        inputs = [x for x in tree.flatten((args, kwargs)) if _is_tensor(x)]
        if holds_layers(operation):
            try:
                inner = _trace(operation, args, kwargs)
            except Exception as error:
                self.untraced[prefix + operation.name] = _first_line(error)
            else:
                return self.follow(inner, inputs, f"{prefix}{operation.name}/")
        if _knows_its_shape(operation):
            outputs = _outputs(operation, args, kwargs, prefix)
        else:
            outputs = self._outputs(operation, args, kwargs, inputs, prefix)
        name = self._name(operation, prefix)
        self.steps.append(Step(name, operation, args, kwargs, tuple(inputs), tuple(outputs)))
        return outputs

    def _outputs(self, operation, args, kwargs, inputs, prefix):
        """Return a call's output tensors; of layers alike only the first is traced."""
        try:
            config = operation.get_config() | {"name": None}
        except (AttributeError, NotImplementedError):
            return _outputs(operation, args, kwargs, prefix)
        shapes = [(tensor.shape, tensor.dtype) for tensor in inputs]
        others = [x for x in tree.flatten((args, kwargs)) if not _is_tensor(x)]
        key = type(operation), repr((config, shapes, others))
        if key not in self._made:
            self._made[key] = _outputs(operation, args, kwargs, prefix)
            return self._made[key]
        return [keras.KerasTensor(x.shape, x.dtype, name=x.name) for x in self._made[key]]

    def _name(self, operation, prefix):
        name = prefix + operation.name
        self._calls[name] = calls = self._calls.get(name, 0) + 1
        return name if calls == 1 else f"{name}#{calls}"


def passes_through(step):
    """Tell whether a call keeps the shape of its input and its layer holds no matrix of weights.

    Args:
        step: a `Step` of a type that no rule knows.
    """
    shapes = {tensor.shape for tensor in step.inputs}
    matrices = any(len(weight.shape) > 1 for weight in getattr(step.operation, "weights", ()))
    return {tensor.shape for tensor in step.outputs} == shapes and not matrices


def holds_layers(operation):
    """Tell whether a layer is not Keras's own and is made of other layers."""
    return (
        isinstance(operation, keras.Layer)
        and not type(operation).__module__.startswith("keras.")
        and len(list(operation._flatten_layers(include_self=False))) > 0
    )


def _function_of(operation):
    """Return the graph that Keras keeps of a model, or None."""
    if isinstance(operation, keras.Sequential):
        return operation._functional
    return operation if isinstance(operation, keras.Function) else None


def _input_names(function):
    """Return what the inputs of a graph are called: a dict's keys, or the tensors' names."""
    structure = function._inputs_struct
    flat = isinstance(structure, dict) and all(map(_is_tensor, structure.values()))
    return sorted(structure) if flat else [tensor.name for tensor in function.inputs]


def _ordered(function, inputs):
    """Return the tensors that a model is called with in the order of the inputs of its graph."""
    if isinstance(inputs, dict) and not isinstance(function._inputs_struct, dict):
        return [inputs[tensor.name] for tensor in function.inputs]
    return tree.flatten(inputs)


def _nodes(function):
    """Yield the calls of a graph, each after those that it needs."""
    depths = sorted(function._nodes_by_depth, reverse=True)
    return (
        node for depth in depths for node in function._nodes_by_depth[depth] if not node.is_input
    )


def _outputs(operation, args, kwargs, prefix):
    """Return an operation's output tensors, from shapes alone."""
    try:
        outputs = _quick_outputs(operation, args, kwargs)
        outputs = outputs or tree.flatten(operation.compute_output_spec(*args, **kwargs))
        if any(None in tensor.shape for tensor in outputs):
            # Keras's rule for this layer leaves sizes open; its `call` does not.
            outputs = tree.flatten(keras.Operation.compute_output_spec(operation, *args, **kwargs))
        sizes = {n for tensor in outputs for n in tensor.shape}
        if not sizes.isdisjoint((0, None)):
            raise ValueError("Its output would be empty, or its shape depends on the data.")
        return outputs
    except Exception as error:
        shapes = [tuple(x.shape) for x in tree.flatten((args, kwargs)) if _is_tensor(x)]
        raise ValueError(
            f"`input_shape` does not suit layer {prefix + operation.name!r}: "
            f"{_first_line(error)} Received: {shapes} at that layer"
        ) from error


def _quick_outputs(operation, args, kwargs):
    """Return what compute_output_spec comes to in the commonest case, many times faster."""
    if len(args) == 1 and not kwargs and _is_tensor(args[0]) and _knows_its_shape(operation):
        shape = operation.compute_output_shape(args[0].shape)
        if isinstance(shape, tuple) and all(isinstance(n, int) for n in shape):
            return [keras.KerasTensor(shape, operation.compute_dtype, name=operation.name)]
    return None


def _knows_its_shape(operation):
    return (
        isinstance(operation, keras.Layer)
        and type(operation).compute_output_shape is not keras.Layer.compute_output_shape
        and type(operation).compute_output_spec is keras.Layer.compute_output_spec
    )


def _trace(layer, args, kwargs):
    """Call a layer on symbolic tensors and return what it did as a `keras.Function`."""
    layers = [layer, *layer._flatten_layers(include_self=False)]
    calls = [(each, len(each._inbound_nodes), len(each._outbound_nodes)) for each in layers]
    args, kwargs = tree.map_structure(_symbol, (args, kwargs))
    inputs = [x for x in tree.flatten((args, kwargs)) if _is_tensor(x)]
    try:
        if not layer.built and _has_own_build(layer):
            layer(*args, **kwargs)
        return keras.Function(inputs, layer.call(*args, **kwargs))
    finally:
        for each, inbound, outbound in calls:
            del each._inbound_nodes[inbound:], each._outbound_nodes[outbound:]


def _has_own_build(layer):
    return type(layer).build not in (keras.Layer.build, keras.Sequential.build)


def _symbol(value):
    return keras.Input(batch_shape=value.shape, dtype=value.dtype) if _is_tensor(value) else value


def _inputs_of(function, batch_size, input_shape):
    """Return the input tensors of a graph, with whole numbers for their shapes."""
    names = _input_names(function)
    specs = []
    for name, tensor, shape in zip(
        names, function.inputs, _shapes(input_shape, names), strict=True
    ):
        wanted = tuple(tensor.shape[1:])
        if shape is None:
            shape = wanted
            if None in shape:
                raise ValueError(
                    f"`input_shape` is needed: {name!r} leaves sizes open. "
                    f"Received: None for {wanted}"
                )
        fits = len(shape) == len(wanted) and all(
            fixed in (None, n) for fixed, n in zip(wanted, shape, strict=True)
        )
        if not fits:
            raise ValueError(
                f"`input_shape` must fit {name!r}, which takes {wanted}. Received: {shape}"
            )
        specs.append(keras.KerasTensor((batch_size, *shape), tensor.dtype, name=name))
    return specs


def _open_inputs(model, batch_size, input_shape):
    """Return input tensors for a model that keeps no graph, in the structure it is called with."""
    if input_shape is None:
        built = (model.get_build_config() or {}).get("input_shape")
        input_shape = built and tree.map_shape_structure(lambda shape: shape[1:], built)
        if None in tree.flatten(input_shape):
            raise ValueError(
                f"`input_shape` is needed: {model.name!r} does not fix it. Received: None"
            )
    if isinstance(input_shape, dict):
        return {
            name: keras.KerasTensor((batch_size, *_shape(shape)), name=name)
            for name, shape in input_shape.items()
        }
    if _is_list_of_shapes(input_shape):
        return [keras.KerasTensor((batch_size, *_shape(shape))) for shape in input_shape]
    return keras.KerasTensor((batch_size, *_shape(input_shape)))


def _shapes(input_shape, names):
    """Return one shape, or None, for each of a model's inputs."""
    if input_shape is None:
        return [None] * len(names)
    if isinstance(input_shape, dict):
        if set(input_shape) - set(names):
            raise ValueError(
                f"`input_shape` must name inputs among {names}. Received: {input_shape}"
            )
        return [_shape(input_shape[name]) if name in input_shape else None for name in names]
    shapes = input_shape if _is_list_of_shapes(input_shape) else [input_shape]
    if len(shapes) != len(names):
        raise ValueError(
            f"`input_shape` must hold a shape for each of {names}. Received: {input_shape!r}"
        )
    return [_shape(shape) for shape in shapes]


def _is_list_of_shapes(input_shape):
    return isinstance(input_shape, (tuple, list)) and any(
        isinstance(shape, (tuple, list)) for shape in input_shape
    )


def _shape(shape):
    if not isinstance(shape, (tuple, list)):
        raise TypeError(f"`input_shape` must be a tuple of integers. Received: {shape!r}")
    return tuple(check_integer("input_shape", n, least=1) for n in shape)


def _is_tensor(value):
    return isinstance(value, keras.KerasTensor)


def _first_line(error):
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _untraceable(model, error):
    return (
        f"`model` is a subclass whose `call` Keras cannot trace ({_first_line(error)}). Write it "
        "with Keras layers and keras.ops, without values of tensors in Python's `if` and `for`, "
        f"or build it as a functional model. Received: {type(model).__qualname__}"
    )
