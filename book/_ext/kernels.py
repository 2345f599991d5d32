"""Kernels that are talked to through Unix sockets.

A TCP port that was free when the manager chose it may be taken when the kernel binds it, and
notebooks run several at a time.
"""

from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

from jupyter_client.connect import ConnectionFileMixin
from jupyter_client.manager import AsyncKernelManager, KernelManager
from traitlets import default


class _UnixSockets(ConnectionFileMixin):
    @default("transport")
    def _transport_default(self):
        return "ipc"

    @default("ip")
    def _ip_default(self):
        return str(Path(gettempdir(), f"kernel-{uuid4().hex}"))


class SocketKernelManager(_UnixSockets, KernelManager):
    """A kernel manager as nbval uses it, which reads nothing while a cell runs.

    Explorers say more meanwhile than the 1,000 messages that a socket keeps unless told otherwise.
    """

    def client(self, **options):
        """Return a client that drops nothing of what its kernel says."""
        client = super().client(**options)
        client.context.rcvhwm = 0
        return client


class AsyncSocketKernelManager(_UnixSockets, AsyncKernelManager):
    """A kernel manager as nbclient uses it."""
