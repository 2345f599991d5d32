"""Cuts the network off in every Python process that has this folder on its path.

Loopback stays, because Jupyter's kernels talk over it. Each attempt to reach anything else
fails as on a machine without a network, and is noted in the file that OFFLINE_LOG names.
"""

import os
import socket
import sys

LOOPBACK = ("127.", "::1", "localhost")


def _refuse(event: str, arguments: tuple) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        channel, address = arguments
        if channel.family not in (socket.AF_INET, socket.AF_INET6) or address is None:
            return
        host = address[0]
    elif event == "socket.getaddrinfo":
        host = arguments[0] or "localhost"
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if not host.startswith(LOOPBACK):
        with open(os.environ["OFFLINE_LOG"], "a") as log:
            log.write(f"{event} {host}\n")
        raise OSError(f"the network is cut off: {host}")


sys.addaudithook(_refuse)
