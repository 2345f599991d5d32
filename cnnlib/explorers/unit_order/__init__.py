"""`UnitOrderExplorer`: what passes along the shortcuts, with a ReLU behind each sum and without."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Choice, Slider

UNITS = 3


class UnitOrderExplorer(Explorer):
    """One number on its way along the shortcuts of three residual units of either order.

    Chapter "ResNet". He, Zhang, Ren & Sun, "Identity Mappings in Deep Residual Networks", 2016,
    figure 1.
    """

    order = Choice(
        "Order",
        {"post": "2015", "pre": "2016"},
        "post",
        "ReLU behind the sum, or normalization and ReLU in front of each convolution",
    )
    x = Slider("x", -2.0, 2.0, -1.0, "what the first unit reads", 0.1)
    added = Slider("Each branch adds", -1.0, 1.0, 0.5, "the same in all units", 0.1)

    def compute(self):
        """Return what each unit gives, and the slope of the last along the shortcuts alone."""
        values, slope = [], 1
        for _ in range(UNITS):
            total = round((values[-1] if values else self.x) + self.added, 6)
            stopped = self.order == "post" and total <= 0
            values.append(0 if stopped else total)
            slope *= not stopped
        return {"values": values, "slope": slope}

    def figure(self):
        """Draw what is carried from unit to unit."""
        from cnnlib import plots

        carried = [self.x, *self.compute()["values"]]
        figure = plots.curves(range(UNITS + 1), {"carried": carried}, "units passed")
        return plots.show(figure, "What the shortcuts carry")
