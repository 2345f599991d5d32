import math

from answers import Answers

PICTURE = 4 * (60_000 * 3 + 15_000 * 100 + 3_750 * 200 + 950 * 400)


def macs(h, w, f, s, c, m):
    return math.ceil(h / s) * math.ceil(w / s) * f * f * c * m


ANSWERS = {
    "parameters": Answers(
        right=lambda f, c, m: f * f * c * m + m,
        wrong=[lambda f, c, m: f * f * c * m, lambda f, c, m: (f * f + 1) * m],
    ),
    "macs": Answers(
        right=macs,
        wrong=[lambda *a: 2 * macs(*a), lambda h, w, f, s, c, m: h * w * f * f * c * m],
    ),
    "units": Answers(right=8e9 / 2**30, wrong=[8, 8 * 2**30 / 1e9]),
    "whole": Answers(
        right=(903_400, 3_613_600, 1_520_000, 12_613_600, 565_613_600),
        wrong=[
            (902_700, 3_610_800, 1_520_000, 12_610_800, 565_610_800),
            (903_400, 3_613_600, 1_520_000, 14_133_600, 565_613_600),
            (903_400, 3_613_600, 1_520_000, 12_613_600, 630_680_000),
        ],
    ),
    "batch": Answers(
        right=int((2e9 - 16 * 903_400) // PICTURE), wrong=[int(2e9 // PICTURE), 178, 0]
    ),
}
