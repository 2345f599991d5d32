"""`NormModesExplorer`: the two modes of batch normalization, on one map of a trained network."""

from functools import cache

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider, Switch

PICTURES, CHANNEL = 60, 55
MOMENTUM, EPSILON = 0.9, 1e-5


@cache
def values():
    """Return one map in front of the last normalization of the trunk "alphabet".

    Returns:
        A dict: "values", a list for each of 60 pictures of the ten symbols that the trunk has
        never seen, and the "mean" and "variance" that it stored when it learned the forty others.
    """
    import keras

    from cnnlib import trained
    from cnnlib.data.symbols import symbols

    model = trained.model("alphabet")
    body = keras.Model(model.input, model.get_layer("conv5").output)
    pictures = symbols(10, size=32, count=600, seed=1).x_test[:PICTURES]
    maps = np.asarray(body(pictures, training=False))[..., CHANNEL].reshape(PICTURES, -1)
    norm = model.get_layer("conv5_bn")
    mean, variance = (
        float(np.asarray(one)[CHANNEL]) for one in (norm.moving_mean, norm.moving_variance)
    )
    return {"values": np.round(maps, 3).tolist(), "mean": mean, "variance": variance}


class NormModesExplorer(Explorer):
    """A batch of pictures through one map's batch normalization, in training and in inference.

    Chapter "Transfer learning". The marked picture is in every batch.
    """

    training = Switch("training=True", True, "the batch's own statistics, and the stored follow")
    batch = Slider("Batch", 2, 32, 8, "pictures in a batch, the marked one included")
    step = Slider("Step", 1, 60, 1, "of fine-tuning; each has another batch")
    taken = Data(values)

    def batches(self):
        """Return the pictures' numbers in the batches up to the present one, int [step, batch]."""
        from cnnlib.explorers.training.network import Numbers

        orders = [Numbers(300 + one).permutation(PICTURES - 1) for one in range(1, self.step + 1)]
        others = np.stack(orders)[:, : self.batch - 1] + 1
        return np.pad(others, ((0, 0), (1, 0)))

    def compute(self):
        """Normalize with Keras.

        Returns:
            A dict: the marked picture's mean "output", and the stored "mean" and "deviation"
            after the step.
        """
        import keras

        maps = np.float32(self.taken["values"])[..., np.newaxis]
        layer = keras.layers.BatchNormalization(
            momentum=MOMENTUM, epsilon=EPSILON, center=False, scale=False
        )
        layer.build(maps.shape)
        layer.set_weights([np.float32([self.taken[one]]) for one in ("mean", "variance")])
        for chosen in self.batches():
            output = np.asarray(layer(maps[chosen], training=self.training))
        mean, variance = (float(one[0]) for one in layer.get_weights())
        return {"output": float(output[0].mean()), "mean": mean, "deviation": variance**0.5}

    def figure(self):
        """Draw the marked picture's output in the batches of 20 steps, in both modes."""
        from cnnlib import plots

        steps = range(1, 21)
        curves = {
            f"training={mode}": [
                NormModesExplorer(step=step, training=mode).compute()["output"] for step in steps
            ]
            for mode in (True, False)
        }
        figure = plots.curves(steps, curves, "step")
        return plots.show(figure, "The same picture, normalized in one batch after another")
