"""The digits recipe with the optimizer as it is printed, and with what it was meant to be.

In older versions of Keras `Adadelta()` had the rate 1.0 of its paper; today it has 0.001. The
recipe of the chapter "Building and training a CNN", with a quarter of its maps and units, is
trained with both, and with Adam, on scikit-learn's digits, enlarged to 16x16. Their 1,221 training
pictures are a fiftieth of MNIST's; batches of 32 in the place of the printed 128 make up for some
of it. A seed draws the first weights, the order of the pictures and the dropout; the split is
always the same.
"""

from functools import cache

from cnnlib.data.digits import digits
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.training import fit, restart

SIDE, BATCH = 16, 32

EXPERIMENT = Experiment(
    question="Does the digits recipe learn with Keras's default rate for Adadelta?",
    claim="Adadelta tends to benefit from higher initial learning rate values compared to other "
    "optimizers; to match the exact form in the original paper, use 1.0.",
    source="Keras's documentation of Adadelta; Zeiler 2012, algorithm 1",
    variants={
        "Adadelta 0.001": {"optimizer": "Adadelta", "rate": 0.001, "epochs": 12},
        "Adadelta 0.001, 36 epochs": {"optimizer": "Adadelta", "rate": 0.001, "epochs": 36},
        "Adadelta 1.0": {"optimizer": "Adadelta", "rate": 1.0, "epochs": 12},
        "Adam 0.001": {"optimizer": "Adam", "rate": 0.001, "epochs": 12},
    },
    scales={
        "glimpse": {"examples": 320, "epochs": 4},
        "small": {"examples": None},
        "full": {"examples": None},
    },
    seeds={"glimpse": 1, "small": 5, "full": 50},
    measures={
        "accuracy": "per cent of the test pictures right",
        "curve": "per cent of the validation pictures right after each epoch",
        "losses": "mean loss of the training pictures in each epoch, with dropout",
    },
    rules=(
        Rule(
            "As printed, the recipe names fewer than half of the new digits rightly.",
            *("accuracy", "Adadelta 0.001"),
            below=50,
            unit="%",
        ),
        Rule(
            "Three times as many epochs do not make up for the rate.",
            *("accuracy", "Adadelta 0.001, 36 epochs", "Adadelta 1.0"),
            below=0,
            unit="percentage points",
        ),
        Rule(
            "With a rate of 1.0 it names more than 95 of 100 rightly.",
            *("accuracy", "Adadelta 1.0"),
            above=95,
            unit="%",
        ),
        Rule(
            "With Adam it does, too.",
            *("accuracy", "Adam 0.001"),
            above=95,
            unit="%",
        ),
        Rule(
            "Adadelta at 1.0 and Adam are less than a point apart.",
            *("accuracy", "Adadelta 1.0", "Adam 0.001"),
            above=-1,
            below=1,
            unit="percentage points",
        ),
    ),
)


def measure(seed, optimizer, rate, epochs, examples):
    """Train the recipe from new weights and judge it on the test pictures.

    Args:
        seed: of the first weights, the order of the pictures and the dropout.
        optimizer: name of a class of `keras.optimizers`.
        rate: its learning rate.
        epochs: passes through the training pictures.
        examples: training pictures, or None for all of them.

    Returns:
        The measures.
    """
    data = digits(size=SIDE)
    model = compiled(optimizer, rate)
    restart(model, seed)
    taught = (data.x_train[:examples], data.y_train[:examples])
    training = fit(model, (*taught, data.x_val, data.y_val), epochs, batch_size=BATCH, seed=seed)
    return {
        "accuracy": _steps.right(model, data.x_test, data.y_test),
        "curve": (100 * training.history["val_accuracy"]).round(3).tolist(),
        "losses": training.history["loss"].round(4).tolist(),
    }


@cache
def compiled(optimizer, rate):
    """Return the recipe with a quarter of its maps and units, compiled.

    Args:
        optimizer: name of a class of `keras.optimizers`.
        rate: its learning rate.

    Returns:
        A `keras.Model` for pictures [batch, 16, 16, 1] of 0 to 255, the same for the same
        arguments.
    """
    from keras import Input, Sequential, layers, optimizers

    model = Sequential(
        [
            Input((SIDE, SIDE, 1)),
            layers.Rescaling(1 / 255),
            layers.Conv2D(8, 3, activation="relu"),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(32, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )
    loss, chosen = "sparse_categorical_crossentropy", getattr(optimizers, optimizer)
    model.compile(chosen(rate), loss, metrics=["accuracy"], steps_per_execution=39)
    return model
