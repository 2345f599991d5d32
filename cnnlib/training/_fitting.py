"""`fit` and `restart`."""

import math
from dataclasses import dataclass

import numpy as np

from cnnlib import device, progress
from cnnlib.checks import Sentence, check_integer
from cnnlib.data import Dataset


class NotFinite(Sentence, ArithmeticError):
    """The loss, or a weight behind a finite loss, became infinite or no number.

    Attributes:
        training: the `Training` up to there.
    """

    def __init__(self, words, training):
        super().__init__(words)
        self.training = training


@dataclass(frozen=True, eq=False, repr=False)
class Training:
    """What a training came to.

    Attributes:
        model: the trained model.
        history: a `pandas.DataFrame`, a row per finished epoch, counted from 1: loss and metrics,
            and with "val_" those of the validation pictures.
        epoch: the finished one whose weights the model has, 0 if none was; after an interrupt
            without patience the steps of the unfinished one have changed them further.
        ended: how it ended, in words.
        device: what was found to compute on, in words.
    """

    model: object
    history: object
    epoch: int
    ended: str
    device: str

    def __repr__(self):
        """Return one line, the same in every run with one seed on one machine."""
        words = [self.ended]
        if self.epoch:
            values = self.history.loc[self.epoch].items()
            reached = ", ".join(f"{name} {value:.4g}" for name, value in values)
            words.append(f"Epoch {self.epoch}: {reached}.")
        return " ".join([*words, f"{self.device}."])


def fit(model, data, epochs, *, batch_size=32, seed=None, patience=None, callbacks=()):
    """Train a compiled model, with one line of progress that only a live notebook shows.

    An interrupt ends the training, and what was learned is kept.

    Args:
        model: a compiled `keras.Model`; trained in place.
        data: a `cnnlib.data.Dataset`, of which the test pictures are left alone, or arrays
            (x, y) or (x, y, x_val, y_val) as the model takes them.
        epochs: passes through the data, at most.
        batch_size: pictures in a batch.
        seed: of the order of the pictures and of dropout; see `cnnlib.device.setup`. The first
            weights are drawn where the model is built, or by `restart`.
        patience: after so many epochs without a lower validation loss (without validation
            pictures: loss) the training stops, and the model gets the weights of its best epoch,
            as at any other end. None: all epochs, and the weights of the last.
        callbacks: further Keras callbacks.

    Returns:
        A `Training`.

    Raises:
        NotFinite: the loss became infinite or no number, or a weight of the trained model did.
            oneDNN makes 0 of a NaN in a ReLU, and hides it from the loss.
        TypeError: `model` is not a Keras model, `data` none of these, or a number not an integer.
        ValueError: the model is not compiled, or a number is out of range.
    """
    import keras

    check_compiled(model)
    pictures, validation = _parts(data)
    epochs = check_integer("epochs", epochs, least=1)
    batch_size = check_integer("batch_size", batch_size, least=1)
    found = device.setup(seed)
    if seed is not None:
        _seed_dropout(model, seed)
    history, line = keras.callbacks.History(), progress.epochs()
    endings = [line, *_stopping(patience, validation)]
    watching = [history, keras.callbacks.TerminateOnNaN(), *endings, *callbacks]
    try:
        model.fit(*pictures, batch_size, epochs, 0, validation_data=validation, callbacks=watching)
    except KeyboardInterrupt:
        for callback in endings:
            callback.on_train_end()
        ended = f"Interrupted in epoch {_finished(history) + 1} of {epochs}."
    else:
        ended = _ended(history, epochs, patience)
    return _checked(_training(model, history, endings[1:], ended, found))


def restart(model, seed):
    """Let a compiled model begin anew: weights, dropout, and what its optimizer remembers.

    This takes a fraction of the time that compiling a new model takes.

    Args:
        model: a compiled `keras.Model`; changed in place. It keeps its learning rate.
        seed: of the weights and of dropout, which do not depend on what was drawn before.
    """
    import keras

    keras.utils.set_random_seed(seed)
    model.set_weights(keras.models.clone_model(model).get_weights())
    _seed_dropout(model, seed)
    optimizer = model.optimizer
    if optimizer.built:
        fresh = type(optimizer).from_config(optimizer.get_config())
        fresh.build(model.trainable_variables)
        for old, new in zip(optimizer.variables, fresh.variables, strict=True):
            old.assign(new)


def check_compiled(model):
    """Say so if `model` is no compiled Keras model."""
    import keras

    if not isinstance(model, keras.Model):
        raise TypeError(f"`model` must be a keras.Model. Received: {model!r}")
    if not model.compiled:
        raise ValueError(
            "`model` must be compiled: model.compile(optimizer, loss). "
            f"Received: {model.name!r}, which is not"
        )


def _parts(data):
    """Return the pictures and classes to learn from, and those to validate with or None."""
    if isinstance(data, Dataset):
        return (data.x_train, data.y_train), (data.x_val, data.y_val)
    if isinstance(data, tuple) and len(data) in (2, 4):
        return data[:2], data[2:] or None
    raise TypeError(
        "`data` must be a cnnlib.data.Dataset, (x, y) or (x, y, x_val, y_val). "
        f"Received: {type(data).__name__}"
    )


def _seed_dropout(model, seed):
    """Let the layers that draw random numbers begin anew."""
    states = (one for one in model.variables if one.name == "seed_generator_state")
    for number, state in enumerate(states):
        state.assign([seed, number])


def _stopping(patience, validation):
    import keras

    if patience is None:
        return []
    monitor = "val_loss" if validation else "loss"
    patience = check_integer("patience", patience, least=1)
    return [
        keras.callbacks.EarlyStopping(
            monitor, patience=patience, mode="min", restore_best_weights=True
        )
    ]


def _finished(history):
    return len(history.history.get("loss", ()))


def _ended(history, epochs, patience):
    finished = _finished(history)
    if not math.isfinite(history.history["loss"][-1]):
        return f"Stopped in epoch {finished} of {epochs}: the loss is not finite."
    if finished == epochs:
        return f"All {epochs} epochs."
    return f"Stopped after epoch {finished} of {epochs}: nothing better in {patience}."


def _training(model, history, stopping, ended, found):
    import pandas as pd

    finished = _finished(history)
    rows = pd.DataFrame(history.history, index=pd.RangeIndex(1, finished + 1, name="epoch"))
    rows = rows[sorted(rows, key=lambda name: (name.startswith("val_"), "loss" not in name))]
    best = stopping[0].best_epoch + 1 if stopping and finished else finished
    return Training(model, rows, best, ended, found)


def _checked(training):
    """Return the training, unless its last loss or a weight of its model is not finite."""
    losses = training.history.get("loss", [])
    if not len(losses):
        return training
    weights = {one.path: np.isfinite(one) for one in training.model.trainable_variables}
    spoilt = [path for path, finite in weights.items() if not np.all(finite)]
    if not math.isfinite(losses.iloc[-1]):
        what, received = "loss is", f"a loss of {losses.iloc[-1]} in epoch {len(losses)}"
    elif spoilt:
        what, received = "weights are", f"numbers that are not finite in {', '.join(spoilt)}"
    else:
        return training
    kept = f"The model has the weights after epoch {training.epoch} again."
    if spoilt:
        kept = "The weights are spoilt: build the model anew, or `restart` it."
    raise NotFinite(
        f"The {what} no longer finite. Look at the learning rate, at the scale of the pictures and "
        f"for gaps in them: `cnnlib.training.diagnose(model, x, y)` does. {kept} "
        f"Received: {received}",
        training,
    )
