"""A live network's weights in a browser: damaged, handed over by another widget, and shared."""

import base64
import json
import re

import anywidget
import ipywidgets as widgets
import pytest
import traitlets
from browsing import settle
from live_network import right, says

from cnnlib.explorers import LiveNetworkExplorer

pytest_plugins = "browser_fixtures"


@pytest.mark.parametrize("foreign", [False, True])
def test_damaged_and_foreign_weights_give_a_message(shown, foreign):
    explorer = LiveNetworkExplorer()
    widget = explorer.network
    whole = widget.weights
    try:
        widget.weights = LiveNetworkExplorer("symbols").network.weights if foreign else whole[:-2]
        page, (box,) = shown(explorer)
    finally:
        widget.weights = whole
    assert "are damaged, or another network's" in box.get_by_role("alert").inner_text()
    assert page.errors == []


class Giver(anywidget.AnyWidget):
    """Hands over zeros for so many weights when its button is pressed."""

    _esm = """export default { render({ model, el }) {
      const button = document.createElement("button");
      button.textContent = "Hand over";
      button.onclick = () => {
        model.set("weights", new DataView(new ArrayBuffer(4 * model.get("count"))));
        model.save_changes();
      };
      el.append(button);
    } };"""
    weights = traitlets.Bytes().tag(sync=True)
    count = traitlets.Int().tag(sync=True)


@pytest.mark.parametrize("missing", [0, 1])
def test_weights_handed_over_by_a_widget_of_the_page_are_taken_or_refused(shown, missing):
    explorer = LiveNetworkExplorer()
    count = explorer._network.numbers.size
    giver = Giver(count=count - missing)
    widgets.jsdlink((giver, "weights"), (explorer.view, "weights"))
    page, (box,) = shown(explorer, giver)
    before = says(box), right(box)
    page.get_by_role("button", name="Hand over").click()
    settle(page)
    if missing:
        said = box.get_by_role("alert").filter(has_text=re.compile(r"\w"))
        assert f"{count} numbers of 4 bytes were expected" in said.inner_text()
        assert (says(box), right(box)) == before
    else:
        explorer.view.weights = bytes(4 * count)
        assert right(box) == explorer.compute()["right"] != before[1]
        assert says(box)[1] == 10
        box.get_by_role("button", name="Reset", exact=True).click()
        page.wait_for_timeout(100)
        assert says(box)[1] == 10
    assert page.errors == []


def test_two_explorers_of_a_network_hold_its_bytes_once(shown):
    page, boxes = shown(LiveNetworkExplorer("symbols"), LiveNetworkExplorer("symbols", picture=3))
    saved = json.loads(page.locator("script[type*='widget-state']").text_content())
    parts = [one["data"] for model in saved["state"].values() for one in model.get("buffers", [])]
    network = LiveNetworkExplorer("symbols").network
    assert len(boxes) == 2
    held = len(network.weights) + len(network.pictures.pixels)
    assert sum(len(base64.b64decode(part)) for part in parts) == held
