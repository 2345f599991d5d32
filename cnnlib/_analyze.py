"""`cnnlib.analyze`: the analysis of a model, of a function that builds one, or of a name."""

import inspect
from pathlib import Path

import keras

from cnnlib import models
from cnnlib.analysis import Analysis, without_weights
from cnnlib.checks import check_options


def analyze(model, *, batch_size=1, input_shape=None, dtype="float32", **options):
    """Compute what a Keras model costs and sees, without running it.

    Conventions: one MAC is one multiply-add, FLOPs are 2 x MACs; convolutions and matrix products
    count, biases, activations, normalization and pooling are listed apart (`Analysis.other`).
    Every figure is for the whole batch. For memory see `cnnlib.analysis.memory`, for receptive
    fields `cnnlib.analysis.LayerField`. Chapters "Receptive fields" and "Memory and compute".

    Args:
        model: a `keras.Model` (Sequential, functional, or a subclass that Keras can trace); a
            function that builds one, such as `cnnlib.models.ResNet50`; or a name: an architecture
            of the book ("ResNet50"), one of Keras ("keras.applications:MobileNet"), or a saved
            model's file ("model.keras"). What is built here gets no values for its weights.
        batch_size: pictures in a batch.
        input_shape: the shape of one picture, without the batch; a list (or, for named inputs, a
            dict) of shapes for several inputs. Needed where the model leaves sizes open; a
            builder that takes an `input_shape` gets it.
        dtype: "float32", "float64", "float16" or "bfloat16" for everything; "mixed_float16" or
            "mixed_bfloat16" for 16-bit activations beside 32-bit weights.
        **options: further arguments of the builder, such as `classes=10`.

    Returns:
        A `cnnlib.analysis.Analysis`.

    Raises:
        TypeError: `model` is none of these, an argument has the wrong type, or there are options
            and nothing to build.
        ValueError: an unknown name or `dtype`, a file that cannot be loaded, an `input_shape` that
            is missing or does not suit the model, an option's value that the builder does not
            allow, or a subclassed model that Keras cannot trace.
    """
    built = _built(model, input_shape, options)
    return Analysis.of(built, batch_size, input_shape, dtype)


def _built(model, input_shape, options):
    if isinstance(model, str):
        model = _saved(model) if model.endswith(".keras") else models.builder(model)
    if isinstance(model, keras.Model):
        check_options("a model that is built", options, ())
        return model
    if not callable(model) or isinstance(model, keras.Layer):
        raise TypeError(
            "`model` must be a keras.Model, a function that builds one, or a name. "
            f"Received: {model!r}"
        )
    if input_shape is not None and "input_shape" in inspect.signature(model).parameters:
        options = options | {"input_shape": input_shape}
    return without_weights(model, **options)


def _saved(path):
    if not Path(path).is_file():
        raise ValueError(f"`model` must be a file that exists. Received: {path!r}")
    from cnnlib import layers  # noqa: F401  (Keras then knows the book's layers)

    try:
        return keras.models.load_model(path, compile=False)
    except Exception as error:
        reason = " ".join(str(error).split())[:300]
        raise ValueError(f"`model` cannot be loaded: {reason} Received: {path!r}") from error
