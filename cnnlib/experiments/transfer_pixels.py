"""A course's project, small: a frozen trunk that gets 0 to 255 where it knows -1 to 1.

Ten symbols, 9,032 pictures, split 6,141 / 1,536 / 1,355, Nadam with Keras's rate. What is smaller
than in the project: the pictures have 48x48 pixels in the place of 300x300, and where Xception
stood is the trunk that has learned forty other symbols, with one channel; it takes 32x32 pixels,
so the model resizes first. The trunk was trained with pixels from -1 to 1. It gets these, or 0 to
255, and stays frozen; the head, a dense layer with softmax, reads the last maps flattened, or
pooled. A seed draws the pictures, their split, the head's first weights and the order of the
batches; the seeds take the three trained trunks in turn.
"""

from functools import cache

from cnnlib.data.symbols import symbols
from cnnlib.experiments import _steps
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.experiments._transfer import CLASSES, trunk
from cnnlib.training import fit, restart

SIDE = 48

READ = {"flattened": "conv5_relu", "pooled": "avg_pool"}
"""What the head reads -> the trunk's layer."""

PIXELS = {"-1 to 1": (1 / 127.5, -1.0), "0 to 255": (1.0, 0.0)}
"""What the trunk gets -> factor of a pixel from 0 to 255, and what is added."""


def _rule(claim, measure, one, other=None, **ends):
    return Rule(claim, measure, one, other, **ends)


EXPERIMENT = Experiment(
    question="What does a head learn behind a frozen trunk that gets pixels from 0 to 255 in "
    "place of those that it was trained with?",
    claim="The project, Xception without preprocess_input, printed an accuracy of 39 %.",
    source="a course's project, whose notes printed this",
    variants={
        f"{pixels}, {read}": {"pixels": pixels, "read": read} for pixels in PIXELS for read in READ
    },
    scales={
        "glimpse": {"count": 600, "epochs": 2},
        "small": {"count": 9032, "epochs": 6},
        "full": {"count": 9032, "epochs": 40},
    },
    seeds={"glimpse": 1, "small": 5, "full": 20},
    measures={
        "accuracy": "per cent of the test pictures right",
        "first": "per cent of the validation pictures right after the first epoch",
        "loss": "mean training loss of the first epoch",
        "curve": "per cent of the validation pictures right after each epoch",
    },
    rules=(
        *(
            _rule(
                f"Behind 0 to 255 a head that reads the maps {read} learns less.",
                *("accuracy", f"0 to 255, {read}", f"-1 to 1, {read}"),
                below=0,
                unit="percentage points",
            )
            for read in READ
        ),
        _rule(
            "The missing preprocessing alone brings the flattened head below 50 %.",
            *("accuracy", "0 to 255, flattened"),
            below=50,
            unit="%",
        ),
        _rule(
            "The missing preprocessing alone brings the pooled head below 50 % after one epoch.",
            *("first", "0 to 255, pooled"),
            below=50,
            unit="%",
        ),
        _rule(
            "The flattened head begins with a loss at least five times as large as chance, 2.3.",
            *("loss", "0 to 255, flattened"),
            above=11.5,
        ),
        _rule(
            "With preprocessing the flattened head names more than 95 of 100 rightly.",
            *("accuracy", "-1 to 1, flattened"),
            above=95,
            unit="%",
        ),
    ),
)


def measure(seed, pixels, read, count, epochs):
    """Train a head behind the frozen trunk.

    Args:
        seed: of all that is drawn.
        pixels: one of `PIXELS`.
        read: one of `READ`.
        count: pictures in all.
        epochs: passes through the training pictures.

    Returns:
        The measures.
    """
    data = symbols(CLASSES, size=SIDE, count=count, seed=seed)
    body = _body(pixels, read)
    body.set_weights(trunk(seed).get_weights())
    x_train, x_val, x_test = (
        body.predict(images, 256, verbose=0) for images in (data.x_train, data.x_val, data.x_test)
    )
    model = _head(x_train.shape[1])
    restart(model, seed)
    history = fit(model, (x_train, data.y_train, x_val, data.y_val), epochs, seed=seed).history
    curve = [round(100 * float(share), 3) for share in history["val_accuracy"]]
    return {
        "accuracy": _steps.right(model, x_test, data.y_test),
        "first": curve[0],
        "loss": round(float(history["loss"].iloc[0]), 4),
        "curve": curve,
    }


@cache
def _body(pixels, read):
    """Return the trunk from pictures of any scale to what the head reads, its own scaling gone."""
    import keras

    whole = trunk(0)
    scale, offset = PIXELS[pixels]
    inputs = keras.Input((SIDE, SIDE, 1))
    x = keras.layers.Resizing(32, 32)(inputs)
    x = keras.layers.Rescaling(scale, offset)(x)
    unscaled = keras.models.clone_model(
        keras.Model(whole.get_layer("scale").output, whole.get_layer(READ[read]).output)
    )
    return keras.Model(inputs, keras.layers.Flatten()(unscaled(x, training=False)))


@cache
def _head(inputs):
    from keras import Input, Sequential, layers

    model = Sequential([Input((inputs,)), layers.Dense(CLASSES, activation="softmax")])
    model.compile("nadam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
