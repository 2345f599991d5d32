"""The explorers in a real JupyterLab, driven in Chromium."""

import json
import re

import pytest
from browsers import chromium
from jupyterlab_session import (
    PROOF,
    choose_theme,
    explorer_in,
    jupyterlab,
    open_notebook,
    pixels,
    proof,
    run_cell,
    write_notebook,
)
from playwright.sync_api import sync_playwright

SHOW = """
from cnnlib.explorers import ConvolutionExplorer
explorer = ConvolutionExplorer()
explorer
"""


LIVE = """
from cnnlib.explorers import LiveNetworkExplorer
live = LiveNetworkExplorer()
live
"""
LIVE_PROOF = """
import json
print(json.dumps({"edits": live.edits, "right": live.compute()["right"]}))
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A notebook with explorers, opened in JupyterLab; script errors fail the last test."""
    errors = []
    folder = tmp_path_factory.mktemp("jupyterlab")
    with jupyterlab(folder) as address, sync_playwright() as playwright:
        write_notebook(folder / "notebooks" / "try.ipynb", [SHOW, PROOF, LIVE, LIVE_PROOF])
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        page.on("pageerror", lambda error: errors.append(str(error)))
        open_notebook(page, address, "try.ipynb")
        yield page
        browser.close()
    assert errors == []


def test_explorer_draws_moves_and_tells_the_kernel_in_both_themes(page):
    canvas, handle = explorer_in(run_cell(page, 0))
    light = pixels(canvas)
    assert len(set(light)) > 50

    handle("Dilation").focus()
    page.keyboard.press("ArrowRight")
    page.locator(".cnn-words", has_text="dilation 2").wait_for()
    moved = pixels(canvas)
    assert moved != light

    answer = proof(page, 1)
    assert answer["dilation"] == 2
    assert answer["apart"] < 1e-4

    before = canvas.evaluate("canvas => canvas.toDataURL()")
    choose_theme(page, light=False)
    redrawn = "([canvas, before]) => canvas.toDataURL() !== before"
    page.wait_for_function(redrawn, arg=[canvas.element_handle(), before])
    assert len(set(pixels(canvas))) > 50


def test_a_setting_without_effect_is_disabled_and_reset_frees_it(page):
    _, handle = explorer_in(run_cell(page, 0))
    slider = handle("Dilation").locator("xpath=ancestor::*[contains(@class, 'noUi-target')]")
    assert slider.get_attribute("disabled") is None
    handle("Kernel size").focus()
    page.keyboard.press("Home")
    page.locator(".cnn-words", has_text="1×1 kernel").wait_for()
    page.wait_for_function("(one) => one.hasAttribute('disabled')", arg=slider.element_handle())
    page.get_by_role("button", name="Reset", exact=True).click()
    page.locator(".cnn-words", has_text="3×3 kernel").wait_for()
    page.wait_for_function("(one) => !one.hasAttribute('disabled')", arg=slider.element_handle())


def test_a_live_network_is_broken_in_the_page_and_in_the_kernel(page):
    box = run_cell(page, 2).locator(".cnn-explorer")
    score = box.locator(".cnn-score")
    score.filter(has_text="Right on").wait_for(timeout=60_000)
    box.get_by_label(re.compile("^Maps")).press("Delete")
    score.filter(has_text=re.compile("off.*Right on .* before")).wait_for(timeout=60_000)
    told = run_cell(page, 3).locator("pre").filter(has_text="right")
    told.wait_for(timeout=60_000)
    kernel = json.loads(told.inner_text())
    assert f"map {kernel['edits'][0]['map'] + 1} of conv1 off" in score.inner_text()
    assert f"Right on {kernel['right']} of 200" in score.inner_text()
