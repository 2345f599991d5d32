import json
import subprocess
import sys

import pytest

from cnnlib.data import available, load


def test_the_datasets_without_a_network_come_first():
    assert available() == ["digits", "symbols", "folder", "mnist", "fashion_mnist", "cifar10"]


@pytest.mark.parametrize(
    ("name", "options", "error", "argument"),
    [
        ("letters", {}, ValueError, "name"),
        (3, {}, TypeError, "name"),
        (["digits"], {}, TypeError, "name"),
        ("digits", {"count": 10}, TypeError, "options"),
        ("mnist", {"size": 28}, TypeError, "options"),
        ("digits", {"size": 7}, ValueError, "size"),
        ("digits", {"size": 301}, ValueError, "size"),
        ("digits", {"size": 8.0}, TypeError, "size"),
        ("digits", {"seed": -1}, ValueError, "seed"),
        ("mnist", {"seed": "0"}, TypeError, "seed"),
        ("symbols", {"size": 15}, ValueError, "size"),
        ("symbols", {"size": 301}, ValueError, "size"),
        ("symbols", {"size": (32, 32)}, TypeError, "size"),
        ("symbols", {"seed": None}, TypeError, "seed"),
        ("symbols", {"count": 99}, ValueError, "count"),
        ("symbols", {"count": 500, "classes": 51}, ValueError, "classes"),
        ("symbols", {"classes": 1}, ValueError, "classes"),
        ("symbols", {"classes": 2.5}, TypeError, "classes"),
        ("symbols", {"classes": True}, TypeError, "classes"),
        ("symbols", {"classes": "plus"}, TypeError, "classes"),
        ("symbols", {"classes": {"plus", "minus"}}, TypeError, "classes"),
        ("symbols", {"classes": ["plus"]}, ValueError, "classes"),
        ("symbols", {"classes": []}, ValueError, "classes"),
        ("symbols", {"classes": ["plus", "plus"]}, ValueError, "classes"),
        ("symbols", {"classes": ["plus", "times"]}, ValueError, "classes"),
        ("symbols", {"classes": ["plus", ["minus"]]}, ValueError, "classes"),
    ],
)
def test_wrong_arguments_are_named(name, options, error, argument):
    with pytest.raises(error, match=rf"^`{argument}` .*Received: "):
        load(name, **options)


def test_messages_list_what_there_is():
    with pytest.raises(ValueError, match="'digits', 'symbols', 'folder'"):
        load("letters")
    with pytest.raises(TypeError, match=r"are size, seed\. Received: colour=3"):
        load("digits", colour=3)
    with pytest.raises(ValueError, match=r"x, square root, plus.* Received: 'times', 3"):
        load("symbols", classes=["plus", "times", 3])


def test_digits_and_symbols_that_were_drawn_before_load_nothing_heavy(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    options = {"classes": 2, "size": 16, "count": 20}
    load("symbols", **options)
    program = f"""
import json, sys
from cnnlib.data import load
load("digits", size=16), load("symbols", **{options})
print(json.dumps([*sys.modules]))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    modules = {module.partition(".")[0] for module in json.loads(done.stdout)}
    assert "numpy" in modules
    assert not modules & {"tensorflow", "keras", "matplotlib", "skimage", "sklearn", "scipy"}
