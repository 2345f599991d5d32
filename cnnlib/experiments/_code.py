"""A fingerprint of the code that a result depends on.

It covers every definition that a function reaches in this library, over any number of imports:
a name that is used leads to the statement that binds it, `module.name` to the one in that module
(or in `_name`, whence a package takes it when it is asked for), and a module used in any other
way to all that it holds. Comments, docstrings, layout, and the file in which a definition stands
do not count.
"""

import ast
import hashlib
from functools import cache
from pathlib import Path

LIBRARY = Path(__file__).parents[2]
"""The folder that holds the package `cnnlib`."""


@cache
def fingerprint(module, name, folder=LIBRARY):
    """Return a hash of a function and of all code of the library that it reaches.

    Args:
        module: the function's module, such as "cnnlib.experiments.learned_sobel".
        name: the function's name.
        folder: where the package lies.

    Returns:
        16 hexadecimal digits, the same on every version of Python.
    """

    @cache
    def source(module):
        path = _file(module, folder)
        return path and _Source(module, path, folder)

    waiting, reached = [(module, name)], {}
    while waiting:
        spot = waiting.pop()
        if spot not in reached:
            reached[spot], further = _look_up(*spot, source)
            waiting += further
    text = repr(sorted({repr(one) for found in reached.values() for one in found}))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _look_up(module, name, source_of):
    """Return what a name stands for, as canonical trees, and the places that this leads to.

    A `name` of None stands for the whole module.
    """
    source = source_of(module)
    if source is None:  # another library's
        return [(module, name)], []
    if name is None:
        everything = [*source.bindings, *source.imports]
        loose = [_canonical(statement) for statement in source.loose]
        return loose, [(module, one) for one in everything] + source.used(source.loose)
    if name in source.bindings:
        statements = source.bindings[name]
        further = source.used(statements)
        if any(map(_is_register, statements)):
            further += [(neighbour, None) for neighbour in source.neighbours()]
        return [_canonical(statement) for statement in statements], further
    if name in source.imports:
        return [], [source.imports[name]]
    if source_of(f"{module}.{name}"):
        return [], [(f"{module}.{name}", None)]
    if source_of(f"{module}._{name}"):
        return [], [(f"{module}._{name}", name)]  # imported when it is asked for
    return [], [(module, None)]  # made while the module runs


def _is_register(statement):
    """Tell whether a statement makes an empty container, which other modules may fill."""
    value = getattr(statement, "value", None)
    return value is not None and ast.unparse(value) in ("{}", "[]", "dict()", "list()", "set()")


class _Source:
    """A module's statements, by what they bind.

    Attributes:
        bindings: name -> the top-level statements that define or assign it.
        imports: name -> what an import, at any depth, binds it to: (module, name in it or None).
        loose: the other top-level statements.
    """

    def __init__(self, module, path, folder):
        self.module, self.path = module, path
        self.bindings, self.imports, self.loose = {}, {}, []
        tree = ast.parse(path.read_text("utf8"))
        for node in ast.walk(tree):
            for name, target in _imported(node):
                whole = ".".join(filter(None, target))
                self.imports[name] = (whole, None) if _file(whole, folder) else target
        for statement in _without_strings(tree.body):
            names = _bound(statement)
            for name in names:
                self.bindings.setdefault(name, []).append(statement)
            if not names and not isinstance(statement, ast.Import | ast.ImportFrom):
                self.loose.append(statement)

    def neighbours(self):
        """Return the modules of the same package."""
        package = self.module if self.path.stem == "__init__" else self.module.rpartition(".")[0]
        return [f"{package}.{path.stem}" for path in self.path.parent.glob("[!_]*.py")]

    def used(self, statements):
        """Return the places that statements use: (module, name or None)."""
        places = []
        waiting = list(statements)
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                module, name = self.imports.get(node.value.id, (None, ""))
                if name is None:
                    places.append((module, node.attr))
                    continue
            if isinstance(node, ast.Name) and node.id in self.imports:
                places.append(self.imports[node.id])
            elif isinstance(node, ast.Name) and node.id in self.bindings:
                places.append((self.module, node.id))
            waiting += ast.iter_child_nodes(node)
        return places


def _file(module, folder):
    """Return the path of a module's file, or None where `folder` does not hold it."""
    path = folder.joinpath(*module.split("."))
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in files if file.is_file()), None)


def _imported(node):
    """Yield what an import binds: a name, and the (module, name in it or None) it stands for."""
    if isinstance(node, ast.Import):
        for one in node.names:
            name = one.name if one.asname else one.name.partition(".")[0]
            yield one.asname or name, (name, None)
    elif isinstance(node, ast.ImportFrom):
        for one in node.names:
            yield one.asname or one.name, (node.module, one.name)


def _bound(statement):
    """Return the names that a top-level statement defines or assigns."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = getattr(statement, "targets", None) or [statement.target]
        nodes = [node for target in targets for node in ast.walk(target)]
        return {node.id for node in nodes if isinstance(node, ast.Name)}
    return set()


def _without_strings(statements):
    """Drop the strings that stand alone: docstrings, and what describes a variable."""
    return [
        one
        for one in statements
        if not (
            isinstance(one, ast.Expr)
            and isinstance(one.value, ast.Constant)
            and isinstance(one.value.value, str)
        )
    ]


def _canonical(node):
    """Return a tree as nested tuples, without what depends on layout or Python's version."""
    if isinstance(node, list):
        return tuple(_canonical(one) for one in _without_strings(node))
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = [(name, value) for name, value in ast.iter_fields(node) if value not in (None, [])]
    if isinstance(node, ast.JoinedStr):  # Python 3.12 ends some of them in an empty piece
        fields = [("values", [one for one in node.values if getattr(one, "value", one) != ""])]
    return type(node).__name__, *((name, _canonical(value)) for name, value in fields)
