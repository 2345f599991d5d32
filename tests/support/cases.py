"""Convolution cases on which the book's implementations must agree with TensorFlow."""

import random

import numpy as np

STRIDES = (1, 2, 3, 4)
DILATIONS = (1, 2, 3)
KERNELS = range(1, 12)


def convolution_cases():
    """Return the cases, the same in every run.

    Every combination of padding, stride, dilation and square kernel comes once, then further
    kernels of unequal height and width.

    Returns:
        List of JSON-able dicts: height, width, in_channels, out_channels, kernel_h, kernel_w,
        stride, padding, dilation, seed.
    """
    shapes = [
        (padding, stride, dilation, size, size)
        for padding in ("valid", "same")
        for stride in STRIDES
        for dilation in DILATIONS
        for size in KERNELS
    ]
    choose = random.Random(2024)
    for index in range(96):
        height, width = choose.sample(KERNELS, 2)
        padding = ("valid", "same")[index % 2]
        shapes.append((padding, choose.choice(STRIDES), choose.choice(DILATIONS), height, width))
    return [_case(choose, seed, *shape) for seed, shape in enumerate(shapes)]


def _case(choose, seed, padding, stride, dilation, kernel_h, kernel_w):
    def side(kernel):
        # "same" also takes kernels that span more than the image.
        least = dilation * (kernel - 1) + 1 if padding == "valid" else 1
        return least + choose.randrange(16)

    return {
        "height": side(kernel_h),
        "width": side(kernel_w),
        "in_channels": choose.randint(1, 4),
        "out_channels": choose.randint(1, 4),
        "kernel_h": kernel_h,
        "kernel_w": kernel_w,
        "stride": stride,
        "padding": padding,
        "dilation": dilation,
        "seed": seed,
    }


def arrays(case):
    """Return a case's image and kernels.

    Args:
        case: one of `convolution_cases()`.

    Returns:
        Float32 arrays [1, height, width, in_channels] and [kernel_h, kernel_w, in_channels,
        out_channels]; the kernels are scaled so that outputs are of the order of 1.
    """
    rng = np.random.default_rng(case["seed"])
    images = rng.standard_normal((1, case["height"], case["width"], case["in_channels"]))
    shape = case["kernel_h"], case["kernel_w"], case["in_channels"], case["out_channels"]
    kernels = rng.standard_normal(shape) / np.sqrt(np.prod(shape[:3]))
    return images.astype("float32"), kernels.astype("float32")


def tensorflow_result(case):
    """Return what `tf.nn.conv2d` computes for a case, on the CPU.

    `tf.nn.convolution` refuses strides together with dilation; `tf.nn.conv2d` takes both.

    Args:
        case: one of `convolution_cases()`.

    Returns:
        Float32 array [1, output height, output width, out_channels].
    """
    import tensorflow as tf

    images, kernels = arrays(case)
    with tf.device("CPU"):
        return tf.nn.conv2d(
            images, kernels, case["stride"], case["padding"].upper(), dilations=case["dilation"]
        ).numpy()
