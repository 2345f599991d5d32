import itertools

import numpy as np
import pytest
from cases import arrays, convolution_cases, tensorflow_result
from node import run_ops

from cnnlib import geometry
from cnnlib.explorers.convolution import _resized

CONVOLVE = """
    return data.map(({ image, imageShape, kernels, kernelShape, stride, padding, dilation }) => {
      const x = { data: Float32Array.from(image), shape: imageShape };
      const w = { data: Float32Array.from(kernels), shape: kernelShape };
      const map = ops.conv2d(x, w, { stride, padding, dilation });
      return { values: Array.from(map.data), shape: map.shape };
    });
"""


def as_json(case):
    images, kernels = arrays(case)
    return {
        "image": images.ravel().tolist(),
        "imageShape": images.shape[1:],
        "kernels": kernels.ravel().tolist(),
        "kernelShape": kernels.shape,
        **{name: case[name] for name in ("stride", "padding", "dilation")},
    }


def test_convolution_equals_tensorflow_on_every_case():
    cases = convolution_cases()
    assert len(cases) >= 300
    results = run_ops(CONVOLVE, [as_json(case) for case in cases])
    worst = 0
    for case, result in zip(cases, results, strict=True):
        expected = tensorflow_result(case)[0]
        assert tuple(result["shape"]) == expected.shape, case
        difference = np.abs(np.reshape(result["values"], expected.shape) - expected).max()
        assert difference <= 1e-5, (case, difference)
        worst = max(worst, difference)
    assert worst > 0  # float32 in another order of summing: equal to the bit would be a wrong wire


def test_sizes_and_padding_equal_geometry():
    grid = list(
        itertools.product(
            (1, 2, 5, 13, 55), (1, 2, 3, 6, 11), (1, 2, 3, 5), ("valid", "same", 0, 2), (1, 2, 3)
        )
    )
    results = run_ops("return data.map((a) => [ops.outputSize(...a), ops.padAmounts(...a)]);", grid)
    for (n, kernel, stride, padding, dilation), (size, amounts) in zip(grid, results, strict=True):
        layer = (n, kernel, stride, padding, dilation)
        assert tuple(amounts) == geometry.pad_amounts(*layer)
        if dilation * (kernel - 1) + 1 > n + sum(amounts):
            assert size == 0
            with pytest.raises(ValueError, match="Received: "):
                geometry.output_size(*layer)
        else:
            assert size == geometry.output_size(*layer)


def test_kernels_are_resized_alike():
    rng = np.random.default_rng(0)
    kernels = [rng.standard_normal((size, size)).tolist() for size in (1, 2, 3, 6, 11)]
    pairs = [(kernel, size) for kernel in kernels for size in range(1, 12)]
    results = run_ops("return data.map((a) => ops.resizeKernel(...a));", pairs)
    for (kernel, size), result in zip(pairs, results, strict=True):
        np.testing.assert_array_equal(result, _resized(kernel, size))


@pytest.mark.parametrize(("bias", "relu"), [(0.0, False), (-0.25, True), (0.5, True)])
def test_bias_and_relu(bias, relu):
    values = np.linspace(-1, 1, 9, dtype="float32")
    result = run_ops(
        """
        const map = { data: Float32Array.from(data.values) };
        return Array.from(ops.activate(map, data.bias, data.relu).data);
        """,
        {"values": values.tolist(), "bias": bias, "relu": relu},
    )
    expected = np.maximum(values + bias, 0) if relu else values + bias
    np.testing.assert_allclose(result, expected, atol=1e-7)


def test_interior_leaves_out_every_window_that_holds_padding():
    ones = {"data": [1.0] * 90, "shape": [9, 10, 1]}
    body = """
        const image = { data: Float32Array.from(data.ones.data), shape: data.ones.shape };
        const size = data.size;
        const kernel = { data: new Float32Array(size * size).fill(1), shape: [size, size, 1, 1] };
        const map = ops.conv2d(image, kernel, data);
        const layer = [size, data.stride, data.padding, data.dilation];
        const before = [9, 10].map((n) => ops.padAmounts(n, ...layer)[0]);
        const inside = ops.interior(map, before, ops.span(size, data.dilation), data.stride, image);
        return [Array.from(inside), Array.from(map.data)];
    """
    for size, stride, dilation in itertools.product((1, 2, 3), (1, 2, 3), (1, 2)):
        layer = {"size": size, "stride": stride, "dilation": dilation, "padding": "same"}
        inside, values = run_ops(body, {"ones": ones, **layer})
        # A convolution of ones counts the real cells under the window.
        assert set(inside) == {size * size}
        assert len(inside) == values.count(size * size)


def test_usual_limit_ignores_few_outliers():
    values = [0.5] * 999 + [-100.0]
    limit = run_ops("return ops.usualLimit(data);", values)
    assert 0.5 <= limit < 1
    assert run_ops("return ops.usualLimit(data);", [0.0, 0.0]) == 0
    assert run_ops("return ops.usualLimit(data);", [-3.0] * 10) == 3
