"""How nbval runs the notebooks: what it leaves alone, and how it talks to the kernels."""

from nbval import kernel

from _ext.kernels import SocketKernelManager

kernel.KernelManager = SocketKernelManager


def pytest_collectstart(collector):
    """Leave alone what `make normalize` strips."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("text/html", "image/svg+xml", "stderr")


def pytest_itemcollected(item):
    """Give every cell an execution count: without one nbval does not compare its output."""
    if hasattr(item, "cell"):
        item.cell.execution_count = item.cell_num
