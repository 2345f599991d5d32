import math

import numpy as np
import pytest

from cnnlib.checks import (
    check_boolean,
    check_choice,
    check_integer,
    check_number,
    check_options,
    check_padding,
    check_string,
)


def test_what_passes_comes_back_in_its_plain_form():
    passed = [
        check_integer("size", np.int32(3), least=1, most=3),
        check_number("rate", np.float32(0.5), 0, 1),
        check_number("rate", 1, high=1, above=0),
        check_choice("padding", "same", {"valid": 1, "same": 2}),
        check_boolean("grey", True),
        check_padding("SAME"),
        check_padding(np.int64(2)),
    ]
    assert passed == [3, 0.5, 1.0, "same", True, "same", 2]
    assert [type(value) for value in passed] == [int, float, float, str, bool, str, int]
    check_options("Net", {"depth": 3}, ["depth", "width"])


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (lambda: check_integer("n", 4, 1, 3), "`n` must be from 1 to 3. Received: 4"),
        (lambda: check_integer("n", 0, 1), "`n` must be at least 1. Received: 0"),
        (lambda: check_number("x", 4, 0.25, 3), "`x` must be from 0.25 to 3. Received: 4"),
        (lambda: check_number("x", math.nan, 0, 1), "`x` must be from 0 to 1. Received: nan"),
        (lambda: check_number("x", -1, 0), "`x` must be at least 0. Received: -1"),
        (lambda: check_number("x", 2, high=1), "`x` must be at most 1. Received: 2"),
        (
            lambda: check_number("x", 0, high=4, above=0),
            "`x` must be above 0 and at most 4. Received: 0",
        ),
        (
            lambda: check_number("x", 1, 0, below=1),
            "`x` must be at least 0 and below 1. Received: 1",
        ),
        (
            lambda: check_choice("kind", "c", ("", "a", "b")),
            "`kind` must be one of 'a', 'b'. Received: 'c'",
        ),
        (
            lambda: check_padding("reflect"),
            '`padding` must be "valid", "same" or an integer of at least 0. Received: \'reflect\'',
        ),
    ],
)
def test_what_is_out_of_range_is_a_value_error(check, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the whole message is compared)
        check()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (lambda: check_integer("n", True, 0), "`n` must be an integer. Received: True"),
        (lambda: check_integer("n", 2.0, 0), "`n` must be an integer. Received: 2.0"),
        (lambda: check_number("x", True, 0, 1), "`x` must be a number. Received: True"),
        (lambda: check_number("x", "1", 0, 1), "`x` must be a number. Received: '1'"),
        (lambda: check_number("x", 1j, 0, 1), "`x` must be a number. Received: 1j"),
        (lambda: check_string("name", 3), "`name` must be a string. Received: 3"),
        (lambda: check_choice("kind", ["a"], ("a",)), "`kind` must be a string. Received: ['a']"),
        (lambda: check_boolean("grey", 1), "`grey` must be a boolean. Received: 1"),
        (
            lambda: check_options("Net", {"depth": 3, "size": 4}, ("depth",)),
            "`options` of Net are depth. Received: size=4",
        ),
        (
            lambda: check_options("Net", {"size": "s"}, ()),
            "`options` of Net are none. Received: size='s'",
        ),
        (lambda: check_padding(1.5), "`padding` must be an integer. Received: 1.5"),
    ],
)
def test_what_is_of_another_type_is_a_type_error(check, message):
    with pytest.raises(TypeError) as caught:
        check()
    assert str(caught.value) == message
