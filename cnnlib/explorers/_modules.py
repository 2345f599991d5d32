"""JavaScript modules joined into one, each in a scope of its own.

Browsers load a widget's script from a string, where relative imports lead nowhere, and a page
that forbids `blob:` addresses loads none at all. So every module becomes a function that is
called once and returns what the module exports; an import takes names out of that. Modules never
see one another's other names.

What the explorers' modules may contain: `import { a, b as c } from "./path.js";` with relative
paths, or paths from the explorers' folder such as "js/draw/draw.js"; `export` before a
declaration; one `export default` in a view.
"""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
_IMPORT = re.compile(r'^import\s*\{([^}]*)\}\s*from\s*"([^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function\b|const |let |class )", re.MULTILINE)
_EXPORTED = re.compile(
    r"^export (?:(?:async )?function\*? *|const |let |class )(?P<name>[\w$]+)", re.MULTILINE
)
_DEFAULT = re.compile(r"^export default ", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


def joined(*scripts):
    """Join modules, and those that they import, into one module that exports what they do.

    Args:
        *scripts: paths below the explorers' folder, such as "js/math/ops.js".

    Returns:
        The source of one ES module.

    Raises:
        ValueError: two of the scripts export the same name, or one cannot be joined.
    """
    paths = [FOLDER / script for script in scripts]
    names = [name for path in paths for name in _exported(path)]
    if len(set(names)) < len(names):
        twice = sorted({name for name in names if names.count(name) > 1})
        raise ValueError(f"`scripts` must export a name once. Received: {', '.join(twice)}")
    taken = [f"export const {{ {', '.join(_exported(path))} }} = {_scope(path)};" for path in paths]
    return "\n".join([*map(_wrapped, _ordered(paths)), *taken])


@cache
def front_end(script):
    """Join an explorer's view and the modules that it imports into one module.

    Args:
        script: path below the explorers' folder, such as "pooling/view.js".

    Returns:
        The source of one ES module, whose default export is the view's.

    Raises:
        ValueError: a module cannot be joined.
    """
    return own((FOLDER / script).read_text("utf-8"), (FOLDER / script).parent)


def own(source, folder=FOLDER):
    """Join a view's source and the shared modules that it imports into one module.

    Args:
        source: a module with a default export, such as a reader's own script; it imports shared
            modules by their paths below the explorers' folder: `from "js/draw/draw.js"`.
        folder: where its relative imports start.

    Returns:
        The source of one ES module with that default export.

    Raises:
        ValueError: the source cannot be joined.
    """
    shared = [_resolved(folder, path) for _, path in _IMPORT.findall(source)]
    return "\n".join([*map(_wrapped, _ordered(shared)), _opened(source, folder)])


def _resolved(folder, path):
    """Return the file that an import names."""
    found = (folder / path if path.startswith(".") else FOLDER / path).resolve()
    if not found.is_file() or not found.is_relative_to(FOLDER):
        raise ValueError(f"An import must name a module of the explorers. Received: {path!r}")
    return found


def _ordered(paths):
    """Return modules and all that they import, each after those that it imports."""
    found = {}

    def visit(path, readers=()):
        if path in readers:
            raise ValueError(f"Modules must not import one another in a ring. Received: {path}")
        if path not in found:
            source = path.read_text("utf-8")
            for _, imported in _IMPORT.findall(source):
                visit(_resolved(path.parent, imported), (*readers, path))
            found[path] = source

    for path in paths:
        visit(path)
    return list(found)


def _scope(path):
    """Return the name under which a module's exports are known: $js_draw_draw."""
    return "$" + re.sub(r"\W", "_", str(path.relative_to(FOLDER).with_suffix("")))


def _exported(path):
    return [match["name"] for match in _EXPORTED.finditer(path.read_text("utf-8"))]


def _wrapped(path):
    """Return a module as a constant that holds what it exports."""
    body = _opened(_EXPORT.sub("", path.read_text("utf-8")), path.parent)
    names = ", ".join(_exported(path))
    return f"const {_scope(path)} = (() => {{\n{body}\nreturn {{ {names} }};\n}})();"


def _opened(source, folder):
    """Turn imports into names taken from other modules' constants."""

    def taken(match):
        names = re.sub(r"([\w$]+)\s+as\s+([\w$]+)", r"\1: \2", " ".join(match[1].split()))
        return f"const {{ {names} }} = {_scope(_resolved(folder, match[2]))};"

    opened = _IMPORT.sub(taken, source)
    for other in _OTHER.findall(_DEFAULT.sub("", opened)):
        raise ValueError(f"A module cannot be joined for the sake of a line. Received: {other!r}")
    return opened
