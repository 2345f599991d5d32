"""What every explorer shares.

An explorer is a box of ordinary ipywidgets controls above a view. The view is an anywidget: plain
traits in Python and a JavaScript module that draws them. `jslink` joins each control to a trait of
the view inside the browser, so the explorer works where no kernel runs.

To write one: a subclass of `Explorer` that declares its settings (see `_settings`), with `compute`
and `figure`, in `name/__init__.py`, and what it draws in `name/view.js` beside it.
"""

import base64
import inspect
import os
import textwrap
from typing import ClassVar

import anywidget
import ipywidgets as widgets
import numpy as np
import traitlets

from cnnlib.explorers._modules import FOLDER, front_end, own
from cnnlib.explorers._settings import Choice, Held, Setting, Slider, State

SPELLED = 121
"""Values of the largest array that a repr spells out: a kernel of 11x11."""


def style_sheet(path=None):
    """Join the explorers' style sheets for a page and, where it has one, that of one explorer.

    Args:
        path: path of the explorer's own below the explorers' folder.

    Returns:
        The source of one style sheet.
    """
    paths = ["palette.css", "explorers.css", "charts.css"]
    paths += [path] if path and (FOLDER / path).is_file() else []
    return "".join((FOLDER / path).read_text("utf-8") for path in paths)


def _jupyter_style_sheet(path=None):
    """Return the same with the layout of the controls that ipywidgets draws."""
    return style_sheet(path) + (FOLDER / "jupyter.css").read_text("utf-8")


class View(anywidget.AnyWidget):
    """The drawn part of an explorer; `Explorer` makes a subclass from what its class declares."""

    declared = traitlets.Dict().tag(sync=True)
    """For JavaScript: what there is to read, options' names, sliders' ends, what Reset restores,
    when settings count."""


class Explorer(widgets.VBox):
    """Controls joined to a view.

    Subclasses declare `Slider`, `Choice`, `Switch`, `Player` and `Place` settings, and what else
    the view holds as `Data` and `State`.
    """

    View: ClassVar[type[View]]

    def __init_subclass__(cls, script=None, **kwargs):
        """Make the view, the documentation and the signature from what the class declares.

        Args:
            script: a view's JavaScript, for an explorer that has no folder here; it may import
                the shared modules, as in `import { element } from "js/draw/draw.js"`.
            **kwargs: for other base classes.

        Raises:
            TypeError: a declared name has a meaning in ipywidgets.
            ValueError: the script cannot be joined with what it imports.
        """
        super().__init_subclass__(**kwargs)
        held = cls._held()
        if taken := [name for name in held if hasattr(widgets.VBox, name)]:
            raise TypeError(f"A setting must not be called as ipywidgets calls its own: {taken}")
        traits = {name: one.trait for name, one in held.items()}
        traits |= {
            f"{name}_off": traitlets.Bool(False).tag(sync=True)
            for name, one in cls._settings().items()
            if one.when
        }
        folder = cls.__module__.removeprefix(f"{__package__}.")
        if script is not None:
            traits |= {"_esm": own(script), "_css": _jupyter_style_sheet()}
        elif (FOLDER / folder / "view.js").is_file():
            traits |= {
                "_esm": front_end(f"{folder}/view.js"),
                "_css": _jupyter_style_sheet(f"{folder}/view.css"),
            }
        traits["_declared_default"] = cls._declared  # what a view needs, it must open with
        traits["__module__"] = cls.__module__
        name = cls.__name__.replace("Explorer", "View")
        cls.View = type(name, (cls.__mro__[1].__dict__.get("View", View),), traits)
        cls.__doc__ = _documentation(cls)
        cls.__signature__ = _signature(cls)

    @classmethod
    def _held(cls):
        """Return what the class and its bases declare, by name, in the order of the text."""
        held = {}
        for base in reversed(cls.__mro__):
            held |= {name: one for name, one in vars(base).items() if isinstance(one, Held)}
        return held

    @classmethod
    def _settings(cls):
        return {name: one for name, one in cls._held().items() if isinstance(one, Setting)}

    def __init__(self, **settings):
        self.view = self.View(**self._initial(settings))
        controls = [one for one in map(self._joined, self._settings().values()) if one]
        panel = widgets.GridBox(controls)
        super().__init__([panel, self.view])
        panel.add_class("cnn-panel-controls")
        self.add_class("cnn-explorer")

    def _initial(self, settings):
        """Return the view's traits for the settings that the constructor was given."""
        known = self._settings()
        for name, value in settings.items():
            if name not in known:
                raise TypeError(
                    f"`{name}` is no setting of {type(self).__name__}, which has "
                    f"{', '.join(known)}. Received: {name}={value!r}"
                )
        return {name: known[name].to_trait(value) for name, value in settings.items()}

    @classmethod
    def _declared(cls, view):
        held, settings = cls._held(), cls._settings()
        return {
            "names": list(held),
            "options": {
                name: list(one.options) for name, one in settings.items() if isinstance(one, Choice)
            },
            "start": {
                name: getattr(view, name)
                for name, one in held.items()
                if isinstance(one, (Setting, State)) and name in view.keys
            },
            "range": {
                name: [one.low, one.high]
                for name, one in settings.items()
                if isinstance(one, Slider)
            },
            "when": {name: one.rules for name, one in settings.items() if one.when},
        }

    def _joined(self, setting):
        """Return the setting's control, joined to the view, or None."""
        widget = setting.widget(self.view)
        if widget is None:
            return None
        widget.layout.width = "auto"
        widget.tooltip = setting.words
        if "description_width" in widget.style.trait_names():
            widget.style.description_width = "initial"
        setattr(widget, setting.linked, getattr(self.view, setting.name))
        widgets.jslink((widget, setting.linked), (self.view, setting.name))
        if setting.when:
            off = f"{setting.name}_off"
            widget.disabled = not self._counts(setting)
            setattr(self.view, off, widget.disabled)
            widgets.jslink((self.view, off), (widget, "disabled"))
        return widget

    def _counts(self, setting):
        """Whether the setting has an effect under the others."""
        return any(
            all(getattr(self, name) in values for name, values in rule.items())
            for rule in setting.rules
        )

    def settings(self):
        """Return the present settings; in a live notebook, what the reader has chosen.

        Returns:
            A dict that the constructor takes.
        """
        return {name: getattr(self, name) for name in self._settings()}

    def compute(self):
        """Compute with TensorFlow what the view shows, from the present settings."""
        raise NotImplementedError

    def figure(self):
        """Draw the present state for where no script runs: paper, or a page being loaded.

        Returns:
            A `cnnlib.plots.Shown`.
        """
        raise NotImplementedError

    def __repr__(self):
        settings = ", ".join(f"{name}={_spelled(value)}" for name, value in self.settings().items())
        return f"{type(self).__name__}({settings})"

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        bundle["text/plain"] = repr(self)
        has_figure = type(self).figure is not Explorer.figure
        if has_figure and "CNNLIB_STATIC_FIGURES" in os.environ:  # set while the book is built
            still = self.figure()
            bundle["text/html"] = (
                f'<figure class="cnn-static" data-cnn-model="{self.model_id}">'
                f"{still._repr_html_()}</figure>"
            )
            bundle["image/png"] = base64.b64encode(still.png()).decode()  # for notebooks' copies
        return bundle


def _spelled(value):
    """Return a setting as text, large arrays by their shape."""
    if isinstance(value, np.ndarray) and value.size > SPELLED:
        return f"<array of shape {value.shape}>"
    return repr(value)


def _signature(cls):
    """Return the class's signature: what its constructor takes by place, then its settings."""
    own = inspect.signature(cls.__init__).parameters.values()
    placed = [one for one in own if one.kind is one.POSITIONAL_OR_KEYWORD][1:]
    named = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=one.default)
        for name, one in cls._settings().items()
        if name not in {one.name for one in placed}
    ]
    return inspect.Signature([*placed, *named])


def _documentation(cls):
    """Return the class's text with an entry for each setting."""
    text = inspect.cleandoc(vars(cls).get("__doc__") or "")
    entries = [
        textwrap.fill(one.documentation(), 96, initial_indent="    ", subsequent_indent=8 * " ")
        for one in cls._settings().values()
    ]
    errors = (
        "    TypeError: a setting is unknown or of the wrong type.",
        "    ValueError: a setting is out of range, or an option unknown.",
    )
    return "\n".join([text, "", "Args:", *entries, "", "Raises:", *errors, ""])
