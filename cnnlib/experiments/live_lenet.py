"""LeNet-5 of 1998 in the pages, in its real size, on digits of 20x20 pixels in fields of 32x32.

It learns with the paper's loss (equation 9) and gives squared distances to the digits' bitmaps, of
which the smallest tells the class. What differs from the paper is how it learns: with Adam, from
scikit-learn's digits, with the distances in the loss divided by `SCALE`. Undivided, values of F6
near 0 suffice to tell classes apart, where tanh is nearly a straight line, and the network stayed
below 85 %. Rate, epochs, sizes and the loss's two constants were tried on the validation
pictures with seed 1,000.
"""

import numpy as np

from cnnlib.data.digits import digits
from cnnlib.experiments import _live

INK, FIELD = 20, 32
"""Sides of a digit and of the picture in whose middle it lies, as in the paper."""

SCALE, MARGIN = 40, 80
"""Of the loss: what distances are divided by, and that of the paper's class of rubbish."""

EXPERIMENT = _live.declared("lenet", 95, sizes=[0.8, 1.5], rate=0.003, epochs=60)


def measure(seed, **settings):
    """Train the network; see `_live.measure`."""
    return _live.measure(seed, learner, pictures(), **settings)


def pictures():
    """Return the `Dataset` that the network learns from and is judged by."""
    data = digits(size=INK)
    margin = (FIELD - INK) // 2
    around = ((0, 0), (margin, margin), (margin, margin), (0, 0))
    names = ("x_train", "x_val", "x_test")
    return data._replace(**{name: np.pad(getattr(data, name), around) for name in names})


def build():
    """Build the network, not trained.

    Returns:
        A `keras.Model` from pictures [batch, 32, 32, 1] of 0 to 255, uint8 or float, to the squared
        distances to the ten digits' bitmaps.
    """
    from cnnlib.models import LeNet5

    return on_digits(LeNet5(), "lenet")


def on_digits(network, name):
    """Return a network with the paper's pixels in front: -0.1 for paper, 1.175 for ink."""
    from keras import Input, Sequential, layers

    scale = layers.Rescaling(1.275 / 255, offset=-0.1, name="scale")
    first = Input((FIELD, FIELD, 1), name="input")
    return Sequential([first, scale, *network.layers[1:]], name=name)


def learner():
    """Return the network as it learns: negative distances, of which the largest wins."""
    from keras import Model

    from cnnlib.models.lenet import MAPLoss

    loss = MAPLoss(MARGIN / SCALE)

    class Learner(Model):
        def compute_loss(self, x, y, y_pred, sample_weight=None, training=True):
            return loss(y, -y_pred / SCALE)

    network = build()
    return Learner(network.inputs, -network.outputs[0])
