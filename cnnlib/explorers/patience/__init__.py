"""`PatienceExplorer`: when a training is stopped early, and what it takes back."""

from types import SimpleNamespace

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

LOSSES = (
    *(0.778, 0.42, 0.416, 0.314, 0.323, 0.194, 0.236, 0.199, 0.198, 0.158),
    *(0.172, 0.195, 0.177, 0.211, 0.175, 0.149, 0.158, 0.155, 0.147, 0.148),
    *(0.149, 0.154, 0.155, 0.157, 0.158, 0.16, 0.161, 0.162, 0.162, 0.162),
)
"""Validation losses after each of 30 epochs of the healthy network of `TrainingExplorer`."""


class PatienceExplorer(Explorer):
    """Where early stopping ends a training, by how many epochs it waits for a lower loss.

    Chapter "Building and training a CNN". The losses were measured.
    """

    patience = Slider("Patience", 1, 11, 3, "epochs without a lower validation loss")
    losses = Data(lambda: LOSSES)

    def compute(self):
        """Ask Keras's `EarlyStopping`.

        Returns:
            The epoch after which it stops, or 30, and the best one until then, counted from 1.
        """
        from keras.callbacks import EarlyStopping

        stopper, model = EarlyStopping(patience=self.patience), SimpleNamespace(stop_training=False)
        stopper.set_model(model)
        stopper.on_train_begin()
        for epoch, loss in enumerate(LOSSES):
            stopper.on_epoch_end(epoch, {"val_loss": loss})
            if model.stop_training:
                break
        return epoch + 1, stopper.best_epoch + 1

    def figure(self):
        """Draw the losses."""
        from cnnlib import plots

        figure = plots.curves(range(1, len(LOSSES) + 1), {"validation loss": LOSSES}, "epoch")
        stop, best = self.compute()
        return plots.show(figure, f"Stopped after epoch {stop}, the best was epoch {best}")
