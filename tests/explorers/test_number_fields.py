"""Numbers typed into a drawing's own fields: kept while typed, and entered where they belong."""

import re

import pytest
from browsing import settle

from cnnlib.explorers import ConvolutionExplorer, ReceptiveFieldExplorer

pytest_plugins = "browser_fixtures"

FIELDS = [
    (ReceptiveFieldExplorer, "Kernel"),
    (ConvolutionExplorer, "Weight in row 0, column 0, value"),
]


def typed(box, name, text):
    """Type into a field of an explorer, without an end; return the field."""
    field = box.get_by_label(name, exact=True)
    field.click()
    box.page.keyboard.press("ControlOrMeta+a")
    box.page.keyboard.type(text)
    return field


@pytest.mark.parametrize(("explorer", "name"), FIELDS)
def test_a_number_that_is_typed_outlasts_a_drawing_and_is_entered_in_the_end(shown, explorer, name):
    page, (box,) = shown(explorer())
    field = typed(box, name, "1")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")  # all is drawn anew
    settle(page)
    page.keyboard.type("1")
    assert field.input_value() == "11"
    page.keyboard.press("Enter")
    settle(page)
    assert field.input_value() == "11"
    assert page.errors == []


@pytest.mark.parametrize(("explorer", "name"), FIELDS)
def test_what_is_no_number_gives_way_to_the_value(shown, explorer, name):
    page, (box,) = shown(explorer())
    before = box.get_by_label(name, exact=True).input_value()
    field = typed(box, name, "-")
    page.keyboard.press("Tab")
    settle(page)
    assert field.input_value() == before


def test_a_number_is_entered_for_the_layer_for_which_it_was_typed(shown):
    page, (box,) = shown(ReceptiveFieldExplorer())
    kernel = typed(box, "Kernel", "7")
    drawing = box.get_by_role("application", name=re.compile("^Layers from the side"))
    side = drawing.bounding_box()
    page.mouse.click(side["x"] + side["width"] / 2, side["y"] + side["height"] - 30)
    settle(page)
    assert kernel.input_value() == "3"
    box.get_by_role("row").nth(6).click()  # the fifth layer's, below the head and the picture's
    settle(page)
    assert kernel.input_value() == "7"


def test_a_weight_is_entered_for_the_cell_for_which_it_was_typed(shown):
    page, (box,) = shown(ConvolutionExplorer(kernel="sobel_x"))
    typed(box, "Weight in row 0, column 0, value", "5")
    cell = box.get_by_role("gridcell", name="row 1, column 2: 2")
    cell.click()
    settle(page)
    assert box.get_by_role("gridcell", name="row 0, column 0: 5").is_visible()
    assert cell.is_visible()
