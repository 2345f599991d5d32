import numpy as np

from answers import Answers


def padded(x, channels):
    halved = (x[::2, ::2] + x[1::2, ::2] + x[::2, 1::2] + x[1::2, 1::2]) / 4
    zeros = np.zeros((*halved.shape[:2], channels - x.shape[2]))
    return np.concatenate([halved, zeros], axis=2)


ANSWERS = {
    "widths": Answers(right=(58, 100), wrong=[(42, 84), (57, 100), (58, 84), (100, 58)]),
    "carried": Answers(right=(16, 48), wrong=[(64, 48), (16, 54), (0, 48)]),
    "unit": Answers(right=30_133, wrong=[29_889, 30_053, 31_773, 14_760]),
    "shortcut": Answers(
        right=padded,
        wrong=[
            lambda x, channels: padded(x, channels)[..., ::-1],
            lambda x, channels: padded(x, channels)[..., : x.shape[2]],
            lambda x, channels: 4 * padded(x, channels),
        ],
    ),
    "factor": Answers(right=(4 ** (1 / 54), 32), wrong=[(4 / 54, 32), (1.026, 40), (1.5, 32)]),
    "new": Answers(
        right=(True, True, False, True, False, False),
        wrong=[(True, False, False, True, False, False), (False,) * 6, (True,) * 6],
    ),
}
