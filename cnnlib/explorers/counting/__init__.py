"""`CountingExplorer`: one network, and all the numbers that tables print for it."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Data, Switch


def _counts():
    """Return what is counted in ResNet-50, as plain numbers."""
    import keras

    from cnnlib import analyze, models

    versions = {name: analyze(models.ResNet50, version=name) for name in ("v1", "v1.5")}
    of_keras = analyze(keras.applications.ResNet50, weights=None)
    trained = versions["v1"].trainable_params
    return {
        "macs": {name: analysis.macs for name, analysis in versions.items()},
        "weights": trained,
        "biases": of_keras.trainable_params - trained,
        "statistics": of_keras.params - of_keras.trainable_params,
    }


class CountingExplorer(Explorer):
    """ResNet-50's parameters and operations, counted in the ways that tables do.

    Chapter "All of them, compared".
    """

    version = Choice(
        "Version",
        {"v1": "v1, of the paper", "v1.5": "v1.5, of most libraries"},
        "v1",
        "whether a stage's first 1×1 convolution strides, or its 3×3",
    )
    unit = Choice(
        "Operations",
        {"macs": "multiply-adds (MACs)", "flops": "single operations (FLOPs)"},
        "macs",
        "what is counted as one operation",
    )
    biases = Switch("Count Keras's biases", False, "whether convolutions have biases that count")
    statistics = Switch(
        "Count moving statistics", False, "whether batch normalization's moving statistics count"
    )
    counts = Data(_counts)

    def compute(self):
        """Return the parameters and the operations, counted as the settings say."""
        counts = self.counts
        parameters = counts["weights"] + sum(
            counts[name] for name in ("biases", "statistics") if getattr(self, name)
        )
        return parameters, counts["macs"][self.version] * (2 if self.unit == "flops" else 1)

    def figure(self):
        """Draw both as bars."""
        from matplotlib.figure import Figure

        from cnnlib import plots

        parameters, operations = self.compute()
        with plots.style():
            figure = Figure(figsize=(6.5, 1.4))
            bars = figure.subplots().barh(
                ["operations, G", "parameters, M"], [operations / 1e9, parameters / 1e6]
            )
            bars[0].set_color(plots.POSITIVE)
        return plots.show(
            figure, f"ResNet-50: {parameters:,} parameters, {operations:,} operations"
        )
