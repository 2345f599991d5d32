"""`ValleyExplorer`: two weights go down a valley that may be much steeper one way."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

START = (4.0, 2.0)


class ValleyExplorer(Explorer):
    """The steps of two weights down their loss, seen from above.

    The loss is half the sum of (input times weight) squared, with an input of 1 for the first
    weight. Chapter "When training fails".
    """

    rate = Slider("Learning rate", 0.01, 2.2, 0.1, "factor of the gradient in each step", 0.01)
    input = Slider("Input of the second weight", 1, 10, 3, "beside 1 for the first")
    step = Slider("Step", 0, 50, 20, "how often the weights have been changed")

    def compute(self):
        """Take the steps with Keras.

        Returns:
            A list of pairs of weights, before the first step and after each.
        """
        import tensorflow as tf
        from keras.optimizers import SGD

        weights, optimizer = tf.Variable(START), SGD(self.rate)
        places = [START]
        for _ in range(self.step):
            with tf.GradientTape() as tape:
                loss = tf.reduce_sum((weights * [1.0, self.input]) ** 2) / 2
            optimizer.apply([tape.gradient(loss, weights)], [weights])
            places.append(tuple(map(float, weights)))
        return places

    def figure(self):
        """Draw the loss after each step at three rates."""
        from cnnlib import plots

        named = {}
        for rate in (0.01, 0.1, 0.2):
            places = type(self)(rate=rate, input=3, step=20).compute()
            named[f"rate {rate}"] = [(one**2 + (3 * other) ** 2) / 2 for one, other in places]
        return plots.show(plots.curves(range(21), named, "step"), "Too small a rate creeps")
