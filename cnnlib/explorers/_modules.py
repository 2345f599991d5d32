"""JavaScript modules joined into one, each in a scope of its own.

Jupyter loads a widget's script from a string, where relative imports lead nowhere; a page on a
disk, or one that forbids `blob:` addresses, loads no module at all. So every module becomes a
function that is called once and returns what the module exports; an import takes names out of
that. Modules never see one another's other names.

What the explorers' modules may contain: `import { a, b as c } from "./path.js";` with relative
paths, or paths from the explorers' folder such as "js/draw/draw.js"; `export` before a
declaration; one `export default` in a view. `import { source } from "./path.js?source";` gives the
text of an expression, whose value is what the module exports: a worker can be made of it.
"""

import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from textwrap import dedent

FOLDER = Path(__file__).parent
_IMPORT = re.compile(r'^import\s*\{([^}]*)\}\s*from\s*"([^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function\b|const |let |class )", re.MULTILINE)
_EXPORTED = re.compile(
    r"^export (?:(?:async )?function\*? *|const |let |class )(?P<name>[\w$]+)", re.MULTILINE
)
_DEFAULT = re.compile(r"^export default ", re.MULTILINE)
_SOURCE = "?source"
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
    source = dedent(source)
    shared = [_resolved(folder, path) for _, path in _IMPORT.findall(source)]
    return "\n".join([*map(_wrapped, _ordered(shared)), _opened(source, folder)])


def shared_scripts():
    """Join the shared modules for pages: ordinary scripts, one for each folder of `js`.

    Returns:
        A dict, path of the script -> its source; each comes after those that it builds on.

    Raises:
        ValueError: two folders build on each other.
    """
    paths = _ordered(sorted((FOLDER / "js").rglob("*.js")))
    try:
        folders = list(TopologicalSorter(_folders_below(paths)).static_order())
    except CycleError as error:
        raise ValueError(f"Folders must not build on each other. Received: {error}") from error
    return {
        f"js/{folder}.js": "\n".join(_wrapped(p) for p in paths if p.parent.name == folder)
        for folder in folders
    }


def shared_by(view):
    """Name the shared scripts that a view of this folder builds on.

    Args:
        view: the name of its folder.

    Returns:
        A list of keys of `shared_scripts()`, in their order.
    """
    below = _folders_below(sorted((FOLDER / "js").rglob("*.js")))
    found = {path.parent.name for path in _ordered([FOLDER / view / "view.js"])} & set(below)
    while more := {one for folder in found for one in below[folder]} - found:
        found |= more
    return [name for name in shared_scripts() if Path(name).stem in found]


def _folders_below(paths):
    """Return, for the folder of each module, the other folders that its modules import from."""
    below = {path.parent.name: set() for path in paths}
    for path in paths:
        below[path.parent.name] |= {one.parent.name for one in _imported(path)}
    return {folder: others - {folder} for folder, others in below.items()}


def page_script(view):
    """Turn a view of this folder into an ordinary script, which needs `shared_by(view)`.

    Args:
        view: the name of its folder.

    Returns:
        A script that puts the view's default export into `window.cnnViews` under its name.

    Raises:
        ValueError: a module cannot be joined.
    """
    path = FOLDER / view / "view.js"
    private = [one for one in _ordered([path])[:-1] if not one.is_relative_to(FOLDER / "js")]
    opened = _opened(path.read_text("utf-8"), path.parent)
    return registered(view, "\n".join([*map(_wrapped, private), opened]))


def registered(name, module):
    """Turn a module into an ordinary script.

    Args:
        name: a name for its default export.
        module: the source of an ES module that imports nothing.

    Returns:
        A script that puts the default export into `window.cnnViews` under `name`.

    Raises:
        ValueError: the module has imports, or exports anything else.
    """
    opened, count = _DEFAULT.subn("const $view = ", _opened(dedent(module), FOLDER))
    if count != 1:
        raise ValueError(f"`module` must have one default export. Received: {count}")
    return f"(window.cnnViews ??= {{}})[{name!r}] = (() => {{\n{opened}\nreturn $view;\n}})();\n"


def _resolved(folder, path):
    """Return the file that an import names."""
    path = path.removesuffix(_SOURCE)
    found = (folder / path if path.startswith(".") else FOLDER / path).resolve()
    if not found.is_file() or not found.is_relative_to(FOLDER):
        raise ValueError(f"An import must name a module of the explorers. Received: {path!r}")
    return found


def _imported(path):
    return [_resolved(path.parent, one) for _, one in _IMPORT.findall(path.read_text("utf-8"))]


def _ordered(paths):
    """Return modules and all that they import, each after those that it imports."""
    found = {}

    def visit(path, readers=()):
        if path in readers:
            raise ValueError(f"Modules must not import one another in a ring. Received: {path}")
        if path not in found:
            for imported in _imported(path):
                visit(imported, (*readers, path))
            found[path] = True

    for path in paths:
        visit(path)
    return list(found)


def _scope(path):
    """Return the name under which a module's exports are known: $js_draw_draw."""
    return "$" + re.sub(r"\W", "_", str(path.relative_to(FOLDER).with_suffix("")))


def _exported(path):
    return [match["name"] for match in _EXPORTED.finditer(path.read_text("utf-8"))]


def _wrapped(path):
    """Return a module as a function and a constant that holds what it exports."""
    body = _opened(_EXPORT.sub("", path.read_text("utf-8")), path.parent)
    names = ", ".join(_exported(path))
    scope = _scope(path)
    make = f"() => {{\n{body}\nreturn {{ {names} }};\n}}"
    return f"const {scope}$ = {make};\nconst {scope} = {scope}$();"


def _text(path):
    """Return an expression for the text of a module and all that it imports."""
    parts = [f"`const {scope} = (${{{scope}$}})();\\n`" for scope in map(_scope, _ordered([path]))]
    return f"`(() => {{\\n` + {' + '.join(parts)} + `return {_scope(path)};\\n}})()`"


def _opened(source, folder):
    """Turn imports into names taken from other modules' constants."""

    def taken(match):
        names = re.sub(r"([\w$]+)\s+as\s+([\w$]+)", r"\1: \2", " ".join(match[1].split()))
        path, is_text = _resolved(folder, match[2]), match[2].endswith(_SOURCE)
        wanted = {name.partition(":")[0].strip() for name in names.split(",")} - {""}
        if missing := wanted.difference(["source"] if is_text else _exported(path)):
            raise ValueError(f"{path.name} must export it. Received: {', '.join(sorted(missing))}")
        taken = f"{{ source: {_text(path)} }}" if is_text else _scope(path)
        return f"const {{ {names} }} = {taken};"

    opened = _IMPORT.sub(taken, source)
    for other in _OTHER.findall(_DEFAULT.sub("", opened)):
        raise ValueError(f"A module cannot be joined for the sake of a line. Received: {other!r}")
    return opened
