"""The learned Sobel filter: from many random starts, with examples that are ever noisier.

Nine weights learn Sobel's kernel from five photographs of 64x64 pixels and their maps, as in the
chapter "Filters and feature maps": 300 steps of gradient descent with momentum. A seed draws the
first weights and the noise that is added to the maps, which is normal and independent from pixel
to pixel.
"""

from functools import cache

import numpy as np

from cnnlib import filters
from cnnlib.data.images import picture
from cnnlib.experiments._declaration import Experiment, Rule
from cnnlib.training import restart

PHOTOGRAPHS = ("temple", "flower", "camera", "astronaut", "coffee")

WATCHED = (0, 5, 10, 20, 50, 100, 200, 300)
"""Steps after which the weights are compared."""

EXPERIMENT = Experiment(
    question="Do examples and gradient descent find Sobel's kernel from any start, and when the "
    "examples are noisy?",
    claim="A network can learn everything from the picture to the class by backpropagation; "
    "nobody designs its kernels.",
    source="LeCun, Boser, Denker, Henderson, Howard, Hubbard & Jackel 1989, abstract",
    variants={
        "no noise": {"noise": 0},
        "noise 0.1": {"noise": 0.1},
        "noise 1": {"noise": 1},
        "noise 10": {"noise": 10},
    },
    scales={
        "glimpse": {"steps": 100},
        "small": {"steps": 300},
        "full": {"steps": 300},
    },
    seeds={"glimpse": 1, "small": 20, "full": 100},
    measures={
        "steps": "the steps after which the weights were compared",
        "curve": "how far the worst weight was then from Sobel's",
        "off": "how far the worst weight is from Sobel's at the end",
    },
    rules=(
        Rule(
            "Without noise no weight is off by as much as 0.001.",
            *("off", "no noise"),
            below=0.001,
        ),
        Rule(
            "With a tenth as much noise as signal the nearest whole numbers are Sobel's.",
            *("off", "noise 0.1"),
            below=0.5,
        ),
        Rule(
            "With as much noise as signal the nearest whole numbers are Sobel's.",
            *("off", "noise 1"),
            below=0.5,
        ),
        Rule(
            "With ten times as much noise as signal the nearest whole numbers are Sobel's.",
            *("off", "noise 10"),
            below=0.5,
        ),
    ),
)


def measure(seed, noise, steps):
    """Learn the kernel once.

    Args:
        seed: of the first weights and the noise.
        noise: its standard deviation, in those of the maps.
        steps: of gradient descent.

    Returns:
        The measures.
    """
    sobel = filters.sobel_x()
    photographs = np.stack([picture(name, 64, grey=True) for name in PHOTOGRAPHS])
    photographs = ((photographs - photographs.mean()) / photographs.std())[..., np.newaxis]
    model = _neuron()
    model.set_weights([sobel[:, :, np.newaxis, np.newaxis]])
    maps = model.predict_on_batch(photographs)
    maps = maps + noise * maps.std() * np.random.default_rng(seed).normal(size=maps.shape)

    restart(model, seed)
    watched = [step for step in WATCHED if step <= steps]
    off = []
    for step in range(steps + 1):
        if step in watched:
            (kernel,) = model.get_weights()
            off.append(float(abs(kernel[:, :, 0, 0] - sobel).max()))
        model.train_on_batch(photographs, maps)
    return {"steps": watched, "curve": [round(one, 6) for one in off], "off": off[-1]}


@cache
def _neuron():
    from keras import Input, Sequential, initializers, layers, optimizers

    anything = initializers.RandomNormal(stddev=1)
    neuron = layers.Conv2D(1, 3, use_bias=False, kernel_initializer=anything)
    model = Sequential([Input((None, None, 1)), neuron])
    model.compile(optimizers.SGD(0.1, momentum=0.9), "mse")
    return model
