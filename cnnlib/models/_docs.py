"""What the docstrings of the builders have in common, written once."""

import inspect
import re

_ARGS = {
    "shortcuts": "False builds the plain network of the same layers.",
    "growth_rate": "maps that each layer adds, k.",
    "compression": "share of the maps that a transition keeps, above 0 and at most 1.",
    "cardinality": "groups of the 3x3 convolutions.",
    "reduction": "factor by which the gates' first dense layer narrows the channels.",
    "input_shape": "(height, width, channels), from {stride}x{stride}.",
    "classes": "outputs; 0 leaves the body, whose maps have a stride of {stride}.",
    "name": "the model's name.",
}
_SECTIONS = {
    "Returns": "    An untrained `keras.Model`.",
    "Raises": "    TypeError: an argument has the wrong type.\n"
    "    ValueError: an argument's value is not allowed.",
}


def completed(builder, stride):
    """Return a builder's docstring with the entries and sections that it leaves to the common ones.

    Args:
        builder: a function whose docstring describes what is particular to it.
        stride: input pixels per cell of the body's maps, which is the smallest side of an image,
            too; None where the docstring describes `input_shape` and `classes` itself.

    Returns:
        A docstring that describes every argument.

    Raises:
        KeyError: an argument that neither the docstring nor the common entries describe.
    """
    head, *parts = re.split(r"\n*^(\w+):\n", inspect.cleandoc(builder.__doc__), flags=re.M)
    own = dict(zip(parts[::2], parts[1::2], strict=True))
    described = dict(re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", own.pop("Args", ""), re.M))
    facts = {} if stride is None else {"stride": stride}
    entries = [
        f"    {name}: {described.get(name) or _ARGS[name].format(**facts)}"
        for name in inspect.signature(builder).parameters
    ]
    sections = {"Args": "\n".join(entries)} | _SECTIONS | own
    return "\n\n".join([head, *(f"{title}:\n{text}" for title, text in sections.items())])
