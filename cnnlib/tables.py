"""Results as tables that people read, in a notebook and as text."""

import html
import re
from dataclasses import dataclass

STYLE = """
.cnn-rows { max-height: 26rem; overflow: auto; border: 1px solid var(--cnn-line, #d0d7de);
  border-radius: 6px; color: var(--cnn-ink, inherit); }
.cnn-rows table { border-collapse: collapse; width: 100%; margin: 0; font-size: 0.8rem;
  color: inherit; }
.cnn-rows thead th { position: sticky; top: 0; z-index: 1; font-weight: 600;
  background: var(--cnn-surface-2, #f4f6f8); }
.cnn-rows th, .cnn-rows td { padding: 0.2em 0.5em; text-align: left; font-weight: 400;
  border-bottom: 1px solid var(--cnn-line, #d0d7de); white-space: nowrap; }
.cnn-rows tbody th { position: sticky; left: 0; background: var(--cnn-surface, #ffffff); }
.cnn-rows .n { text-align: right; font-variant-numeric: tabular-nums; }
"""
"""Rules for a table in a region that scrolls; its columns of numbers are of the class `n`."""

MISSING = "–"
UNIT = re.compile(r"(?<=\d) (?=%|[kMGT]i?B\b)")
"""The space between a number and its unit."""


@dataclass(frozen=True, repr=False)
class Table:
    """A table ready to be displayed in a notebook.

    Attributes:
        head: the columns' names.
        rows: a tuple of texts per row; the first names the row.
        numbers: places of the columns that hold numbers.
        caption: what the table shows, in words.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]
    caption: str

    def __repr__(self):
        """Return the table as text; the same in every session."""
        return "\n".join(aligned([self.head, *self.rows], self.numbers))

    def _repr_html_(self):
        body = "".join(f"<tr>{self._cells(row)}</tr>" for row in self.rows)
        written = region(heads(self.head, self.numbers), body, html.escape(self.caption))
        return f"<div><style>{STYLE}</style>{written}</div>"

    def _cells(self, row):
        name, *rest = (UNIT.sub("\N{NO-BREAK SPACE}", html.escape(text)) for text in row)
        kinds = [' class="n"' if column in self.numbers else "" for column in range(1, len(row))]
        cells = (f"<td{kind}>{text}</td>" for kind, text in zip(kinds, rest, strict=True))
        return f'<th scope="row">{name}</th>{"".join(cells)}'


def table(frame, caption, digits=1):
    """Turn a data frame into a table: numbers aligned, thousands separated, gaps as dashes.

    Args:
        frame: a `pandas.DataFrame` with the index that names its rows; columns are named as
            readers shall see them, with their units.
        caption: what the table shows, in words, for readers who cannot see it.
        digits: how many decimals numbers have that are not whole, in all columns, or as a dict
            from column to decimals, 1 where it names none.

    Returns:
        A `Table`, which notebooks display.

    Raises:
        TypeError: `frame` is no data frame.
    """
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"`frame` must be a DataFrame. Received: {type(frame).__name__}")
    decimals = digits if isinstance(digits, dict) else dict.fromkeys(frame.columns, digits)
    columns = [[str(name) for name in frame.index]]
    for name in frame.columns:
        columns.append([_written(value, decimals.get(name, 1)) for value in frame[name]])
    numeric = {i for i, kind in enumerate(frame.dtypes, 1) if pd.api.types.is_numeric_dtype(kind)}
    head = (str(frame.index.name or ""), *map(str, frame.columns))
    return Table(head, tuple(zip(*columns, strict=True)), frozenset(numeric), caption)


def layers(model, names=None):
    """Return a network's layers as a paper lists them, for `table`.

    Args:
        model: what `cnnlib.analyze` takes: a `keras.Model` or a name of `cnnlib.models`.
        names: the layers wanted, in this order; None takes all but those that change nothing but
            the shape.

    Returns:
        A `pandas.DataFrame` with the layers' names as its index and the columns "maps" (or units),
        "size", "kernel" and "stride" (height×width), "activation", "parameters" (trainable),
        "MACs" and "field" (receptive field, height×width); None where a layer has no such thing.

    Raises:
        KeyError: a name is not that of a layer.
    """
    from cnnlib._analyze import analyze

    analysis = analyze(model)
    rows = analysis.to_frame().set_index("name")
    rows = rows[rows["kind"] != "Flatten"] if names is None else rows.loc[list(names)]
    built = [analysis.model.get_layer(name) for name in rows.index]
    activations = (getattr(layer, "activation", None) for layer in built)
    shown = {
        "maps": [shape[-1] for shape in rows["output_shape"]],
        "size": [_sides(shape[1:-1]) for shape in rows["output_shape"]],
        "kernel": [_sides(_first(one, "kernel_size", "pool_size")) for one in built],
        "stride": [_sides(_first(one, "strides")) for one in built],
        "activation": [getattr(one, "__name__", None) for one in activations],
        "parameters": rows["trainable_params"],
        "MACs": rows["macs"],
        "field": [_sides(field) for field in rows["receptive_field"]],
    }
    return rows.assign(**shown)[list(shown)].rename_axis("layer").replace("linear", None)


def _first(layer, *names):
    return next((found for name in names if (found := getattr(layer, name, None))), ())


def _sides(lengths):
    return "×".join(map(str, lengths or ())) or None


def _written(value, decimals):
    import pandas as pd

    if pd.isna(value):
        return MISSING
    if isinstance(value, str):
        return value
    return f"{value:,.{decimals}f}" if isinstance(value, float) else f"{value:,}"


def widths(rows):
    """Return how wide each column of rows of texts is, in letters."""
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def aligned(rows, numbers):
    """Return rows of texts as lines of text, columns aligned; those of `numbers` to the right."""
    wide = widths(rows)
    return [
        "  ".join(
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, wide, strict=True))
        ).rstrip()
        for row in rows
    ]


def heads(names, numbers):
    """Return the cells of a table's head; those of `numbers` are of the class `n`."""
    kinds = [' class="n"' if column in numbers else "" for column in range(len(names))]
    return "".join(
        f'<th scope="col"{kind}>{html.escape(name)}</th>' if name else "<td></td>"
        for kind, name in zip(kinds, names, strict=True)
    )


def region(head, body, label):
    """Return a table's HTML, head and body given, in a region that scrolls and has a name."""
    return (
        f'<div class="cnn-rows" role="region" aria-label="{label}" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
