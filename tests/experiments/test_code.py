"""What makes a stored result stale, and what does not."""

import pytest

from cnnlib.experiments._code import fingerprint

LIBRARY = {
    "cnnlib/__init__.py": (
        "import os\n\nos.environ['SETTING'] = '0'\n\n\n"
        "def __getattr__(name):\n"
        "    from cnnlib._count import count\n\n    return count\n"
    ),
    "cnnlib/_count.py": "def count():\n    return 3\n\n\ndef recount():\n    return 4\n",
    "cnnlib/work.py": '''"""Work."""
from cnnlib import count, tools
from cnnlib.parts import helper
from cnnlib.parts.unused import other

RATE = 0.3


def measure(seed):
    """Measure."""
    from cnnlib.late import lately

    return helper(seed) * RATE + tools.first(seed) + lately() + count()


def elsewhere():
    return other()
''',
    "cnnlib/tools.py": "def first(x):\n    return x\n\n\ndef second(x):\n    return -x\n",
    "cnnlib/late.py": "def lately():\n    return 7\n",
    "cnnlib/parts/__init__.py": "from cnnlib.parts.helpers import helper\n",
    "cnnlib/parts/helpers.py": (
        "import numpy as np\n\nSCALE = [1, 2]\n\n\n"
        'def helper(x):\n    return np.abs(x) * SCALE[0] + len(f"{x:.1f}")\n'
    ),
    "cnnlib/parts/unused.py": "def other():\n    return 1\n",
}

REGISTRY = {
    "cnnlib/__init__.py": "",
    "cnnlib/work.py": (
        "from cnnlib import models\n\n\ndef measure(seed):\n    return models.build('small')\n"
    ),
    "cnnlib/models/__init__.py": "from cnnlib.models._registry import build\n",
    "cnnlib/models/_registry.py": (
        "_KNOWN = {}\n\n\ndef known(f):\n    _KNOWN[f.__name__] = f\n    return f\n\n\n"
        "def build(name):\n    return _KNOWN[name]()\n"
    ),
    "cnnlib/models/small.py": (
        "from cnnlib.models._registry import known\n\n\n@known\ndef small():\n    return 1\n"
    ),
}


@pytest.fixture
def hash_of(tmp_path):
    """Return a function: the fingerprint of `measure` in a library with one file changed."""
    count = iter(range(100))

    def found(files, path=None, old="", new=""):
        folder = tmp_path / str(next(count))
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            if name == path:
                assert old in text
                text = text.replace(old, new)
            (folder / name).write_text(text)
        return fingerprint("cnnlib.work", "measure", folder)

    return found


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("cnnlib/work.py", "RATE = 0.3", "RATE = 0.1"),
        ("cnnlib/work.py", "* RATE", "/ RATE"),
        ("cnnlib/tools.py", "return x", "return 2 * x"),
        ("cnnlib/late.py", "7", "8"),
        ("cnnlib/_count.py", "return 3", "return 5"),
        ("cnnlib/parts/helpers.py", "[1, 2]", "[3, 2]"),
        ("cnnlib/parts/helpers.py", ".1f", ".2f"),
        ("cnnlib/parts/helpers.py", "np.abs", "np.exp"),
    ],
)
def test_code_that_a_run_reaches_counts(hash_of, path, old, new):
    assert hash_of(LIBRARY, path, old, new) != hash_of(LIBRARY)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("cnnlib/work.py", '"""Measure."""', '"""Measure once."""'),
        ("cnnlib/work.py", '    """Measure."""\n', ""),
        ("cnnlib/work.py", "RATE = 0.3", "RATE = (\n    0.3  # a comment\n)"),
        ("cnnlib/work.py", "return other()", "return 2 * other()"),
        ("cnnlib/tools.py", "return -x", "return +x"),
        ("cnnlib/parts/unused.py", "1", "2"),
        ("cnnlib/_count.py", "return 4", "return 5"),
        ("cnnlib/__init__.py", "'0'", "'1'"),
    ],
)
def test_comments_docstrings_and_other_code_do_not(hash_of, path, old, new):
    assert hash_of(LIBRARY, path, old, new) == hash_of(LIBRARY)


def test_a_definition_may_move_to_another_file(hash_of):
    moved = dict(LIBRARY)
    moved["cnnlib/parts/new.py"] = moved.pop("cnnlib/parts/helpers.py")
    moved["cnnlib/parts/__init__.py"] = "from cnnlib.parts.new import helper\n"
    assert hash_of(moved) == hash_of(LIBRARY)


def test_what_fills_a_register_counts(hash_of):
    changed = hash_of(REGISTRY, "cnnlib/models/small.py", "return 1", "return 2")
    assert changed != hash_of(REGISTRY)


def test_every_version_of_python_finds_the_same(hash_of):
    assert hash_of(LIBRARY) == "f6197f2f3788fad1"
