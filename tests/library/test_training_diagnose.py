"""What `diagnose` finds where something was planted, and that it finds nothing in health."""

import json
import re
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import Input, Sequential, layers

from cnnlib import data, trained, training
from cnnlib.models.lenet import MAPLoss
from cnnlib.training import _data_rules, _network_rules
from cnnlib.training._sections import SECTION_OF, SECTIONS

DIGITS = data.load("digits", size=8)
X, Y = DIGITS.x_train[:400] / 255, DIGITS.y_train[:400]
ONE_HOT = keras.utils.to_categorical(Y, 10)


def network(*between, activation="relu", last="softmax", outputs=10, channels=1, **options):
    keras.utils.set_random_seed(options.pop("seed", 0))
    return Sequential(
        [
            Input((8, 8, channels)),
            *between,
            layers.Conv2D(8, 3, activation=activation, name="conv1", **options),
            layers.MaxPooling2D(2, name="pool"),
            layers.Flatten(name="flat"),
            layers.Dense(32, activation=activation, name="hidden", **options),
            layers.Dense(outputs, activation=last, name="head", **options),
        ]
    )


def compiled(model, optimizer="adam", loss="sparse_categorical_crossentropy"):
    model.compile(optimizer, loss)
    return model


def adam(rate):
    return keras.optimizers.Adam(rate)


def trained_for(model, epochs, x=X, y=Y):
    model.fit(x, y, 32, epochs, 0)
    return model


def with_one(value):
    x = X.copy()
    x[7, 2, 3] = value
    return x


def deep_sigmoids():
    keras.utils.set_random_seed(0)
    hidden = [layers.Dense(32, activation="sigmoid", name=f"hidden{n}") for n in range(12)]
    ends = [Input((8, 8, 1)), layers.Flatten()], [layers.Dense(10, activation="softmax")]
    return Sequential([*ends[0], *hidden, *ends[1]])


def frozen(model):
    model.trainable = False
    return model


def dead():
    """The notes' network, small: a rate so high that every ReLU dies, and the loss is ln 10."""
    model = compiled(network(), keras.optimizers.SGD(0.01))
    hidden = model.get_layer("hidden")
    hidden.set_weights([hidden.kernel.numpy(), np.full(32, -100.0)])
    return model


def without_input():
    return Sequential([layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(10, "softmax")])


def one_of_the_notes():
    """Pixels of 0 to 255 in a network that does not scale them."""
    return compiled(network())


def one_at_a_time():
    """Batch normalization between dense layers, trained on one picture after the other."""
    keras.utils.set_random_seed(0)
    norm = layers.BatchNormalization(momentum=0.9, name="norm")
    ends = [Input((8, 8, 1)), layers.Flatten()], [layers.Dense(10, activation="softmax")]
    model = compiled(Sequential([*ends[0], layers.Dense(32), norm, layers.ReLU(), *ends[1]]))
    model.fit(X[:200], Y[:200], 1, 1, 0)
    return model


SORTED = np.argsort(Y, kind="stable")
TWO_CHANNELS = np.concatenate([X, np.ones_like(X)], axis=-1)
UNBALANCED = np.r_[np.flatnonzero(Y == 3)[:2], np.flatnonzero(Y != 3)]

PLANTED = {
    # as in the notes
    "a dead network": (dead, X, Y, "dead units", "hidden"),
    "... says the same": (dead, X, Y, "same output for every picture", "head"),
    "pixels to 255": (one_of_the_notes, 255 * X, Y, "unscaled inputs", "conv1"),
    "pixels to 255, loss": (one_of_the_notes, 255 * X, Y, "loss far above guessing", "loss"),
    "ReLU last": (lambda: compiled(network(last="relu")), X, Y, "output activation", "head"),
    "ReLU before softmax": (
        lambda: compiled(Sequential([*network(last="relu").layers, layers.Softmax()])),
        *(X, Y, "output activation", "head"),
    ),
    "one at a time": (one_at_a_time, X, Y, "batches of one", "norm"),
    "no channels": (lambda: compiled(network()), X[..., 0], Y, "missing channel axis", "inputs"),
    "no channels, no input": (
        *(lambda: compiled(without_input()), X[..., 0], Y),
        *("missing channel axis", "inputs"),
    ),
    "dies while it learns": (
        *(lambda: trained_for(compiled(network(), adam(1.0)), 2), X, Y),
        *("dead units", "hidden"),
    ),
    # beyond them
    "labels from 1": (lambda: compiled(network()), X, Y + 1, "labels out of range", "labels"),
    "sorted": (lambda: compiled(network()), X[SORTED], Y[SORTED], "sorted data", "labels"),
    "sigmoid last": (
        *(lambda: compiled(network(last="sigmoid"), loss="categorical_crossentropy"), X, ONE_HOT),
        *("output activation", "head"),
    ),
    "no activation last": (
        *(lambda: compiled(network(last=None)), X, Y),
        *("output activation", "head"),
    ),
    "softmax twice": (
        lambda: compiled(
            network(), loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        ),
        *(X, Y, "output activation", "head"),
    ),
    "zeros": (
        *(lambda: compiled(network(kernel_initializer="zeros")), X, Y),
        *("equal weights", "conv1"),
    ),
    "rate too high": (
        *(lambda: compiled(network(), adam(1.0)), X, Y),
        *("learning rate too high", "optimizer"),
    ),
    "SGD's rate too high": (
        *(lambda: compiled(network(), keras.optimizers.SGD(100.0)), X, Y),
        *("learning rate too high", "optimizer"),
    ),
    "rate too low": (
        *(lambda: compiled(network(), adam(1e-8)), X, Y),
        *("learning rate too low", "optimizer"),
    ),
    "Adadelta's rate in Keras": (
        *(lambda: compiled(network(), "adadelta"), X, Y),
        *("learning rate too low", "optimizer"),
    ),
    "constant channel": (
        *(lambda: compiled(network(channels=2)), TWO_CHANNELS, Y),
        *("constant channel", "inputs"),
    ),
    "one-hot": (lambda: compiled(network()), X, ONE_HOT, "one-hot labels", "labels"),
    "numbers for rows": (
        *(lambda: compiled(network(), loss="categorical_crossentropy"), X, Y),
        *("labels not one-hot", "labels"),
    ),
    "NaN": (lambda: compiled(network()), with_one(np.nan), Y, "inputs not finite", "inputs"),
    "infinite": (lambda: compiled(network()), with_one(np.inf), Y, "inputs not finite", "inputs"),
    "no sevens": (*(lambda: compiled(network()), X[Y != 7], Y[Y != 7], "missing class", "labels"),),
    "few threes": (
        *(lambda: compiled(network()), X[UNBALANCED], Y[UNBALANCED]),
        *("unbalanced classes", "labels"),
    ),
    "scaled twice": (lambda: compiled(network()), X / 255, Y, "inputs too small", "conv1"),
    "saturated": (
        *(lambda: compiled(network(activation="tanh")), 255 * X, Y, "saturated units", "conv1"),
    ),
    "saturated sigmoid, no gate": (
        *(lambda: compiled(network(activation="sigmoid")), 9999 * X, Y, "saturated units", "conv1"),
    ),
    "vanishing": (*(lambda: compiled(deep_sigmoids()), X, Y, "vanishing gradient", "hidden0"),),
    "all frozen": (*(lambda: compiled(frozen(network())), X, Y, "nothing to train", "all layers"),),
    "frozen, unprocessed": (
        *(lambda: compiled(frozen(network(layers.BatchNormalization(name="norm")))), 255 * X, Y),
        *("unprocessed inputs", "norm"),
    ),
    "one softmax": (
        *(lambda: compiled(network(outputs=1), loss="binary_crossentropy"), X, Y % 2),
        *("one output", "head"),
    ),
    "labels of -1 and 1": (
        lambda: compiled(network(outputs=1, last="sigmoid"), loss="binary_crossentropy"),
        *(X, 2 * (Y % 2) - 1, "labels out of range", "labels"),
    ),
    "targets beyond tanh": (
        *(lambda: compiled(network(outputs=1, last="tanh"), loss="mse"), X, Y),
        *("output activation", "head"),
    ),
    "channels first": (
        *(lambda: compiled(network()), X.transpose(0, 3, 1, 2), Y, "wrong shape", "inputs"),
    ),
}


@pytest.mark.filterwarnings("ignore:You are using a softmax")  # Keras knows one of the faults
@pytest.mark.parametrize(("made", "x", "y", "fault", "layer"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found_where_it_is(made, x, y, fault, layer):
    found = training.diagnose(made(), x, y)
    assert (fault, layer) in {(one.fault, one.layer) for one in found}, str(found)
    assert all(one.found and one.advice for one in found)


def residual(seed):
    keras.utils.set_random_seed(seed)
    inputs = Input((8, 8, 1))
    x = inputs
    for filters in (8, 8, 16):
        path = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        path = layers.ReLU()(layers.BatchNormalization()(path))
        x = layers.Concatenate()([x, path])
    return keras.Model(inputs, layers.Dense(10, "softmax")(layers.GlobalAveragePooling2D()(x)))


def normalized(seed):
    """Batch normalization in the place where `one_at_a_time` has it."""
    keras.utils.set_random_seed(seed)
    hidden = [layers.Dense(32), layers.BatchNormalization(momentum=0.9), layers.ReLU()]
    ends = [Input((8, 8, 1)), layers.Flatten()], [layers.Dense(10, activation="softmax")]
    return Sequential([*ends[0], *hidden, *ends[1]])


SPARSE, FROM_LOGITS = "sparse_categorical_crossentropy", keras.losses.BinaryCrossentropy(True)
HEALTHY = {
    "normalized inside": (normalized, adam(0.01), SPARSE, X, Y),
    "the recipe": (network, "adam", SPARSE, X, Y),
    "a high rate that works": (network, adam(0.01), SPARSE, X, Y),
    "one-hot": (network, "nadam", "categorical_crossentropy", X, ONE_HOT),
    "scaled inside": (
        lambda seed: network(layers.Rescaling(1 / 255), layers.Dropout(0.2), seed=seed),
        *("rmsprop", SPARSE, DIGITS.x_train[:400], Y),
    ),
    "normalized": (
        lambda seed: network(layers.BatchNormalization(), seed=seed),
        *(keras.optimizers.SGD(0.1, momentum=0.9), SPARSE, 255 * X, Y),
    ),
    "shortcuts": (residual, adam(0.01), SPARSE, X, Y),
    "tanh": (
        *(lambda seed: network(activation="tanh", seed=seed), keras.optimizers.SGD(0.1)),
        *(SPARSE, X, Y),
    ),
    "sigmoid": (
        lambda seed: network(outputs=1, last="sigmoid", seed=seed),
        *("adam", "binary_crossentropy", X, Y % 2),
    ),
    "binary": (
        lambda seed: network(outputs=1, last=None, seed=seed),
        *("adam", FROM_LOGITS, X, Y % 2),
    ),
    "regression": (
        lambda seed: network(outputs=1, last=None, seed=seed),
        *(adam(0.003), "mse", X, Y / 10),
    ),
}


@pytest.mark.parametrize("epochs", [0, 5])
@pytest.mark.parametrize(("build", "optimizer", "loss", "x", "y"), HEALTHY.values(), ids=HEALTHY)
def test_a_healthy_network_gives_no_alarm(build, optimizer, loss, x, y, epochs):
    for seed in range(3):
        model = build(seed=seed)
        config = keras.optimizers.serialize(keras.optimizers.get(optimizer))
        model.compile(keras.optimizers.deserialize(config), loss)
        found = training.diagnose(trained_for(model, epochs, x, y) if epochs else model, x, y)
        assert not found, f"seed {seed}: {found}"


DEAD = {("senet", 1): ("dead units", "conv2_1_se_reduce")}
"""What is wrong indeed: both units are 0 for all pictures, so that these gates stand still."""


@pytest.mark.parametrize("name", trained.available())
def test_the_networks_of_the_pages_are_healthy_where_nothing_died(name):
    pictures = trained.network(name)
    for seed in range(3):
        loss = MAPLoss() if name == "lenet" else "sparse_categorical_crossentropy"
        model = compiled(trained.model(name, seed), adam(0.01), loss)
        found = training.diagnose(model, pictures.pictures, pictures.classes)
        expected = [DEAD[name, seed]] if (name, seed) in DEAD else []
        assert [(one.fault, one.layer) for one in found] == expected, f"seed {seed}: {found}"


def test_at_a_minimum_no_rate_is_too_low():
    random = np.random.default_rng(0)
    x = random.normal(size=(200, 5))
    y = x.sum(axis=1) + random.normal(size=200)
    best, *_ = np.linalg.lstsq(x, y)
    model = Sequential([Input((5,)), layers.Dense(1, use_bias=False)])
    model.set_weights([best[:, np.newaxis]])
    assert not training.diagnose(compiled(model, keras.optimizers.SGD(0.1), "mse"), x, y)


def test_nothing_is_changed():
    model = trained_for(compiled(network(layers.BatchNormalization(), layers.Dropout(0.3))), 1)
    before = [variable.numpy() for variable in (*model.variables, *model.optimizer.variables)]
    for pictures in (X, 255 * X):
        training.diagnose(model, pictures, Y)
    after = [variable.numpy() for variable in (*model.variables, *model.optimizer.variables)]
    assert all(map(np.array_equal, before, after))


def test_the_sizes_are_those_of_a_linear_network():
    keras.utils.set_random_seed(0)
    model = Sequential([Input((4,)), layers.Dense(1, use_bias=False, name="line")])
    model.compile(keras.optimizers.SGD(0.1), "mse")
    x = np.random.default_rng(0).normal(size=(20, 4))
    y = x @ [1.0, 2, 3, 4]
    kernel = model.get_weights()[0][:, 0]
    gradient = 2 * x.T @ (x @ kernel - y) / 20

    def size(values):
        return np.sqrt(np.mean(np.square(values)))

    measured = training.diagnose(model, x, y).layers.loc["line"]
    assert measured["output"] == pytest.approx(size(x @ kernel), rel=1e-5)
    assert measured["weights"] == pytest.approx(size(kernel), rel=1e-5)
    assert measured["gradient"] == pytest.approx(size(gradient), rel=1e-5)
    assert measured["moved"] == pytest.approx(0.1 * size(gradient) / size(kernel), rel=1e-5)


def test_layers_inside_a_nested_model_are_looked_at():
    inner = network()
    outer = compiled(Sequential([Input((8, 8, 1)), inner]))
    inner.get_layer("hidden").bias.assign(np.full(32, -100.0))
    found = training.diagnose(outer, X, Y)
    assert ("dead units", f"{inner.name}/hidden") in {(one.fault, one.layer) for one in found}


def test_a_diagnosis_reads_as_a_list_a_text_and_a_page():
    found = training.diagnose(compiled(network(last="relu")), X, Y + 1)
    assert [one.fault for one in found] == ["labels out of range", "output activation"]
    assert found[1].layer == "head"
    lines = repr(found).splitlines()
    assert lines[0] == "2 findings:"
    assert lines[1] == (
        "1. labels out of range (labels): y goes from 1 to 10, and the 10 outputs are the classes "
        '0 to 9. Count from 0: y - 1. See "Shapes, classes and their order".'
    )
    assert any(line.startswith("hidden") for line in lines)
    page = found._repr_html_()
    assert page.count("<li>") == 2
    assert 'aria-label="Sizes in every layer"' in page


@pytest.mark.parametrize("module", [_data_rules, _network_rules])
def test_every_fault_has_its_section_in_the_chapter(module):
    faults = set(re.findall(r'Finding\(\s*"([^"]+)"', Path(module.__file__).read_text("utf8")))
    assert faults <= SECTION_OF.keys()


def test_the_sections_are_headings_of_the_chapter():
    notebook = Path(__file__).parents[2] / "book/networks/debugging_training.ipynb"
    cells = json.loads(notebook.read_text("utf8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    headings = set(re.findall(r"^#{2,3} (.*)$", text, re.MULTILINE))
    assert SECTIONS.keys() <= headings


def test_names_are_escaped_in_the_page():
    model = Sequential([Input((8, 8, 1)), layers.Flatten(), layers.Dense(10, name="a<b")])
    page = training.diagnose(compiled(model), X, Y)._repr_html_()
    assert "a&lt;b" in page
    assert "a<b" not in page


def test_a_healthy_diagnosis_says_so():
    found = training.diagnose(compiled(network()), X, Y)
    assert repr(found).startswith("Nothing found that stands in the way of the training.\n")
    assert "<ol>" not in found._repr_html_()


def two_ends():
    inputs = Input((8, 8, 1)), Input((8, 8, 1))
    return keras.Model(inputs, layers.Flatten()(layers.Add()(inputs)))


@pytest.mark.parametrize(
    ("error", "name", "made", "x", "y"),
    [
        (TypeError, "model", lambda: "digits", X, Y),
        (ValueError, "model", network, X, Y),
        (ValueError, "model", lambda: compiled(two_ends()), X, Y),
        (ValueError, "x", lambda: compiled(network()), X[:3], Y),
        (ValueError, "x", lambda: compiled(network()), X[:0], Y[:0]),
    ],
)
def test_a_wrong_argument_is_named(error, name, made, x, y):
    with pytest.raises(error, match=rf"^`{name}` .*must .*Received: "):
        training.diagnose(made(), x, y)
