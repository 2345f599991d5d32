"""`ContinuumExplorer`: from one convolution over all channels to one for each."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice

MAPS = 24

SEGMENTS = (1, 2, 3, 4, 6, 8, 12, 24)


class ContinuumExplorer(Explorer):
    """A 1x1 convolution and 3x3 convolutions behind it, each on a segment of its 24 maps.

    Chapter "Xception". Costs are weights without biases.
    """

    segments = Choice(
        "Segments",
        {str(count): f"{count} of {MAPS // count} map{'s' * (count < MAPS)}" for count in SEGMENTS},
        "3",
        "parts of the maps, each with 3x3 kernels of its own; inception modules have 3 or 4",
    )

    def compute(self):
        """Return the weights of Keras's layers, the 1x1 and the 3x3."""
        import keras

        layers = (
            keras.layers.Conv2D(MAPS, 1, use_bias=False),
            keras.layers.Conv2D(MAPS, 3, groups=int(self.segments), use_bias=False),
        )
        for layer in layers:
            layer.build((None, 32, 32, MAPS))
        return tuple(layer.count_params() for layer in layers)

    def figure(self):
        """Draw the weights by the number of segments."""
        from cnnlib import plots

        made = [ContinuumExplorer(segments=str(count)).compute() for count in SEGMENTS]
        named = {"1×1": [point for point, _ in made], "3×3": [space for _, space in made]}
        figure = plots.curves(SEGMENTS, named, "segments")
        return plots.show(figure, "The more segments, the fewer weights in the 3×3 kernels")
