"""What an explorer's class declares: its settings, each once, and what else its view holds.

A setting is a descriptor of the explorer's class. The view's trait, the control, the checks, the
class's documentation and the names that JavaScript reads all follow from it.
"""

import math
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

import ipywidgets as widgets
import traitlets

from cnnlib.checks import check_boolean, check_choice, check_integer, check_number

LONG = 18
"""Letters of a menu's option; a menu with a longer one takes two columns of the controls."""


class Held:
    """A value that the view holds under the name that the explorer's class gives it."""

    trait: traitlets.TraitType

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, explorer, owner=None):
        return self if explorer is None else getattr(explorer.view, self.name)

    def __set__(self, explorer, value):
        setattr(explorer.view, self.name, value)


class _Made(traitlets.Any):
    """A trait whose first value is made for each view."""

    def __init__(self, make):
        super().__init__()
        self.make = make

    def default(self, obj=None):
        """Return the first value."""
        return self.make()


class Data(Held):
    """What the view draws from and never changes: JSON, bytes and widgets.

    Args:
        make: a function without arguments that returns it.
    """

    def __init__(self, make):
        self.trait = _Made(make).tag(sync=True, **widgets.widget_serialization)


class State(Held):
    """What the reader changes in the drawing itself; Reset restores it.

    Args:
        trait: a trait that is synchronized with the browser, its default the first state.
    """

    def __init__(self, trait):
        self.trait = trait.tag(sync=True)


class Setting(Held):
    """A value that the constructor takes and `settings()` returns.

    Attributes:
        default: what it is where the constructor is not told.
        words: what it means, for the class's documentation.
        when: the settings under which it has an effect, as a dict of names and of the value (or a
            list of values) that they must have, or a list of such dicts of which one must hold;
            at other times its control is disabled.
        linked: the trait of the control that is joined to the view's.
    """

    default: Any
    words: str
    when: dict | list
    linked = "value"

    def __get__(self, explorer, owner=None):
        return self if explorer is None else self.from_trait(getattr(explorer.view, self.name))

    def __set__(self, explorer, value):
        setattr(explorer.view, self.name, self.to_trait(value))

    @property
    def rules(self):
        """The rules of `when` as a list of dicts of lists, which JavaScript reads."""
        rules = self.when if isinstance(self.when, list) else [self.when]
        return [
            {name: value if isinstance(value, list) else [value] for name, value in rule.items()}
            for rule in rules
        ]

    def widget(self, view):
        """Return the ipywidget that controls the setting, or None."""

    def to_trait(self, value):
        """Return what the view holds for a legal value."""
        return value

    def from_trait(self, value):
        """Return the setting that the trait's value stands for."""
        return value

    def range(self):
        """Return the legal values in words, or ""."""
        return ""

    def documentation(self):
        """Return the setting's entry under `Args`."""
        legal = "; ".join(filter(None, (self.range(), f"{self.default!r} by default")))
        return f"{self.name}: {self.words} ({legal})."


@dataclass(eq=False)
class Slider(Setting):
    """A number from `low` to `high`; a whole one where everything declared is whole.

    Attributes:
        label: what the reader sees.
        low: the smallest value.
        high: the largest.
        default: the first.
        words: what it means.
        step: from one value to the next.
    """

    label: str
    low: float
    high: float
    default: float
    words: str
    step: float = 1
    _: KW_ONLY
    when: dict | list = field(default_factory=dict)

    @property
    def whole(self):
        """Whether the slider stands for whole numbers only."""
        return all(isinstance(x, int) for x in (self.low, self.high, self.default, self.step))

    @property
    def trait(self):
        """The view's trait."""
        return (traitlets.Int if self.whole else traitlets.Float)(self.default).tag(sync=True)

    def widget(self, view):
        """Return the ipywidget."""
        kind = widgets.IntSlider if self.whole else widgets.FloatSlider
        return kind(min=self.low, max=self.high, step=self.step, description=self.label)

    def to_trait(self, value):
        """Return `value` if it is in range."""
        if self.whole:
            return check_integer(self.name, value, self.low, self.high)
        return check_number(self.name, value, self.low, self.high)

    def range(self):
        """Return the legal values in words."""
        return f"{self.low:,} to {self.high:,}"


@dataclass(eq=False)
class LogSlider(Slider):
    """A positive number on a logarithmic scale; `step` is from one power of ten to the next."""

    @property
    def trait(self):
        """The view's trait."""
        return traitlets.Float(self.default).tag(sync=True)

    def widget(self, view):
        """Return the ipywidget."""
        low, high = math.log10(self.low), math.log10(self.high)
        return widgets.FloatLogSlider(
            min=low, max=high, step=self.step, description=self.label, readout_format=".2g"
        )

    def to_trait(self, value):
        """Return `value` if it is in range."""
        return check_number(self.name, value, self.low, self.high)


@dataclass(eq=False)
class Choice(Setting):
    """One of `options`; the view's trait holds its index, as that is what jslink joins.

    JavaScript reads the option's name.

    Attributes:
        label: what the reader sees.
        options: what each option is called in Python and JavaScript, and what the reader sees;
            None is the name of what is the reader's own.
        default: the first, by its name.
        words: what it means.
    """

    linked = "index"

    label: str
    options: dict[str | None, str]
    default: str
    words: str
    _: KW_ONLY
    when: dict | list = field(default_factory=dict)

    @property
    def trait(self):
        """The view's trait."""
        return traitlets.Int(list(self.options).index(self.default)).tag(sync=True)

    def widget(self, view):
        """Return the ipywidget."""
        menu = widgets.Dropdown(options=list(self.options.values()), description=self.label)
        if max(map(len, menu.options)) > LONG:
            menu.add_class("cnn-wide")
        return menu

    def to_trait(self, value):
        """Return the index of `value`."""
        return list(self.options).index(check_choice(self.name, value, self.options))

    def from_trait(self, value):
        """Return the setting that the trait's value stands for."""
        return list(self.options)[value]

    def range(self):
        """Return the legal values in words."""
        *most, last = (f'"{name}"' for name in self.options if name)
        return f"{', '.join(most)} or {last}"

    def documentation(self):
        """Return the setting's entry under `Args`."""
        return super().documentation().replace(repr(self.default), f'"{self.default}"')


@dataclass(eq=False)
class Switch(Setting):
    """On or off.

    Attributes:
        label: what the reader sees.
        default: the first state.
        words: what it means when it is on.
    """

    label: str
    default: bool
    words: str
    _: KW_ONLY
    when: dict | list = field(default_factory=dict)

    @property
    def trait(self):
        """The view's trait."""
        return traitlets.Bool(self.default).tag(sync=True)

    def widget(self, view):
        """Return the ipywidget."""
        return widgets.Checkbox(description=self.label, indent=False)

    def to_trait(self, value):
        """Return `value` if it is a boolean."""
        return check_boolean(self.name, value)


@dataclass(eq=False)
class Player(Setting):
    """Play, pause and rewind of a count, from 0 to what the view holds as `last`.

    Attributes:
        label: what the reader hears.
        last: the name of the `State` or `Data` that holds the last value.
        words: what it means.
        default: the first value.
        interval: milliseconds for which each value is shown.
    """

    label: str
    last: str
    words: str
    default: int = 0
    _: KW_ONLY
    interval: int = 700
    when: dict | list = field(default_factory=dict)

    @property
    def trait(self):
        """The view's trait."""
        return traitlets.Int(self.default).tag(sync=True)

    def widget(self, view):
        """Return the ipywidget, its end joined to the view's."""
        last = getattr(view, self.last)
        player = widgets.Play(
            description=self.label, interval=self.interval, max=last, show_repeat=False
        )
        widgets.jslink((view, self.last), (player, "max"))
        return player

    def to_trait(self, value):
        """Return `value` if it is a count."""
        return check_integer(self.name, value, least=0)

    def range(self):
        """Return the legal values in words."""
        return "counted from 0"


@dataclass(eq=False)
class Place(Setting):
    """A setting without a control, which the reader changes in the drawing itself.

    Attributes:
        trait: the view's trait, its default the first value.
        words: what it means and which values are legal; the explorer checks them.
    """

    trait: traitlets.TraitType
    words: str
    default: Any = None
    _: KW_ONLY
    when: dict | list = field(default_factory=dict)

    def __post_init__(self):
        self.trait.tag(sync=True)

    def documentation(self):
        """Return the setting's entry under `Args`."""
        return f"{self.name}: {self.words}."
