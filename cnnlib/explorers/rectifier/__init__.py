"""`RectifierExplorer`: what a ReLU lets pass on the way back, by three rules."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider

RULES = {
    "gradient": lambda x, g: g * (x > 0),
    "deconvnet": lambda x, g: g * (g > 0),
    "guided": lambda x, g: g * (x > 0) * (g > 0),
}


class RectifierExplorer(Explorer):
    """One ReLU: what it was given on the way up, and what comes back to it from above.

    Chapter "Watching a network see".
    """

    given = Slider("Given on the way up", -2.0, 2.0, 1.0, "what the ReLU read", 0.5)
    back = Slider("Coming back", -2.0, 2.0, -1.5, "the gradient from the layer above", 0.5)

    def compute(self):
        """Return what goes on down, by the rules' names: floats."""
        return {name: float(rule(self.given, self.back)) for name, rule in RULES.items()}

    def figure(self):
        """Draw what the three rules let pass, for all gradients, where the ReLU was on and off."""
        import numpy as np

        from cnnlib import plots

        back = np.linspace(-2, 2, 81)
        curves = {
            "gradient, ReLU on": RULES["gradient"](1, back),
            "deconvnet, on or off": RULES["deconvnet"](1, back) + 0.03,
            "guided, ReLU on": RULES["guided"](1, back) - 0.03,
        }
        figure = plots.curves(back, curves, "what comes back")
        return plots.show(figure, "What a ReLU lets pass, by three rules")
