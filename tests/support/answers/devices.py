import numpy as np

from answers import Answers


def rounded(value):
    import tensorflow as tf

    return tf.cast(tf.cast(value, tf.bfloat16), tf.float32).numpy()


def weighted(gradients, counts):
    return np.average(gradients, axis=0, weights=counts)


ANSWERS = {
    "scale": Answers(right=(5, 16), wrong=[(5, 17), (6, 16), (16, 16), (4, 16)]),
    "round": Answers(
        right=rounded,
        wrong=[
            lambda value: value,
            lambda value: np.float16(value).astype("float32"),
            lambda value: (value.view(np.uint32) & 0xFFFF0000).astype("uint32").view("float32"),
        ],
    ),
    "pipeline": Answers(
        right=(1000, 620, 408),
        wrong=[(1000, 600, 400), (1000, 600, 408), (1000, 620, 400), (1000, 620, 180)],
    ),
    "combine": Answers(
        right=weighted,
        wrong=[
            lambda gradients, counts: np.mean(gradients, axis=0),
            lambda gradients, counts: np.sum(gradients, axis=0),
            lambda gradients, counts: np.asarray(counts) @ gradients,
        ],
    ),
    "same": Answers(
        right=(False, True, False, False, True),
        wrong=[(True,) * 5, (False, True, False, True, True), (False, False, False, False, True)],
    ),
    "batch": Answers(right=4097, wrong=[4096, 8193, 2049, 9]),
}
