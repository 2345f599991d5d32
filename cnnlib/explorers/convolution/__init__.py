"""`ConvolutionExplorer`: one kernel on one picture, every weight in the reader's hands."""

import ipywidgets as widgets
import numpy as np
import traitlets

from cnnlib import data, filters
from cnnlib.explorers._base import Choice, Explorer, Slider, Switch, View
from cnnlib.explorers._modules import front_end
from cnnlib.explorers._pictures import SIDE, Picture, shared, to_grey

LARGEST = 11
PICTURES = ("temple", "flower", "camera", "astronaut", "coffee", "chelsea", "coins", "brick")
OWN = {None: "your own"}
"""The last choice of pictures and of kernels; its setting is an array instead of a name."""


def _presets():
    """List every named kernel in all the sizes that it can have here, and its usual size."""
    return [
        {
            "usual": len(filters.named(name)),
            "kernels": {
                str(size): np.round(filters.named(name, size).astype(float), 7).tolist()
                for size in filters.SIZES[name]
                if size <= LARGEST
            },
        }
        for name in filters.names()
    ]


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


class ConvolutionView(View):
    """Picture, kernel and feature map; see convolution.js."""

    _esm = front_end("convolution/view.js")

    pictures = traitlets.List(traitlets.Instance(Picture)).tag(
        sync=True, **widgets.widget_serialization
    )
    presets = traitlets.List().tag(sync=True)

    picture = traitlets.Int(0).tag(sync=True)
    kernel = traitlets.Int(0).tag(sync=True)
    size = traitlets.Int(3).tag(sync=True)
    stride = traitlets.Int(1).tag(sync=True)
    dilation = traitlets.Int(1).tag(sync=True)
    padding = traitlets.Int(1).tag(sync=True)
    bias = traitlets.Float(0.0).tag(sync=True)
    relu = traitlets.Bool(False).tag(sync=True)
    shades = traitlets.Int(0).tag(sync=True)

    own_kernel = traitlets.List([[0.0]]).tag(sync=True)
    own_pixels = widgets.trait_types.CByteMemoryView(memoryview(b"")).tag(sync=True)
    own_shape = traitlets.List([0, 0]).tag(sync=True)
    row = traitlets.Int(60).tag(sync=True)
    column = traitlets.Int(60).tag(sync=True)

    @traitlets.default("pictures")
    def _default_pictures(self):
        return [shared(name) for name in PICTURES]

    @traitlets.default("presets")
    def _default_presets(self):
        return _presets()


class ConvolutionExplorer(Explorer):
    """One kernel slid over one picture: edit the weights and watch the feature map.

    Chapter "Filters and feature maps". Cross-correlation, as every deep-learning library computes
    it, of a grey picture with values from 0 to 1.

    Args:
        picture: a name (temple, flower, camera, astronaut, coffee, chelsea, coins, brick) or an
            array [height, width] or [height, width, 3], uint8 or floats from 0 to 1; scaled down
            to 128 pixels a side where it is larger.
        kernel: a name that `cnnlib.filters.named` knows, or a square 2-D array, at most 11x11.
        size: side of the kernel, 1 to 11; by default the kernel's usual one.
        stride: pixels from one neuron's window to the next, 1 to 4.
        dilation: pixels from one weight to the next, 1 to 3.
        padding: "valid" or "same".
        bias: added to every value of the map, -2 to 2.
        relu: whether negative values become 0.
        shades: how the map is drawn, "signed" (two colours about zero) or "grey".

    Raises:
        TypeError: an unknown setting or one of the wrong type.
        ValueError: a setting out of range, an unknown name, a kernel that is not 2-D and square,
            a picture of the wrong rank.
    """

    View = ConvolutionView
    controls = (
        Choice("picture", "Picture", {name: name for name in PICTURES} | OWN),
        Choice(
            "kernel",
            "Kernel",
            {name: name.replace("_", " ") for name in filters.names()} | OWN,
        ),
        Slider("size", "Kernel size", 1, LARGEST),
        Slider("stride", "Stride", 1, 4),
        Slider("dilation", "Dilation", 1, 3),
        Choice("padding", "Padding", {"valid": "valid", "same": "same"}),
        Slider("bias", "Bias", -2.0, 2.0, 0.05),
        Choice("shades", "Map drawn in", {"signed": "signed colours", "grey": "grey"}),
        Switch("relu", "ReLU"),
    )

    def __init__(self, *, picture="temple", kernel="sobel_x", **settings):
        super().__init__(picture=picture, kernel=kernel, **settings)

    def _initial(self, settings):
        own = {}
        if not isinstance(settings["picture"], str):
            pixels = to_grey(settings.pop("picture"))
            own["picture"] = len(PICTURES)
            own["own_pixels"] = memoryview(pixels.tobytes())
            own["own_shape"] = list(pixels.shape)
        if not isinstance(settings["kernel"], str):
            own["own_kernel"] = _checked_kernel(settings.pop("kernel")).tolist()
            own["kernel"] = len(filters.names())
            own["size"] = len(own["own_kernel"])
        traits = own | super()._initial(settings)
        if "size" not in traits:
            traits["size"] = len(filters.named(settings["kernel"]))
        return traits

    def image(self):
        """Return the picture shown, as float32 [height, width] from 0 to 1."""
        if self.view.picture < len(PICTURES):
            pixels = data.picture(PICTURES[self.view.picture], SIDE, grey=True)
        else:
            pixels = np.frombuffer(self.view.own_pixels, "uint8").reshape(self.view.own_shape)
        return pixels.astype("float32") / 255

    def weights(self):
        """Return the kernel shown, as float32 [size, size]."""
        view = self.view
        if view.kernel == len(view.presets):
            return _resized(view.own_kernel, view.size).astype("float32")
        preset = view.presets[view.kernel]
        known = preset["kernels"].get(str(view.size))
        usual = preset["kernels"][str(preset["usual"])]
        return np.float32(known or _resized(usual, view.size))

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

        settings = super().settings()
        maps = tf.nn.conv2d(
            self.image()[np.newaxis, :, :, np.newaxis],
            self.weights()[:, :, np.newaxis, np.newaxis],
            strides=settings["stride"],
            padding=settings["padding"].upper(),
            dilations=settings["dilation"],
        )
        maps = tf.nn.bias_add(maps, [settings["bias"]])
        return (tf.nn.relu(maps) if settings["relu"] else maps)[0, :, :, 0].numpy()

    def figure(self):
        """Draw picture, kernel and feature map as they are now.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        from matplotlib.figure import Figure

        from cnnlib import ops, plots

        s = super().settings()
        image, kernel = self.image(), self.weights()
        feature_map = (
            s["bias"]
            + ops.conv2d(
                image[np.newaxis, :, :, np.newaxis],
                kernel[:, :, np.newaxis, np.newaxis],
                strides=s["stride"],
                padding=s["padding"],
                dilations=s["dilation"],
            )[0, :, :, 0]
        )
        if s["relu"]:
            feature_map = np.maximum(feature_map, 0)
        limit = np.quantile(np.abs(feature_map), 0.98) or 1
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
        name = (s["kernel"] or "its own").replace("_", " ")
        return plots.show(figure, f"A picture, the kernel {name} and the feature map it gives")
