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
        from keras import Input, Sequential, layers

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
        model = Sequential([Input((self.side, self.side, 1)), *recipe[: self.layers]])
        last = model.layers[-1].count_params() if self.layers else 0
        return model.output_shape[1:], last, model.count_params()

    def figure(self):
        """Draw the parameters up to each layer."""
        from cnnlib import plots

        counts = [RecipeStackExplorer(layers=n, side=self.side).compute()[2] for n in range(9)]
        figure = plots.curves(range(9), {"parameters": counts}, "layers")
        return plots.show(figure, f"{counts[-1]:,} parameters in eight layers")
