"""The trained networks of the pages: what is shipped is what was measured."""

import base64

import numpy as np
import pytest

from cnnlib import experiments, live, trained
from cnnlib.experiments import _declaration, _live, _store

NAMES = trained.available()
RECORDS = [
    record
    for name in NAMES
    for record in _store.read(_store.RESULTS / f"live_{name}.jsonl")
    if record["scale"] == "small"
]


def named(model, images):
    """The classes that a network names."""
    return live.chosen(model.predict(images, verbose=0), type(model.layers[-1]).__name__)


def per_cent_right(model, images, classes):
    return 100 * np.mean(named(model, images) == classes)


def data(name):
    return _declaration.module(f"live_{name}").pictures()


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: f"{one['variant']}, {one['seed']}")
def test_the_stored_weights_are_as_accurate_as_stored(record):
    """To within one picture: another machine sums in another order, and two classes may be even."""
    name, measured = record["variant"], record["measured"]
    model, pictures = trained.model(name, record["seed"]), data(name)
    x, y = pictures.x_test, pictures.y_test
    assert per_cent_right(model, x, y) == pytest.approx(measured["rounded"], abs=100 / len(x))
    shown = per_cent_right(model, x[:200], y[:200])
    assert shown == pytest.approx(measured["shown"], abs=100 / 200)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_gets_the_first_seed_s_weights_and_pictures_that_it_did_not_learn_from(name):
    network, pictures = trained.network(name), data(name)
    (first,) = (one for one in RECORDS if (one["variant"], one["seed"]) == (name, 0))
    stored = np.frombuffer(base64.b64decode(first["measured"]["weights"]), "<f2")
    np.testing.assert_array_equal(np.sort(np.frombuffer(network.weights, "<f2")), np.sort(stored))
    assert network.graph["name"] == name
    assert network.graph["layers"][0]["shape"] == list(network.pictures.shape[1:])
    assert network.graph["layers"][-1]["shape"] == [len(network.class_names)]
    assert network.pictures.dtype == np.uint8
    assert len(network.pictures) == len(network.classes) == 200
    known = trained.sixteen_shades(np.concatenate([pictures.x_train, pictures.x_val]))
    learned = {one.tobytes() for one in known}
    assert not learned & {one.tobytes() for one in network.pictures}


@pytest.mark.parametrize("name", NAMES)
def test_sixteen_shades_change_the_class_of_one_picture_at_most(name):
    model, pictures = trained.model(name), data(name).x_test[:200]
    exact, rounded = (named(model, one) for one in (pictures, trained.network(name).pictures))
    assert np.sum(exact != rounded) <= 1  # of senet's 200; none of the others'


@pytest.mark.parametrize("name", NAMES)
def test_another_seed_is_another_network(name):
    first, second = (trained.model(name, seed).get_weights()[0] for seed in (0, 1))
    assert not np.array_equal(first, second)


@pytest.fixture
def folder_with(tmp_path):
    """Return a function: a folder of results whose digits network has other weights."""

    def made(damage):
        for record in _store.read(_store.RESULTS / "live_digits.jsonl"):
            weights = record["measured"]["weights"]
            changed = {**record["measured"], "weights": damage(weights)}
            _store.append(tmp_path / "live_digits.jsonl", {**record, "measured": changed})
        return tmp_path

    return made


@pytest.mark.parametrize(
    "damage",
    [
        lambda weights: ("B" if weights[0] == "A" else "A") + weights[1:],
        lambda weights: weights[:-8],
        lambda weights: weights + weights,
        lambda weights: "?" + weights[1:],
        lambda weights: "",
    ],
    ids=["changed", "cut", "doubled", "no base64", "empty"],
)
def test_damaged_weights_are_refused_with_a_way_out(folder_with, damage):
    complaint = (
        r"^`live_digits\.jsonl` must hold 20,042 undamaged weights.*"
        r"python -m cnnlib experiment live_digits.*Received: [\d,]+ bytes"
    )
    with pytest.raises(ValueError, match=complaint):
        trained.model("digits", folder=folder_with(damage))


def test_weights_of_another_network_are_refused(monkeypatch):
    digits, symbols = (_declaration.module(f"live_{name}") for name in ("digits", "symbols"))
    monkeypatch.setattr(digits, "build", symbols.build)
    with pytest.raises(ValueError, match=r"`live_digits\.jsonl` must hold .* undamaged weights"):
        trained.model("digits")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("letters",), "^`name` must be one of .*'digits'.*. Received: 'letters'"),
        (("digits", -1), "^`seed` must be at least 0. Received: -1"),
        (("digits", 99), "^`seed` must be one that .* has trained: 0, 1, 2. Received: 99"),
    ],
)
def test_wrong_arguments_are_named(arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        trained.model(*arguments)


def test_where_nothing_was_trained_the_command_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"`python -m cnnlib experiment live_digits` .*: none"):
        trained.model("digits", folder=tmp_path)


def test_what_is_drawn_grows_and_shrinks_and_stays_on_its_paper():
    images = np.full((200, 32, 32, 1), 200, np.uint8)
    images[:, 12:20, 12:20] = 40
    for factor in (0.5, 1, 1.5):
        moved = _live.moved(images, np.random.default_rng(0), [factor, factor])
        ink = (200 - moved.astype(float)).sum(axis=(1, 2, 3)) / (200 - 40)
        assert np.median(ink) == pytest.approx((8 * factor) ** 2, rel=0.05)
        assert (moved[:, [0, 0, -1, -1], [0, -1, 0, -1]] == 200).all()


@pytest.mark.parametrize("name", NAMES)
def test_every_claim_about_a_network_shows(name):
    assert {one.verdict for one in experiments.verdicts(f"live_{name}")} == {"shows"}
