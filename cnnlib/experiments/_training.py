"""Training that starts again without compiling again, which takes most of a short run's time."""


def restart(model, seed):
    """Give a compiled model new random weights, and its optimizer nothing to remember.

    Args:
        model: a compiled `keras.Model`; changed in place.
        seed: of the weights, which do not depend on what was drawn before.
    """
    import keras

    keras.utils.set_random_seed(seed)
    model.set_weights(keras.models.clone_model(model).get_weights())
    for variable in model.optimizer.variables:
        if variable.name != "learning_rate":
            variable.assign(keras.ops.zeros(variable.shape, variable.dtype))
