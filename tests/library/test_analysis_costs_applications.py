"""Every network of `keras.applications`, and TensorFlow's own count of operations."""

import inspect
import math
from collections import Counter

import keras
import pytest
import tensorflow as tf

import cnnlib
from cnnlib.analysis import without_weights

NETWORKS = sorted(
    name
    for name, build in vars(keras.applications).items()
    if inspect.isfunction(build) and "weights" in inspect.signature(build).parameters
)

# Parameters, of them trainable, MACs. Keras's convolutions of ResNets have biases, its Inception
# v3 no scale in batch normalization.
PUBLISHED = {
    "DenseNet121": (8_062_504, 7_978_856, 2_834_161_664),
    "DenseNet201": (20_242_984, 20_013_928, 4_291_365_888),
    "InceptionV3": (23_851_784, 23_817_352, 5_713_216_096),
    "ResNet50": (25_636_712, 25_583_592, 3_857_973_248),
    "ResNet101": (44_707_176, 44_601_832, 7_570_194_432),
    "ResNet152": (60_419_944, 60_268_520, 11_282_415_616),
    "VGG16": (138_357_544, 138_357_544, 15_470_264_320),
    "VGG19": (143_667_240, 143_667_240, 19_632_062_464),
    "Xception": (22_910_480, 22_855_952, 8_357_403_496),
}


@pytest.fixture
def fresh_session():
    yield
    keras.utils.clear_session(free_memory=False)


def build(name, **options):
    return getattr(keras.applications, name)(weights=None, **options)


def statistics(model):
    """Count the moving averages of batch normalization and the constants of normalization."""
    count = 0
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            count += 2 * layer.input.shape[layer.axis]
        elif isinstance(layer, keras.layers.Normalization) and layer.input_mean is None:
            count += 2 * layer.input.shape[-1] + 1
    return count


def test_every_network_is_found():
    assert len(NETWORKS) >= 38
    assert set(PUBLISHED) <= set(NETWORKS)


@pytest.mark.usefixtures("fresh_session")
@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_is_analysed_in_full(name):
    model = without_weights(build, name)
    open_sizes = None in model.input_shape[1:]
    analysis = cnnlib.analyze(model, input_shape=(224, 224, 3) if open_sizes else None)
    assert analysis.not_counted == ()
    assert analysis.params == model.count_params()
    assert analysis.trainable_params == model.count_params() - statistics(model)
    assert analysis.params == sum(layer.params for layer in analysis.layers)
    assert analysis.trainable_params == sum(each.trainable_params for each in analysis.layers)
    assert analysis.macs == sum(layer.macs or 0 for layer in analysis.layers)
    assert analysis.flops == 2 * analysis.macs
    for layer, step in zip(analysis.layers, analysis.graph.steps, strict=True):
        if layer.kind in ("Conv2D", "DepthwiseConv2D", "Dense"):
            places = math.prod(layer.output_shape[1:-1])
            assert layer.macs == places * math.prod(step.operation.kernel.shape), layer.name
    if name in PUBLISHED:
        found = analysis.params, analysis.trainable_params, analysis.macs
        assert found == PUBLISHED[name]


def profiled(model, shape):
    """Return TensorFlow's float operations by kind of operation, for one picture."""
    function = tf.function(lambda x: model(x, training=False))
    graph = function.get_concrete_function(tf.TensorSpec(shape)).graph
    options = tf.compat.v1.profiler.ProfileOptionBuilder.float_operation()
    options["output"] = "none"
    counts, nodes = Counter(), [tf.compat.v1.profiler.profile(graph, cmd="op", options=options)]
    while nodes:
        node = nodes.pop()
        counts[node.name] += node.float_ops
        nodes += node.children
    return counts


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("MobileNet", 64),
        ("ResNet50", 64),
        ("InceptionV3", 75),
        ("Xception", 71),
        ("DenseNet121", 64),
        ("EfficientNetB0", 64),
    ],
)
def test_twice_the_macs_are_the_profiler_s_convolutions_and_products(name, side):
    model = build(name, input_shape=(side, side, 3), classes=10)
    counts = profiled(model, (1, side, side, 3))
    products = ("Conv2D", "DepthwiseConv2dNative", "MatMul")
    assert cnnlib.analyze(model).flops == sum(counts[kind] for kind in products)
