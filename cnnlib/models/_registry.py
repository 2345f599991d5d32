"""The architectures by name: a family is one builder and a frozen table of variants."""

import functools
import inspect

_VARIANTS = {}


def family(variants):
    """Register a builder's variants, so that `build` and `cnnlib.models` know them by name.

    Args:
        variants: name -> the builder's options that make this variant.

    Returns:
        A decorator; it leaves the builder as it is.
    """

    def register(builder):
        for name, options in variants.items():
            _VARIANTS[name] = _variant(name, builder, options)
        return builder

    return register


def available():
    """Return the names that `build` knows.

    Returns:
        Sorted list of strings.
    """
    return sorted(_VARIANTS)


def variant(name):
    """Return the function that builds a named variant.

    Args:
        name: one of `available()`.

    Returns:
        A function; its signature shows the options and their defaults.

    Raises:
        ValueError: unknown name.
    """
    if not isinstance(name, str) or name not in _VARIANTS:
        raise ValueError(f"`name` must be one of {', '.join(available())}. Received: {name!r}")
    return _VARIANTS[name]


def build(architecture, /, **options):
    """Build an architecture by name.

    Args:
        architecture: one of `available()`.
        **options: what the variant's function takes; `input_shape`, `classes` and `name` always.

    Returns:
        An untrained `keras.Model`.

    Raises:
        TypeError: an option that the architecture does not have.
        ValueError: unknown name, or an option's value that the architecture does not allow.
    """
    return variant(architecture)(**options)


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
        unknown = [f"{key}={value!r}" for key, value in chosen.items() if key not in known]
        if unknown:
            raise TypeError(
                f"`options` of {name} are {', '.join(known)}. Received: {', '.join(unknown)}"
            )
        return builder(**(defaults | chosen))

    known = signature.parameters
    build_variant.__name__ = build_variant.__qualname__ = name
    build_variant.__signature__ = signature.replace(parameters=parameters)
    return build_variant
