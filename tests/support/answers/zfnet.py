import numpy as np

from answers import Answers


def unpool(values, switches):
    back = np.zeros((2 * len(values), 2 * values.shape[1]))
    for place, value in np.ndenumerate(values):
        down, right = divmod(switches[place], 2)
        back[2 * place[0] + down, 2 * place[1] + right] = value
    return back


ANSWERS = {
    "alias": Answers(right=(5, 3, 5), wrong=[(19, 3, 7), (5, 3, 7), (9, 6, 4)]),
    "sizes": Answers(
        right=(109, 54, 25, 12), wrong=[(110, 55, 26, 13), (109, 54, 50, 24), (109, 54, 25, 13)]
    ),
    "changed": Answers(
        right=(20_736, 32_776_800), wrong=[(20_736, 65_340_000), (6_912, 32_739_552), (0, 0)]
    ),
    "unpool": Answers(
        right=unpool,
        wrong=[
            lambda values, switches: unpool(values, 0 * switches),
            lambda values, switches: unpool(values, 3 - switches),
            lambda values, switches: np.kron(values, np.ones((2, 2))),
        ],
    ),
    "down": Answers(
        right=(2, -2, 0, 0, 0), wrong=[(1, -1, 0, 0, 0), (2, 0, 0, 0, 0), (-2, 2, 0, 0, 0)]
    ),
    "true": Answers(
        right=(False, False, False, True, True, False),
        wrong=[(True, False, False, True, True, False), (False,) * 6, (True,) * 6],
    ),
}
