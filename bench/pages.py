"""The static pages in Chromium: from a slider to the pixels, cold loads, weight."""

import gzip
import random
import sys
from functools import partial
from urllib.parse import urlsplit

from playwright.sync_api import TimeoutError

from bench.book import built, served
from bench.browser import new_page, press_and_time
from bench.table import Row, median_row, tail_row

LOADS = 5
PRESSES = 80
FRAME = 1000 / 60
MAP = ".cnn-map canvas"


def measure_slider():
    """Time a slider of the convolution explorer, 128x128 pixels under an 11x11 kernel.

    The kernel is random, so that no weight is 0, and the padding "same". The arrow keys move the
    dilation, which takes the whole convolution anew each time. A press counts from its input
    event's timeStamp to the end of the frame (see probe.js) that changes the feature map, and the
    presses come at random moments of a frame: half a frame of waiting is part of the median.
    """
    chance = random.Random(0)
    with served() as address, new_page() as page:
        page.goto(f"{address}/foundations/filters.html", wait_until="networkidle")
        explorer = page.locator(".cnn-explorer").filter(has_text="Dilation").first
        explorer.get_by_label("Kernel size", exact=True).press("End")
        explorer.get_by_label("Padding", exact=True).press("ArrowDown")
        explorer.get_by_role("button", name="Random").click()
        words = explorer.get_by_role("status")
        words.filter(
            has_text="11×11 kernel, stride 1, dilation 1, same: 128×128 → 128×128"
        ).wait_for()
        canvas = explorer.locator(MAP).first.element_handle()
        page.evaluate("canvas => probe.watch('input', () => canvas.toDataURL())", canvas)
        slider = explorer.get_by_label("Dilation", exact=True)
        presses = press_and_time(page, slider, lambda: chance.uniform(40, 80), PRESSES)
    shown = [press["shown"] for press in presses]
    script = [press["script"] for press in presses]
    yield median_row("slider to pixels, static page", shown, "ms", FRAME, "presses")
    yield tail_row("slider to pixels, static page", shown, "ms", 33, "presses")
    yield median_row("  of which computing and drawing", script, "ms", runs="presses")


LOOK = """(view) => probe.watch("input", () => view.innerHTML
  + [...view.querySelectorAll("canvas")].map((canvas) => canvas.toDataURL()))"""


def _with_explorers():
    """Return the addresses of the pages that hold explorers, below the book's."""
    paths = sorted(built().rglob("*.html"))
    found = [path for path in paths if 'class="cnn-static"' in path.read_text("utf-8")]
    return [path.relative_to(built()).as_posix() for path in found]


def measure_explorers():
    """Time the first slider of every explorer at its default size, as `measure_slider` does.

    A press counts to the end of the first frame in which anything in the view has changed. An
    explorer in which a press changes nothing, as in a year without a network, is named
    and left out.
    """
    with served() as address:
        for path in _with_explorers():
            with new_page() as page:
                page.goto(f"{address}/{path}", wait_until="networkidle")
                for index, explorer in enumerate(page.locator(".cnn-explorer").all(), 1):
                    slider = explorer.locator("input[type=range]").first
                    if not slider.count():
                        continue
                    slider.press("Home")
                    page.wait_for_timeout(200)
                    explorer.locator(".cnn-view").evaluate(LOOK)
                    chance = random.Random(index)
                    name = f"{path.rpartition('/')[2].removesuffix('.html')} {index}"
                    try:
                        presses = press_and_time(page, slider, partial(chance.uniform, 40, 80), 20)
                    except TimeoutError:
                        print(f"  {name}: left out, a press changed nothing", file=sys.stderr)
                        continue
                    shown = [press["shown"] for press in presses]
                    script = [press["script"] for press in presses]
                    yield median_row(f"{name}: slider to pixels", shown, "ms", FRAME, "presses")
                    yield median_row("  computing and drawing", script, "ms", runs="presses")


def _cold_load(address):
    """Load a page in a new browser process; return probe.js's `load` once the page is idle."""
    with new_page() as page:
        page.goto(address, wait_until="networkidle")
        page.evaluate("window.MathJax?.startup?.promise")
        page.wait_for_function("probe.load.usable")
        return page.evaluate("probe.load")


def measure_loads():
    """Time cold loads over loopback: a new browser process with an empty profile each time.

    Usable: from the start of the navigation to the end of the frame in which the first explorer
    is drawn and takes input ([data-ready]). Blocked: the whole length of every main-thread task
    longer than 50 ms, until the network is idle and the formulas are set.
    """
    with served() as address:
        for path in _with_explorers():
            loads = [_cold_load(f"{address}/{path}") for _ in range(LOADS)]
            name = path.rpartition("/")[2].removesuffix(".html")
            usable = [load["usable"] / 1000 for load in loads]
            blocked = [load["blocked"] / 1000 for load in loads]
            yield median_row(f"{name}: first explorer usable", usable, "s", 1.2, "cold loads")
            yield median_row(f"{name}: main thread blocked", blocked, "s", 0.4, "cold loads")


def _requests(address):
    """Load a page; return the bytes that it weighs under gzip -9 and the other hosts asked."""
    with new_page() as page:
        answers, hosts = [], []
        page.on("response", lambda answer: answers.append(answer))
        page.on("request", lambda asked: hosts.append(urlsplit(asked.url).hostname))
        page.goto(address, wait_until="networkidle")
        bodies = [answer.body() for answer in answers if answer.url.startswith("http")]
        weight = sum(len(gzip.compress(body, 9)) for body in bodies)
        return weight, [host for host in hosts if host not in (None, "127.0.0.1")]


def measure_weight():
    """Weigh everything that each page of the book requests until the network is idle."""
    pages = [
        path.relative_to(built()).as_posix()
        for path in built().rglob("*.html")
        if "_static" not in path.parts
    ]
    with served() as address:
        found = {page: _requests(f"{address}/{page}") for page in sorted(pages)}
    heaviest = max(found, key=lambda page: found[page][0])
    megabytes = found[heaviest][0] / 1e6
    foreign = sum(len(hosts) for _, hosts in found.values())
    how = f"gzip -9; the heaviest of {len(pages)}: {heaviest}"
    yield Row("page weight, compressed", megabytes, "MB", how, budget=1)
    yield Row("requests to other hosts", foreign, "", f"all of {len(pages)} pages", budget=0)
