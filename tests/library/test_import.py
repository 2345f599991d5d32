import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import cnnlib

ROOT = Path(__file__).parents[2]
HEAVY = {"tensorflow", "keras", "matplotlib", "skimage", "sklearn", "scipy", "pandas"}


def start(program, **environment):
    """Run a program in a fresh interpreter to its end."""
    known = {k: v for k, v in os.environ.items() if not k.startswith("TF_")}
    return subprocess.run(
        [sys.executable, "-c", "import json, os, sys\n" + program],
        capture_output=True,
        text=True,
        env=known | environment,
    )


def run(program, **environment):
    """Run a program in a fresh interpreter and return what it prints, as JSON, and its stderr."""
    done = start(program, **environment)
    done.check_returncode()
    return json.loads(done.stdout), done.stderr


def loaded_by(program):
    modules, _ = run(program + "\nprint(json.dumps([*sys.modules]))")
    return {module.partition(".")[0] for module in modules}


def test_import_loads_nothing_heavy():
    assert not loaded_by("import cnnlib") & (HEAVY | {"numpy", "PIL", "ipywidgets", "anywidget"})


USES_KERAS = {"analysis", "analyze", "layers", "live", "models"}


@pytest.mark.parametrize("name", sorted({*cnnlib.__all__} - USES_KERAS - {"plots"}))
def test_modules_load_nothing_heavy(name):
    assert not loaded_by(f"import cnnlib; cnnlib.{name}") & HEAVY


def test_plots_leave_tensorflow_and_pyplot_alone():
    modules, _ = run("import cnnlib; cnnlib.plots\nprint(json.dumps([*sys.modules]))")
    assert not {"tensorflow", "keras", "skimage", "matplotlib.pyplot"} & set(modules)


def test_reading_a_picture_loads_neither_of_the_libraries_that_ship_it():
    program = """
from cnnlib import data
[data.picture(name, 64) for name in data.pictures()]
"""
    assert not loaded_by(program) & HEAVY


def test_tensorflow_starts_in_silence():
    program = """
import cnnlib
import tensorflow as tf
output = tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([3, 3, 1, 1]), 1, "VALID")
print(json.dumps(output.numpy().item()))
"""
    value, noise = run(program)
    assert value == 9
    assert noise == ""


def test_tensorflow_starts_with_onednn_and_without_a_word_about_it():
    program = """
import cnnlib
import tensorflow
from tensorflow.python.util import _pywrap_util_port
print(json.dumps(_pywrap_util_port.IsMklEnabled()))
"""
    assert run(program) == (True, "")


def test_a_repeatable_training_is_silent():
    program = """
from cnnlib import experiments
print(json.dumps(experiments.run("failures", "healthy", 0, "glimpse")["alarms"]))
"""
    assert run(program) == (0, "")


def test_grouped_convolutions_are_no_reason_for_a_warning():
    program = """
import cnnlib, keras
outputs = [keras.layers.Conv2D(4, 3, groups=2)(keras.ops.ones((1, 5, 5, 2))) for _ in range(8)]
print(json.dumps([*outputs[0].shape]))
"""
    assert run(program) == ([1, 3, 3, 4], "")


def test_the_last_words_of_a_tensorflow_that_is_aborted_are_passed_on(tmp_path):
    (tmp_path / "tensorflow.py").write_text("""
import os
os.write(2, b"oneDNN custom operations are on. You may see ...\\nThis CPU lacks AVX")
os.abort()
""")
    done = start("import cnnlib, tensorflow", PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert done.returncode < 0
    assert done.stderr.startswith("This CPU lacks AVX")


def test_tensorflow_is_loaded_where_there_is_no_error_stream(tmp_path):
    (tmp_path / "tensorflow.py").write_text("name = 1")
    program = "os.close(2); import cnnlib, tensorflow; print(json.dumps(tensorflow.name))"
    value, _ = run(program, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert value == 1


def test_the_reader_s_own_settings_are_kept():
    program = "import cnnlib; print(json.dumps(os.environ['TF_CPP_MIN_LOG_LEVEL']))"
    level, _ = run(program, TF_CPP_MIN_LOG_LEVEL="0")
    assert level == "0"


def test_names_are_listed_and_unknown_ones_refused():
    assert set(cnnlib.__all__) <= set(dir(cnnlib))
    with pytest.raises(AttributeError, match="no attribute 'tensorflow'"):
        _ = cnnlib.tensorflow
