"""The book's architectures for tests that look at their graphs alone."""

import functools

from cnnlib import analysis, models


@functools.lru_cache(maxsize=8)
def without_weights(name, **options):
    """Build an architecture whose weights have shapes and no values: seconds and gigabytes less."""
    return analysis.without_weights(models.build, name, **options)


def kinds(model, kind):
    """Return a model's layers of one kind, or of one of several."""
    return [layer for layer in model.layers if isinstance(layer, kind)]
