import math

import numpy as np

from answers import Answers


def network(rate=0.02, scale=1 / 255, last="softmax", **how):
    """Return a function that builds the network of the exercise."""

    def build():
        import keras
        from keras import layers

        model = keras.Sequential(
            [
                keras.Input((16, 16, 1)),
                layers.Rescaling(scale),
                layers.Conv2D(8, 5, activation="relu", **how),
                layers.MaxPooling2D(2),
                layers.Conv2D(16, 3, activation="relu"),
                layers.Flatten(),
                layers.Dense(32, activation="relu"),
                layers.Dense(10, activation=last),
            ]
        )
        optimizer = keras.optimizers.SGD(rate, momentum=0.9)
        model.compile(optimizer, "sparse_categorical_crossentropy")
        return model

    return build


ANSWERS = {
    "start": Answers(
        right=(math.log(26), 3.85),
        wrong=[(1.415, 3.85), (3.258, 0.0385), (-3.258, 3.85), (2.3026, 10), (26, 1)],
    ),
    "rare": Answers(right=0.1985, wrong=[0.6931, 0.0513, 2.9957, 1.5235, 0.5]),
    "rate": Answers(right=3.0757e-5, wrong=[0.00784, 1.538e-5, 2, 0.1]),
    "dead": Answers(
        right=lambda outputs: np.mean(~outputs.any(axis=0)),
        wrong=[
            lambda outputs: np.mean(outputs == 0),
            lambda outputs: np.mean(~outputs.any(axis=1)),
            lambda outputs: np.sum(~outputs.any(axis=0)),
            lambda outputs: np.mean(outputs.any(axis=0)),
            lambda outputs: None,
        ],
    ),
    "memory": Answers(right=688, wrong=[66, 1000, 687, 100]),
    "cure": Answers(
        right=network(),
        wrong=[
            network(scale=1),
            network(last="relu"),
            network(rate=1.0),
            network(kernel_initializer="zeros"),
            network(rate=0.0005),
            lambda: "model",
        ],
    ),
}
