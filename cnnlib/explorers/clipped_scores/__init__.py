"""`ClippedScoresExplorer`: a ReLU in front of softmax keeps the right class from learning."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider, Switch

OTHERS = {"8": 3.0, "5": 1.0, "2": 0.0, "1": -2.0}
"""The scores of the other classes."""


def judged(score, relu):
    """Return the right class's probability and the push on its score, by TensorFlow."""
    import tensorflow as tf

    scores = tf.Variable([[score, *OTHERS.values()]])
    with tf.GradientTape() as tape:
        passed = tf.nn.relu(scores) if relu else tf.identity(scores)
        loss = tf.nn.sparse_softmax_cross_entropy_with_logits([0], passed)
    push = -tape.gradient(loss, scores)[0, 0]
    return float(tf.nn.softmax(passed)[0, 0]), float(push)


class ClippedScoresExplorer(Explorer):
    """Scores of five classes for a smudged 3, its probability and what its score learns.

    Chapter "When training fails".
    """

    score = Slider("Score of the right class", -4.0, 4.0, -1.0, "before the ReLU", 0.5)
    relu = Switch("ReLU", True, "whether scores below 0 are set to 0")

    def compute(self):
        """Return the right class's probability and the push on its score, by TensorFlow."""
        return judged(self.score, self.relu)

    def figure(self):
        """Draw the push by the score."""
        import numpy as np

        from cnnlib import plots

        scores = np.linspace(-4, 4, 17)
        named = {
            name: [judged(float(one), relu)[1] for one in scores]
            for name, relu in (("softmax", False), ("ReLU, softmax", True))
        }
        figure = plots.curves(scores, named, "score of the right class")
        return plots.show(figure, "Below 0 a ReLU takes away the push on the right class's score")
