"""Claims measured outside the chapters, with many seeds, and shown inside them.

An experiment is a module of this package: `EXPERIMENT` says what is asked and by which rules the
answer will be called, `measure` makes one run. What was measured lies in `results/`, one line for
each run. `python -m cnnlib experiment NAME` makes the runs that are missing.
"""

from cnnlib.experiments._declaration import available, declaration
from cnnlib.experiments._runner import measure, missing, run, stale
from cnnlib.experiments._verdicts import results, verdicts

__all__ = ["available", "declaration", "measure", "missing", "results", "run", "stale", "verdicts"]
