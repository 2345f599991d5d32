"""How nbval judges the notebooks: what it leaves alone, and where executions come from.

With `--executed CACHE` it compares what a build executed and kept, as long as that is current,
instead of executing the same cells again.
"""

import os
from itertools import chain
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from nbval import kernel

from _ext import execution
from _ext.kernels import SocketKernelManager

kernel.KernelManager = SocketKernelManager
os.environ["CNNLIB_PROGRESS"] = ""  # what tests solve is nobody's progress


class RecordedKernel:
    """Answers nbval as the kernel did whose outputs a notebook holds.

    Args:
        notebook: the executed notebook.
    """

    def __init__(self, notebook):
        self.cells = (
            cell for cell in notebook.cells if cell.cell_type == "code"
        )

    def is_alive(self):
        return True

    def stop(self):
        pass

    def execute_cell_input(self, source, allow_stdin):
        """Find the next cell with this source, and get its outputs ready as messages."""
        cell = next(one for one in self.cells if one.source == source)
        idle = ("status", {"execution_state": "idle"})
        outputs = ((output.output_type, output) for output in cell.outputs)
        self.messages = (
            {
                "msg_type": kind,
                "content": content,
                "parent_header": {"msg_id": id(cell)},
            }
            for kind, content in chain(outputs, [idle])
        )
        return id(cell)

    def await_reply(self, identifier, timeout):
        pass

    def await_idle(self, identifier, timeout):
        pass

    def get_message(self, stream, timeout):
        return next(self.messages)


def pytest_addoption(parser):
    parser.addoption(
        "--executed",
        type=Path,
        help="the cache of a build's executed notebooks",
    )


def pytest_collectstart(collector):
    """Leave alone what `make normalize` strips; take the build's execution where it is current."""
    if not hasattr(collector, "skip_compare"):
        return
    collector.skip_compare += ("text/html", "image/svg+xml", "stderr")
    folder = collector.config.getoption("executed")
    if folder and folder.is_dir():
        cache, notebook = (
            get_cache(folder),
            nbformat.read(collector.path, as_version=4),
        )
        if execution.is_cached(
            notebook, cache, collector.config.rootpath / "book"
        ):
            _, executed = cache.merge_match_into_notebook(notebook)
            collector.setup = lambda: setattr(
                collector, "kernel", RecordedKernel(executed)
            )


def pytest_itemcollected(item):
    """Give every cell an execution count: without one nbval does not compare its output."""
    if hasattr(item, "cell"):
        item.cell.execution_count = item.cell_num
