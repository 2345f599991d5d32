import numpy as np

from answers import Answers


def unit(x, first, second, shortcut=1):
    return np.maximum(shortcut * x + second @ np.maximum(first @ x, 0), 0)


ANSWERS = {
    "depth": Answers(right=(200, 66), wrong=[(198, 66), (134, 66), (200, 200), (202, 66)]),
    "projection": Answers(
        right=(8_192, 6_422_528),
        wrong=[(8_192, 25_690_112), (73_728, 57_802_752), (8_320, 6_422_528)],
    ),
    "unit": Answers(
        right=unit,
        wrong=[
            lambda x, first, second: x + second @ np.maximum(first @ x, 0),
            lambda x, first, second: np.maximum(x + second @ first @ x, 0),
            lambda x, first, second: unit(x, first, second, shortcut=0),
            lambda x, first, second: unit(x, second, first),
        ],
    ),
    "paths": Answers(right=(128, 21), wrong=[(1024, 45), (896, 21), (128, 42), (8, 3)]),
    "scaled": Answers(right=0.9**54, wrong=[0.1**54, 0.9, 48.6, 0.5]),
    "new": Answers(
        right=(True, False, False, False, True, False),
        wrong=[
            (True, True, False, False, True, False),
            (True, False, True, False, True, False),
            (True, False, False, True, True, False),
            (True,) * 6,
        ],
    ),
}
