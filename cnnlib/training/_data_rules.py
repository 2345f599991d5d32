"""Faults that the pictures, their classes and the loss show before anything is run."""

import re
from typing import NamedTuple

import keras
import numpy as np

from cnnlib.training._diagnosis import Finding

_RARE = 10  # pictures per class that are expected before a missing one means something


class Task(NamedTuple):
    """What a model is trained for.

    Attributes:
        kind: "sparse" or "categorical" (classes, as numbers or as one-hot rows), "binary",
            "regression", or "" for a loss that no rule knows.
        from_logits: whether the loss itself applies softmax or sigmoid.
        loss: what Keras calls it.
        outputs: shape of the output for one picture.
    """

    kind: str
    from_logits: bool
    loss: str
    outputs: tuple

    @classmethod
    def of(cls, model):
        """Read the task off a compiled model."""
        loss = keras.losses.get(model.loss)
        name = getattr(loss, "__name__", type(loss).__name__)
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
        config = loss.get_config() if isinstance(loss, keras.Loss) else {}
        kind = _KINDS.get(name, "")
        return cls(kind, config.get("from_logits", False), name, tuple(model.output_shape[1:]))

    @property
    def chance(self):
        """The loss of a network that finds all classes equally likely, or None."""
        if self.kind == "binary":
            return float(np.log(2))
        return float(np.log(self.outputs[-1])) if self.kind in ("sparse", "categorical") else None


_KINDS = {
    "sparse_categorical_crossentropy": "sparse",
    "categorical_crossentropy": "categorical",
    "binary_crossentropy": "binary",
    "mean_squared_error": "regression",
    "mean_absolute_error": "regression",
    "huber": "regression",
}


def suited(model, x):
    """Return the pictures in the shape that the model takes, or None, and what is wrong."""
    wanted = tuple(model.inputs[0].shape[1:]) if model.built and model.inputs else None
    if wanted is None:
        first = model.layers[0] if isinstance(model, keras.Sequential) else model
        least = getattr(getattr(first, "input_spec", None), "min_ndim", None)
        missing = least == x.ndim + 1
    elif _fits(x.shape[1:], wanted):
        missing = False
    elif _fits((*x.shape[1:], 1), wanted):
        missing = True
    else:
        return None, [
            Finding(
                "wrong shape",
                "inputs",
                f"a picture is {x.shape[1:]}, and the model takes {wanted}.",
                "Bring height, width and channels into this order and size.",
            )
        ]
    if not missing:
        return x, []
    return x[..., np.newaxis], [
        Finding(
            "missing channel axis",
            "inputs",
            f"x is {x.shape}, without an axis for the channels.",
            "Add it: x[..., np.newaxis].",
        )
    ]


def _fits(shape, wanted):
    return len(shape) == len(wanted) and all(
        fixed in (None, n) for n, fixed in zip(shape, wanted, strict=True)
    )


def of_inputs(x):
    """Yield what is wrong with the pictures themselves."""
    strange = int(np.sum(~np.isfinite(x)))
    if strange:
        yield Finding(
            "inputs not finite",
            "inputs",
            f"{strange:,} of {x.size:,} numbers are NaN or infinite.",
            "One of them spoils every weight: find where they come from, or leave them out.",
        )
    if x.ndim > 2:
        flat = x.reshape(-1, x.shape[-1])
        for channel in np.flatnonzero(flat.min(axis=0) == flat.max(axis=0)):
            yield Finding(
                "constant channel",
                "inputs",
                f"channel {channel} is {flat[0, channel]:g} in every pixel of every picture.",
                "It tells the network nothing: look at how the pictures are read.",
            )


def of_labels(y, task):
    """Return what is wrong with the classes, and whether the loss can be computed with them."""
    if y.dtype.kind == "f" and not np.isfinite(y).all():
        advice = "Leave these pictures out."
        return [
            Finding("labels not finite", "labels", "y holds NaN or infinite numbers.", advice)
        ], False
    unusable = [*_of_form(y, task)]
    if unusable or task.kind in ("", "regression"):
        return unusable, not unusable
    if task.kind == "categorical":
        classes, count = y.argmax(axis=-1), y.shape[-1]
    elif task.kind == "sparse":
        classes, count = y.astype(int), task.outputs[-1]
    else:
        classes, count = np.round(y).astype(int), 2
    if task.kind == "binary" and task.outputs[-1] > 1:
        return [], True
    found = [*_of_balance(classes.ravel(), count)]
    if classes.size == len(y):
        found += _of_order(classes.ravel())
    return found, True


def _of_form(y, task):
    """Yield what makes the loss impossible or senseless."""
    count = task.outputs[-1] if task.outputs else 1
    one_hot = y.ndim == len(task.outputs) + 1 and y.shape[-1] == count > 1
    if task.kind == "sparse" and one_hot:
        yield Finding(
            "one-hot labels",
            "labels",
            f"y is {y.shape}, one row per picture, and {task.loss} takes a number per picture.",
            'Compile with "categorical_crossentropy", or give y.argmax(axis=-1).',
        )
    elif task.kind == "sparse" and (y.min() < 0 or y.max() >= count or np.any(y % 1)):
        from_one = y.min() == 1 and y.max() == count
        yield Finding(
            "labels out of range",
            "labels",
            f"y goes from {y.min():g} to {y.max():g}, and the {count} outputs are the classes "
            f"0 to {count - 1}.",
            "Count from 0: y - 1." if from_one else "Number the classes from 0, in whole numbers.",
        )
    elif task.kind == "categorical" and not one_hot and count > 1:
        yield Finding(
            "labels not one-hot",
            "labels",
            f"y is {y.shape}, and {task.loss} takes rows of {count} numbers.",
            'Compile with "sparse_categorical_crossentropy", or use keras.utils.to_categorical.',
        )
    elif task.kind == "categorical" and abs(y.sum(axis=-1) - 1).max() > 0.01:
        sums = y.sum(axis=-1)
        yield Finding(
            "labels do not add up to 1",
            "labels",
            f"rows of y add up to {sums.min():g} to {sums.max():g}.",
            "Each row is a distribution over the classes: one 1, and zeros.",
        )
    elif task.kind == "binary" and (y.min() < 0 or y.max() > 1):
        yield Finding(
            "labels out of range",
            "labels",
            f"y goes from {y.min():g} to {y.max():g}, and {task.loss} takes 0 to 1.",
            "Call the two classes 0 and 1.",
        )


def _of_balance(classes, count):
    members = np.bincount(classes, minlength=count)
    if len(classes) < _RARE * count:
        return
    missing = np.flatnonzero(members == 0)
    if len(missing):
        named = ", ".join(map(str, missing[:5])) + ", ..." * (len(missing) > 5)
        yield Finding(
            "missing class",
            "labels",
            f"of {count} classes {len(missing)} never occur in y: {named}.",
            "Stratify the split, or give the model as many outputs as there are classes.",
        )
    most, least = members.max(), members[members > 0].min()
    if most >= 10 * least:
        yield Finding(
            "unbalanced classes",
            "labels",
            f"the commonest class has {most:,} pictures, the rarest {least:,}; always naming the "
            f"commonest is right in {most / len(classes):.0%}.",
            "Compare with that, collect more, or weigh the classes (class_weight).",
        )


def _of_order(classes):
    changes = int(np.sum(classes[1:] != classes[:-1]))
    shares = np.bincount(classes) / len(classes)
    expected = (len(classes) - 1) * (1 - np.sum(shares**2))
    if expected >= 20 and changes < expected / 4:
        yield Finding(
            "sorted data",
            "labels",
            f"the class changes {changes:,} times from picture to picture; shuffled, it would "
            f"about {expected:,.0f} times.",
            "Shuffle before the split and before batches are made: validation_split takes the "
            "end of the arrays, and a batch of one class teaches nothing about the others.",
        )
