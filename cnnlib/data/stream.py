"""Random numbers that are the same everywhere: for data that must repeat to the byte.

NumPy promises that a bit generator's raw numbers never change, but not what `Generator` makes of
them, so this is made here.
"""

import numpy as np


class Stream:
    """Random numbers that depend on whole numbers alone, the same on every machine.

    Args:
        seed: integer of at least 0.
        *key: more such integers, below 2**32; every seed and key has a stream of its own.
    """

    def __init__(self, seed, *key):
        self._bits = np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key))

    def raw(self, *shape):
        """Return random 64-bit words, uint64 [*shape]."""
        return self._bits.random_raw(int(np.prod(shape))).reshape(shape)

    def uniform(self, low, high, *shape):
        """Return numbers from `low` up to, not including, `high`, float64 [*shape]."""
        return low + (high - low) * ((self.raw(*shape) >> np.uint64(11)) * 2.0**-53)

    def integers(self, limit, *shape):
        """Return whole numbers from 0 to `limit` - 1, int64 [*shape]; `limit` broadcasts."""
        return np.floor(self.uniform(0, 1, *shape) * limit).astype(np.int64)

    def permutation(self, count):
        """Return the numbers from 0 to `count` - 1 in random order, int64 [count]."""
        return np.argsort(self.raw(count), kind="stable")
