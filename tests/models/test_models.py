"""Every architecture: published figures, training, saving, precision, compilation, options."""

import functools
import inspect
import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf
from architectures import ORACLES, ROUNDED
from building import without_weights

import cnnlib
from cnnlib import models
from cnnlib.models.lenet import MAPLoss

# One small network per family, for grey images of four classes, 32x32 where it can be.
SMALL = {
    "LeNet5": {},
    "AlexNet": {"width": 0.1, "dropout": 0.0, "input_shape": (67, 67, 1)},
    "ZFNet": {"width": 0.1, "dropout": 0.0, "input_shape": (53, 53, 1)},
    "VGG11": {"blocks": ((16,), (32,), (32, 32)), "dense": (32,), "dropout": 0.0},
    "GoogLeNet": {"width": 0.25},
    "InceptionV3": {"width": 0.1, "input_shape": (75, 75, 1)},
    "SqueezeNet11": {},
    "HighwayNet": {"depth": 7},
    "ResNetCIFAR": {"depth": 8},
    "DenseNetCIFAR": {"depth": 10, "bottleneck": True, "compression": 0.5},
    "ResNeXtCIFAR": {"depth": 11, "cardinality": 2, "width": 4},
    "WideResNet": {"depth": 10, "width": 2, "dropout": 0.1},
    "PyramidNet": {"depth": 8, "alpha": 24},
    "Xception": {"middle": 1, "width": 0.25},
    "SEResNetCIFAR": {"depth": 8, "reduction": 4},
}
CLASSES = 4
# At the others' rates all its classes can end below zero, where its last ReLU lets nothing learn.
SLOW = {"SqueezeNet11": 2e-4}


def small(name, **options):
    defaults = {"input_shape": (32, 32, 1), "classes": CLASSES}
    return models.build(name, **(defaults | SMALL[name] | options))


@pytest.fixture
def fresh_session():
    yield
    keras.utils.clear_session(free_memory=False)


def case_id(case):
    options = "-".join(f"{key}={value}" for key, value in case.options.items())
    return "-".join(filter(None, (case.name, options)))


@pytest.mark.usefixtures("fresh_session")
@pytest.mark.parametrize("oracle", ORACLES, ids=case_id)
def test_parameters_and_macs_are_the_published_ones(oracle):
    analysis = cnnlib.analyze(oracle.name, **oracle.options)
    assert analysis.trainable_params == oracle.params, oracle.source
    assert oracle.macs in (None, analysis.macs), oracle.source


@pytest.mark.usefixtures("fresh_session")
@pytest.mark.parametrize("case", ROUNDED, ids=case_id)
def test_parameters_round_to_the_published_ones(case):
    analysis = cnnlib.analyze(case.name, **case.options)
    assert analysis.trainable_params == pytest.approx(case.params, rel=case.tolerance)


@functools.cache
def batch(size=32):
    data = cnnlib.data.load("symbols", classes=CLASSES, size=size, count=40)
    return data.x_train[:16] / np.float32(255), data.y_train[:16]


@functools.cache
def trained(name):
    """Return a small network, fitted to one batch until its loss is halved, and its losses."""
    keras.utils.set_random_seed(1)
    model = small(name)
    # Batch normalization needs so few steps that tracing them would cost more.
    quick = any(isinstance(layer, keras.layers.BatchNormalization) for layer in model.layers)
    model.compile(
        keras.optimizers.Adam(SLOW.get(name, 3e-3 if quick else 1e-3)),
        MAPLoss() if name == "LeNet5" else "sparse_categorical_crossentropy",
        run_eagerly=quick,
        jit_compile=False,
    )
    images, labels = batch(model.input_shape[1])
    losses = [float(model.train_on_batch(images, labels))]
    while losses[-1] > losses[0] / 2 and len(losses) < 200:
        losses.append(float(model.train_on_batch(images, labels)))
    return model, losses


@pytest.mark.parametrize("name", SMALL)
def test_a_small_network_fits_a_batch_of_symbols(name):
    _, losses = trained(name)
    assert losses[-1] < losses[0] / 2, losses


LOAD = """
import sys
import keras, numpy as np
import cnnlib.layers, cnnlib.models.lenet
data = np.load(sys.argv[1])
for path in sys.argv[2:]:
    model = keras.saving.load_model(path)
    name = path.rsplit("/", 1)[1].removesuffix(".keras")
    images = data[str(model.input_shape[1])]
    print(name, float(np.abs(np.asarray(model(images, training=False)) - data[name]).max()))
"""


def test_saved_networks_predict_the_same_in_a_fresh_process(tmp_path):
    arrays = {}
    for name in SMALL:
        model, _ = trained(name)
        model.save(tmp_path / f"{name}.keras")
        size = model.input_shape[1]
        arrays[str(size)], _ = batch(size)
        arrays[name] = model(arrays[str(size)], training=False)
    np.savez(tmp_path / "data.npz", **arrays)
    paths = [str(tmp_path / f"{name}.keras") for name in SMALL]
    run = subprocess.run(
        [sys.executable, "-c", LOAD, str(tmp_path / "data.npz"), *paths],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    errors = dict(line.split() for line in run.stdout.splitlines())
    assert errors.keys() == SMALL.keys()
    assert all(float(error) < 1e-5 for error in errors.values()), errors


@pytest.fixture
def mixed_precision():
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_float16")
    yield
    keras.config.set_dtype_policy(before)


@pytest.mark.usefixtures("mixed_precision")
@pytest.mark.parametrize("name", SMALL)
def test_mixed_precision_computes_in_float16_and_answers_in_float32(name):
    model = small(name)
    images, _ = batch(model.input_shape[1])
    outputs = model(images[:2])
    assert {layer.compute_dtype for layer in model.layers} >= {"float16", "float32"}
    assert {weight.dtype for weight in model.trainable_weights} == {"float32"}
    assert outputs.dtype == "float32"
    assert np.isfinite(outputs).all()


@pytest.mark.parametrize("name", SMALL)
def test_a_compiled_network_computes_the_same(name):
    model, _ = trained(name)
    images, _ = batch(model.input_shape[1])
    compiled = tf.function(lambda x: model(x, training=False), jit_compile=True)
    np.testing.assert_allclose(
        compiled(images[:2]), model(images[:2], training=False), rtol=1e-3, atol=1e-5
    )


@pytest.mark.parametrize("name", SMALL)
def test_no_classes_leave_the_last_feature_maps(name):
    body = small(name, classes=0)
    assert len(body.output_shape) == 4
    assert not any(
        isinstance(layer, keras.layers.Dense) and layer.name == "fc" for layer in body.layers
    )


@pytest.mark.parametrize(
    "name", ["ResNet50", "DenseNet121", "ResNeXt50", "Xception", "SEInception"]
)
@pytest.mark.usefixtures("fresh_session")
def test_imagenet_forms_take_images_from_32_pixels_a_side(name):
    body = without_weights(name, input_shape=(32, 32, 1), classes=0)
    assert body.output_shape[1:3] == (1, 1)
    with pytest.raises(
        ValueError, match=r"^`input_shape` .* at least 32\. Received: \(31, 32, 3\)"
    ):
        models.build(name, input_shape=(31, 32, 3))


@pytest.mark.usefixtures("fresh_session")
def test_height_and_width_may_stay_open():
    body = without_weights("ResNetCIFAR", input_shape=(None, None, 3), classes=0)
    assert body.output_shape == (None, None, None, 64)


def test_every_name_is_an_attribute_and_builds_under_its_own_name():
    assert set(models.available()) <= set(dir(models))
    for name in models.available():
        function = getattr(models, name)
        parameters = inspect.signature(function).parameters
        assert function.__name__ == name
        assert list(parameters)[-3:] == ["input_shape", "classes", "name"]
        assert parameters["name"].default == name.lower()
        assert inspect.getdoc(function).startswith("Build ")
    with pytest.raises(AttributeError, match="ResNet51"):
        models.ResNet51  # noqa: B018


def test_build_and_attribute_agree_and_options_override_the_variant():
    options = {"depth": 8, "input_shape": (8, 8, 1), "classes": 3}
    one = models.build("ResNetCIFAR", name="mine", **options)
    other = models.ResNetCIFAR(**options)
    assert (one.name, other.name) == ("mine", "resnetcifar")
    assert one.output_shape == other.output_shape == (None, 3)
    assert [layer.name for layer in one.layers] == [layer.name for layer in other.layers]


@pytest.mark.parametrize(
    ("name", "options", "error", "message"),
    [
        ("ResNet51", {}, ValueError, "`model` must be one of .*ResNet50"),
        (50, {}, TypeError, "`model`"),
        (
            "ResNet50",
            {"weights": "imagenet"},
            TypeError,
            "`options` of ResNet50 are depth, version",
        ),
        ("ResNet50", {"depth": 51}, ValueError, "`depth` must be one of 18, 34, 50"),
        ("ResNet50", {"version": "v3"}, ValueError, "`version` must be one of 'v1', 'v1.5', 'v2'"),
        ("ResNet50", {"classes": -1}, ValueError, "`classes`"),
        ("ResNet50", {"classes": 2.5}, TypeError, "`classes`"),
        ("ResNet50", {"input_shape": (224, 224)}, ValueError, "`input_shape`"),
        ("ResNet50", {"input_shape": 224}, ValueError, "`input_shape`"),
        ("ResNet50", {"input_shape": (224, 224, 0)}, ValueError, "`input_shape`"),
        ("ResNet50", {"input_shape": (224.0, 224, 3)}, ValueError, "`input_shape`"),
        ("ResNetCIFAR", {"depth": 21}, ValueError, r"`depth` must be 6n\+2"),
        ("ResNetCIFAR", {"depth": 2}, ValueError, "`depth` must be at least 8"),
        ("ResNetCIFAR", {"input_shape": (3, 3, 1)}, ValueError, "`input_shape`"),
        ("ResNeXt50", {"depth": 34}, ValueError, "`depth` must be one of 50"),
        ("ResNeXt50", {"cardinality": 0}, ValueError, "`cardinality`"),
        ("ResNeXt50", {"width": 4.5}, TypeError, "`width`"),
        ("ResNeXtCIFAR", {"depth": 30}, ValueError, r"`depth` must be 9n\+2"),
        ("WideResNet", {"depth": 29}, ValueError, r"`depth` must be 6n\+4"),
        ("WideResNet", {"depth": 10, "width": 0}, ValueError, "`width`"),
        ("WideResNet", {"depth": 10, "dropout": 1.0}, ValueError, "`dropout`"),
        ("PyramidNet", {"depth": 111}, ValueError, r"`depth` must be 6n\+2"),
        ("PyramidNet", {"depth": 116, "bottleneck": True}, ValueError, r"`depth` must be 9n\+2"),
        ("PyramidNet", {"alpha": -1}, ValueError, "`alpha`"),
        ("DenseNet121", {"blocks": ()}, ValueError, "`blocks`"),
        ("DenseNet121", {"blocks": (6, 0)}, ValueError, r"`blocks\[1\]`"),
        ("DenseNetCIFAR", {"depth": 41}, ValueError, r"`depth` must be 3n\+4"),
        ("DenseNetCIFAR", {"depth": 43, "bottleneck": True}, ValueError, r"`depth` must be 6n\+4"),
        ("DenseNetCIFAR", {"compression": 1.5}, ValueError, "`compression`"),
        ("DenseNetCIFAR", {"growth_rate": 0}, ValueError, "`growth_rate`"),
        ("HighwayNet", {"depth": 3}, ValueError, "`depth` must be at least 4"),
        ("HighwayNet", {"input_shape": (7, 8, 1)}, ValueError, "`input_shape`"),
        ("Xception", {"middle": -1}, ValueError, "`middle`"),
        ("Xception", {"width": 0}, ValueError, "`width`"),
        ("SEResNet50", {"reduction": 3}, ValueError, "`reduction` must divide 256 channels"),
        ("SEResNet50", {"reduction": 0}, ValueError, "`reduction`"),
        ("SENet154", {"cardinality": 48}, ValueError, "`cardinality` must divide 128"),
        ("SEInception", {"reduction": 1.5}, TypeError, "`reduction`"),
    ],
)
def test_wrong_options_are_named(name, options, error, message):
    with pytest.raises(error, match=rf"^{message}.*Received: "):
        models.build(name, **options)
