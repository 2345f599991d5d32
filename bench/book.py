"""The built book, brought up to date once and served on loopback."""

import http.server
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from bench.table import Row

ROOT = Path(__file__).parents[1]
HTML = ROOT / "build" / "_build" / "html"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        """Keep the table free of the server's log."""


def make_book():
    """Run `make book` and return how long it took, in seconds.

    Raises:
        RuntimeError: the book does not build; the message ends with the log's last lines.
    """
    start = time.perf_counter()
    done = subprocess.run(["make", "book"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError("`make book` failed:\n" + (done.stdout + done.stderr)[-3000:])
    return time.perf_counter() - start


@cache
def built():
    """Return the folder of the built pages, made anew from what has changed."""
    make_book()
    return HTML


@contextmanager
def served():
    """Serve the built book as `make read` does; gives its address."""
    handler = partial(_Quiet, directory=built())
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def measure():
    """Write every page anew; the notebooks' outputs come out of the execution cache.

    Sphinx remembers in .doctrees what it has read. Without that it reads and writes every page.
    """
    built()
    shutil.rmtree(HTML.parent / ".doctrees")
    yield Row("make book, outputs cached", make_book(), "s", "one run, every page", budget=30)
