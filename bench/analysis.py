"""`cnnlib.analyze`: its speed, and its memory beside what TensorFlow is seen to take."""

import json
import os
import statistics
import subprocess
import sys
import time
from functools import partial

import cnnlib  # before Keras, for it sets TensorFlow's log level
from bench.table import Row

# For each network the batch sizes at which it predicts and computes gradients; with an optimizer
# it trains at the first. All but the first two are at their usual input, 224 or 299 pixels.
NETWORKS = {
    "digits": (128,),
    "fashion": (64, 256),
    "keras.applications:VGG16": (1, 4, 8),
    "keras.applications:ResNet50": (2, 8, 16),
    "keras.applications:ResNet50V2": (8,),
    "keras.applications:DenseNet121": (2, 8),
    "keras.applications:InceptionV3": (2, 8),
    "keras.applications:Xception": (4,),
    "keras.applications:MobileNet": (2, 8, 32),
    "keras.applications:MobileNetV2": (4,),
    "keras.applications:MobileNetV3Small": (8,),
    "keras.applications:EfficientNetB0": (8,),
    "keras.applications:NASNetMobile": (4,),
    "GoogLeNet": (8,),
    "SqueezeNet": (8,),
    "SEResNet50": (4,),
    "ZFNet": (8,),
}
OPTIMIZERS = ("sgd", "adam", "adamw")
UNPREDICTABLE = {"keras.applications:ConvNeXtTiny": (4,), "ResNeXt50": (4,)}
"""Networks with grouped convolutions, which TensorFlow hands to XLA on a CPU."""

PLANNED = ("VGG16", "ResNet50", "MobileNet", "DenseNet121", "InceptionV3")
ON_JAX = {"KERAS_BACKEND": "jax", "XLA_FLAGS": "--xla_cpu_experimental_ynn_fusion_type="}

GIVE_BACK = {
    "MALLOC_MMAP_THRESHOLD_": "65536",
    "MALLOC_TRIM_THRESHOLD_": "65536",
    "TF_ENABLE_ONEDNN_OPTS": "0",  # oneDNN keeps buffers from one call to the next
}


def measure_memory():
    """Compare predicted and measured peaks, above weights, slots and inputs.

    Every measurement is a process of its own.
    """
    errors = {"predict": [], "train": []}
    for network, batches in (NETWORKS | UNPREDICTABLE).items():
        for batch, mode in _cases(batches):
            row, error = _compare(network, batch, mode)
            yield row
            if network in NETWORKS:
                errors["predict" if mode == "inference" else "train"].append(error)
    for kind, budget in (("predict", 2), ("train", 5)):
        found = errors[kind]
        how = f"{len(found)} measurements, grouped convolutions apart"
        median, worst = statistics.median(found), max(found)
        yield Row(f"memory to {kind}, median error", median, "%", how, budget)
        yield Row(f"memory to {kind}, largest error", worst, "%", how, 10)


def _cases(batches):
    for mode in ("inference", "gradient"):
        for batch in batches:
            yield batch, mode
    for optimizer in OPTIMIZERS:
        yield batches[0], optimizer


def _compare(network, batch, mode):
    measured = probe("memory_probe", (network, batch, mode), GIVE_BACK)
    predicted = _predicted(network, batch, mode)
    error = 100 * (predicted / measured - 1)
    how = f"predicted {predicted / 1e6:.1f} MB, {error:+.1f} %"
    name = network.rpartition(":")[2]
    return Row(f"{name}, batch {batch}, {mode}", measured / 1e6, "MB", how), abs(error)


def probe(program, arguments, environment):
    """Run one of this folder's probes in a fresh process.

    Args:
        program: "memory_probe" or "xla_probe".
        arguments: what it is to measure.
        environment: what is set beside the present environment.

    Returns:
        The number of bytes that it prints.
    """
    command = [sys.executable, "-m", f"bench.{program}", *map(str, arguments)]
    done = subprocess.run(
        command, text=True, capture_output=True, check=True, env=os.environ | environment
    )
    return json.loads(done.stdout.splitlines()[-1])


def measure_plans():
    """Show what XLA plans beside what is predicted and what TensorFlow takes."""
    for name in PLANNED:
        network = f"keras.applications:{name}"
        planned = probe("xla_probe", (network, 4), ON_JAX)
        taken = probe("memory_probe", (network, 4, "inference"), GIVE_BACK)
        predicted = _predicted(network, 4, "inference")
        how = f"predicted {predicted / 1e6:.1f} MB, TensorFlow takes {taken / 1e6:.1f} MB"
        yield Row(f"{name}, batch 4, planned by XLA", planned / 1e6, "MB", how)


def _predicted(network, batch, mode):
    from bench.networks import build

    analysis = cnnlib.analyze(partial(build, network), batch_size=batch)
    if mode == "inference":
        used = analysis.inference
    else:
        used = analysis.training(None if mode == "gradient" else mode)
    return used.gradients + used.activations + used.workspace


def measure_speed():
    """Time the analysis of ResNet-152 against TensorFlow's profiler in the same process."""
    import keras

    model = keras.applications.ResNet152(weights=None)
    runs = [_seconds(lambda: _everything(cnnlib.analyze(model))) for _ in range(7)]
    ours = statistics.median(runs)
    theirs = _seconds(lambda: _profiled(model))
    how = "median of 7: MACs, fields and memory to predict"
    yield Row("analyze(ResNet152)", ours, "s", how, budget=0.2)
    how = f"tf.compat.v1.profiler took {theirs:.1f} s"
    yield Row("  times faster than the profiler", theirs / ours, "x", how, 100, "at least")


def _everything(analysis):
    return analysis.layers, analysis.macs, analysis.params, analysis.inference_bytes


def _seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _profiled(model):
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import (
        convert_variables_to_constants_v2,
    )

    spec = tf.TensorSpec((1, *model.input_shape[1:]), "float32")
    frozen = convert_variables_to_constants_v2(
        tf.function(lambda x: model(x, training=False)).get_concrete_function(spec)
    )
    options = tf.compat.v1.profiler.ProfileOptionBuilder.float_operation()
    options["output"] = "none"
    with tf.Graph().as_default() as graph:
        tf.graph_util.import_graph_def(frozen.graph.as_graph_def(), name="")
        found = tf.compat.v1.profiler.profile(graph, options=options)
    return found.total_float_ops
