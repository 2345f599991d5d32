"""Set TensorFlow up for a notebook that may share its machine, and say what was found."""

from contextlib import suppress

from cnnlib.checks import check_integer


def setup(seed=None):
    """Prepare TensorFlow: GPU memory on demand and, with a seed, repeatable results.

    Without memory growth the first notebook of a class would take the whole GPU. Safe to call
    again, and on a machine without a GPU. Under another back end of Keras it only seeds.

    Args:
        seed: 0 to 2^32 - 1; seeds Python, NumPy and Keras, and makes TensorFlow's operations
            deterministic (some become slower on a GPU). None leaves both alone.

    Returns:
        One line on the devices, their memory and the seed.

    Raises:
        TypeError: `seed` is not an integer.
        ValueError: `seed` is out of range.
    """
    if seed is not None:
        seed = check_integer("seed", seed, least=0, most=2**32 - 1)
    import keras

    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        words, repeats = [f"TensorFlow {tf.__version__}, {_grow_on_demand(tf)}"], ", deterministic"
    else:
        devices = ", ".join(keras.distribution.list_devices())
        words, repeats = [f"Keras {keras.__version__} on {backend}, {devices}"], ""
    if seed is not None:
        keras.utils.set_random_seed(seed)
        if repeats:
            tf.config.experimental.enable_op_determinism()
        words.append(f"seed {seed}{repeats}")
    return "; ".join(words)


def _grow_on_demand(tf):
    gpus = tf.config.list_physical_devices("GPU")
    if not gpus:
        return "CPU only"
    names = [
        tf.config.experimental.get_device_details(gpu).get("device_name", "GPU") for gpu in gpus
    ]
    found = f"{len(gpus)} GPU{'s' if len(gpus) > 1 else ''} ({', '.join(names)})"
    # TensorFlow fixes how it takes memory when it first uses a GPU.
    with suppress(RuntimeError):
        for gpu in gpus:
            tf.config.experimental.set_memory_growth(gpu, True)
    if all(tf.config.experimental.get_memory_growth(gpu) for gpu in gpus):
        return f"{found}, memory on demand"
    return f"{found}, memory not on demand: TensorFlow had started, restart the kernel"
