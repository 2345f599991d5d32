import subprocess
import sys

import pytest

from cnnlib import device


@pytest.fixture
def two_gpus(monkeypatch):
    """Let TensorFlow report two GPUs; the dict holds what was asked of each."""
    import tensorflow as tf

    growth = {"gpu:0": False, "gpu:1": False}
    experimental = tf.config.experimental
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind=None: list(growth))
    monkeypatch.setattr(experimental, "get_device_details", lambda gpu: {"device_name": "Turbo"})
    monkeypatch.setattr(experimental, "set_memory_growth", growth.__setitem__)
    monkeypatch.setattr(experimental, "get_memory_growth", growth.__getitem__)
    return growth


def test_memory_of_every_gpu_grows_on_demand(two_gpus):
    assert device.setup().endswith("2 GPUs (Turbo, Turbo), memory on demand")
    assert two_gpus == {"gpu:0": True, "gpu:1": True}


def test_a_gpu_in_use_is_reported_and_not_an_error(two_gpus, monkeypatch):
    import tensorflow as tf

    def refuse(gpu, enable):
        raise RuntimeError("Physical devices cannot be modified after being initialized")

    monkeypatch.setattr(tf.config.experimental, "set_memory_growth", refuse)
    assert "memory not on demand" in device.setup()
    two_gpus.update({"gpu:0": True, "gpu:1": True})
    assert device.setup().endswith("memory on demand")


def test_seed_repeats_the_numbers_and_makes_operations_deterministic():
    program = """
import random, sys
import cnnlib
assert "tensorflow" not in sys.modules
line = cnnlib.device.setup(seed=42)
assert line.count("\\n") == 0 and line.endswith("; seed 42, deterministic"), line
import keras, numpy as np, tensorflow as tf
from tensorflow.python.framework import config
assert config.is_op_determinism_enabled()
def draw():
    return random.random(), np.random.rand(), float(tf.random.normal([])), \\
        float(keras.random.normal([]))
first = draw()
assert cnnlib.device.setup(42) == line
assert draw() == first
cnnlib.device.setup(43)
assert not set(draw()) & set(first)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""


def test_under_another_back_end_its_devices_are_named(monkeypatch):
    import keras

    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    monkeypatch.setattr(keras.distribution, "list_devices", lambda: ["gpu:0", "gpu:1"])
    found = f"Keras {keras.__version__} on jax, gpu:0, gpu:1"
    assert device.setup() == found
    assert device.setup(3) == f"{found}; seed 3"


def test_without_a_seed_nothing_is_said_of_one():
    assert "seed" not in device.setup()


@pytest.mark.parametrize(
    ("seed", "error"), [(-1, ValueError), (2**32, ValueError), (1.0, TypeError), ("1", TypeError)]
)
def test_wrong_seed_is_named(seed, error):
    with pytest.raises(error, match=r"^`seed` .*Received: "):
        device.setup(seed)
