import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlib.geometry import output_size, pad_amounts, receptive_field

CELLS = st.integers(1, 60)
KERNEL = st.integers(1, 11)
STRIDE = st.integers(1, 7)
DILATION = st.integers(1, 4)
PADDING = st.one_of(st.sampled_from(["valid", "same"]), st.integers(0, 8))


@pytest.mark.parametrize(
    ("n", "kernel", "stride", "padding", "dilation", "size"),
    [
        (5, 3, 2, "same", 1, 3),
        (7, 3, 2, "same", 1, 4),
        (13, 6, 5, "valid", 1, 2),
        (13, 6, 5, "same", 1, 3),
        (227, 11, 4, "valid", 1, 55),  # AlexNet's first layer and the pool above it
        (55, 3, 2, "valid", 1, 27),
        (224, 7, 2, 3, 1, 112),
        (7, 3, 1, "valid", 3, 1),
        (1, 11, 1, "same", 1, 1),
        (5, 11, 1, 3, 1, 1),
    ],
)
def test_output_size_of_worked_examples(n, kernel, stride, padding, dilation, size):
    assert output_size(n, kernel, stride, padding, dilation) == size


def test_same_padding_puts_the_odd_zero_after():
    assert pad_amounts(13, 6, 5) == (1, 2)
    assert pad_amounts(6, 2) == (0, 1)
    assert pad_amounts(6, 3) == (1, 1)


def test_padding_names_are_read_in_either_case():
    assert output_size(13, 6, 5, "SAME") == 3
    assert pad_amounts(13, 6, 5, "VALID") == (0, 0)


@given(CELLS, KERNEL, STRIDE, PADDING, DILATION)
def test_output_size_counts_the_places_where_the_kernel_fits(n, kernel, stride, padding, dilation):
    before, after = pad_amounts(n, kernel, stride, padding, dilation)
    reach = (kernel - 1) * dilation
    places = [p for p in range(-before, n + after, stride) if p + reach < n + after]
    if places:
        assert output_size(n, kernel, stride, padding, dilation) == len(places)
    else:
        with pytest.raises(ValueError, match=r"`kernel` spans .* Received: "):
            output_size(n, kernel, stride, padding, dilation)


@given(CELLS, KERNEL, STRIDE, DILATION)
def test_same_padding_is_the_least_that_gives_ceil_n_over_s(n, kernel, stride, dilation):
    before, after = pad_amounts(n, kernel, stride, "same", dilation)
    outputs = -(-n // stride)
    assert output_size(n, kernel, stride, "same", dilation) == outputs
    assert after - before in (0, 1)
    reach = (kernel - 1) * dilation
    last_start = (outputs - 1) * stride
    if before + after:
        assert n + before + after == last_start + reach + 1
    else:
        assert last_start + reach < n


def test_numpy_integers_do_not_overflow():
    assert output_size(np.uint8(200), np.uint8(11), 1, np.uint8(100)) == 390
    assert receptive_field([(np.uint8(200), np.uint8(2), "valid", np.uint8(2))]).size == 399


VGG16 = (
    [(3, 1, "same")] * 2
    + [(2, 2)]
    + [(3, 1, "same")] * 2
    + [(2, 2)]
    + 3 * ([(3, 1, "same")] * 3 + [(2, 2)])
)
ALEXNET = [(11, 4), (3, 2), (5, 1, "same"), (3, 2), *[(3, 1, "same")] * 3, (3, 2)]
LENET5_C5 = [(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)]


def basic_resnet(*blocks):
    """Return the longest path through ResNet-18 or -34: two 3x3 layers per block."""
    layers = [(7, 2, 3), (3, 2, 1)]
    for stage, count in enumerate(blocks):
        for block in range(count):
            stride = 2 if stage and block == 0 else 1
            layers += [(3, stride, 1), (3, 1, 1)]
    return layers


# Sizes, strides and paddings of AlexNet and VGG-16: Araujo, Norris & Sim, Distill 2019, table of
# models (tf-slim layouts). LeNet-5: LeCun et al. 1998, C5 sees the whole 32x32 image. ResNet
# sizes: the same recurrence on He et al. 2016, torchvision's layout.
@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ([], (1, 1, 0)),
        ([(3, 3, 1), (2, 1)], (6, 3, 1)),  # the example worked out in the Distill article
        ([(3, 1)] * 2, (5, 1, 0)),
        ([(3, 1)] * 3, (7, 1, 0)),
        ([(3, 1)] * 4, (9, 1, 0)),
        ([(3, 1, "valid", 2)], (5, 1, 0)),
        (ALEXNET, (195, 32, 64)),
        (VGG16, (212, 32, 90)),
        (LENET5_C5, (32, 4, 0)),
        (basic_resnet(2, 2, 2, 2), (435, 32, 217)),
        (basic_resnet(3, 4, 6, 3), (899, 32, 449)),
    ],
)
def test_receptive_field_of_known_stacks(layers, expected):
    assert receptive_field(layers) == expected


def test_same_padding_that_depends_on_the_input_is_not_known():
    assert receptive_field([(3, 2, "same")]).padding is None
    assert receptive_field([(3, 1, "same"), (3, 2, "same"), (3, 1)]).padding is None
    assert receptive_field([(4, 2, "same")]).padding == 1


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3), PADDING, DILATION), max_size=5),
    st.integers(20, 60),
)
def test_receptive_field_agrees_with_following_the_cells_down(layers, n):
    sizes = [n]
    for kernel, stride, padding, dilation in layers:
        try:
            sizes.append(output_size(sizes[-1], kernel, stride, padding, dilation))
        except ValueError:
            return
    fields = []
    for cell in (0, 1):
        seen = {cell}
        for (kernel, stride, padding, dilation), size in zip(
            reversed(layers), reversed(sizes[:-1]), strict=True
        ):
            before, _ = pad_amounts(size, kernel, stride, padding, dilation)
            seen = {c * stride - before + k * dilation for c in seen for k in range(kernel)}
        fields.append((min(seen), max(seen)))
    field = receptive_field(layers)
    assert field.size == fields[0][1] - fields[0][0] + 1
    assert field.stride == fields[1][0] - fields[0][0]
    assert field.padding in (None, -fields[0][0])
    if all(padding != "same" for _, _, padding, _ in layers):
        assert field.padding is not None


@pytest.mark.parametrize(
    ("arguments", "error", "name"),
    [
        ((5.0, 3), TypeError, "n"),
        ((True, 3), TypeError, "n"),
        ((0, 3), ValueError, "n"),
        ((5, "3"), TypeError, "kernel"),
        ((5, 0), ValueError, "kernel"),
        ((5, [3]), TypeError, "kernel"),
        ((5, 3, 0), ValueError, "stride"),
        ((5, 3, 1.5), TypeError, "stride"),
        ((5, 3, 1, "full"), ValueError, "padding"),
        ((5, 3, 1, -1), ValueError, "padding"),
        ((5, 3, 1, None), TypeError, "padding"),
        ((5, 3, 1, True), TypeError, "padding"),
        ((5, 3, 1, "valid", 0), ValueError, "dilation"),
        ((5, 11), ValueError, "kernel"),
    ],
)
def test_wrong_arguments_are_named(arguments, error, name):
    with pytest.raises(error, match=rf"^`{name}` .*Received: "):
        output_size(*arguments)


def test_message_of_a_kernel_that_is_too_large_gives_both_sizes():
    with pytest.raises(ValueError, match="spans 11 cells but the padded input has 7"):
        output_size(5, 6, padding=1, dilation=2)


@pytest.mark.parametrize(
    ("layers", "error", "name"),
    [
        (3, TypeError, r"layers\[0\]"),
        ([3, 1], TypeError, r"layers\[0\]"),
        ([(3, 1), (3,)], ValueError, r"layers\[1\]"),
        ([(3, 1, 0, 1, 1)], ValueError, r"layers\[0\]"),
        ([(3, 0)], ValueError, "stride"),
        ([(3.0, 1)], TypeError, "kernel"),
        ([(3, 1, "reflect")], ValueError, "padding"),
    ],
)
def test_wrong_layers_are_named(layers, error, name):
    with pytest.raises(error, match=rf"^`{name}` .*Received: "):
        receptive_field(layers)
