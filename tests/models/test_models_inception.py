"""What is particular to Inception-v3 and Inception-v4."""

import keras
import numpy as np
import pytest
from building import kinds, without_weights
from keras import layers

import cnnlib
from cnnlib import models


# torchvision's weights and R. Cadene's port learn batch normalization's scale; keras.applications
# and the authors' code do not.
@pytest.mark.parametrize(
    ("name", "gamma", "params", "macs"),
    [
        ("InceptionV3", True, 23_834_568, 5_713_216_096),
        ("InceptionV3", False, 23_817_352, 5_713_216_096),
        ("InceptionV4", True, 42_679_816, 12_253_974_624),
    ],
)
def test_figures_are_the_published_ones(name, gamma, params, macs):
    analysis = cnnlib.analyze(without_weights(name, gamma=gamma))
    assert (analysis.trainable_params, analysis.macs) == (params, macs)


def depth_first(model):
    """Return the layers with weights, branch by branch."""
    producers = {id(layer.output): layer for layer in model.layers}
    found = {}

    def visit(tensor):
        layer = producers[id(tensor)]
        if layer not in found:
            if not isinstance(layer, layers.InputLayer):
                for below in layer.input if isinstance(layer.input, list) else [layer.input]:
                    visit(below)
            found[layer] = bool(layer.weights)

    visit(model.output)
    return [layer for layer, weighted in found.items() if weighted]


def test_inception_v3_computes_what_keras_applications_computes():
    shape = (107, 75, 3)
    theirs = keras.applications.InceptionV3(weights=None, input_shape=shape, classes=10)
    ours = models.InceptionV3(gamma=False, input_shape=shape, classes=10)
    for one, other in zip(depth_first(ours), depth_first(theirs), strict=True):
        one.set_weights(other.get_weights())
    images = np.random.default_rng(1).normal(size=(2, *shape)).astype("float32")
    found, expected = (
        np.asarray(keras.Model(model.input, model.get_layer("avg_pool").output)(images))
        for model in (ours, theirs)
    )
    assert expected.std() > 0
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-5 * expected.max())
    np.testing.assert_allclose(ours(images), theirs(images), rtol=1e-4)


@pytest.mark.parametrize(
    ("name", "shapes"),
    [
        (
            "InceptionV3",
            {
                "pool2": (35, 192),
                "inception_a1": (35, 256),
                "inception_a3": (35, 288),
                "reduction_a": (17, 768),
                "inception_b4": (17, 768),
                "reduction_b": (8, 1280),
                "inception_c2": (8, 2048),
            },
        ),
        (
            "InceptionV4",
            {
                "stem_1": (73, 160),
                "stem_2": (71, 192),
                "stem_3": (35, 384),
                "inception_a4": (35, 384),
                "reduction_a": (17, 1024),
                "inception_b7": (17, 1024),
                "reduction_b": (8, 1536),
                "inception_c3": (8, 1536),
            },
        ),
    ],
)
def test_grids_have_the_papers_sizes_and_maps(name, shapes):
    model = without_weights(name)
    assert shapes == {layer: model.get_layer(layer).output.shape[2:] for layer in shapes}


@pytest.mark.parametrize(
    ("module", "maps"),
    [
        ("stem_1", {"pool": 64, "3x3": 96}),
        ("stem_2", {"3x3": 96, "7x7_3x3": 96}),
        ("stem_3", {"3x3": 192, "pool": 192}),
        ("inception_a1", {"pool_proj": 96, "1x1": 96, "3x3": 96, "double_2": 96}),
        ("reduction_a", {"pool": 384, "3x3": 384, "double_2": 256}),
        ("inception_b1", {"pool_proj": 128, "1x1": 384, "7x7_2": 256, "double_4": 256}),
        ("reduction_b", {"pool": 1024, "3x3": 192, "7x7_3x3": 320}),
        (
            "inception_c1",
            {
                "pool_proj": 256,
                "1x1": 256,
                "3x3_1x3": 256,
                "3x3_3x1": 256,
                "double_1x3": 256,
                "double_3x1": 256,
            },
        ),
    ],
)
def test_a_module_of_inception_v4_joins_the_branches_of_its_figure(module, maps):
    model = without_weights("InceptionV4")
    ends = [tensor.shape[-1] for tensor in model.get_layer(module).input]
    assert ends == list(maps.values())
    for name, tensor in zip(maps, model.get_layer(module).input, strict=True):
        suffix = "" if name == "pool" else "_relu"
        assert tensor is model.get_layer(f"{module}_{name}{suffix}").output


@pytest.mark.parametrize("name", ["InceptionV3", "InceptionV4"])
def test_factorized_convolutions_span_squares(name):
    model = without_weights(name)
    flat = [layer for layer in kinds(model, layers.Conv2D) if len(set(layer.kernel_size)) > 1]
    assert {tuple(sorted(layer.kernel_size)) for layer in flat} == {(1, 3), (1, 7)}
    for sides in ((1, 7), (1, 3)):
        across = [layer for layer in flat if layer.kernel_size == sides]
        down = [layer for layer in flat if layer.kernel_size == sides[::-1]]
        assert len(across) == len(down) > 0


@pytest.mark.parametrize("name", ["InceptionV3", "InceptionV4"])
def test_branches_share_centres(name):
    field = cnnlib.analyze(without_weights(name, classes=0)).receptive_field()
    assert (field.stride, field.aligned) == ((32, 32), True)


def test_other_numbers_of_modules_come_from_the_same_builder():
    model = without_weights("InceptionV4", blocks=(1, 0, 2), input_shape=(75, 75, 3))
    names = [
        layer.name
        for layer in kinds(model, layers.Concatenate)
        if not layer.name.startswith("stem")
    ]
    assert names == [
        "inception_a1",
        "reduction_a",
        "reduction_b",
        "inception_c1",
        "inception_c2",
    ]


@pytest.mark.parametrize("name", ["InceptionV3", "InceptionV4"])
def test_width_scales_every_layer(name):
    narrow = without_weights(name, width=0.5, input_shape=(75, 75, 3))
    for one, other in zip(
        kinds(narrow, layers.Conv2D), kinds(without_weights(name), layers.Conv2D), strict=True
    ):
        assert one.filters == other.filters / 2


def test_a_narrow_network_fits_a_batch_of_symbols():
    keras.utils.set_random_seed(1)
    data = cnnlib.data.load("symbols", classes=4, size=75, count=40)
    images, labels = data.x_train[:8] / np.float32(255), data.y_train[:8]
    model = models.InceptionV4(blocks=(1, 1, 1), width=0.1, input_shape=(75, 75, 1), classes=4)
    model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", run_eagerly=True)
    losses = [float(model.train_on_batch(images, labels))]
    while losses[-1] > losses[0] / 2 and len(losses) < 40:
        losses.append(float(model.train_on_batch(images, labels)))
    assert losses[-1] < losses[0] / 2, losses


@pytest.mark.parametrize("name", ["InceptionV3", "InceptionV4"])
def test_the_least_input_leaves_one_pixel_and_sizes_may_stay_open(name):
    assert without_weights(name, input_shape=(75, 75, 1), classes=0).output_shape[1:3] == (1, 1)
    assert without_weights(name, input_shape=(None, None, 3)).output_shape == (None, 1000)
    with pytest.raises(
        ValueError, match=r"^`input_shape` .* at least 75\. Received: \(74, 75, 3\)"
    ):
        models.build(name, input_shape=(74, 75, 3))


@pytest.mark.parametrize(
    ("name", "options", "error", "message"),
    [
        ("InceptionV3", {"width": 0}, ValueError, "`width`"),
        ("InceptionV3", {"gamma": None}, TypeError, "`gamma`"),
        ("InceptionV4", {"blocks": (4, 7)}, ValueError, "`blocks`"),
        ("InceptionV4", {"blocks": 4}, ValueError, "`blocks`"),
        ("InceptionV4", {"blocks": (4, -1, 3)}, ValueError, r"`blocks\[1\]`"),
        ("InceptionV4", {"blocks": (4, 7.0, 3)}, TypeError, r"`blocks\[1\]`"),
    ],
)
def test_wrong_options_are_named(name, options, error, message):
    with pytest.raises(error, match=rf"^{message}.*Received: "):
        models.build(name, **options)
