"""A real JupyterLab: the explorer against the usual route, and all chapters run as students do."""

import math
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from bench.book import built
from bench.browser import new_page, press_and_time
from bench.kernels import chapter_budget
from bench.table import Row, median_row
from tests.support.jupyterlab_session import (
    PROOF,
    explorer_in,
    explorers_of,
    jupyterlab,
    open_notebook,
    proof,
    run_cell,
    run_to_the_end,
    show,
    shut_down,
    tracks,
    write_notebook,
)

EXPLORER = """
import numpy as np
from cnnlib.explorers import ConvolutionExplorer

kernel = np.random.default_rng(0).uniform(-1, 1, [11, 11])
explorer = ConvolutionExplorer(kernel=kernel, padding="same")
explorer
"""
USUAL = """
%matplotlib inline
import matplotlib.pyplot as plt
import tensorflow as tf
from ipywidgets import IntSlider, interact

images = explorer.image()[None, :, :, None]
kernels = explorer.weights()[:, :, None, None]

def show(dilation):
    plt.imshow(tf.nn.conv2d(images, kernels, 1, "SAME", dilations=dilation)[0, :, :, 0])
    plt.show()

interact(show, dilation=IntSlider(value=1, min=1, max=3));
"""
CANVAS = "canvas => probe.watch('keydown', () => canvas.toDataURL())"
IMAGE = """area => {
  let shown = null;
  probe.watch('keydown', () => {
    const image = area.querySelector('img');
    if (image?.complete && image.naturalWidth) shown = image.src;
    return shown;
  });
}"""
ROUNDS = 3
PRESSES = 20
USUAL_PRESSES = 8


def _time_explorer(page, output, pause):
    canvas, handle = explorer_in(output)
    page.evaluate(CANVAS, canvas.element_handle())
    presses = press_and_time(page, handle("Dilation"), pause, PRESSES)
    return [press["shown"] for press in presses]


def _time_usual(page, output, pause):
    output.locator("img").wait_for(timeout=60_000)
    page.evaluate(IMAGE, output.element_handle())
    presses = press_and_time(page, output.locator(".noUi-handle"), pause, USUAL_PRESSES)
    return [press["shown"] for press in presses]


def _race(page):
    """Time both routes by turns, so that a busy machine slows both; check the kernel's view.

    Raises:
        RuntimeError: the kernel does not know the reader's setting, or computes another map.
    """
    chance = random.Random(0)
    explorer, usual = [], []
    first, second = run_cell(page, 0), run_cell(page, 1)
    for _ in range(ROUNDS):
        explorer += _time_explorer(page, first, lambda: chance.uniform(40, 80))
        usual += _time_usual(page, second, lambda: chance.uniform(100, 200))
    _, handle = explorer_in(first)
    handle("Dilation").press("ArrowRight")
    first.get_by_role("status").filter(has_text="dilation 2").wait_for()
    known = proof(page, 2)
    if known["dilation"] != 2 or not known["apart"] < 1e-4:
        raise RuntimeError(f"The kernel and the explorer disagree. Received: {known}")
    return explorer, usual


def measure():
    """Press the arrow keys on a slider of either route, in one browser and one kernel.

    Both convolve the same 128x128 picture with the same 11x11 kernel; the slider is the dilation,
    1 to 3. The explorer computes in the page; the usual route is `interact` with TensorFlow and
    matplotlib. A press counts from its keydown's timeStamp to the end of the first frame with new
    pixels: another content of the canvas, or another complete <img> in the output. At the end the
    kernel has to know the explorer's setting, and TensorFlow's map to equal NumPy's.
    """
    with tempfile.TemporaryDirectory() as folder, jupyterlab(Path(folder)) as address:
        write_notebook(Path(folder) / "notebooks" / "race.ipynb", [EXPLORER, USUAL, PROOF])
        with new_page(height=2400) as page:
            open_notebook(page, address, "race.ipynb")
            explorer, usual = _race(page)
    yield median_row("explorer in JupyterLab, slider to pixels", explorer, "ms", runs="presses")
    yield median_row("interact + matplotlib + TensorFlow", usual, "ms", runs="presses")
    ratio = statistics.median(usual) / statistics.median(explorer)
    yield Row("  times faster than interact", ratio, "x", "ratio of medians", 10, "at least")


def measure_copies():
    """Run every student's copy from top to bottom, in a kernel and a window of its own.

    It counts from opening the notebook until every cell has run and every explorer speaks.

    Raises:
        RuntimeError: a cell fails.
    """
    copies = built() / "notebooks" / "student"
    least = {}
    with tempfile.TemporaryDirectory() as folder, jupyterlab(Path(folder)) as address:
        shutil.copytree(copies, Path(folder) / "notebooks", dirs_exist_ok=True)
        for copy in filter(explorers_of, sorted(copies.rglob("*.ipynb"))):
            with new_page() as page:
                start = time.perf_counter()
                show(page, address, copy.relative_to(copies).as_posix())
                if errors := run_to_the_end(page, explorers_of(copy)):
                    raise RuntimeError(f"{copy.stem} fails in JupyterLab. Received: {errors}")
                seconds = time.perf_counter() - start
                least[copy.stem] = min(tracks(page), default=math.inf)
                shut_down(page)
            how = "one run, until all explorers speak"
            longest, _ = chapter_budget(copy)
            yield Row(f"{copy.stem}, run all in JupyterLab", seconds, "s", how, longest)
    how = f"the least of all, in {min(least, key=least.get)}"
    yield Row("a slider's track in JupyterLab", min(least.values()), "px", how, 120, "at least")
