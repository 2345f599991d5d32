"""`LearningRateExplorer`: one weight goes downhill, with steps of any size."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

START = 3.0
"""Where the weight begins; the loss is half its square."""


class LearningRateExplorer(Explorer):
    """The steps of one weight down a loss that is half its square.

    Chapter "Building and training a CNN".
    """

    rate = Slider("Learning rate", 0.01, 2.5, 0.1, "factor of the gradient in each step", 0.01)
    step = Slider("Step", 0, 20, 8, "how often the weight has been changed")

    def compute(self):
        """Take the steps with Keras.

        Returns:
            The weight at the start and after each step, a list.
        """
        import tensorflow as tf
        from keras.optimizers import SGD

        weight, optimizer = tf.Variable(START), SGD(self.rate)
        places = [START]
        for _ in range(self.step):
            with tf.GradientTape() as tape:
                loss = weight**2 / 2
            optimizer.apply([tape.gradient(loss, weight)], [weight])
            places.append(float(weight))
        return places

    def figure(self):
        """Draw the loss after each step for four rates."""
        from cnnlib import plots

        rates = (0.01, 0.1, 1.0, 1.9)
        runs = {rate: type(self)(rate=rate, step=20).compute() for rate in rates}
        named = {f"rate {rate}": [one**2 / 2 for one in places] for rate, places in runs.items()}
        return plots.show(plots.curves(range(21), named, "step"), "Small rates creep, large jump")
