"""`ValleyExplorer`: two weights go down a valley that may be much steeper one way."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

START = (4.0, 2.0)


def places(rate, scale, steps):
    """Take steps with Keras.

    Args:
        rate: the learning rate.
        scale: the input of the second weight.
        steps: how many.

    Returns:
        A list of pairs of weights, before the first step and after each.
    """
    import tensorflow as tf
    from keras.optimizers import SGD

    weights, optimizer = tf.Variable(START), SGD(rate)
    found = [START]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum((weights * [1.0, scale]) ** 2) / 2
        optimizer.apply([tape.gradient(loss, weights)], [weights])
        found.append(tuple(map(float, weights)))
    return found


class ValleyExplorer(Explorer):
    """The steps of two weights down their loss, seen from above.

    The loss is half the sum of (input times weight) squared, with an input of 1 for the first
    weight. Chapter "When training fails".
    """

    rate = Slider("Learning rate", 0.01, 2.2, 0.1, "factor of the gradient in each step", 0.01)
    input = Slider("Input of the second weight", 1, 10, 3, "beside 1 for the first")
    step = Slider("Step", 0, 50, 20, "how often the weights have been changed")

    def compute(self):
        """Take the steps with Keras; see `places`."""
        return places(self.rate, self.input, self.step)

    def figure(self):
        """Draw the loss after each step at three rates."""
        from cnnlib import plots

        named = {
            f"rate {rate}": [(one**2 + (3 * other) ** 2) / 2 for one, other in places(rate, 3, 20)]
            for rate in (0.01, 0.1, 0.2)
        }
        return plots.show(plots.curves(range(21), named, "step"), "Too small a rate creeps")
