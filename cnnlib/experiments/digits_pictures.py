"""How much more the digits recipe learns from more pictures, and from shifted ones.

The recipe of the chapter "Building and training a CNN", with a quarter of its maps and units,
learns from 40 to 1,200 of scikit-learn's digits, enlarged to 16x16, in equally many steps of Adam:
as they are, or each time shifted by up to a sixteenth of the side. A seed draws the split into
training and test pictures, the first weights, the pictures of each step and their shifts.
"""

import numpy as np

from cnnlib.data.digits import digits
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.experiments.digits_recipe import BATCH, SIDE, compiled
from cnnlib.training import fit, restart

EXPERIMENT = Experiment(
    question="How much better does the digits recipe read new digits when it learns from more "
    "pictures, or from shifted ones?",
    claim="The gap between the error on new pictures and that on the training pictures falls with "
    "their number; distorted copies of them lower the error on new ones.",
    source="LeCun, Bottou, Bengio & Haffner 1998, section I.A, equation 1, and section III.B",
    variants={
        f"{pictures:,}{', shifted' if shift else ''}": {"pictures": pictures, "shift": shift}
        for shift in (0, 1)
        for pictures in (40, 120, 400, 1200)
    },
    scales={"glimpse": {"steps": 60}, "small": {"steps": 400}, "full": {"steps": 4000}},
    seeds={"glimpse": 1, "small": 5, "full": 50},
    measures={
        "accuracy": "per cent of the test pictures right",
        "training": "per cent of the training pictures right, not shifted",
        "gap": "by how many percentage points the first is lower",
    },
    rules=(
        *(
            Rule(
                f"From {many:,} pictures the recipe learns more than from {few:,}.",
                *("accuracy", f"{many:,}", f"{few:,}"),
                above=0,
                unit="percentage points",
            )
            for few, many in ((40, 120), (120, 400), (400, 1200))
        ),
        Rule(
            "The gap is smaller with 1,200 pictures than with 120.",
            *("gap", "1,200", "120"),
            below=0,
            unit="percentage points",
        ),
        *(
            Rule(
                f"From {pictures:,} pictures it learns more when they are shifted.",
                *("accuracy", f"{pictures:,}, shifted", f"{pictures:,}"),
                above=0,
                unit="percentage points",
            )
            for pictures in (40, 1200)
        ),
    ),
)


def measure(seed, pictures, shift, steps):
    """Train the recipe from new weights and judge it on the test pictures.

    Args:
        seed: of all that is drawn.
        pictures: how many it learns from.
        shift: by how many pixels they are shifted, at most.
        steps: of gradient descent.

    Returns:
        The measures.
    """
    data = digits(size=SIDE, seed=seed)
    x_train, y_train = data.x_train[:pictures], data.y_train[:pictures]
    model = compiled("Adam", 0.001)
    restart(model, seed)
    random = np.random.default_rng(seed)
    drawn = _steps.drawn(pictures, random, steps, BATCH)
    fit(model, (shifted(x_train[drawn], shift, random), y_train[drawn]), 1, seed=seed)
    accuracy = _steps.right(model, data.x_test, data.y_test)
    training = _steps.right(model, x_train, y_train)
    return {"accuracy": accuracy, "training": training, "gap": round(training - accuracy, 3)}


def shifted(images, most, random):
    """Shift each image at random, up, down and to the sides.

    Args:
        images: array [n, height, width, 1].
        most: by how many pixels, at most; what comes from beyond the border is 0.
        random: a `numpy.random.Generator`.

    Returns:
        An array like `images`.
    """
    sides = images.shape[1:3]
    padded = np.pad(images[..., 0], ((0, 0), (most, most), (most, most)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, sides, axis=(1, 2))
    down, right_ = random.integers(0, 2 * most + 1, (2, len(images)))
    return windows[np.arange(len(images)), down, right_][..., np.newaxis]
