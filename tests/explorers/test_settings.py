"""A setting is declared once: trait, control, check, documentation and what JavaScript reads."""

import inspect

import ipywidgets as widgets
import pytest
import traitlets
from gallery import EXPLORERS

from cnnlib.explorers import Choice, Explorer, LogSlider, Place, Slider, State, Switch


class Lamp(Explorer, script="export default { render() {} };"):
    """A lamp.

    Chapter "None".
    """

    kind = Choice("Kind", {"oil": "an oil lamp", "electric": "an electric lamp"}, "oil", "the lamp")
    wick = Slider("Wick", 1, 9, 3, "length of the wick", when={"kind": "oil"})
    volts = Slider("Volts", 6.0, 12.0, 9.0, "voltage", when={"kind": "electric"})
    lit = Switch("Lit", False, "whether it burns")
    shade = Place(traitlets.Int(0), "the shade, which the drawing turns")
    moths = State(traitlets.List([1]))


def controls(explorer):
    return {one.description: one for one in explorer.children[0].children}


@pytest.mark.parametrize("explorer", EXPLORERS)
def test_every_setting_is_documented_and_in_the_signature(explorer):
    for name in explorer().settings():
        assert f"\n    {name}: " in explorer.__doc__
        assert name in inspect.signature(explorer).parameters


@pytest.mark.parametrize("explorer", EXPLORERS)
def test_every_control_is_joined_to_a_trait_of_the_view(explorer):
    made = explorer()
    declared = [one for one in made._settings().values() if one.widget(made.view)]
    for setting, widget in zip(declared, made.children[0].children, strict=True):
        assert getattr(widget, setting.linked) == getattr(made.view, setting.name)
        assert widget.description == setting.label


def test_documentation_signature_and_control_follow_from_the_declaration():
    assert Lamp.__doc__.startswith("A lamp.\n")
    assert '    kind: the lamp ("oil" or "electric"; "oil" by default).' in Lamp.__doc__
    assert "    wick: length of the wick (1 to 9; 3 by default)." in Lamp.__doc__
    assert inspect.signature(Lamp).parameters["volts"].default == 9.0
    assert list(controls(Lamp())) == ["Kind", "Wick", "Volts", "Lit"]


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [
        ((0, 9, 3, 1), widgets.IntSlider),
        ((0.0, 9, 3, 1), widgets.FloatSlider),
        ((0, 9.5, 3, 1), widgets.FloatSlider),
        ((0, 9, 2.5, 1), widgets.FloatSlider),
        ((0, 9, 3, 0.5), widgets.FloatSlider),
    ],
)
def test_a_range_with_a_float_in_it_is_no_slider_of_whole_numbers(numbers, kind):
    low, high, default, step = numbers
    assert isinstance(Slider("", low, high, default, "", step).widget(None), kind)


def test_a_logarithmic_slider_runs_from_power_to_power():
    widget = LogSlider("", 0.001, 10.0, 0.1, "", 0.5).widget(None)
    assert isinstance(widget, widgets.FloatLogSlider)
    assert (widget.min, widget.max, widget.step) == (-3, 1, 0.5)


def test_settings_can_be_read_and_set_by_name():
    lamp = Lamp(kind="electric")
    lamp.kind = "oil"
    assert lamp.view.kind == 0
    assert lamp.kind == "oil"
    with pytest.raises(ValueError, match="`kind` must be one of 'oil', 'electric'"):
        lamp.kind = "gas"


def test_a_setting_without_effect_is_disabled():
    lamp = controls(Lamp())
    assert (lamp["Wick"].disabled, lamp["Volts"].disabled) == (False, True)
    lamp = controls(Lamp(kind="electric"))
    assert (lamp["Wick"].disabled, lamp["Volts"].disabled) == (True, False)


def test_the_view_tells_javascript_names_ranges_and_what_reset_restores():
    declared = Lamp(wick=5).view.declared
    assert declared["options"] == {"kind": ["oil", "electric"]}
    assert declared["range"] == {"wick": [1, 9], "volts": [6.0, 12.0]}
    assert declared["start"]["wick"] == 5
    assert declared["start"]["moths"] == [1]
    assert declared["when"]["volts"] == [{"kind": ["electric"]}]


def test_a_view_opens_with_all_that_it_declares(monkeypatch):
    opened = []

    def noted(view):
        opened.append(view.get_state())
        super(Lamp.View, view).open()

    monkeypatch.setattr(Lamp.View, "open", noted)
    view = Lamp(wick=5).view
    assert [state["declared"] for state in opened] == [view.declared]


def test_a_name_that_ipywidgets_uses_is_refused():
    with pytest.raises(TypeError, match="'open'"):

        class Door(Explorer, script="export default 1;"):
            open = Switch("Open", False, "whether it is open")


def test_a_subclass_may_declare_a_setting_anew():
    class Other(Lamp, script="export default 1;"):
        """Another."""

        wick = Slider("Wick", 1, 20, 7, "length of the wick")

    assert Other().wick == 7
    assert Lamp().wick == 3
