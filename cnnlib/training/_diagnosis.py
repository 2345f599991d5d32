"""`diagnose`: what stands in the way of a training, in words."""

import html
from dataclasses import dataclass
from typing import NamedTuple

from cnnlib import tables
from cnnlib.training._fitting import check_compiled
from cnnlib.training._sections import SECTION_OF


class Finding(NamedTuple):
    """Something that stands in the way of a training.

    Attributes:
        fault: what it is called, such as "dead units".
        layer: the layer's name, or "inputs", "labels", "loss" or "optimizer".
        found: what was found, with its value.
        advice: what to do.
    """

    fault: str
    layer: str
    found: str
    advice: str

    @property
    def section(self):
        """The heading in the chapter "When training fails" under which this is explained."""
        return SECTION_OF[self.fault]

    def __str__(self):
        told = f"{self.fault} ({self.layer}): {self.found} {self.advice}"
        return f'{told} See "{self.section}".'


@dataclass(frozen=True, eq=False, repr=False)
class Diagnosis:
    """The findings, as a sequence, and what was measured.

    Attributes:
        findings: tuple of `Finding`, data first, optimizer last.
        layers: a `pandas.DataFrame`, a row per layer: the size (root mean square) of its output,
            the shares of its units that are dead (0 for every picture) and of its outputs that
            are saturated, the size of its kernel's weights and gradient, and the share of their
            size by which the optimizer moves the weights in a step. Empty if the model cannot
            run on the data.
    """

    findings: tuple
    layers: object

    def __len__(self):
        return len(self.findings)

    def __iter__(self):
        return iter(self.findings)

    def __getitem__(self, place):
        return self.findings[place]

    def __repr__(self):
        """Return the findings as numbered lines, and what was measured as a table."""
        lines = [f"{number}. {finding}" for number, finding in enumerate(self, 1)]
        parts = ["\n".join([self._title(), *lines]), *self._tables()]
        return "\n\n".join(map(str, parts))

    def _repr_html_(self):
        items = "".join(
            f"<li><b>{html.escape(one.fault)}</b> ({html.escape(one.layer)}): "
            f"{html.escape(one.found)} <em>{html.escape(one.advice)}</em> "
            f"See “{html.escape(one.section)}”.</li>"
            for one in self
        )
        listed = f"<ol>{items}</ol>" if self else ""
        measured = "".join(table._repr_html_() for table in self._tables())
        return f"<div><p>{self._title()}</p>{listed}{measured}</div>"

    def _title(self):
        if not self:
            return "Nothing found that stands in the way of the training."
        return f"{len(self)} finding{'s' if len(self) > 1 else ''}:"

    def _tables(self):
        if self.layers.empty:
            return []
        written = self.layers.map(lambda value: f"{value:.3g}", na_action="ignore")
        return [tables.table(written, "Sizes in every layer")]


def diagnose(model, x, y):
    """Look for what stands in the way of a training: in the data, the network, the first steps.

    Nothing is changed: neither the weights nor the optimizer. The network is run, in the way of a
    training, on up to 256 of the pictures.

    Args:
        model: a compiled `keras.Model` with one input, one output and one loss; trained or not.
        x: the pictures [count, ...] as they are given to `fit`.
        y: their classes or targets [count, ...], in the order in which they are given to `fit`.

    Returns:
        A `Diagnosis`: a sequence of `Finding`s, empty for a healthy training.

    Raises:
        TypeError: `model` is not a Keras model.
        ValueError: the model is not compiled, has several inputs, outputs or losses, or `x` and
            `y` are empty or differ in length.
    """
    check_compiled(model)
    from cnnlib.training import _examination

    return Diagnosis(*_examination.examine(model, x, y))
