"""Models whose weights have shapes but no values: enough to analyse, and nothing to store."""

import keras
from keras.src.backend.common import global_state


def without_weights(build, /, *arguments, **options):
    """Build a model without giving its weights values.

    Seconds and gigabytes less than the model itself; it can be analysed but not run.

    Args:
        build: a function that returns a `keras.Model`, such as `cnnlib.models.VGG16`.
        *arguments: what it takes by position.
        **options: what it takes by name.

    Returns:
        The model.

    Raises:
        TypeError: `build` returns something else.
    """
    with keras.StatelessScope(initialize_variables=False):
        model = build(*arguments, **options)
    if not isinstance(model, keras.Model):
        raise TypeError(f"`build` must return a keras.Model. Received: {model!r}")
    # Keras would make up for the values at the next occasion, whatever that is.
    ours = set(map(id, model.variables))
    waiting = global_state.get_global_attribute("uninitialized_variables") or []
    left = [variable for variable in waiting if id(variable) not in ours]
    global_state.set_global_attribute("uninitialized_variables", left)
    return model
