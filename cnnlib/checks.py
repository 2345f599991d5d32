"""Argument checks: what is wrong with which argument, and what was received.

Every check returns the value in its plain form, or raises an error that names the argument.
"""

import numbers


class Sentence:
    """Makes an error one of which a notebook shows the sentence, without a traceback."""

    def _render_traceback_(self):
        return [str(self)]


def check_integer(name, value, least, most=None):
    """Return `value` as an int, or say which argument is wrong.

    Args:
        name: the argument's name, for the message.
        value: what the caller passed; NumPy integers count as integers, booleans do not.
        least: the smallest value allowed.
        most: the largest value allowed, or None.

    Returns:
        `value` as an int.

    Raises:
        TypeError: `value` is not an integer.
        ValueError: `value` is out of range.
    """
    try:
        integer = value.__index__()
    except (AttributeError, TypeError):
        integer = None
    if integer is None or isinstance(value, bool):
        raise TypeError(f"`{name}` must be an integer. Received: {value!r}")
    if integer < least or (most is not None and integer > most):
        limits = f"at least {least}" if most is None else f"from {least} to {most}"
        raise ValueError(f"`{name}` must be {limits}. Received: {value!r}")
    return integer


def check_number(name, value, low=None, high=None, *, above=None, below=None):
    """Return `value` as a float, or say which argument is wrong.

    Args:
        name: the argument's name, for the message.
        value: what the caller passed; booleans do not count as numbers, NaN is in no range.
        low: the smallest value allowed, or None.
        high: the largest value allowed, or None.
        above: what the value must exceed, or None.
        below: what the value must stay under, or None.

    Returns:
        `value` as a float.

    Raises:
        TypeError: `value` is not a real number.
        ValueError: `value` is out of range.
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"`{name}` must be a number. Received: {value!r}")
    bounds = (
        ("at least", low, low is None or value >= low),
        ("above", above, above is None or value > above),
        ("at most", high, high is None or value <= high),
        ("below", below, below is None or value < below),
    )
    if not all(kept for _, _, kept in bounds):
        given = " and ".join(f"{words} {bound}" for words, bound, _ in bounds if bound is not None)
        limits = given if None in (low, high) else f"from {low} to {high}"
        raise ValueError(f"`{name}` must be {limits}. Received: {value!r}")
    return float(value)


def check_string(name, value):
    """Return `value` if it is a string, or say which argument is wrong.

    Args:
        name: the argument's name, for the message.
        value: what the caller passed.

    Returns:
        `value`.

    Raises:
        TypeError: `value` is not a string.
    """
    if not isinstance(value, str):
        raise TypeError(f"`{name}` must be a string. Received: {value!r}")
    return value


def check_choice(name, value, options):
    """Return `value` if it is one of some strings, or say which argument is wrong.

    Args:
        name: the argument's name, for the message.
        value: what the caller passed.
        options: the strings allowed; the empty one goes without saying.

    Returns:
        `value`.

    Raises:
        TypeError: `value` is not a string.
        ValueError: `value` is another string.
    """
    if check_string(name, value) not in options:
        known = ", ".join(repr(option) for option in options if option)
        raise ValueError(f"`{name}` must be one of {known}. Received: {value!r}")
    return value


def check_boolean(name, value):
    """Return `value` if it is a boolean, or say which argument is wrong.

    Args:
        name: the argument's name, for the message.
        value: what the caller passed.

    Returns:
        `value`.

    Raises:
        TypeError: `value` is not a boolean.
    """
    if not isinstance(value, bool):
        raise TypeError(f"`{name}` must be a boolean. Received: {value!r}")
    return value


def check_options(whose, options, known):
    """Say which keywords something does not take.

    Args:
        whose: what takes the keywords, for the message.
        options: keyword -> value, as the caller passed them.
        known: the keywords that it takes.

    Raises:
        TypeError: a keyword is not among them.
    """
    unknown = [f"{option}={value!r}" for option, value in options.items() if option not in known]
    if unknown:
        raise TypeError(
            f"`options` of {whose} are {', '.join(known) or 'none'}. Received: {', '.join(unknown)}"
        )


def check_padding(padding):
    """Return `padding` as "valid", "same" or an int.

    Args:
        padding: "valid" or "same" in either case, or the zeros on each side.

    Returns:
        The name in lower case, or the int.

    Raises:
        TypeError: `padding` is neither a string nor an integer.
        ValueError: an unknown name or a negative number.
    """
    if not isinstance(padding, str):
        return check_integer("padding", padding, least=0)
    if padding.lower() not in ("valid", "same"):
        raise ValueError(
            f'`padding` must be "valid", "same" or an integer of at least 0. Received: {padding!r}'
        )
    return padding.lower()
