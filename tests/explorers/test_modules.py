"""Scripts that are joined keep each module's names."""

import base64
import json
import re
import subprocess

import contents
import node
import pytest

from cnnlib.explorers import _modules

SHARED = sorted(
    str(path.relative_to(_modules.FOLDER)) for path in (_modules.FOLDER / "js").rglob("*.js")
)
VIEWS = sorted(path.parent.name for path in _modules.FOLDER.glob("*/view.js"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of modules in place of the explorers'."""
    monkeypatch.setattr(_modules, "FOLDER", tmp_path)

    def write(**sources):
        for name, source in sources.items():
            path = tmp_path / f"{name.replace('__', '/')}.js"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source)

    return write


def evaluated(module, expression):
    """What an expression makes of the exports of a module, which node runs."""
    address = base64.b64encode(module.encode()).decode()
    script = f"""
        const all = await import("data:text/javascript;base64,{address}");
        process.stdout.write(JSON.stringify({expression}));
    """
    command = [node.executable(), "--input-type=module", "-"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_all_shared_modules_can_be_joined_at_once():
    joined = _modules.joined(*SHARED)
    names = evaluated(joined, "Object.keys(all).sort()")
    assert {"conv2d", "element", "explorer", "drawBars", "figure"} <= set(names)


def test_two_modules_with_the_same_private_name_can_be_joined(folder):
    folder(
        one="const brief = (x) => `one ${x}`;\nexport const first = () => brief(1);\n",
        two="function brief(x) {\n  return `two ${x}`;\n}\nexport const second = () => brief(2);\n",
    )
    joined = _modules.joined("one.js", "two.js")
    assert evaluated(joined, "[all.first(), all.second()]") == ["one 1", "two 2"]


def test_a_name_may_be_imported_as_another(folder):
    folder(
        one="export const size = 1;\n",
        two='import {\n  size as width,\n} from "./one.js";\nexport const size = width + 1;\n',
    )
    assert evaluated(_modules.joined("two.js"), "all.size") == 2


def test_a_module_that_two_import_runs_once(folder):
    folder(
        base="let count = 0;\nexport const next = () => (count += 1);\n",
        one='import { next } from "./base.js";\nexport const a = next();\n',
        two='import { next } from "./base.js";\nexport const b = next();\n',
    )
    assert evaluated(_modules.joined("one.js", "two.js"), "[all.a, all.b]") == [1, 2]


@pytest.mark.parametrize(
    "line",
    [
        'import thing from "./one.js";',
        'import * as one from "./one.js";',
        'export * from "./one.js";',
        "export { size };",
    ],
)
def test_what_cannot_be_joined_is_named(folder, line):
    folder(one="export const size = 1;\n", two=f"{line}\nconst size = 2;\n")
    with pytest.raises(ValueError, match=r"cannot be joined .* Received: "):
        _modules.joined("two.js")


def test_two_exports_of_one_name_are_refused(folder):
    folder(one="export const size = 1;\n", two="export const size = 2;\n")
    with pytest.raises(ValueError, match="Received: size"):
        _modules.joined("one.js", "two.js")


def test_modules_in_a_ring_are_refused(folder):
    folder(
        one='import { b } from "./two.js";\nexport const a = 1;\n',
        two='import { a } from "./one.js";\nexport const b = 1;\n',
    )
    with pytest.raises(ValueError, match="ring"):
        _modules.joined("one.js")


def test_an_import_of_what_is_not_exported_is_refused(folder):
    folder(
        one="export const a = 1;\nconst b = 2;\n",
        two='import { a, b as c } from "./one.js";\nexport const d = a + c;\n',
    )
    with pytest.raises(ValueError, match=r"one.js must export it. Received: b"):
        _modules.joined("two.js")


def test_an_import_from_elsewhere_is_refused():
    with pytest.raises(ValueError, match=r"Received: 'https://example.org/x.js'"):
        _modules.own('import { x } from "https://example.org/x.js";\nexport default x;\n')


def test_a_readers_script_may_use_the_shared_modules():
    source = 'import { percent } from "js/draw/format.js";\nexport default percent(0.25);\n'
    assert evaluated(_modules.own(source), "all.default") == "25 %"


def test_a_readers_script_may_use_networks_as_the_page_says():
    page = contents.markdown("make_your_own")
    [line] = re.findall(r'^import .* from "js/nn/.*;$', page, re.MULTILINE)
    source = f"{line}\nexport default [network, batch].map((one) => typeof one);\n"
    assert evaluated(_modules.own(source), "all.default") == ["function", "function"]


def test_the_source_of_a_module_makes_it_elsewhere(folder):
    folder(
        one="export const size = 2;\n",
        two='import { size } from "./one.js";\nexport const twice = () => `${size * 2}\\n`;\n',
        three='import { source } from "./two.js?source";\nexport const text = source;\n',
    )
    assert evaluated(_modules.joined("three.js"), "eval(all.text).twice()") == "4\n"


@pytest.mark.parametrize("view", VIEWS)
def test_a_views_page_script_finds_what_it_needs_in_the_scripts_before_it(view):
    scripts = [_modules.shared_scripts()[name] for name in _modules.shared_by(view)]
    page = "\n".join(["globalThis.window = globalThis;", *scripts, _modules.page_script(view)])
    script = f"{page}\nprocess.stdout.write(typeof window.cnnViews[{view!r}].render);"
    command = [node.executable(), "--input-type=commonjs", "-"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, timeout=60)
    assert done.stdout == "function", done.stderr


def test_a_module_with_other_exports_is_no_page_script():
    with pytest.raises(ValueError, match="cannot be joined"):
        _modules.registered("x", "export const a = 1;\nexport default a;\n")


def test_a_readers_script_may_be_indented():
    source = """
    const answer = 42;
    export default answer;
    """
    assert evaluated(_modules.own(source), "all.default") == 42
    assert "= (() => {" in _modules.registered("x", source)
