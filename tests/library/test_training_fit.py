"""`fit`: what it keeps, how it ends, and what it says."""

import keras
import numpy as np
import pytest
from keras import Input, Sequential, layers

from cnnlib import progress, training
from cnnlib.data import Dataset

RANDOM = np.random.default_rng(0)
X, Y = RANDOM.random((64, 8), dtype="float32"), RANDOM.integers(0, 3, 64)


@pytest.fixture
def model():
    keras.utils.set_random_seed(1)
    model = Sequential(
        [Input((8,)), layers.Dense(16, "relu"), layers.Dropout(0.5), layers.Dense(3, "softmax")]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


class At(keras.callbacks.Callback):
    """Calls a function at the second step of an epoch."""

    def __init__(self, epoch, act):
        super().__init__()
        self.wanted, self.act = epoch, act

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch + 1

    def on_train_batch_end(self, batch, logs=None):
        if (self.epoch, batch) == (self.wanted, 1):
            self.act(self.model)


def interrupt(model):
    raise KeyboardInterrupt


def test_the_history_is_a_table_with_a_row_per_epoch(model):
    run = training.fit(model, (X, Y, X[:9], Y[:9]), 3)
    assert [*run.history.index] == [1, 2, 3]
    assert [*run.history] == ["loss", "accuracy", "val_loss", "val_accuracy"]
    assert run.model is model
    loss, accuracy = model.evaluate(X[:9], Y[:9], verbose=0)
    assert run.history.loc[3, "val_loss"] == pytest.approx(loss, rel=1e-5)
    assert run.history.loc[3, "val_accuracy"] == pytest.approx(accuracy)


def test_a_dataset_is_validated_on_its_validation_pictures_and_not_on_those_to_test(model):
    nothing = np.full((5, 8), np.nan)
    parts = Dataset(X, Y, X[:9], Y[:9], nothing, Y[:5], ("a", "b", "c"))
    run = training.fit(model, parts, 1)
    loss = model.evaluate(X[:9], Y[:9], verbose=0)[0]
    assert run.history.loc[1, "val_loss"] == pytest.approx(loss, rel=1e-5)


def test_one_seed_gives_one_curve_and_another_one_another(model):
    weights, curves = model.get_weights(), []
    for seed in (3, 3, 4):
        model.set_weights(weights)
        model.compile("adam", model.loss)
        curves.append([*training.fit(model, (X, Y), 2, seed=seed).history["loss"]])
    assert curves[0] == curves[1] != curves[2]


def test_the_line_says_how_it_ended_and_on_what(model):
    words = repr(training.fit(model, (X, Y), 2, seed=3))
    assert words.startswith("All 2 epochs. Epoch 2: loss ")
    assert ", accuracy 0." in words
    assert words.endswith("; seed 3, deterministic.")
    assert "\n" not in words


def test_progress_goes_where_pages_do_not_look(model, monkeypatch, capsys):
    monkeypatch.setattr(progress, "PATIENCE", 0)
    training.fit(model, (X, Y), 2)
    told = capsys.readouterr()
    assert told.out == ""
    assert "Epoch 2 of 2, step 2 of 2, loss " in told.err


def test_early_stopping_keeps_the_weights_of_the_best_epoch(model):
    def enlarge(model):
        model.layers[0].kernel.assign(100 * model.layers[0].kernel)

    run = training.fit(model, (X, Y, X, Y), 30, patience=2, callbacks=[At(4, enlarge)])
    losses = run.history["val_loss"]
    assert len(losses) < 30
    assert run.epoch == losses.idxmin() == len(losses) - 2
    assert model.evaluate(X, Y, verbose=0)[0] == pytest.approx(losses.min(), rel=1e-5)
    assert run.ended == f"Stopped after epoch {len(losses)} of 30: nothing better in 2."


def test_without_validation_pictures_the_loss_decides(model):
    model.optimizer.learning_rate = 0.0
    assert len(training.fit(model, (X, Y), 50, patience=1).history) < 50


def test_an_interrupted_training_keeps_what_it_has(model, capsys):
    run = training.fit(model, (X, Y), 5, callbacks=[At(3, interrupt)])
    assert run.ended == "Interrupted in epoch 3 of 5."
    assert (len(run.history), run.epoch) == (2, 2)
    assert run.model is model


def test_an_interrupted_training_with_patience_keeps_its_best_epoch(model):
    run = training.fit(model, (X, Y, X, Y), 5, patience=5, callbacks=[At(3, interrupt)])
    best = run.history.loc[run.epoch, "val_loss"]
    assert best == run.history["val_loss"].min()
    assert model.evaluate(X, Y, verbose=0)[0] == pytest.approx(best, rel=1e-5)


def test_an_interrupt_in_the_first_epoch_is_no_error(model):
    run = training.fit(model, (X, Y), 5, patience=2, callbacks=[At(1, interrupt)])
    assert (len(run.history), run.epoch) == (0, 0)
    assert repr(run).startswith("Interrupted in epoch 1 of 5. ")


def test_an_interrupt_before_the_first_step_is_no_error(model, monkeypatch):
    monkeypatch.setattr(model, "fit", lambda *args, **kwargs: interrupt(model))
    run = training.fit(model, (X, Y), 5, patience=2)
    assert (len(run.history), run.epoch) == (0, 0)


def spoil(*layers):
    def act(model):
        for layer in layers:
            model.layers[layer].kernel.assign(np.nan * model.layers[layer].kernel)

    return act


def test_a_loss_that_is_not_finite_stops_and_says_where_to_look(model):
    with pytest.raises(training.NotFinite, match=r"learning rate.*scale.*diagnose") as caught:
        training.fit(model, (X, Y, X, Y), 9, batch_size=8, callbacks=[At(3, spoil(0, 2))])
    assert str(caught.value).endswith("Received: a loss of nan in epoch 3")
    assert "spoilt" in str(caught.value)
    run = caught.value.training
    assert run.ended == "Stopped in epoch 3 of 9: the loss is not finite."
    assert [*run.history["loss"].isna()] == [False, False, True]


def test_weights_that_are_not_finite_are_named_behind_a_loss_that_is(model, monkeypatch):
    data, hidden = (X, Y, X, Y), model.layers[0]
    monkeypatch.setattr(hidden, "activation", lambda x: keras.ops.where(x > 0, x, 0.0))
    with pytest.raises(training.NotFinite, match=r"weights are.*spoilt") as caught:
        training.fit(model, data, 2, callbacks=[At(2, spoil(0))])
    assert str(caught.value).endswith(
        f"Received: numbers that are not finite in {hidden.kernel.path}"
    )
    assert np.isfinite(caught.value.training.history["loss"]).all()


def test_patience_brings_the_finite_weights_back(model):
    with pytest.raises(training.NotFinite, match=r"weights after epoch [12] again"):
        training.fit(
            model, (X, Y, X, Y), 9, batch_size=8, patience=5, callbacks=[At(3, spoil(0, 2))]
        )
    assert np.isfinite(model.evaluate(X, Y, verbose=0)[0])


@pytest.mark.parametrize(
    ("error", "name", "change"),
    [
        (TypeError, "data", {"data": X}),
        (TypeError, "data", {"data": (X, Y, X)}),
        (TypeError, "model", {"model": "digits"}),
        (ValueError, "model", {"model": Sequential([Input((8,)), layers.Dense(3)])}),
        (ValueError, "epochs", {"epochs": 0}),
        (TypeError, "patience", {"patience": 1.5}),
        (ValueError, "batch_size", {"batch_size": 0}),
        (ValueError, "seed", {"seed": -1}),
    ],
)
def test_a_wrong_argument_is_named(model, error, name, change):
    with pytest.raises(error, match=rf"^`{name}` must be .*Received: "):
        training.fit(**{"model": model, "data": (X, Y), "epochs": 1} | change)


@pytest.mark.parametrize("name", ["SGD", "Adam", "Nadam", "RMSprop", "Adagrad", "Ftrl", "Lion"])
def test_a_restarted_model_repeats_its_training(model, name):
    def losses():
        training.restart(model, 7)
        return model.fit(X, Y, shuffle=False, epochs=3, verbose=0).history["loss"]

    model.compile(keras.optimizers.get(name), "sparse_categorical_crossentropy")
    first = losses()
    weights = model.get_weights()
    assert losses() == first
    assert all(map(np.array_equal, weights, model.get_weights()))


def test_a_restarted_model_begins_as_its_seed_says_and_keeps_its_rate(model):
    training.restart(model, 7)
    first = model.get_weights()
    training.fit(model, (X, Y), 1)
    model.optimizer.learning_rate = 0.02
    training.restart(model, 7)
    assert all(map(np.array_equal, first, model.get_weights()))
    assert float(model.optimizer.learning_rate) == pytest.approx(0.02)
    assert int(model.optimizer.iterations) == 0
