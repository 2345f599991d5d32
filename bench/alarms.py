"""What `cnnlib.training.diagnose` says of all that the experiments train."""

from contextlib import contextmanager
from importlib import import_module
from unittest import mock

import keras
import numpy as np

from bench.table import Row
from cnnlib import training

PLANTED = {
    "saturation": {"relu, 2012": "unscaled inputs", "tanh, 2012": "unscaled inputs"},
    "transfer_pixels": dict.fromkeys(
        ("0 to 255, flattened", "0 to 255, pooled"), "unscaled inputs"
    ),
    "digits_recipe": dict.fromkeys(
        ("Adadelta 0.001", "Adadelta 0.001, 36 epochs"), "learning rate too low"
    ),
}
"""Experiment -> variant -> what stands in the way there, as the experiment means it."""

EXPERIMENTS = (
    *PLANTED,
    *("learned_sobel", "shuffled_pixels", "weight_sharing", "digits_pictures", "small_stacks"),
    *("towers", "inception_bottleneck", "degradation", "separable", "gates", "precision"),
    *("transfer_examples", "transfer_layers"),
)
"""Those that train; the pages' networks and the failures have tests of their own."""

SEEN = 400  # pictures that `diagnose` gets
BATCHES = 8  # that stand for all where a training is told of one batch at a time


def measure():
    """Train each variant once, as it is stored, and count the alarms."""
    healthy, false, planted, found = 0, {}, 0, 0
    for name in EXPERIMENTS:
        module = import_module(f"cnnlib.experiments.{name}")
        declared = module.EXPERIMENT
        for variant, settings in declared.variants.items():
            with watched() as faults:
                module.measure(0, **settings | declared.scales["small"])
            fault = PLANTED.get(name, {}).get(variant)
            healthy, planted = healthy + (not fault), planted + bool(fault)
            found += fault in faults
            if not fault and faults:
                false[f"{name}, {variant}"] = sorted(faults)
    how = f"{healthy} trainings, seed 0"
    yield Row("healthy trainings with an alarm", len(false), "", f"{how} {false or ''}", budget=0)
    how = "trainings of experiments about a fault"
    yield Row("planted faults found", found, "", how, budget=planted, bound="at least")


@contextmanager
def watched():
    """Diagnose each model when it is first asked after its training, or in the end.

    Yields:
        A set that the faults get into.
    """
    fit, step, predict = (
        getattr(keras.Model, name) for name in ("fit", "train_on_batch", "predict_on_batch")
    )
    seen, faults = {}, set()

    def look():
        for model, batches in list(seen.items()):
            del seen[model]
            x, y = (np.concatenate(parts)[:SEEN] for parts in zip(*batches, strict=True))
            faults.update(finding.fault for finding in training.diagnose(model, x, y))

    def fitted(model, x=None, y=None, *args, **kwargs):
        seen[model] = [(x, y)]
        return fit(model, x, y, *args, **kwargs)

    def stepped(model, x, y=None, *args, **kwargs):
        if type(model).__module__.startswith("keras."):  # not what `diagnose` makes of it
            seen[model] = [*seen.get(model, [])[1 - BATCHES :], (x, y)]
        return step(model, x, y, *args, **kwargs)

    def predicted(model, *args, **kwargs):
        if model in seen:
            look()
        return predict(model, *args, **kwargs)

    with mock.patch.multiple(
        keras.Model, fit=fitted, train_on_batch=stepped, predict_on_batch=predicted
    ):
        yield faults
        look()
