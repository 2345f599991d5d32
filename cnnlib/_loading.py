"""How TensorFlow is loaded: a live notebook is told, and what means nothing is left out."""

import logging
import os
import subprocess
import sys
from contextlib import contextmanager
from importlib.machinery import PathFinder

ANNOUNCEMENT = "oneDNN custom operations are on"
PREAMBLE = "All log messages before absl::InitializeLog() is called"
COMPILED_ANEW = "_conv_xla"
"""In what TensorFlow warns of wherever Keras compiles a grouped convolution for a CPU."""

FILTER = f"""
import sys
for line in sys.stdin.buffer:
    if not any(words in line for words in ({ANNOUNCEMENT.encode()}, {PREAMBLE.encode()})):
        sys.stderr.buffer.write(line)
        sys.stderr.flush()
"""


class TensorFlowFinder:
    """Finds TensorFlow as Python does; see `sys.meta_path`."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        """Return how TensorFlow is loaded, and None for all other modules."""
        spec = PathFinder.find_spec(name, path, target) if name == "tensorflow" else None
        if spec:
            execute = spec.loader.exec_module

            def exec_module(module):
                if "ipykernel" in sys.modules:  # it takes seconds
                    print("TensorFlow is being loaded", end="\r", file=sys.stderr)
                with _unannounced():
                    execute(module)

            spec.loader.exec_module = exec_module
        return spec


def leave_out_warnings():
    """Leave out of TensorFlow's warnings those of what only Keras could do otherwise."""
    logging.getLogger("tensorflow").addFilter(
        lambda record: COMPILED_ANEW not in record.getMessage()
    )


@contextmanager
def _unannounced():
    """Pass on what is written to the error stream, but for the lines about oneDNN.

    TensorFlow says them at any log level. Another process passes the rest on, so that the last
    words of one that TensorFlow aborts are read, too.
    """
    try:
        stream = os.dup(2)
    except OSError:  # the process has none
        yield
        return
    command = [sys.executable, "-ISc", FILTER]
    reading = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=stream)
    os.dup2(reading.stdin.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(stream, 2)
        os.close(stream)
        reading.communicate()
