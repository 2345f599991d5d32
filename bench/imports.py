"""What `import cnnlib` costs."""

import statistics
import subprocess
import sys
import time

from bench.table import Row

RUNS = 7


def seconds(program):
    """Return the wall-clock time of a fresh interpreter that runs `program`."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return time.perf_counter() - start


def measure():
    """Time `import cnnlib` in fresh interpreters, less what an empty program takes.

    The two programs take turns, so that a busy machine slows both alike. The file cache is warm:
    one interpreter of each kind runs first, untimed.
    """
    programs = ("import cnnlib", "pass")
    for program in programs:
        seconds(program)
    runs = [[seconds(program) for program in programs] for _ in range(RUNS)]
    imported, empty = (statistics.median(column) for column in zip(*runs, strict=True))
    seen = "import cnnlib, sys; print('tensorflow' in sys.modules)"
    answer = subprocess.check_output([sys.executable, "-c", seen], text=True).strip()
    how = f"medians of {RUNS}: {imported:.3f} s, less {empty:.3f} s for an empty program"
    yield Row("import cnnlib", max(0, round(imported - empty, 3)), "s", how, budget=0.3)
    yield Row(
        "TensorFlow loaded by import cnnlib", int(answer == "True"), "", "sys.modules", budget=0
    )
