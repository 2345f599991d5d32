"""A network learns beside the page: in a worker, or where that is forbidden, between frames."""

import base64
import json
import zlib

import pytest
from test_browser_hosting import POLICY, served

from cnnlib.explorers._modules import joined

pytest_plugins = ("book_build", "browser_fixtures")

WEIGHTS = bytes(2 * (64 * 2 + 2))
LAYERS = (
    ("input", "InputLayer", [], [8, 8, 1], {}, []),
    ("flat", "Flatten", ["input"], [64], {}, []),
    (
        *("dense", "Dense", ["flat"], [2], {"activation": "softmax"}),
        [{"name": "kernel", "shape": [64, 2]}, {"name": "bias", "shape": [2]}],
    ),
)
KEYS = ("name", "kind", "inputs", "shape", "config", "weights")
NETWORK = {
    "name": "one layer",
    "layers": [dict(zip(KEYS, layer, strict=True)) for layer in LAYERS],
    "crc32": zlib.crc32(WEIGHTS),
}
# Pictures of zeros and of ones, which the network tells apart after some steps.
SCRIPT = """
  const { port, where } = await startSession();
  const losses = [];
  port.onmessage = ({ data }) => {
    losses.push(...data.losses);
    if (losses.length >= 300) window.told ??= { where, losses };
  };
  const weights = Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0));
  port.postMessage({ do: "open", graph, weights });
  const pictures = Float32Array.from({ length: 256 }, (_, i) => (i >> 6) % 2);
  const data = { pictures, classes: [0, 1, 0, 1] };
  const start = { size: 4, seed: 1, initializer: "glorot_uniform", optimizer: "sgd", settings: {} };
  port.postMessage({ do: "begin", data, ...start });
  port.postMessage({ do: "train", until: 1e9, every: 1e9 }); // which the next request ends
  port.postMessage({ do: "train", until: 1e9, every: 50, settings: { learning_rate: 0.1 } });
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with a page that trains a small network."""
    lines = [
        f"const graph = {json.dumps(NETWORK)};",
        f'const coded = "{base64.b64encode(WEIGHTS).decode()}";',
        joined("js/nn/worker.js").replace("export const", "const"),
        SCRIPT,
    ]
    folder = tmp_path_factory.mktemp("session")
    (folder / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><title>Session</title><link rel="icon" href="data:">'
        f'<script type="module">{chr(10).join(lines)}</script>'
    )
    return folder


def place(browser, address):
    """Return where the page's network learned; it must have learned."""
    page = browser.new_page()
    try:
        page.goto(address)
        found = page.wait_for_function("() => window.told", timeout=20_000).json_value()
    finally:
        page.close()
    first, *_, last = found["losses"]  # the first ones are of the request before
    assert last < min(first, 0.1)
    return found["where"]


def test_a_page_of_a_site_trains_in_a_worker(browser, site):
    with served(site) as address:
        assert place(browser, f"{address}index.html") == "worker"


def test_a_page_that_forbids_workers_of_its_own_trains_between_frames(browser, site):
    with served(site, Content_Security_Policy=POLICY) as address:
        assert place(browser, f"{address}index.html") == "page"


def test_a_page_from_a_disk_trains_in_a_worker(browser, site):
    assert place(browser, f"file://{site}/index.html") == "worker"
