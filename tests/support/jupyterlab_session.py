"""A real JupyterLab and Notebook 7 on loopback, and the few things that a reader does in them."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import nbformat

PROOF = """
import json
import numpy as np
from cnnlib import ops

chosen = explorer.settings()
apart = np.abs(explorer.compute() - (chosen["bias"] + ops.conv2d(
    explorer.image()[np.newaxis, :, :, np.newaxis],
    explorer.weights()[:, :, np.newaxis, np.newaxis],
    strides=chosen["stride"],
    padding=chosen["padding"],
    dilations=chosen["dilation"],
)[0, :, :, 0]))
print(json.dumps({"dilation": chosen["dilation"], "apart": float(apart.max())}))
"""
"""A cell that prints what the kernel knows of `explorer`, a ConvolutionExplorer without ReLU: its
dilation, and how far TensorFlow's map is from `cnnlib.ops`."""


CELLS = "jupyterapp.shell.currentWidget.content.widgets"
ALL_SHOWN = f"""() => {CELLS}.every(
  (cell) => cell.isAttached && (cell.model.type !== "markdown" || cell.rendered)
)"""
OUTPUTS = f"""{CELLS}.filter(({{ model }}) => model.type === "code"
    && !(model.getMetadata("tags") ?? []).includes("raises-exception"))
  .map(({{ model }}) => model.outputs.toJSON())"""
ERRORS = f"""() => {OUTPUTS}.flat().filter((one) => one.output_type === "error")
  .map(({{ ename, evalue }}) => `${{ename}}: ${{evalue}}`)"""
FINISHED = f"""() => {OUTPUTS}.flat().some((one) => one.output_type === "error")
  || {CELLS}.every(({{ model }}) => model.type !== "code" || model.executionCount)"""
ALIVE = """(count) =>
  document.querySelectorAll(".cnn-explorer [role=status]:not(:empty)").length >= count"""
TRACKS = """(bases) => bases.map((one) => one.getBoundingClientRect().width)"""


@contextmanager
def jupyterlab(folder):
    """Run JupyterLab and Notebook 7, on one server, with settings of their own.

    They draw every cell of a notebook, also those out of sight.

    Args:
        folder: an empty folder; the notebooks lie in its subfolder "notebooks".

    Yields:
        The server's address.

    Raises:
        RuntimeError: it does not answer within three minutes, or ends.
    """
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    settings = folder / "jupyterlab_settings_dir" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    own = {
        name: str(folder / name.lower())
        for name in (
            "IPYTHONDIR",
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "JUPYTER_RUNTIME_DIR",
            "JUPYTERLAB_SETTINGS_DIR",
            "JUPYTERLAB_WORKSPACES_DIR",
        )
    }
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    command += ["--IdentityProvider.token=", f"--ServerApp.root_dir={notebooks}"]
    command += ["--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None"]
    command += ["--JupyterNotebookApp.expose_app_in_browser=True"]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    with (folder / "log").open("w+") as log:
        server = subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            if not _answers(server, f"{address}/api"):
                log.seek(0)
                raise RuntimeError(f"JupyterLab does not answer:\n{log.read()[-3000:]}")
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def _answers(server, address):
    deadline = time.monotonic() + 180
    while server.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def write_notebook(path, cells):
    """Write a notebook with these code cells, for the Python kernel."""
    notebook = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, cells)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, path)


def open_notebook(page, address, name, place="lab/tree"):
    """Open a notebook and wait for its kernel.

    Args:
        page: playwright's page.
        address: the server's.
        name: the notebook's, in the folder "notebooks".
        place: "lab/tree" is JupyterLab, "notebooks" Notebook 7.
    """
    page.goto(f"{address}/{place}/{name}?reset")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=60_000)
    page.wait_for_function(
        "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.isReady", timeout=60_000
    )


def show(page, address, name, place="lab/tree"):
    """Open a notebook and wait until all its cells are drawn; arguments as `open_notebook`."""
    open_notebook(page, address, name, place)
    page.wait_for_function(ALL_SHOWN, timeout=120_000)


def run_all(page):
    """Run all cells; return at once."""
    page.evaluate("() => void jupyterapp.commands.execute('notebook:run-all-cells')")


def run_to_the_end(page, explorers):
    """Run all cells and wait until the explorers speak.

    Args:
        page: playwright's page.
        explorers: how many there are.

    Returns:
        The errors of cells, as texts; the first one ends the wait.
    """
    run_all(page)
    page.wait_for_function(FINISHED, timeout=300_000)
    errors = page.evaluate(ERRORS)
    if not errors:
        page.wait_for_function(ALIVE, arg=explorers, timeout=60_000)
    return errors


def shut_down(page):
    """End the kernel of the notebook that is open."""
    page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")


def explorers_of(copy):
    """Count the explorers of a live copy: each has a picture until its cell runs."""
    return sum(bool(cell.get("outputs")) for cell in nbformat.read(copy, as_version=4).cells)


def tracks(page):
    """Return the widths of all sliders' tracks, in pixels."""
    return page.locator(".cnn-explorer .noUi-base").evaluate_all(TRACKS)


def choose_theme(page, light):
    """Choose the light theme or the dark one."""
    change = "(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })"
    page.evaluate(change, "JupyterLab Light" if light else "JupyterLab Dark")
    switched = page.locator(f"body[data-jp-theme-light={str(light).lower()}]")
    switched.wait_for(state="attached")


def run_cell(page, index):
    """Run a cell as a reader does, with Shift+Enter, and return its output area.

    Args:
        page: playwright's page.
        index: the cell's, from 0.
    """
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(index)
    cell.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    return cell.locator(".jp-Cell-outputArea")


def explorer_in(output):
    """Wait until the convolution explorer of an output area is drawn.

    Args:
        output: locator of the output area.

    Returns:
        Its feature map, a canvas, and a function from a slider's label to the handle that takes
        the keys.
    """
    explorer = output.locator(".cnn-explorer")
    feature_map = explorer.locator(".cnn-map canvas").first
    explorer.get_by_role("status").filter(has_text="→").wait_for(timeout=60_000)

    def handle(label):
        slider = explorer.locator(".widget-slider").filter(has_text=label)
        return slider.locator(".noUi-handle")

    return feature_map, handle


def pixels(canvas):
    """Return a canvas's pixels, a list of (red, green, blue, opacity)."""
    flat = canvas.evaluate("""canvas => {
      const { width, height } = canvas;
      return [...canvas.getContext("2d").getImageData(0, 0, width, height).data];
    }""")
    return [tuple(flat[i : i + 4]) for i in range(0, len(flat), 4)]


def proof(page, index):
    """Run the cell that holds `PROOF` and return what it prints, as a dict."""
    text = run_cell(page, index).locator("pre").filter(has_text="apart")
    text.wait_for(timeout=60_000)
    return json.loads(text.inner_text())
