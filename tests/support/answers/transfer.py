from functools import cache

import numpy as np

from answers import Answers

MEAN = 127.5


def picture(given, mirrored=False):
    values = given[..., np.newaxis] if given.ndim == 2 else given
    values = values.astype(float)
    if values.shape[2] == 1:
        values = np.concatenate([values] * 3, axis=2)
    if values.shape[2] == 4:
        share = values[..., 3:] / 255
        values = share * values[..., :3] + (1 - share) * 255
    height, width = values.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    values = values[top : top + side, left : left + side]
    return (values[:, ::-1] if mirrored else values) / MEAN - 1


def top(probabilities):
    return np.argsort(-probabilities[len(probabilities) - 1000 :])[:5]


def crop(given, top, left, side, flip):
    part = given[top : top + side, left : left + side]
    return part[:, ::-1] if flip else part


@cache
def _prototypes():
    from cnnlib import data, trained

    symbols = data.load("symbols", classes=["x", "percent", "pi"], size=32, count=450, seed=1)
    import keras

    model = trained.model("alphabet")
    trunk = keras.Model(model.input, model.get_layer("avg_pool").output)
    numbers = trunk.predict(symbols.x_train, verbose=0)
    return trunk, np.stack([numbers[symbols.y_train == one].mean(axis=0) for one in range(3)])


def own(pictures):
    trunk, means = _prototypes()
    numbers = trunk.predict(pictures, verbose=0)
    return ((numbers[:, None] - means) ** 2).sum(axis=-1).argmin(axis=1)


ANSWERS = {
    "thaw": Answers(right=6_802_727, wrong=[6_788_384, 6_802_720, 6_808_874, 4_761_383]),
    "flattened": Answers(
        right=(204_800, 1_024_005),
        wrong=[(51_200, 256_005), (2048, 10_245), (204_800, 1_024_000)],
    ),
    "picture": Answers(
        right=picture,
        wrong=[
            lambda given: (picture(given) + 1) / 2,
            lambda given: picture(given, mirrored=True),
            lambda given: given / MEAN - 1,
        ],
    ),
    "top": Answers(
        right=top,
        wrong=[
            lambda p: np.argsort(-p)[:5],
            lambda p: np.argsort(-p)[:5] - (len(p) == 1001),
            lambda p: np.argsort(p)[:5],
            lambda p: top(p)[:1],
        ],
    ),
    "crops": Answers(
        right=crop,
        wrong=[
            lambda p, t, le, s, f: p[t : t + s, le : le + s],
            lambda p, t, le, s, f: crop(p, le, t, s, f),
            lambda p, t, le, s, f: crop(p, t, le, s, not f),
        ],
    ),
    "steps": Answers(right=69, wrong=[68, 50, 7]),
    "own": Answers(
        right=own,
        wrong=[
            lambda pictures: np.zeros(60, int),
            lambda pictures: np.eye(3)[own(pictures)],
            lambda pictures: own(pictures)[:30],
            3,
        ],
    ),
}
