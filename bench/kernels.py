"""Memory and time of the notebooks' kernels."""

import time
from pathlib import Path

import nbformat
import psutil
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient

from bench.table import Row

BOOK = Path(__file__).parents[1] / "book"
QUIET = ["--log-level=ERROR"]
SHOW_EXPLORERS = """
import sys
from cnnlib import explorers
display(explorers.ConvolutionExplorer(), explorers.PaddingExplorer())
assert "tensorflow" not in sys.modules
"""


def peak_megabytes(pid):
    """Return the most memory that a process and its living children have held, in 10^6 bytes.

    The sum of the high-water marks of their resident sets (VmHWM), pages that several of them
    share counted for each.
    """
    kernel = psutil.Process(pid)
    return sum(_high_water_mark(p.pid) for p in (kernel, *kernel.children(recursive=True))) / 1e6


def _high_water_mark(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0  # a process that has just ended has no memory


def measure_explorers():
    """Show the concept chapters' explorers in a real kernel, and read its memory."""
    manager, client = start_new_kernel(kernel_name="python3", extra_arguments=QUIET)
    try:
        reply = client.execute_interactive(
            SHOW_EXPLORERS, timeout=60, output_hook=lambda message: None
        )
        if reply["content"]["status"] != "ok":
            raise RuntimeError("\n".join(reply["content"]["traceback"]))
        peak = peak_megabytes(manager.provisioner.pid)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    yield Row(
        "kernel that shows the concept explorers", peak, "MB", "peak resident memory", budget=250
    )


def run_chapter(path):
    """Run a notebook alone in a fresh kernel.

    Args:
        path: the notebook.

    Returns:
        Seconds from the kernel's start to the end of the last cell, and its peak memory in MB.
    """
    client = NotebookClient(
        nbformat.read(path, as_version=4),
        timeout=120,
        kernel_name="python3",
        extra_arguments=QUIET,
        skip_cells_with_tag="nbval-skip",
        resources={"metadata": {"path": str(path.parent)}},
    )
    start = time.perf_counter()
    with client.setup_kernel():
        for index, cell in enumerate(client.nb.cells):
            client.execute_cell(cell, index)
        return time.perf_counter() - start, peak_megabytes(client.km.provisioner.pid)


def measure_chapters():
    """Run every notebook of the book alone, once each."""
    for path in sorted(BOOK.rglob("*.ipynb")):
        if ".ipynb_checkpoints" in path.parts:
            continue
        seconds, peak = run_chapter(path)
        longest, most = chapter_budget(path)
        how = "one run, with kernel start"
        yield Row(f"{path.stem}, run alone", seconds, "s", how, longest)
        yield Row(f"{path.stem}, run alone", peak, "MB", "peak resident memory", most)


def chapter_budget(path):
    """Return the seconds and the MB that a chapter may take; those that train get twice as much."""
    return (60, 2000) if path.parent.name in ("networks", "architectures") else (30, 1000)
