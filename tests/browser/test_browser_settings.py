"""What an explorer declares, as a browser shows it: options, Reset, settings without effect."""

from dataclasses import replace

import pytest
from browsing import settle
from gallery import EXPLORERS

from cnnlib.explorers import Choice, Slider

pytest_plugins = "browser_fixtures"

# All that a view draws; what canvases show, and drawings and texts without what differs by chance.
DRAWN = """(view) => [
  ...[...view.querySelectorAll("canvas")].map((one) => one.toDataURL()),
  ...[...view.querySelectorAll("svg")].map((one) => one.outerHTML),
  view.textContent,
]"""
VALUES = """(box) => [...box.querySelectorAll(".cnn-panel-controls :is(input, select)")].map(
  (one) => one.type === "checkbox" ? one.checked : one.value)"""


CHOOSING = [
    explorer
    for explorer in EXPLORERS
    if any(isinstance(setting, Choice) for setting in explorer._settings().values())
]


def drawn(box):
    settle(box.page)
    return box.locator(".cnn-anywidget").evaluate(DRAWN)


def agree(one, other):
    """Whether two boxes draw the same; what flickers may need further looks."""
    return any(drawn(one) == drawn(other) for _ in range(10))


def reordered(explorer):
    """The same explorer with the options of every choice in the opposite order."""
    choices = {
        name: replace(one, options=dict(reversed(one.options.items())))
        for name, one in explorer._settings().items()
        if isinstance(one, Choice)
    }
    return type(explorer.__name__, (explorer,), {"__module__": __name__, "__doc__": "", **choices})


@pytest.mark.parametrize("explorer", CHOOSING)
def test_the_order_of_options_in_python_changes_nothing_that_is_drawn(shown, explorer):
    page, (one, other) = shown(explorer(), reordered(explorer)())
    assert agree(one, other)
    for name, choice in explorer._settings().items():
        if isinstance(choice, Choice):
            for label in choice.options.values():
                for box in (one, other):
                    box.get_by_label(choice.label, exact=True).select_option(label)
                assert agree(one, other), (name, label)
            for box in (one, other):  # others may have no effect beside the last option
                first = choice.options[choice.default]
                box.get_by_label(choice.label, exact=True).select_option(first)
    assert page.errors == []


@pytest.mark.parametrize("explorer", EXPLORERS)
def test_reset_restores_settings_and_drawing(shown, explorer):
    page, (box,) = shown(explorer())
    values, before = box.evaluate(VALUES), drawn(box)
    for control in box.locator(".cnn-panel-controls :is(input[type=range], select)").all():
        if control.is_enabled():
            control.press("ArrowUp")
            control.press("ArrowUp")
            for key in ("End", "Home"):  # wherever the range's ends are, one of them is another
                if control.input_value() in values:
                    control.press(key)
    for stage in box.locator("[role=application], [role=grid] [tabindex='0']").all():
        if stage.is_visible():
            stage.press("ArrowDown")
            stage.press("ArrowRight")
    assert drawn(box) != before
    box.get_by_role("button", name="Reset", exact=True).click()
    page.wait_for_timeout(100)
    assert box.evaluate(VALUES) == values
    assert drawn(box) == before
    assert page.errors == []


def states_without(explorer, setting):
    """States of the other settings under which a setting has no effect, one for each rule."""
    settings = explorer._settings()
    for rule in setting.rules:
        for name, values in rule.items():
            other = settings[name]
            legal = (
                [one for one in other.options if one]
                if isinstance(other, Choice)
                else [other.low, other.high]
                if isinstance(other, Slider)
                else [True, False]
            )
            yield from ({name: value} for value in legal if value not in values)


WITHOUT_EFFECT = [
    pytest.param(explorer, name, state, id=f"{explorer.__name__}-{name}-{state}")
    for explorer in EXPLORERS
    for name, setting in explorer._settings().items()
    if setting.when
    for state in states_without(explorer, setting)
    if not explorer(**state)._counts(setting)
]


@pytest.mark.parametrize(("explorer", "name", "state"), WITHOUT_EFFECT)
def test_a_setting_that_is_disabled_would_change_nothing(shown, explorer, name, state):
    setting = explorer._settings()[name]
    ends = (
        [setting.low, setting.high]
        if isinstance(setting, Slider)
        else [one for one in setting.options if one][:2]
        if isinstance(setting, Choice)
        else [False, True]
    )
    page, boxes = shown(*(explorer(**state, **{name: end}) for end in ends))
    for box in boxes:
        assert box.get_by_label(setting.label, exact=True).is_disabled()
    assert drawn(boxes[0]) == drawn(boxes[1])
    assert page.errors == []


@pytest.mark.parametrize(("explorer", "name", "state"), WITHOUT_EFFECT)
def test_a_setting_is_enabled_as_soon_as_it_has_an_effect(shown, explorer, name, state):
    setting = explorer._settings()[name]
    page, (box,) = shown(explorer(**state))
    control = box.get_by_label(setting.label, exact=True)
    assert control.is_disabled()
    for ruling, values in setting.rules[0].items():
        other = explorer._settings()[ruling]
        field = box.get_by_label(other.label, exact=True)
        if isinstance(other, Choice):
            field.select_option(other.options[values[0]])
        elif isinstance(other, Slider):
            field.fill(str(values[0]))
        else:
            field.set_checked(values[0])
    settle(page)
    assert control.is_enabled()
    assert page.errors == []
