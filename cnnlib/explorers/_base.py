"""What every explorer shares.

An explorer is a box of ordinary ipywidgets controls above a view. The view is an anywidget: a few
plain traits in Python and a JavaScript module that draws them. `jslink` joins each control to a
trait of the view inside the browser, so the explorer works where no kernel runs.

To write one: a `View` subclass with its traits and its script, and an `Explorer` subclass with
its `controls`, `compute` and `figure`.
"""

import numbers
import os
from dataclasses import dataclass
from typing import ClassVar

import anywidget
import ipywidgets as widgets

from cnnlib.explorers._modules import FOLDER
from cnnlib.geometry import check_integer


def styles(*own):
    """Join the explorers' style sheets and those of one explorer's own.

    Args:
        *own: names of CSS files in this folder.

    Returns:
        The source of one style sheet.
    """
    names = ("palette.css", "explorers.css", *own)
    return "".join((FOLDER / name).read_text("utf-8") for name in names)


class View(anywidget.AnyWidget):
    """The drawn part of an explorer; subclasses add `_esm` and traits tagged `sync=True`.

    One with a style sheet of its own sets `_css` to `styles("name.css")`.
    """

    _css = styles()


@dataclass(frozen=True)
class Slider:
    """A number from `low` to `high` on the view's trait `name`."""

    name: str
    label: str
    low: float
    high: float
    step: float = 1
    linked: ClassVar[str] = "value"

    def widget(self, view):
        """Return the ipywidget."""
        kind = widgets.IntSlider if isinstance(self.step, int) else widgets.FloatSlider
        return kind(min=self.low, max=self.high, step=self.step, description=self.label)

    def to_trait(self, value):
        """Return `value` if it is in range."""
        if isinstance(self.step, int):
            return check_integer(self.name, value, self.low, self.high)
        if isinstance(value, bool) or not isinstance(value, numbers.Real):
            raise TypeError(f"`{self.name}` must be a number. Received: {value!r}")
        if not self.low <= value <= self.high:
            raise ValueError(
                f"`{self.name}` must be from {self.low} to {self.high}. Received: {value!r}"
            )
        return float(value)

    def from_trait(self, value):
        """Return the setting that the trait's value stands for."""
        return value


@dataclass(frozen=True)
class Choice:
    """One of `options`; the view's trait `name` holds its index, as that is what jslink joins."""

    name: str
    label: str
    options: dict[str, str]
    """What each option is called in Python, and what the reader sees."""
    linked: ClassVar[str] = "index"

    def widget(self, view):
        """Return the ipywidget."""
        return widgets.Dropdown(options=list(self.options.values()), description=self.label)

    def to_trait(self, value):
        """Return the index of `value`."""
        if not isinstance(value, str):
            raise TypeError(f"`{self.name}` must be a string. Received: {value!r}")
        if value not in self.options:
            known = ", ".join(repr(option) for option in self.options if option)
            raise ValueError(f"`{self.name}` must be one of {known}. Received: {value!r}")
        return list(self.options).index(value)

    def from_trait(self, value):
        """Return the setting that the trait's value stands for."""
        return list(self.options)[value]


@dataclass(frozen=True)
class Switch:
    """On or off, on the view's trait `name`."""

    name: str
    label: str
    linked: ClassVar[str] = "value"

    def widget(self, view):
        """Return the ipywidget."""
        return widgets.Checkbox(description=self.label, indent=False)

    def to_trait(self, value):
        """Return `value` if it is a boolean."""
        if not isinstance(value, bool):
            raise TypeError(f"`{self.name}` must be a boolean. Received: {value!r}")
        return value

    def from_trait(self, value):
        """Return the setting that the trait's value stands for."""
        return value


@dataclass(frozen=True)
class Player:
    """Play, pause and rewind of the view's trait `name`, from 0 to the view's trait `last`."""

    name: str
    label: str
    last: str
    linked: ClassVar[str] = "value"

    def widget(self, view):
        """Return the ipywidget, its end joined to the view's."""
        player = widgets.Play(description=self.label, interval=700, max=getattr(view, self.last))
        widgets.jslink((view, self.last), (player, "max"))
        return player

    def to_trait(self, value):
        """Return `value` if it is a count."""
        return check_integer(self.name, value, least=0)

    def from_trait(self, value):
        """Return the setting that the trait's value stands for."""
        return value


class Explorer(widgets.VBox):
    """Controls joined to a view.

    Args:
        **settings: initial values, by the names in `controls`.

    Raises:
        TypeError: a setting is unknown or of the wrong type.
        ValueError: a setting is out of range.
    """

    View: ClassVar[type[View]]
    controls: ClassVar[tuple]

    def __init__(self, **settings):
        self.view = self.View(**self._initial(settings))
        panel = widgets.GridBox([self._joined(control) for control in self.controls])
        super().__init__([panel, self.view])
        panel.add_class("cnn-panel-controls")
        self.add_class("cnn-explorer")

    def _initial(self, settings):
        """Return the view's traits for these settings."""
        known = {control.name: control for control in self.controls}
        for name, value in settings.items():
            if name not in known:
                raise TypeError(
                    f"`{name}` is no setting of {type(self).__name__}, which has "
                    f"{', '.join(known)}. Received: {name}={value!r}"
                )
        return {name: known[name].to_trait(value) for name, value in settings.items()}

    def _joined(self, control):
        widget = control.widget(self.view)
        widget.layout.width = "auto"
        if "description_width" in widget.style.trait_names():
            widget.style.description_width = "initial"
        setattr(widget, control.linked, getattr(self.view, control.name))
        widgets.jslink((widget, control.linked), (self.view, control.name))
        return widget

    def settings(self):
        """Return the present settings; in a live notebook, what the reader has chosen.

        Returns:
            A dict that the constructor takes.
        """
        return {
            control.name: control.from_trait(getattr(self.view, control.name))
            for control in self.controls
        }

    def compute(self):
        """Compute with TensorFlow what the view shows, from the present settings."""
        raise NotImplementedError

    def figure(self):
        """Draw the present state for where no script runs: paper, or a page being loaded.

        Returns:
            A `cnnlib.plots` figure.
        """
        raise NotImplementedError

    def __repr__(self):
        settings = ", ".join(f"{name}={value!r}" for name, value in self.settings().items())
        return f"{type(self).__name__}({settings})"

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        bundle["text/plain"] = repr(self)
        if "CNNLIB_STATIC_FIGURES" in os.environ:  # set while the book is built
            bundle["text/html"] = (
                f'<figure class="cnn-static" data-cnn-model="{self.model_id}">'
                f"{self.figure()._repr_html_()}</figure>"
            )
        return bundle
