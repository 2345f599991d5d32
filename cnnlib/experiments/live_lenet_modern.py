"""LeNet-5 as it is built today in the pages, on the pictures of `live_lenet`.

C3 reads all maps, pooling learns nothing, a softmax tells the class. Rate and epochs are those of
`live_lenet`.
"""

from cnnlib.experiments import _live
from cnnlib.experiments.live_lenet import on_digits, pictures

EXPERIMENT = _live.declared("lenet_modern", 95, sizes=[0.8, 1.5], rate=0.003, epochs=60)


def measure(seed, **settings):
    """Train the network; see `_live.measure`."""
    return _live.measure(seed, build, pictures(), **settings)


def build():
    """Build the network, not trained.

    Returns:
        A `keras.Model` from pictures [batch, 32, 32, 1] of 0 to 255, uint8 or float, to the ten
        classes' probabilities.
    """
    from cnnlib.models import LeNet5Modern

    return on_digits(LeNet5Modern(), "lenet_modern")
