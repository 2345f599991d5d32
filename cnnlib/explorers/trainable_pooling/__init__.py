"""`TrainablePoolingExplorer`: LeNet-5's pooling, which learns a coefficient and a bias."""

import numpy as np

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class TrainablePoolingExplorer(Explorer):
    """What a unit of S2 puts out when none to four of its inputs are 1 and the others -1.

    Chapter "LeNet-5".
    """

    coefficient = Slider("Coefficient", 0.0, 3.0, 0.25, "times the sum of the window", 0.05)
    bias = Slider("Bias", -8.0, 8.0, 0.0, "what is added to it", 0.25)

    def compute(self):
        """Pool the five windows in Keras.

        Returns:
            The outputs, float32 [5].
        """
        from cnnlib.layers import TrainableAveragePooling2D, scaled_tanh

        windows = np.where(np.arange(4) < np.arange(5)[:, np.newaxis], 1, -1)
        layer = TrainableAveragePooling2D(scaled_tanh)
        layer.build((None, 2, 2, 1))
        layer.set_weights([np.float32([self.coefficient]), np.float32([self.bias])])
        return np.ravel(layer(windows.reshape(5, 2, 2, 1).astype("float32")))

    def figure(self):
        """Draw the outputs."""
        from cnnlib import plots

        outputs = self.compute()
        figure = plots.curves(np.arange(5), {"output": outputs}, "inputs that are 1")
        return plots.show(figure, f"Outputs from {outputs[0]:.2f} to {outputs[-1]:.2f}")
