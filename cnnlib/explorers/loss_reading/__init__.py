"""`LossReadingExplorer`: what two losses and two accuracies say about a training."""

import math

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


def reading(classes, first, last, taught, new):
    """Say what the numbers of a training point to.

    Args:
        classes: how many there are.
        first: loss before the first step.
        last: loss after the last.
        taught: per cent right of the pictures that are learned from.
        new: per cent right of the validation pictures.

    Returns:
        Two sentences: on the start, and on the end.
    """
    guess = math.log(classes)
    chance = 100 / classes
    if first > 3 * guess:
        start = "Begins far above guessing: look at the scale of the inputs and the first weights."
    elif first < guess / 2:
        start = "Begins far below guessing: it is not untrained, or the classes leak in."
    else:
        start = "Begins near guessing, as it should."
    if last > 1.2 * max(first, guess):
        end = "The loss rises: lower the learning rate."
    elif last > 0.9 * guess:
        end = "It still guesses: look for dead units, equal weights, a rate too low or too high."
    elif new < chance + (100 - chance) / 4:
        end = "It learns what does not carry over: look at the labels and their order."
    elif taught - new > 15:
        end = "It learns by heart: more pictures, augmentation, dropout."
    elif taught < 90:
        end = "It learns, but not yet well: train on, try another rate, build a larger network."
    else:
        end = "It learns."
    return start, end


class LossReadingExplorer(Explorer):
    """A first reading of a training's numbers, beside the loss of guessing.

    Chapter "When training fails". The limits are rules of thumb.
    """

    classes = Slider("Classes", 2, 100, 10, "among which is chosen")
    first = Slider("Loss before", 0.0, 150.0, 2.5, "before the first step", 0.05)
    last = Slider("Loss after", 0.0, 150.0, 2.3, "of the pictures learned from, at the end", 0.05)
    taught = Slider("Training, % right", 0, 100, 10, "of the pictures learned from")
    new = Slider("Validation, % right", 0, 100, 10, "of the validation pictures")

    def compute(self):
        """Return the two sentences."""
        return reading(self.classes, self.first, self.last, self.taught, self.new)

    def figure(self):
        """Draw the loss of guessing by the number of classes."""
        from cnnlib import plots

        classes = range(2, 101)
        figure = plots.curves(classes, {"loss": [math.log(n) for n in classes]}, "classes")
        return plots.show(figure, "The loss of guessing is the logarithm of the number of classes")
