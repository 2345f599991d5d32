"""Runs: one at a time, or all that are missing."""

import hashlib
import json
import platform
import signal
import sys
import threading
import time
from contextlib import contextmanager
from importlib.metadata import version

from cnnlib.checks import check_choice, check_integer
from cnnlib.experiments import _code, _declaration, _store
from cnnlib.experiments._declaration import SCALES, CardExperiment


def run(name, variant, seed, scale="small"):
    """Make one run of an experiment; nothing is stored.

    The same seed gives the same numbers on one machine.

    Args:
        name: one of `available()`.
        variant: one of the experiment's variants.
        seed: 0 to 2^32 - 1.
        scale: "glimpse" (seconds), "small" (two cores) or "full" (a graphics card).

    Returns:
        A dict: the experiment's measures by name, numbers and lists of numbers.

    Raises:
        TypeError: `seed` is not an integer.
        ValueError: a name is unknown, or `seed` out of range.
    """
    module = _declaration.module(name)
    check_choice("variant", variant, [*module.EXPERIMENT.variants])
    check_choice("scale", scale, SCALES)
    _set_seed(check_integer("seed", seed, least=0, most=2**32 - 1))
    return module.measure(seed, **_settings(module.EXPERIMENT, variant, scale))


def measure(name, scale="small", seeds=None, folder=_store.RESULTS):
    """Make the runs of an experiment that are missing, with a progress bar, and store each.

    A run is missing if it was never stored, or was measured by other code or with other
    settings. Whatever interrupts the work, the same call goes on where it stopped.

    Args:
        name: one of `available()`.
        scale: as in `run`.
        seeds: how many runs of each variant; None takes the experiment's number.
        folder: a `pathlib.Path`, where the results are kept.

    Raises:
        TypeError: `seeds` is not an integer.
        ValueError: a name is unknown, or `seeds` not positive.
    """
    waiting = missing(name, scale, seeds, folder)
    if not waiting:
        return
    import keras

    bar = keras.utils.Progbar(len(waiting), unit_name="run")
    bar.update(0)
    with _interrupts() as interrupts:
        for variant, seed in waiting:
            start = time.perf_counter()
            measured = run(name, variant, seed, scale)
            record = {
                "variant": variant,
                "seed": seed,
                "scale": scale,
                "measured": measured,
                **_origin(name, variant, scale),
                "versions": _versions(),
                "device": ", ".join([platform.machine(), *_devices()]),
                "seconds": round(time.perf_counter() - start, 2),
            }
            _store.append(folder / f"{name}.jsonl", record)
            bar.add(1)
            if interrupts:
                raise KeyboardInterrupt


def suits(name):
    """Tell whether this machine has what an experiment is about, be it a graphics card.

    Args:
        name: one of `available()`.
    """
    if not isinstance(_declaration.declaration(name), CardExperiment):
        return True
    import keras

    devices = keras.distribution.list_devices()
    return keras.backend.backend() == "jax" and any(one.startswith("gpu") for one in devices)


def missing(name, scale="small", seeds=None, folder=_store.RESULTS):
    """Return the runs that `measure` would make.

    Args:
        name: one of `available()`.
        scale: as in `run`.
        seeds: as in `measure`.
        folder: as in `measure`.

    Returns:
        List of (variant, seed), seed after seed.

    Raises:
        TypeError: `seeds` is not an integer.
        ValueError: a name is unknown, or `seeds` not positive.
    """
    experiment = _declaration.declaration(name)
    check_choice("scale", scale, SCALES)
    count = experiment.seeds[scale] if seeds is None else check_integer("seeds", seeds, least=1)
    present = {
        (record["variant"], record["seed"])
        for record in latest(name, scale, folder)
        if _is_current(name, record)
    }
    wanted = [(variant, seed) for seed in range(count) for variant in experiment.variants]
    return [one for one in wanted if one not in present]


def stale(name, folder=_store.RESULTS):
    """Return the stored runs that other code or other settings have measured.

    Args:
        name: one of `available()`.
        folder: as in `measure`.

    Returns:
        List of (variant, seed, scale).
    """
    return [
        (record["variant"], record["seed"], scale)
        for scale in SCALES
        for record in latest(name, scale, folder)
        if not _is_current(name, record)
    ]


def latest(name, scale, folder=_store.RESULTS):
    """Return the stored runs at a scale, the last one of each variant and seed.

    Args:
        name: one of `available()`.
        scale: as in `run`.
        folder: as in `measure`.

    Returns:
        List of records, by seed and, within a seed, in the order of the variants.
    """
    variants = [*_declaration.declaration(name).variants]
    found = {
        (record["seed"], variants.index(record["variant"])): record
        for record in _store.read(folder / f"{name}.jsonl")
        if record["scale"] == scale and record["variant"] in variants
    }
    return [found[key] for key in sorted(found)]


@contextmanager
def _interrupts():
    """Give a list of the interrupts so far: a library's callback may swallow the exception."""
    if threading.current_thread() is not threading.main_thread():
        yield []
        return
    seen = []

    def note(number, frame):
        seen.append(number)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, before)


def _is_current(name, record):
    return _origin(name, record["variant"], record["scale"]).items() <= record.items()


def _origin(name, variant, scale):
    """Return hashes of the settings and of the code of a run."""
    module = _declaration.module(name)
    settings = json.dumps(_settings(module.EXPERIMENT, variant, scale), sort_keys=True)
    return {
        "configuration": hashlib.sha256(settings.encode()).hexdigest()[:16],
        "code": _code.fingerprint(module.__name__, "measure"),
    }


def _settings(experiment, variant, scale):
    return {**experiment.variants[variant], **experiment.scales[scale]}


def _set_seed(seed):
    import keras

    if keras.backend.backend() == "tensorflow":
        from cnnlib import device

        device.setup(seed=seed)
    else:
        keras.utils.set_random_seed(seed)


def _devices():
    """Return the devices of Keras's back end: under JAX by the names of their makers."""
    import keras

    if keras.backend.backend() == "jax":
        import jax

        return [one.device_kind for one in jax.devices()]
    return keras.distribution.list_devices()


def _versions():
    import keras

    backend = keras.backend.backend()
    return {
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "keras": keras.__version__,
        backend: sys.modules[backend].__version__,
    }
