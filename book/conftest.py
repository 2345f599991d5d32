"""How nbval runs the notebooks: what it leaves alone, and how it talks to the kernels."""

from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

from nbval import kernel
from traitlets import default


class SocketKernelManager(kernel.KernelManager):
    """Talks to its kernel through Unix sockets.

    A TCP port that was free when the manager chose it may be taken when the kernel binds it,
    and the notebooks run in several processes at a time.
    """

    @default("transport")
    def _transport_default(self):
        return "ipc"

    @default("ip")
    def _ip_default(self):
        return str(Path(gettempdir(), f"kernel-{uuid4().hex}"))


kernel.KernelManager = SocketKernelManager


def pytest_collectstart(collector):
    """Leave alone what `make normalize` strips."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("text/html", "image/svg+xml", "stderr")


def pytest_itemcollected(item):
    """Give every cell an execution count: without one nbval does not compare its output."""
    if hasattr(item, "cell"):
        item.cell.execution_count = item.cell_num
