"""Networks that live in the page, timed in node: forward, tests after an edit, training."""

import base64
import json
import statistics
import subprocess
from pathlib import Path

import keras
from keras import layers

import cnnlib
from bench.table import Row, median_row
from cnnlib import live, trained
from cnnlib.explorers import TrainingExplorer
from cnnlib.explorers._modules import joined
from cnnlib.explorers.training.network import digits
from cnnlib.models._parts import classifier, conv_norm_relu
from cnnlib.models._residual import basic, post_activation
from tests.support import node

CONVNETJS = "convnetjs@0.3.0"
FOLDER = Path(__file__).parents[1] / "build" / "npm"
ENGINE = ("network", "random", "trainer", "evaluation")
VIEWS = ("live_network/judge", "training/plan")


def measure():
    """Time LeNet-5 and a residual network, and train beside ConvNetJS, in turns."""
    residual = _residual()
    lenet = cnnlib.models.LeNet5Modern()
    models = {"lenet": lenet, "residual": residual, "digits": _digits()}
    found = _timed(models | {"symbols": trained.model("symbols")})
    yield median_row("LeNet-5, from a stroke to all maps", found["stroke"], "ms", budget=8)
    edit = [milliseconds / 1000 for milliseconds in found["edit"]]
    yield median_row("LeNet-5, 200 pictures after an edit of C1", edit, "s", budget=0.5)
    for where, times in found["symbols"].items():
        seconds = [milliseconds / 1000 for milliseconds in times]
        yield median_row(f"symbols network, 200 pictures after an edit of {where}", seconds, "s")
    what = f"residual network of {residual.count_params():,} weights, one picture"
    yield median_row(what, found["residual"], "ms", budget=50)
    yield median_row("a whole run of the TrainingExplorer", found["run"], "s")
    yield median_row("pictures a second in training, js/nn", found["ours"], "", runs="turns")
    yield median_row("pictures a second in training, ConvNetJS", found["theirs"], "", runs="turns")
    ratios = [one / other for one, other in zip(found["ours"], found["theirs"], strict=True)]
    how = f"median of {len(ratios)} turns, {min(ratios):.3g} to {max(ratios):.3g}"
    ratio = statistics.median(ratios)
    yield Row("js/nn against ConvNetJS", ratio, "x", how, budget=3, bound="at least")


def _timed(models):
    subprocess.run(
        ["npm", "install", "--silent", "--no-save", "--prefix", str(FOLDER), CONVNETJS], check=True
    )
    exported = {name: live.export(model) for name, model in models.items()}
    engine = joined(*(f"js/nn/{name}.js" for name in ENGINE), *(f"{name}.js" for name in VIEWS))
    data = {
        "engine": base64.b64encode(engine.encode()).decode(),
        "convnetjs": str(FOLDER / "node_modules" / "convnetjs"),
        "lessons": _lessons(),
        "networks": {
            name: {"graph": one.graph, "weights": base64.b64encode(one.weights).decode()}
            for name, one in exported.items()
        },
    }
    script = Path(__file__).with_name("live.js").read_text("utf-8")
    command = [node.executable(), "--input-type=module", "--eval", script]
    done = subprocess.run(
        command, input=json.dumps(data), check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout)


def _lessons():
    """Return what the `TrainingExplorer` learns, and how."""
    explorer = TrainingExplorer()
    held = {name: values.ravel().tolist() for name, values in digits()._asdict().items()}
    tests = {"pictures": held.pop("held_out"), "classes": held.pop("truth")}
    names = ("layers", "optimizers", "epochs")
    given = {name: getattr(explorer, name) for name in names}
    return held | given | {"tests": tests, "how": explorer.settings()}


def _residual():
    """Return four residual units for 32x32 pixels."""
    inputs = keras.Input((32, 32, 1))
    x = conv_norm_relu(inputs, 16, 3, name="conv1")
    for number, (filters, stride) in enumerate([(16, 1), (32, 2), (48, 2), (48, 1)], 1):
        x = post_activation(x, basic(filters, stride), f"unit{number}")
    return classifier(inputs, x, 10, "residual")


def _digits():
    """Return the network of ConvNetJS's first figures: convolutions of 8 and 16 5x5 kernels."""
    body = [
        layer
        for filters in (8, 16)
        for layer in (
            layers.Conv2D(filters, 5, padding="same", activation="relu"),
            layers.MaxPooling2D(),
        )
    ]
    head = [layers.Flatten(), layers.Dense(10, activation="softmax")]
    return keras.Sequential([keras.Input((28, 28, 1)), *body, *head])
