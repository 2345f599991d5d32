"""`ConvolutionExplorer`: one kernel on one picture, every weight in the reader's hands."""

import numpy as np
import traitlets

from cnnlib import data, filters
from cnnlib.explorers._base import Explorer
from cnnlib.explorers._pictures import SIDE, book_pictures, to_grey
from cnnlib.explorers._settings import Choice, Data, Slider, State, Switch

LARGEST = 11
PICTURES = ("temple", "flower", "camera", "astronaut", "coffee", "chelsea", "coins", "brick")
OWN = {None: "your own"}
"""The last choice of pictures and of kernels; its setting is an array instead of a name."""
_WIDE = {"size": list(range(2, LARGEST + 1))}
"""A kernel of one weight has no gaps, and no window of its leaves the picture."""


def _own_index(choice):
    return list(choice.options).index(None)


def _presets():
    """Return every named kernel in all the sizes that it can have here, and its usual size."""
    return {
        name: {
            "usual": len(filters.named(name)),
            "kernels": {
                str(size): np.round(filters.named(name, size).astype(float), 7).tolist()
                for size in filters.SIZES[name]
                if size <= LARGEST
            },
        }
        for name in filters.names()
    }


def _resized(kernel, size):
    """Crop a kernel, or pad it with zeros, about its centre."""
    shift = (size - 1) // 2 - (len(kernel) - 1) // 2
    result = np.zeros((size, size))
    for i, row in enumerate(kernel):
        for j, weight in enumerate(row):
            if 0 <= i + shift < size and 0 <= j + shift < size:
                result[i + shift, j + shift] = weight
    return result


def _checked_kernel(kernel):
    try:
        array = np.asarray(kernel, "float64")
    except (TypeError, ValueError):
        raise TypeError(f"`kernel` must be a name or a 2-D array. Received: {kernel!r}") from None
    if array.ndim != 2 or array.shape[0] != array.shape[1] or not 1 <= len(array) <= LARGEST:
        raise ValueError(
            f"`kernel` must be 2-D and square, 1x1 to {LARGEST}x{LARGEST}. "
            f"Received: an array of shape {array.shape}"
        )
    if not np.isfinite(array).all():
        raise ValueError(f"`kernel` must hold finite numbers. Received: {kernel!r}")
    return array


class ConvolutionExplorer(Explorer):
    """One kernel slid over one picture: edit the weights and watch the feature map.

    Chapter "Filters and feature maps". Cross-correlation, as every deep-learning library computes
    it, of a grey picture with values from 0 to 1.
    """

    picture = Choice(
        "Picture",
        {name: name for name in PICTURES} | OWN,
        "temple",
        "what is filtered: a name, or an array [height, width] or [height, width, 3] of uint8 or "
        "of floats from 0 to 1, scaled down to 128 pixels a side where it is larger",
    )
    kernel = Choice(
        "Kernel",
        {name: name.replace("_", " ") for name in filters.names()} | OWN,
        "sobel_x",
        "a name that `cnnlib.filters.named` knows, or a square 2-D array, at most 11x11",
    )
    size = Slider(
        "Kernel size",
        1,
        LARGEST,
        3,
        "side of the kernel, the kernel's usual one where it is not given",
    )
    stride = Slider("Stride", 1, 4, 1, "pixels from one neuron's window to the next")
    dilation = Slider("Dilation", 1, 3, 1, "pixels from one weight to the next", when=_WIDE)
    padding = Choice("Padding", {"valid": "valid", "same": "same"}, "same", "the rule", when=_WIDE)
    bias = Slider("Bias", -2.0, 2.0, 0.0, "added to every value of the map", 0.05)
    shades = Choice(
        "Map drawn in",
        {"signed": "signed colours", "grey": "grey"},
        "signed",
        "how the map is drawn, in two colours about zero or in grey",
    )
    relu = Switch("ReLU", False, "whether negative values become 0")
    own_kernel = State(traitlets.List([[0.0]]))
    own_pixels = State(traitlets.Instance(memoryview, (b"",)))
    own_shape = State(traitlets.List([0, 0]))
    row = State(traitlets.Int(60))
    column = State(traitlets.Int(60))
    pictures = book_pictures(PICTURES)
    presets = Data(_presets)

    def _initial(self, settings):
        own, named = {}, dict(settings)
        if not isinstance(settings.get("picture", ""), str):
            pixels = to_grey(named.pop("picture"))
            own["picture"] = _own_index(type(self).picture)
            own["own_pixels"] = memoryview(pixels.tobytes())
            own["own_shape"] = list(pixels.shape)
        if not isinstance(settings.get("kernel", ""), str):
            own["own_kernel"] = _checked_kernel(named.pop("kernel")).tolist()
            own["kernel"] = _own_index(type(self).kernel)
            own["size"] = len(own["own_kernel"])
        traits = own | super()._initial(named)
        if "size" not in traits:
            kernel = settings.get("kernel", type(self).kernel.default)
            traits["size"] = len(filters.named(kernel))
        return traits

    def image(self):
        """Return the picture shown, as float32 [height, width] from 0 to 1."""
        if self.picture is None:
            pixels = np.frombuffer(self.own_pixels, "uint8").reshape(self.own_shape)
        else:
            pixels = data.picture(self.picture, SIDE, grey=True)
        return pixels.astype("float32") / 255

    def weights(self):
        """Return the kernel shown, as float32 [size, size]."""
        if self.kernel is None:
            return np.float32(_resized(self.own_kernel, self.size))
        preset = self.presets[self.kernel]
        known = preset["kernels"].get(str(self.size))
        usual = preset["kernels"][str(preset["usual"])]
        return np.float32(known or _resized(usual, self.size))

    def settings(self):
        """Return the present settings; in a live notebook, what the reader has chosen.

        Returns:
            A dict that the constructor takes; "picture" and "kernel" are arrays where they are
            the reader's own.
        """
        settings = super().settings()
        if settings["picture"] is None:
            settings["picture"] = np.round(self.image() * 255).astype("uint8")
        if settings["kernel"] is None:
            settings["kernel"] = self.weights()
        return settings

    def compute(self):
        """Compute the feature map with TensorFlow from the present settings.

        Returns:
            Float32 array [height, width].

        Raises:
            ValueError: the kernel is larger than the picture and the padding "valid".
        """
        import tensorflow as tf

        maps = tf.nn.conv2d(
            self.image()[np.newaxis, :, :, np.newaxis],
            self.weights()[:, :, np.newaxis, np.newaxis],
            strides=self.stride,
            padding=self.padding.upper(),
            dilations=self.dilation,
        )
        maps = tf.nn.bias_add(maps, [self.bias])
        return (tf.nn.relu(maps) if self.relu else maps)[0, :, :, 0].numpy()

    def figure(self):
        """Draw picture, kernel and feature map as they are now.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import ops, plots

        image, kernel = self.image(), self.weights()
        sums = ops.conv2d(
            image[np.newaxis, :, :, np.newaxis],
            kernel[:, :, np.newaxis, np.newaxis],
            strides=self.stride,
            padding=self.padding,
            dilations=self.dilation,
        )[0, :, :, 0]
        feature_map = sums + self.bias
        if self.relu:
            feature_map = np.maximum(feature_map, 0)
        limit = max(np.quantile(np.abs(one), 0.98) for one in (sums, feature_map)) or 1
        most = np.abs(kernel).max() or 1
        signed = {"cmap": plots.SIGNED, "interpolation": "none"}
        panels = [
            ("Picture", image, {"cmap": "gray", "vmin": 0, "vmax": 1, "interpolation": "none"}),
            ("Kernel", kernel, signed | {"vmin": -most, "vmax": most}),
            ("Feature map", feature_map, signed | {"vmin": -limit, "vmax": limit}),
        ]
        with plots.style():
            figure = Figure(figsize=(8, 2.9))
            for axis, (title, array, how) in zip(figure.subplots(1, 3), panels, strict=True):
                axis.set(xticks=[], yticks=[], title=f"{title} {array.shape[0]}×{array.shape[1]}")
                axis.spines[:].set(visible=True, color=plots.LINE)
                axis.imshow(array, **how)
            if len(kernel) <= 5:
                for (i, j), weight in np.ndenumerate(kernel):
                    figure.axes[1].text(j, i, f"{weight:.3g}", ha="center", va="center")
        name = (self.kernel or "its own").replace("_", " ")
        return plots.show(figure, f"A picture, the kernel {name} and the feature map it gives")
