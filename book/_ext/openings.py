"""How explorers open, for copies that are made where no notebook is executed."""

import ast

from cnnlib import explorers


def opening(source: str) -> dict[str, object]:
    """Return what a cell puts out that shows an explorer, by kind.

    It is nothing for another cell, and where the explorer is made of what the chapter computes.

    Args:
        source: the cell's code.
    """
    made = maker(source)
    if made is None or not isinstance(made.func, ast.Name):
        return {}
    name = made.func.id
    try:
        explorer = eval(ast.unparse(made), {name: getattr(explorers, name)})
    except (ImportError, NameError):
        return {}
    return explorer._repr_mimebundle_()


def maker(source: str) -> ast.Call | None:
    """Return the call that makes the explorer with which a cell ends.

    It names the explorer's class, or is another explorer's method, `live` or `beside`.
    """
    calls = ("Explorer(", ".live(", ".beside(")
    if not any(call in source for call in calls):  # magics of others are no Python
        return None
    *before, last = ast.parse(source).body
    shown = last.value if isinstance(last, ast.Expr) else None
    for statement in before:
        if isinstance(statement, ast.Assign) and isinstance(shown, ast.Name):
            shown = statement.value if shown.id == statement.targets[0].id else shown
    match shown:
        case ast.Call(func=ast.Name(id=name)) if name.endswith("Explorer"):
            return shown
        case ast.Call(func=ast.Attribute(attr="live" | "beside")):
            return shown
    return None
