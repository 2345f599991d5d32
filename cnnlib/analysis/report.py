"""An analysis as a data frame, as text and as a table in a notebook."""

import html as markup

from cnnlib import tables
from cnnlib.analysis import memory

_COLUMNS = ("layer", "kind", "output", "parameters", "MACs", "output MB", "receptive field")
_NUMBERS = {3, 4, 5, 6}


def frame(analysis):
    """Return one row per call of a layer.

    Args:
        analysis: an `Analysis`.

    Returns:
        A `pandas.DataFrame`; receptive fields as tuples, one value per spatial axis.
    """
    import pandas as pd

    rows = []
    for layer in analysis.layers:
        row = layer._asdict()
        field, other = row.pop("receptive_field"), row.pop("other")
        row["receptive_field"] = field and field.size
        row["receptive_field_stride"] = field and field.stride
        row["receptive_field_padding"] = field and field.padding
        row["aligned"] = field and field.aligned
        row |= {f"{name}_operations": n for name, n in _apart(other).items()}
        rows.append(row)
    return pd.DataFrame(rows).astype({"macs": "Int64"})


def comparison(analyses):
    """Return one row per model: its totals.

    Args:
        analyses: list of `Analysis`.

    Returns:
        A `pandas.DataFrame` indexed by the models' names.
    """
    import pandas as pd

    return pd.DataFrame([totals(each) for each in analyses]).set_index("model")


def totals(analysis):
    """Return a model's figures as a dict of plain values, memory in bytes."""
    field = _final_field(analysis)
    return {
        "model": analysis.model.name,
        "input_shapes": [list(tensor.shape) for tensor in analysis.graph.inputs],
        "dtype": analysis.precision.name,
        "params": analysis.params,
        "trainable_params": analysis.trainable_params,
        "macs": analysis.macs,
        "flops": analysis.flops,
        **{f"{name}_operations": n for name, n in _apart(analysis.other).items()},
        "inference_bytes": analysis.inference_bytes,
        "training_bytes": analysis.training_bytes(),
        "receptive_field": field and list(field.size),
        "aligned": field and field.aligned,
        "not_counted": list(analysis.not_counted),
        "passed_through": list(analysis.passed_through),
    }


def line(analysis):
    """Return the model's size in one line."""
    shapes = ", ".join(_times(tensor.shape) for tensor in analysis.graph.inputs)
    return (
        f"<Analysis of {analysis.model.name!r} at {shapes}: {analysis.params:,} parameters, "
        f"{analysis.macs:,} MACs>"
    )


def text(analysis):
    """Return the table and the totals as plain text."""
    rows = [_COLUMNS, *map(_cells, analysis.layers)]
    written = tables.aligned(rows, _NUMBERS)
    rule = "  ".join("-" * width for width in tables.widths(rows))
    facts = [f"{name}: {value}" for name, value in _facts(analysis)]
    return "\n".join([written[0], rule, *written[1:], rule, *facts])


def html(analysis):
    """Return the table for a notebook: bars show where parameters, MACs and memory are."""
    most = {
        3: max((layer.params for layer in analysis.layers), default=0),
        4: max((layer.macs or 0 for layer in analysis.layers), default=0),
        5: max((layer.activation_bytes for layer in analysis.layers), default=0),
    }
    head = tables.heads(_COLUMNS, _NUMBERS)
    rows = []
    for layer in analysis.layers:
        amounts = {3: layer.params, 4: layer.macs or 0, 5: layer.activation_bytes}
        cells = [
            _cell(column, value, amounts.get(column, 0), most.get(column, 0))
            for column, value in enumerate(_cells(layer))
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    name = markup.escape(analysis.model.name)
    facts = "".join(
        f"<div><dt>{label}</dt><dd>{markup.escape(value)}</dd></div>"
        for label, value in _facts(analysis)
    )
    return (
        f'<div class="cnn-analysis"><style>{tables.STYLE}{_STYLE}</style><dl>{facts}</dl>'
        f"{tables.region(head, ''.join(rows), f'Layers of {name}')}</div>"
    )


def _cell(column, value, amount, most):
    if column == 0:
        return f'<th scope="row">{markup.escape(value)}</th>'
    bar = f'<i style="width: {100 * amount / most:.3g}%"></i>' if amount and most else ""
    kind = ' class="n"' if column in _NUMBERS else ""
    return f"<td{kind}>{markup.escape(value)}{bar}</td>"


def _cells(layer):
    several = layer.output_shape and isinstance(layer.output_shape[0], tuple)
    shapes = layer.output_shape if several else [layer.output_shape]
    return (
        layer.name,
        layer.kind,
        ", ".join(map(_times, shapes)),
        f"{layer.params:,}",
        "not counted" if layer.macs is None else f"{layer.macs:,}",
        f"{layer.activation_bytes / 1e6:,.3f}",
        _seen(layer.receptive_field),
    )


def _facts(analysis):
    """Yield what the table adds up to, as pairs of texts."""
    yield (
        "Parameters",
        f"{analysis.params:,}, of them {analysis.trainable_params:,} trainable",
    )
    yield "Multiply-adds", f"{analysis.macs:,} MACs = {analysis.flops:,} FLOPs"
    apart = ", ".join(f"{name} {n:,}" for name, n in _apart(analysis.other).items() if n)
    yield "Counted apart", f"operations of {apart}" if apart else "nothing"
    yield "Memory to predict", _memory(analysis.inference)
    yield "Memory to train, Adam", _memory(analysis.training())
    field = _final_field(analysis)
    if field:
        words = "" if field.aligned else "; branches are not aligned"
        yield "Receptive field", f"{_seen(field)} pixels in the last layer with places{words}"
    if analysis.not_counted:
        yield "Not counted", ", ".join(analysis.not_counted)
    if analysis.passed_through:
        yield "Passed through unexamined", ", ".join(analysis.passed_through)
    for name, reason in analysis.graph.untraced.items():
        yield f"Could not look inside {name}", reason


def _memory(used):
    parts = ", ".join(
        f"{name} {value / 1e6:,.1f}"
        for name, value in zip(memory.Memory._fields, used[:-1], strict=False)
        if value
    )
    return f"{megabytes(used.total)}; at {used.layer} (MB: {parts})"


def megabytes(n):
    """Write bytes in MB (10^6) and MiB (2^20)."""
    return f"{n / 1e6:,.1f} MB = {n / 2**20:,.1f} MiB"


def _apart(cost):
    return {} if cost is None else {k: v for k, v in cost._asdict().items() if k != "macs"}


def _final_field(analysis):
    return analysis.receptive_field() if len(analysis.graph.inputs[0].shape) > 2 else None


def _times(shape):
    return " × ".join(map(str, shape))


def _seen(field):
    if field is None or None in field.size:
        return "–"
    words = str(field.size[0]) if len(set(field.size)) == 1 else _times(field.size)
    return f"all {words}" if field.whole else words


_STYLE = """
.cnn-analysis { color: var(--cnn-ink, inherit); font-size: 0.85rem; }
.cnn-analysis dt { font-weight: 600; }
.cnn-analysis td i { display: block; height: 3px; margin: 1px 0 0 auto; min-width: 1px;
  background: var(--cnn-accent, #0b6e75); }
.cnn-analysis dl { display: grid; gap: 0.15em 1em; margin: 0 0 0.8em; }
.cnn-analysis dl div { display: grid; grid-template-columns: minmax(8em, 13em) 1fr; gap: 1em; }
.cnn-analysis dd { margin: 0; }
@media (max-width: 36rem) { .cnn-analysis dl div { grid-template-columns: 1fr; gap: 0; } }
"""
