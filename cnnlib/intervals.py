"""How sure a mean is: bootstrap intervals."""

import numpy as np

RESAMPLES = 10_000


def mean_interval(values, confidence=0.95):
    """Return the percentile-bootstrap interval of a mean.

    Samples of the same size are drawn from `values` with replacement, always the same ones; the
    interval holds the middle of their means. B. Efron, "Bootstrap Methods: Another Look at the
    Jackknife", Annals of Statistics 7, 1979.

    Args:
        values: numbers [n], one for each seed, say.
        confidence: the share of the resampled means inside the interval, between 0 and 1.

    Returns:
        (low, high), floats; NaN where a value is NaN.

    Raises:
        ValueError: `values` is empty or no row of numbers, or `confidence` is out of range.
    """
    values = np.asarray(values, dtype=float)
    if values.ndim != 1 or not values.size:
        raise ValueError(f"`values` must be a row of numbers. Received: shape {values.shape}")
    if not 0 < confidence < 1:
        raise ValueError(f"`confidence` must lie between 0 and 1. Received: {confidence!r}")
    chosen = np.random.default_rng(0).integers(values.size, size=(RESAMPLES, values.size))
    means = values[chosen].mean(axis=1)
    low, high = np.quantile(means, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)
