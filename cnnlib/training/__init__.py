"""Training as the chapters do it, and what stands in its way.

`fit` trains with one line of progress and keeps what it has, whatever ends it; `restart` starts
over without compiling again; `diagnose` looks at a model and its data before, while or after.
"""

from cnnlib.training._diagnosis import Diagnosis, Finding, diagnose
from cnnlib.training._fitting import NotFinite, Training, fit, restart

__all__ = ["Diagnosis", "Finding", "NotFinite", "Training", "diagnose", "fit", "restart"]
