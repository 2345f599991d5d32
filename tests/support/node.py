"""Run the explorers' JavaScript outside a browser."""

import base64
import json
import shutil
import subprocess

from cnnlib.explorers._modules import joined


def executable():
    """Return the path of node: the machine's, or the one that playwright brings along."""
    from playwright._impl._driver import compute_driver_executable

    return shutil.which("node") or compute_driver_executable()[0]


def run(body, data, *modules):
    """Return what `body` makes of `data` with the functions of some modules at hand.

    Args:
        body: JavaScript statements that see `ops`, `data` and return a JSON-able value; `ops`
            holds what the modules, and those that they import, export.
        data: a JSON-able value.
        *modules: JavaScript files in the explorers' folder, such as "js/math/ops.js".

    Returns:
        The value, parsed from JSON.
    """
    module = base64.b64encode(joined(*modules).encode()).decode()
    script = f"""
        import {{ readFileSync }} from "node:fs";
        const [module, data] = JSON.parse(readFileSync(0, "utf8"));
        const ops = await import(`data:text/javascript;base64,${{module}}`);
        const work = () => {{ {body} }};
        process.stdout.write(JSON.stringify(work()));
    """
    done = subprocess.run(
        [executable(), "--input-type=module", "--eval", script],
        input=json.dumps([module, data]),  # too long for a command line
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def run_ops(body, data):
    """Return what `body` makes of `data` with the functions of ops.js at hand; see `run`."""
    return run(body, data, "js/math/ops.js")
