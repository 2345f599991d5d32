"""`RecipeStackExplorer`: the digits recipe, layer by layer, and what each layer holds."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class RecipeStackExplorer(Explorer):
    """The shapes of the digits recipe while it is built, and its parameters up to there.

    Chapter "Building and training a CNN".
    """

    layers = Slider("Layers", 0, 8, 3, "how many of the recipe's eight layers stand")
    side = Slider("Side of the picture", 8, 40, 28, "rows and columns, of one channel", 2)

    def compute(self):
        """Build the layers in Keras.

        Returns:
            The shape of what comes out, a tuple, and the parameters of the last layer and of all.
        """
        shapes, parameters = self._built()
        return shapes[self.layers], parameters[self.layers], sum(parameters[: self.layers + 1])

    def figure(self):
        """Draw the parameters of each layer."""
        from cnnlib import plots

        _, parameters = self._built()
        figure = plots.curves(range(9), {"parameters": parameters}, "layer")
        return plots.show(figure, f"{sum(parameters):,} parameters in eight layers")

    def _built(self):
        """Return the shapes and the parameters of the picture and of all layers, two lists."""
        from keras import Input, layers

        recipe = [
            layers.Conv2D(32, 3, activation="relu"),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
        outputs = [Input((self.side, self.side, 1))]
        for layer in recipe:
            outputs.append(layer(outputs[-1]))
        parameters = [0, *(layer.count_params() for layer in recipe)]
        return [output.shape[1:] for output in outputs], parameters
