"""`KernelBlockExplorer`: a kernel is a block through all maps below, and each map above has one."""

from cnnlib.explorers._base import Explorer
from cnnlib.explorers._settings import Slider


class KernelBlockExplorer(Explorer):
    """Two stacks of maps: what one neuron of the upper one reads in the lower.

    Chapter "Stacks of feature maps".
    """

    below = Slider("Maps below", 1, 8, 4, "maps of the lower stack")
    above = Slider("Maps above", 1, 8, 3, "maps of the upper stack")
    size = Slider("Kernel size", 1, 5, 3, "side of the kernel's window")

    def compute(self):
        """Return the parameters of the layer."""
        return (self.size**2 * self.below + 1) * self.above

    def figure(self):
        """Draw how many weights each map above needs."""
        from cnnlib import plots

        weights = self.size**2 * self.below + 1
        kernels = [(k * weights, (k + 1) * weights) for k in range(self.above)]
        figure = plots.spans(kernels, "parameters")
        return plots.show(figure, f"{self.above} kernels with {weights} parameters each")
