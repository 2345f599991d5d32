"""`FitExplorer`: many parameters, few examples."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Data, Slider

MOST = 40
"""Examples to learn from, and as many new ones."""


def examples(seed):
    """Return 40 noisy points of one curve, [40, 2], in an arbitrary order.

    Args:
        seed: of the places and of the noise.
    """
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, MOST)
    return np.stack([x, np.sin(3 * x) + rng.normal(0, 0.2, MOST)], axis=1).round(4)


class FitExplorer(Explorer):
    """A curve with some parameters fitted to some examples, and its errors on new ones.

    Chapter "From the visual cortex to CNNs". The curve is a polynomial, fitted by least squares.
    """

    examples = Slider("Examples", 8, MOST, 8, "how many it learns from")
    parameters = Slider("Parameters", 1, 8, 8, "numbers that are fitted")
    seen = Data(lambda: examples(0).tolist())
    unseen = Data(lambda: examples(1).tolist())

    def compute(self):
        """Return the root mean squares of the errors on its own examples and on new ones."""
        from numpy.polynomial import legendre

        own, new = np.array(self.seen)[: self.examples], np.array(self.unseen)
        fitted = legendre.legfit(*own.T, self.parameters - 1)
        return tuple(
            float(np.sqrt(np.mean((legendre.legval(x, fitted) - y) ** 2)))
            for x, y in (own.T, new.T)
        )

    def figure(self):
        """Draw both errors against the number of parameters."""
        from cnnlib import plots

        counts = np.arange(1, 9)
        errors = np.array(
            [type(self)(examples=self.examples, parameters=int(n)).compute() for n in counts]
        )
        named = {"on its examples": errors[:, 0], "on new ones": np.minimum(errors[:, 1], 2)}
        figure = plots.curves(counts, named, "parameters")
        return plots.show(figure, "With as many parameters as examples only the new ones show it")
