"""The architectures by name: a family is one builder and a frozen table of variants.

Each family has a file, which registers the variants when it is imported. That happens when one of
them is asked for and no sooner, so that whoever uses one architecture depends on its file alone.
"""

import ast
import functools
import importlib
import inspect
import re
from pathlib import Path

from cnnlib.checks import check_choice, check_options, check_string
from cnnlib.models._docs import completed

_KERAS = "keras.applications:"
_VARIANTS = {}
_PUBLISHED = {}


def family(variants, published=None, *, stride=None):
    """Register a builder's variants, so that `build` and `cnnlib.models` know them by name.

    Args:
        variants: name -> the builder's options that make this variant; names are written out,
            because they are read from the file before it is imported.
        published: name -> `Published`, for the variants that the comparison shows.
        stride: input pixels per cell of the body's maps, and smallest side of an image; None
            where the builder's docstring describes `input_shape` and `classes` itself.

    Returns:
        A decorator; it completes the builder's docstring and leaves the builder as it is.
    """

    def register(builder):
        builder.__doc__ = completed(builder, stride)
        for name, options in variants.items():
            _VARIANTS[name] = _variant(name, builder, options)
        _PUBLISHED.update(published or {})
        return builder

    return register


@functools.cache
def _modules():
    """Return name -> module for every variant, as the decorators in the files declare them."""
    found = {}
    for path in Path(__file__).parent.glob("[!_]*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            for call in getattr(node, "decorator_list", ()):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == family.__name__:
                    names = map(ast.literal_eval, call.args[0].keys)
                    found |= dict.fromkeys(names, f"{__package__}.{path.stem}")
    return found


def natural_order(name):
    """Return a key that sorts names as people do: ResNet18 before ResNet152."""
    parts = re.split(r"(\d+)", name.casefold())
    return [int(part) if part.isdigit() else part for part in parts]


def available():
    """Return the names of the book's architectures.

    Returns:
        List of strings in natural order.
    """
    return sorted(_modules(), key=natural_order)


def published():
    """Return what is published about the architectures; imports all families.

    Returns:
        name -> `Published`, for the variants that the comparison shows.
    """
    for module in _modules().values():
        importlib.import_module(module)
    return dict(_PUBLISHED)


def builder(model):
    """Return the function that builds a named architecture.

    Args:
        model: one of `available()`, or "keras.applications:ResNet50" and the like, which come
            without trained weights unless asked for.

    Returns:
        A function; its signature shows the options and their defaults.

    Raises:
        TypeError: `model` is not a string.
        ValueError: unknown name.
    """
    if check_string("model", model).startswith(_KERAS):
        return _of_keras(model)
    check_choice("model", model, available())
    importlib.import_module(_modules()[model])
    return _VARIANTS[model]


def _of_keras(name):
    from keras import applications

    known = [_KERAS + each for each in dir(applications) if each[0].isupper()]
    check_choice("model", name, sorted(known, key=natural_order))
    return functools.partial(getattr(applications, name.removeprefix(_KERAS)), weights=None)


def build(model, /, **options):
    """Build an architecture by name.

    Args:
        model: as for `builder`.
        **options: what the builder takes; `input_shape`, `classes` and `name` always.

    Returns:
        An untrained `keras.Model`.

    Raises:
        TypeError: an option that the architecture does not have.
        ValueError: unknown name, or an option's value that the architecture does not allow.
    """
    return builder(model)(**options)


def _variant(name, builder, options):
    """Return `builder` under a variant's name, with its options as defaults."""
    signature = inspect.signature(builder)
    defaults = options | {"name": name.lower()}
    parameters = [
        parameter.replace(
            default=defaults.get(parameter.name, parameter.default),
            kind=inspect.Parameter.KEYWORD_ONLY,
        )
        for parameter in signature.parameters.values()
    ]

    @functools.wraps(builder)
    def build_variant(**chosen):
        check_options(name, chosen, signature.parameters)
        return builder(**(defaults | chosen))

    build_variant.__name__ = build_variant.__qualname__ = name
    build_variant.__signature__ = signature.replace(parameters=parameters)
    return build_variant
