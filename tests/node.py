"""Run the explorers' JavaScript outside a browser."""

import base64
import json
import shutil
import subprocess
from pathlib import Path

import cnnlib

OPS = Path(cnnlib.__file__).parent / "explorers/js/ops.js"


def executable():
    """Return the path of node: the machine's, or the one that playwright brings along."""
    from playwright._impl._driver import compute_driver_executable

    return shutil.which("node") or compute_driver_executable()[0]


def run_ops(body, data):
    """Return what `body` makes of `data` with the functions of ops.js at hand.

    Args:
        body: JavaScript statements that see `ops` and `data` and return a JSON-able value.
        data: a JSON-able value.

    Returns:
        The value, parsed from JSON.
    """
    module = base64.b64encode(OPS.read_bytes()).decode()
    script = f"""
        import {{ readFileSync }} from "node:fs";
        const ops = await import("data:text/javascript;base64,{module}");
        const data = JSON.parse(readFileSync(0, "utf8"));
        const work = () => {{ {body} }};
        process.stdout.write(JSON.stringify(work()));
    """
    done = subprocess.run(
        [executable(), "--input-type=module", "--eval", script],
        input=json.dumps(data),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
