"""Exercises of the chapter "Transfer learning"."""

import numpy as np

from cnnlib.labs._judges import Array, Exercise, Function, Number


def _square(picture, whole=False, white=True, low=-1.0, stacked=3):
    """Bring a picture into the form that Xception reads; the rest are slips."""
    values = picture.reshape(*picture.shape[:2], -1).astype(float)
    if values.shape[2] == 4:
        share = values[..., 3:] / 255 if white else 1
        values = values[..., :3] * share + 255 * (1 - share)
    values = np.repeat(values, stacked, axis=2) if values.shape[2] == 1 else values
    height, width = values.shape[:2]
    side = min(height, width)
    top, left = (0, 0) if whole else ((height - side) // 2, (width - side) // 2)
    values = values[top : top + side, left : left + side]
    return values / 255 * (1 - low) + low


def _top(probabilities, shift=1, best=5):
    order = np.argsort(-probabilities, kind="stable")
    if len(probabilities) == 1001:
        order = order[order > 0] - shift if shift else order
    return order[:best].tolist()


def _crop(picture, top, left, side, flip, axis=1):
    part = picture[top : top + side, left : left + side]
    return np.flip(part, axis) if flip else part


def _pictures():
    random = np.random.default_rng(0)
    shapes = ((3, 3, 3), (4, 6), (7, 4, 3), (5, 8, 4), (6, 3, 1))
    return tuple((random.integers(0, 256, shape).astype("uint8"),) for shape in shapes)


def _guesses():
    random = np.random.default_rng(1)
    cases = [random.dirichlet(np.ones(count)) for count in (1000, 1001, 1001)]
    cases[2][0] = 1  # background above all
    return tuple((one,) for one in cases)


_PHOTO = np.random.default_rng(2).integers(0, 256, (6, 7, 3)).astype("uint8")
_CROPS = tuple((_PHOTO, *how) for how in ((0, 0, 4, False), (1, 3, 4, True), (2, 0, 3, True)))


class Reader:
    """Judges a function that names pictures of the classes x, percent and pi, new to it."""

    names = ("x", "percent", "pi")
    least = 54

    def __call__(self, answer):
        """Return what is wrong with `answer`, or None."""
        from cnnlib.data.symbols import symbols

        if not callable(answer):
            return f"The answer is a function, without parentheses. Received: {answer!r}"
        data = symbols(self.names, size=32, count=360, seed=99)
        pictures, classes = data.x_val[:60], data.y_val[:60]
        try:
            found = np.asarray(answer(pictures))
        except Exception as error:  # the reader's code may fail in any way
            return f"With 60 pictures your function raises {type(error).__name__}: {error}"
        if found.shape == (60, 3):
            return "Probabilities came back: `argmax(axis=1)` names the class."
        if found.shape != (60,):
            return f"60 class numbers are asked for. Received: shape {found.shape}"
        right = int((found == classes).sum())
        if right >= self.least:
            return None
        return f"{right} of 60 new pictures are right; at least {self.least} are asked for."


EXERCISES = {
    "thaw": Exercise(
        Number(
            2_041_344 + 4_747_040 + 2049 * 7,
            slips={
                2_041_344 + 4_747_040: "The head is missing.",
                2_041_344 + 4_747_040 + 2048 * 7: "The head has a bias for each class.",
                2_041_344 + 4_747_040 + 2049 * 10: "That is a head for ten classes.",
                4_747_040 + 2049 * 7: "That is module 14 alone.",
            },
        ),
        hints=(
            "The figure that freezes modules counts it for ten classes.",
            "Thaw modules 13 and 14 there: 6,808,874 with a head of 20,490.",
            "6,808,874 − 20,490 + (2,048 + 1)·7.",
        ),
    ),
    "flattened": Exercise(
        Array(
            [10 * 10 * 2048, (10 * 10 * 2048 + 1) * 5],
            slips=(
                ([5 * 5 * 2048, (5 * 5 * 2048 + 1) * 5], "That is for pictures of 150×150."),
                ([2048, 2049 * 5], "That is the pooled head."),
                ([10 * 10 * 2048, 10 * 10 * 2048 * 5], "The biases are missing."),
            ),
        ),
        hints=(
            "What is the shape of Xception's last maps for these pictures?",
            "keras.applications.Xception, with weights=None and include_top=False, says it.",
            "10·10·2,048 numbers; a weight for each number and class, and a bias for each class.",
        ),
    ),
    "picture": Exercise(
        Function(
            _square,
            _pictures(),
            slips=(
                (
                    lambda picture: _square(picture, low=0.0),
                    "Xception reads pixels from −1 to 1.",
                ),
                (
                    lambda picture: _square(picture, whole=True),
                    "The square is the centred one.",
                ),
                (
                    lambda picture: _square(picture, white=False),
                    "What is transparent shows white paper, not the colour below it.",
                ),
                (
                    lambda picture: _square(picture, stacked=1),
                    "A grey picture has to be stacked to three channels.",
                ),
            ),
        ),
        hints=(
            "Take one thing after another: channels, transparency, square, scale.",
            "With a from 0 to 1: colour times a, plus 255 times 1 − a.",
            "side = min(h, w); top = (h − side) // 2; values / 127.5 − 1.",
        ),
    ),
    "top": Exercise(
        Function(
            _top,
            _guesses(),
            slips=(
                (
                    lambda p: _top(p, shift=0),
                    "Of 1,001 outputs the first is no class of ImageNet's: all others move.",
                ),
                (
                    lambda p: (np.argsort(-p)[:5] - (len(p) == 1001)).tolist(),
                    "Background is none of the five, even where it is the best guess.",
                ),
                (lambda p: _top(-p), "The most probable come first."),
                (lambda p: _top(p, best=1), "Five are asked for."),
            ),
        ),
        hints=(
            "What is the extra output of such a checkpoint?",
            "Drop the first probability where there are 1,001 of them.",
            "np.argsort(-probabilities[len(probabilities) - 1000 :])[:5]",
        ),
    ),
    "crops": Exercise(
        Function(
            _crop,
            _CROPS,
            slips=(
                (
                    lambda *how: _crop(*how, axis=0),
                    "It is turned upside down; a mirror changes left and right.",
                ),
                (lambda p, top, left, side, flip: _crop(p, left, top, side, flip), "Rows first."),
                (
                    lambda p, top, left, side, flip: _crop(p, top, left, side, not flip),
                    "It is flipped where it should not be.",
                ),
            ),
        ),
        hints=(
            "A crop is a slice of both axes.",
            "picture[top : top + side, left : left + side]",
            "Where flip is true, take its columns backwards: [:, ::-1].",
        ),
    ),
    "steps": Exercise(
        Number(
            69,
            slips={
                68: "After 68 steps it is still nearer to what was stored.",
                50: "It moves by a hundredth of what is left, so ever more slowly.",
                7: "That is for a momentum of 0.9.",
            },
        ),
        hints=(
            "After a step 0.99 of the distance to the batches' mean is left.",
            "When is 0.99 to the power of n below one half?",
            "ln 0.5 / ln 0.99, rounded up.",
        ),
    ),
    "own": Exercise(
        Reader(),
        hints=(
            "Three hundred pictures are a hundred of each class: enough for a frozen trunk.",
            "The trunk is `trunk` of the chapter; the head has three outputs.",
            "return model.predict(pictures, verbose=0).argmax(axis=1)",
        ),
    ),
}
