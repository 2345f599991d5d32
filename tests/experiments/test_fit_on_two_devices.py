"""What the chapter "More than one device" says of Keras's `fit` on two logical processors."""

import json
import subprocess
import sys

FITS = """
import json
import keras, numpy as np, tensorflow as tf
from cnnlib.experiments import distribution

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
strategies = {
    1: tf.distribute.OneDeviceStrategy("/cpu:0"),
    2: tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"]),
}
random = np.random.default_rng(0)
pictures, classes = random.integers(0, 256, (69, 16, 16, 1)), random.integers(0, 10, 69)


def weights(devices, count, batch_norm=False):
    with strategies[devices].scope():
        keras.utils.set_random_seed(0)
        model = distribution.build(batch_norm)
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        model.compile(keras.optimizers.SGD(0.05), loss)
    try:
        model.fit(pictures[:count], classes[:count], batch_size=64, shuffle=False, verbose=0)
    except tf.errors.InvalidArgumentError:
        return None
    return np.concatenate([one.ravel() for one in model.get_weights()])


def apart(count, batch_norm=False):
    two = weights(2, count, batch_norm)
    return None if two is None else float(np.abs(weights(1, count, batch_norm) - two).max())


print(json.dumps([apart(64), apart(69), apart(65), apart(64, True)]))
"""


def test_even_batches_agree_uneven_do_not_and_an_empty_part_is_an_error():
    ran = subprocess.run([sys.executable, "-c", FITS], capture_output=True, text=True, check=True)
    even, uneven, empty, normalized = json.loads(ran.stdout.splitlines()[-1])
    assert even < 1e-5
    assert uneven > 1e-4
    assert empty is None
    assert normalized > 1e-3
