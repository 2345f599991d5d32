import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers
from random_networks import clipped, gradient_masks, hulls, inside, random_network, seen

import cnnlib
from cnnlib import geometry
from cnnlib.analysis import without_weights

DISTILL = "Araujo, Norris & Sim 2019, doi:10.23915/distill.00021"


def windows(*stack, n=224):
    """Return a stack of one-channel layers: ("conv" or "pool", kernel, stride, padding)."""
    model = keras.Sequential([layers.Input((n, n, 1))])
    for kind, kernel, stride, padding in stack:
        if kind == "conv":
            model.add(layers.Conv2D(1, kernel, strides=stride, padding=padding))
        else:
            model.add(layers.MaxPooling2D(kernel, strides=stride, padding=padding))
    return model


def lenet5():
    pair = [("conv", 5, 1, "valid"), ("pool", 2, 2, "valid")]
    return windows(*pair, *pair, ("conv", 5, 1, "valid"), n=36)


def alexnet_v2():
    pool, conv = ("pool", 3, 2, "valid"), ("conv", 3, 1, "same")
    first, second = ("conv", 11, 4, "valid"), ("conv", 5, 1, "same")
    return windows(first, pool, second, pool, conv, conv, conv, pool)


def googlenet():
    def module(x):
        pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
        branches = [layers.Conv2D(1, kernel, padding="same")(x) for kernel in (1, 3, 5)]
        return layers.Concatenate()([*branches, layers.Conv2D(1, 1)(pooled)])

    def halved(x):
        return layers.MaxPooling2D(3, strides=2, padding="same")(x)

    image = layers.Input((224, 224, 1))
    x = halved(layers.Conv2D(1, 7, strides=2, padding="same")(image))
    x = halved(layers.Conv2D(1, 3, padding="same")(x))
    x = halved(module(module(x)))
    x = halved(module(module(module(module(module(x))))))
    return keras.Model(image, module(module(x)))


def resnet(units, *, kernels=(1, 3, 1), strided="first", pool="padded"):
    """Return a one-channel residual network.

    Args:
        units: residual units in each of the four stages.
        kernels: the convolutions of a unit; its stride is that of the first 3x3.
        strided: the "first" unit of stages 2 to 4 halves the map (torchvision) or the "last"
            of stages 1 to 3 (TF-Slim).
        pool: "padded" by one on each side, or "same".
    """

    def convolution(x, kernel, stride):
        if kernel > 1:
            x = layers.ZeroPadding2D(kernel // 2)(x)
        return layers.Conv2D(1, kernel, strides=stride)(x)

    def unit(x, stride):
        y = x
        for place, kernel in enumerate(kernels):
            y = convolution(y, kernel, stride if place == kernels.index(3) else 1)
        return layers.Add()([y, layers.Conv2D(1, 1, strides=stride)(x)])

    image = layers.Input((224, 224, 1))
    x = convolution(image, 7, 2)
    if pool == "padded":
        x = layers.MaxPooling2D(3, strides=2)(layers.ZeroPadding2D(1)(x))
    else:
        x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    for stage, count in enumerate(units):
        for place in range(count):
            first = strided == "first" and place == 0 and stage > 0
            last = strided == "last" and place == count - 1 and stage < 3
            x = unit(x, 2 if first or last else 1)
    return keras.Model(image, x)


SLIM = {"strided": "last", "pool": "same"}
BASIC = {"kernels": (3, 3)}


@pytest.mark.parametrize(
    ("build", "size", "stride", "padding"),
    [
        pytest.param(lenet5, 32, 4, 0, id="LeNet-5 at C5"),
        pytest.param(alexnet_v2, 195, 32, 64, id="alexnet_v2"),
        pytest.param(lambda: resnet((3, 4, 6, 3), **SLIM), 483, 32, 239, id="resnet_v1_50"),
        pytest.param(lambda: resnet((3, 8, 36, 3), **SLIM), 1507, 32, 751, id="resnet_v1_152"),
        pytest.param(lambda: resnet((2, 2, 2, 2), **BASIC), 435, 32, 217, id="ResNet-18"),
        pytest.param(lambda: resnet((3, 4, 6, 3), **BASIC), 899, 32, 449, id="ResNet-34"),
        pytest.param(lambda: resnet((3, 4, 6, 3)), 427, 32, 213, id="ResNet-50 v1.5"),
        pytest.param(googlenet, 715, 32, None, id="GoogLeNet at 5b"),
    ],
)
def test_published_receptive_fields(build, size, stride, padding):
    field = cnnlib.analyze(build()).receptive_field()
    assert (field.size, field.stride) == ((size, size), (stride, stride)), DISTILL
    assert padding is None or field.padding == (padding, padding)
    assert field.aligned
    assert not field.whole


@pytest.mark.parametrize(
    ("name", "n", "size", "padding"),
    [
        ("VGG16", 224, 212, 90),
        ("ResNet50", 224, 483, 241),  # Keras pads by hand: 241 at any size
        ("InceptionV3", 299, 1311, 618),
        ("InceptionResNetV2", 299, 3039, 1482),
        ("MobileNet", 224, 315, 126),
    ],
)
def test_published_receptive_fields_of_keras_networks(name, n, size, padding):
    field = cnnlib.analyze(keras_network(name, n)).receptive_field()
    assert field.size == (size, size), DISTILL
    assert field.stride == (32, 32)
    assert field.padding == (padding, padding)
    assert field.aligned


def test_branches_of_different_centres_are_reported_not_refused():
    # Xception's shortcuts take every other cell, its pools 3x3 windows padded at one side only.
    field = cnnlib.analyze(keras_network("Xception", 299)).receptive_field()
    assert field.stride == (32, 32)
    assert not field.aligned


def keras_network(name, n):
    build = getattr(keras.applications, name)
    return without_weights(build, weights=None, include_top=False, input_shape=(n, n, 3))


STRIDE_OR_DILATION = st.one_of(
    st.tuples(st.integers(1, 3), st.just(1)), st.tuples(st.just(1), st.integers(1, 3))
)
CONVOLUTION = st.tuples(
    st.just("conv"), st.integers(1, 5), st.sampled_from(["valid", "same"]), STRIDE_OR_DILATION
)
POOLING = st.tuples(
    st.just("pool"),
    st.integers(1, 5),
    st.sampled_from(["valid", "same"]),
    st.tuples(st.integers(1, 3), st.just(1)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(CONVOLUTION, POOLING), min_size=1, max_size=4), st.integers(600, 640))
def test_a_plain_stack_has_the_field_that_geometry_gives(stack, n):
    model, described = keras.Sequential([layers.Input((n, 1))]), []
    for kind, kernel, padding, (stride, dilation) in stack:
        if kind == "conv":
            layer = layers.Conv1D(
                1, kernel, strides=stride, padding=padding, dilation_rate=dilation
            )
        else:
            layer = layers.AveragePooling1D(kernel, strides=stride, padding=padding)
        model.add(layer)
        described.append((kernel, stride, padding, dilation))
    found = cnnlib.analyze(model).receptive_field()
    expected = geometry.receptive_field(described)
    assert (found.size, found.stride) == ((expected.size,), (expected.stride,))
    assert expected.padding is None or found.padding == (expected.padding,)
    assert found.aligned


RANDOM = [(1, seed) for seed in range(44)] + [(2, seed) for seed in range(24)]


@pytest.mark.parametrize(("rank", "seed"), RANDOM)
def test_random_branching_networks_see_what_the_gradient_says(rank, seed):
    """The field of every cell is that of the borderless network, and the gradient's away from it.

    A cell near the border may see less than the part of its field inside the input: what its
    field owes to padded zeros, where others would have continued the map, is not there.
    """
    rng = np.random.default_rng([rank, seed])
    model, node = random_network(rng, rank)
    field = cnnlib.analyze(model).receptive_field(model.layers[-1].name)
    for axis, n in enumerate(node.sizes):
        for u in range(n):
            cells = seen(node, axis, u)
            place = [u if each == axis else 0 for each in range(rank)]
            first, last = field.cells(*place)[axis]
            assert (first, last) == (min(cells), max(cells)) if cells else last < first
    corners = [(0,) * rank, tuple(n - 1 for n in node.sizes)]
    places = [*corners, *(tuple(rng.integers(0, node.sizes).tolist()) for _ in range(10))]
    for place, mask in zip(places, gradient_masks(model, places), strict=True):
        expected = [
            clipped(cells, n) for cells, n in zip(field.cells(*place), mask.shape, strict=True)
        ]
        if all(inside(node, axis, u) for axis, u in enumerate(place)):
            assert hulls(mask) == expected
        for axis, found in enumerate(hulls(mask)):
            if found is not None:
                first, last = expected[axis]
                assert first <= found[0] <= found[1] <= last


def test_most_random_networks_have_inner_cells_and_many_have_branches_that_do_not_align():
    drawn = [random_network(np.random.default_rng([1, seed]), 1) for seed in range(12)]
    inner = [any(inside(node, 0, u) for u in range(*node.sizes)) for _, node in drawn]
    aligned = [cnnlib.analyze(model).receptive_field().aligned for model, _ in drawn]
    assert sum(inner) > 6
    assert 0 < sum(aligned) < 12


def test_branches_of_equal_stride_join_from_the_first_cell_to_the_last():
    x = layers.Input((20, 1))
    left = layers.Cropping1D((0, 4))(layers.Conv1D(1, 3)(x))
    right = layers.Cropping1D((4, 0))(layers.Conv1D(1, 3)(x))
    field = cnnlib.analyze(keras.Model(x, layers.Add()([left, right]))).receptive_field()
    assert (field.size, field.stride, field.padding) == ((7,), (1,), (0,))
    assert not field.aligned


def test_of_branches_of_different_strides_the_larger_stands():
    x = layers.Input((20, 1))
    narrow = layers.Conv1D(1, 4, strides=2)(x)
    wide = layers.Cropping1D(5)(layers.Conv1D(1, 5, padding="same")(x))
    wide = layers.Cropping1D((0, 1))(wide)
    field = cnnlib.analyze(keras.Model(x, layers.Concatenate()([narrow, wide]))).receptive_field()
    assert (field.size, field.stride) == ((5,), (1,))
    assert not field.aligned


def two_inputs():
    left, right = layers.Input((16, 16, 1), name="left"), layers.Input((16, 16, 1), name="right")
    code = layers.Input((4,), name="code")
    near = layers.Conv2D(2, 3, padding="same", name="near")(left)
    far = layers.Conv2D(2, 5, padding="same", name="far")(right)
    joined = layers.Add(name="sum")([near, far])
    head = layers.GlobalAveragePooling2D(name="pooled")(joined)
    head = layers.Concatenate(name="with_code")([head, code])
    return keras.Model([left, right, code], layers.Dense(2, name="head")(head))


def test_each_input_has_its_own_field():
    analysis = cnnlib.analyze(two_inputs())
    assert analysis.receptive_field("sum").size == (3, 3)
    assert analysis.receptive_field("sum", source="right").size == (5, 5)
    assert analysis.receptive_field(source="right") == analysis.receptive_field(
        "sum", source="right"
    )


def test_a_cells_field_and_its_centre():
    field = cnnlib.analyze(windows(("conv", 3, 3, "same"), n=9)).receptive_field()
    assert field.cells(0, 2) == ((0, 2), (6, 8))
    assert field.centre(1, 2) == (4.0, 7.0)
    field = cnnlib.analyze(windows(("conv", 4, 2, "same"), n=8)).receptive_field()
    assert field.padding == (1, 1)
    assert field.centre(0, 3) == (0.5, 6.5)


def test_upsampling_makes_neighbours_share_cells():
    up = keras.Sequential([layers.Input((6, 1)), layers.UpSampling1D(3), layers.Conv1D(1, 2)])
    field = cnnlib.analyze(up).receptive_field()
    assert field.stride[0] * 3 == 1
    assert field.size == (2,)
    assert [field.cells(u) for u in range(4)] == [((0, 0),), ((0, 0),), ((0, 1),), ((1, 1),)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"layer": "nowhere"}, r"`layer` must be one of .* Received: 'nowhere'"),
        ({"layer": "near", "source": "right"}, r"`layer` must be one of .* Received: 'near'"),
        ({"source": "nowhere"}, r"`source` must be one of .*left.* Received: 'nowhere'"),
        ({"source": "code"}, r"`source` must have spatial axes. Received: 'code'"),
    ],
)
def test_a_wrong_layer_or_source_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        cnnlib.analyze(two_inputs()).receptive_field(**arguments)


def test_a_position_has_an_index_per_axis():
    field = cnnlib.analyze(windows(("conv", 3, 1, "same"), n=8)).receptive_field()
    for question in (field.cells, field.centre):
        with pytest.raises(ValueError, match=r"`position` must have 2 indices.* Received: \(1,\)"):
            question(1)


def test_the_default_layer_is_the_last_with_places_in_one_dimension_too():
    model = keras.Sequential(
        [
            layers.Input((32, 3)),
            layers.Conv1D(2, 3),
            layers.GlobalAveragePooling1D(),
            layers.Dense(5),
        ]
    )
    assert cnnlib.analyze(model).receptive_field().size == (3,)
