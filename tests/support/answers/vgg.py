import numpy as np

from answers import Answers


def composed(first, second):
    padded = np.pad(first, 2)
    return np.array(
        [
            [(padded[i : i + 3, j : j + 3] * second[::-1, ::-1]).sum() for j in range(5)]
            for i in range(5)
        ]
    )


ANSWERS = {
    "stack": Answers(
        right=(9, 589_824, 1_327_104),
        wrong=[(12, 589_824, 2_359_296), (9, 36, 81), (9, 4_608, 10_368), (9, 147_456, 1_327_104)],
    ),
    "composed": Answers(
        right=composed,
        wrong=[
            lambda a, b: composed(a, b[::-1, ::-1]),
            lambda a, b: np.pad(a * b, 1),
            lambda a, b: composed(a, b)[1:4, 1:4],
        ],
    ),
    "rival": Answers(
        right=(9_404_992, 10_860_672),
        wrong=[
            (9_402_048, 10_859_200),
            (9_404_992, 13_059_872),
            (133_047_848, 134_503_528),
            (10_860_672, 9_404_992),
        ],
    ),
    "megabytes": Answers(
        right=(574.66896, 548.047), wrong=[(143.66724, 137.0118), (548.047, 574.66896), (575, 548)]
    ),
    "larger": Answers(right=209_719_296, wrong=[209_715_200, 102_764_544, 2_101_248]),
    "slid": Answers(right=14, wrong=[1, 20, 417, 13]),
}
