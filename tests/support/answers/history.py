from answers import Answers

ANSWERS = {
    "inputs": Answers(right=150_528, wrong=[50_176, 672]),
    "connections": Answers(
        right=lambda side, channels, units: side**2 * channels * units,
        wrong=[lambda s, c, u: s * c * u, lambda s, c, u: s**2 * u, lambda s, c, u: 0],
    ),
    "order": Answers(right=(3, 1, 4, 2), wrong=[(1, 3, 4, 2), (1, 2, 3, 4)]),
    "tuning": Answers(right=90, wrong=[45, 180, 0]),
    "crossover": Answers(right=400, wrong=[25, 4_000_000, 416]),
}
