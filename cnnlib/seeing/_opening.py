"""What every function of `cnnlib.seeing` does first; Keras is loaded here at the earliest."""

import numpy as np


def checked_picture(name, picture):
    """Return a picture as float32, or say what is wrong with it.

    Args:
        name: the argument's name, for the message.
        picture: real numbers [height, width, channels].
    """
    values = np.asarray(picture)
    if values.dtype.kind not in "iuf":
        raise TypeError(f"`{name}` must hold real numbers. Received: dtype {values.dtype}")
    if values.ndim != 3 or 0 in values.shape:
        raise ValueError(
            f"`{name}` must be [height, width, channels]. Received: shape {values.shape}"
        )
    if not np.isfinite(values).all():
        raise ValueError(f"`{name}` must be finite. Received: {values[~np.isfinite(values)][0]}")
    return values.astype("float32")


def opened(model, picture, name="picture", count=1):
    """Return a model as a `Network`, and a picture that suits it as float32.

    Args:
        model: a `keras.Model`.
        picture: real numbers [height, width, channels].
        name: the picture's name in the caller's arguments, for messages.
        count: pictures that the network is run on at once.
    """
    from cnnlib.seeing._network import Network

    values = checked_picture(name, picture)
    try:
        return Network(model, values.shape, count), values
    except ValueError as error:
        raise ValueError(str(error).replace("`input_shape`", f"`{name}`")) from error
