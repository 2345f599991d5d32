"""Pictures that a network would like: feature visualization and DeepDream, by gradient ascent."""

import numpy as np

from cnnlib import progress
from cnnlib.checks import check_choice, check_integer, check_number
from cnnlib.seeing._opening import opened


def feature_visualization(
    model, target, steps=100, rate=0.02, decay=0.1, jitter=2, low=0, high=255, start=None, seed=0
):
    """Look for a picture that excites a class, or a map everywhere, as much as possible.

    Gradient ascent from noise: D. Erhan et al., "Visualizing Higher-Layer Features of a Deep
    Network" (2009), with the decay of K. Simonyan et al., "Deep Inside Convolutional Networks"
    (2014), and the jitter of C. Olah et al., "Feature Visualization" (2017). For a linear unit it
    comes to the unit's weights, around grey. Where the gradient is 0, grey is left.

    Args:
        model: a built `keras.Model` with one input and one output.
        target: a class number, or (layer, channel) for the mean of a map; its score, before the
            activation function, is to grow.
        steps: of the ascent.
        rate: how far a step goes: the mean move of a value, as a share of `high` - `low`.
        decay: share of its distance from grey, the middle of `low` and `high`, that a value loses
            in a step.
        jitter: pixels by which the picture is shifted at most, at random and round its edges,
            before each gradient is taken.
        low: smallest value that the model takes.
        high: largest value that the model takes.
        start: the picture to begin with [height, width, channels]; None for faint noise around
            grey, of the size that the model takes.
        seed: of noise and jitter.

    Returns:
        float32 array [height, width, channels], from `low` to `high`.

    Raises:
        TypeError: `model` is not a Keras model, or an argument has the wrong type.
        ValueError: the model is not built, has several inputs or outputs, or its channels first;
            `target` is no class or layer and channel of it; `start` does not suit it, or is
            missing where the model takes pictures of any size; or a number is out of range.
    """
    climb = _Climb(steps, rate, decay, jitter, low, high, seed)
    network, picture = opened(model, climb.noise(model) if start is None else start, "start")
    layer, channel = network.at(target)
    return climb(
        picture,
        lambda seen: network.gradient(seen, layer, lambda values: values[..., channel])[1],
    )


def deep_dream(
    model,
    picture,
    layer,
    steps=10,
    octaves=3,
    zoom=1.4,
    rate=0.006,
    jitter=8,
    low=0,
    high=255,
    seed=0,
):
    """Strengthen in a picture whatever a layer sees in it.

    A. Mordvintsev, C. Olah and M. Tyka, "Inceptionism" (2015), as their code does it: the squares
    of a layer's values climb, first in a small copy of the picture; what that changed is enlarged,
    laid over the next larger copy, and so on.

    Args:
        model: a built `keras.Model` with one input and one output.
        picture: real numbers [height, width, channels], from `low` to `high`.
        layer: name of the layer; what it gives after its activation function counts.
        steps: of the ascent, at each size.
        octaves: sizes, the last of which is the picture's. With more than one, the layers up to
            `layer` must take pictures of any size, as convolutions and pooling do.
        zoom: from one size to the next, above 1.
        rate: as in `feature_visualization`.
        jitter: as in `feature_visualization`.
        low: as in `feature_visualization`.
        high: as in `feature_visualization`.
        seed: of the jitter.

    Returns:
        float32 array like `picture`, from `low` to `high`.

    Raises:
        TypeError: as in `feature_visualization`.
        ValueError: as in `feature_visualization`; `layer` is unknown, or cannot take the smallest
            of the pictures.
    """
    climb = _Climb(steps, rate, 0, jitter, low, high, seed)
    octaves, zoom = check_integer("octaves", octaves, 1), check_number("zoom", zoom, above=1)
    network, picture = opened(model, picture)
    check_choice("layer", layer, network.steps)

    def slope(seen):
        try:
            return network.gradient(seen, layer, lambda values: values**2, activated=True)[1]
        except Exception as error:
            raise ValueError(
                f"`octaves` must leave pictures that the layers up to {layer!r} can take. "
                f"Received: {octaves}, and with them a picture of {seen.shape}"
            ) from error

    change = np.zeros_like(picture)
    for octave in reversed(range(octaves)):
        size = [max(1, round(side / zoom**octave)) for side in picture.shape[:2]]
        copy = _resized(picture, size)
        change = climb(copy + _resized(change, size), slope) - copy
    return picture + change


def _resized(picture, size):
    from keras import ops

    return ops.convert_to_numpy(ops.image.resize(picture, size, antialias=True))


class _Climb:
    """Gradient ascent; the arguments are those of `feature_visualization`."""

    def __init__(self, steps, rate, decay, jitter, low, high, seed):
        self.steps = check_integer("steps", steps, 0)
        self.rate = check_number("rate", rate, above=0)
        self.decay = check_number("decay", decay, 0, 1)
        self.jitter = check_integer("jitter", jitter, 0)
        self.low = check_number("low", low)
        self.high = check_number("high", high, above=self.low)
        self.random = np.random.default_rng(check_integer("seed", seed, 0))
        self.grey, self.range = (self.low + self.high) / 2, self.high - self.low

    def noise(self, model):
        """Return faint noise around grey, of the size that the model takes."""
        shape = (getattr(model, "input_shape", None) or ())[1:]
        if None in shape or len(shape) != 3:
            raise ValueError(
                "`start` must be given where the model does not fix its pictures' size. "
                "Received: None"
            )
        return self.grey + 0.01 * self.range * self.random.standard_normal(shape)

    def __call__(self, picture, slope):
        """Climb from a picture.

        Args:
            picture: float32 array [height, width, channels].
            slope: function from a picture to the gradient there.
        """
        for _ in progress.counted(range(self.steps), "Step"):
            shift = self.random.integers(-self.jitter, self.jitter + 1, 2)
            gradient = np.roll(slope(np.roll(picture, shift, (0, 1))), -shift, (0, 1))
            move = self.rate * self.range * gradient / (np.abs(gradient).mean() or 1)
            picture = self.grey + (1 - self.decay) * (picture - self.grey) + move
            picture = np.clip(picture, self.low, self.high, dtype="float32")
        return picture
