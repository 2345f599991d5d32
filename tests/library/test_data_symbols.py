import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest

from cnnlib.data import drawing, load, symbol_names, symbols

TEN = [
    *("x", "square root", "plus", "minus", "equal"),
    *("percent", "partial", "product", "pi", "summation"),
]
SMALL = {"classes": ["pi", "plus minus", "xi"], "size": 32, "count": 90}
# Of the training images of `SMALL`: a change of any pixel is a change of the data's version.
DIGEST = "2bde4cc2eb1acd72ca7643a5d3df7962088986a6272a8a338b8efbbec652b528"


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "cnnlib"


def digest(images):
    return hashlib.sha256(images.tobytes()).hexdigest()


def everything(data):
    images = np.concatenate([data.x_train, data.x_val, data.x_test])
    return images, np.concatenate([data.y_train, data.y_val, data.y_test])


def test_the_bytes_are_those_of_every_other_machine():
    assert digest(load("symbols", **SMALL).x_train) == DIGEST


def test_the_processor_s_vector_instructions_change_no_byte():
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    program = f"""
from cnnlib.data.drawing import draw
import numpy as np, hashlib
images = draw({SMALL["classes"]}, np.arange(12) % 3, 40, 5)
print(hashlib.sha256(images.tobytes()).hexdigest())
"""
    plain = " ".join(name for name in __cpu_dispatch__ if __cpu_features__[name])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"NPY_DISABLE_CPU_FEATURES": plain},
        capture_output=True,
        text=True,
        check=True,
    )
    images = drawing.draw(SMALL["classes"], np.arange(12) % 3, 40, 5)
    assert done.stdout.strip() == digest(images)


def test_the_notes_project_is_reproduced():
    data = load("symbols", size=16, count=9032)
    assert data.class_names == tuple(TEN)
    assert [len(y) for y in (data.y_train, data.y_val, data.y_test)] == [6141, 1536, 1355]
    for labels in (data.y_train, data.y_val, data.y_test):
        assert np.ptp(np.bincount(labels, minlength=10)) <= 2
    images, _ = everything(data)
    assert len(np.unique(images, axis=0)) == 9032


def test_classes_are_a_number_or_names():
    options = {"size": 16, "count": 600}
    assert load("symbols", classes=50, **options).class_names == tuple(symbol_names())
    assert len(set(symbol_names())) == 50
    named = load("symbols", classes=["up arrow", "alpha"], **options)
    assert named.class_names == ("up arrow", "alpha")
    assert np.bincount(everything(named)[1]).tolist() == [300, 300]


@pytest.mark.parametrize("size", [16, 33, 300])
def test_any_size(size):
    data = load("symbols", classes=2, size=size, count=20)
    images, labels = everything(data)
    assert images.shape == (20, size, size, 1)
    assert images.dtype == np.uint8
    assert labels.dtype == np.int64


def test_symbols_are_dark_on_light_paper_and_fill_the_picture():
    for size in (16, 32, 96):
        images, _ = everything(load("symbols", classes=50, size=size, count=500))
        paper, ink = np.quantile(images, [0.75, 0.005], axis=(1, 2, 3))
        assert np.mean(paper - ink > 60) > 0.95
        dark = images[..., 0] < (paper + ink)[:, None, None] / 2
        assert 0.03 < dark.mean() < 0.3


def test_another_seed_draws_other_pictures():
    first, again, other = (load("symbols", seed=seed, **SMALL) for seed in (0, 0, 1))
    np.testing.assert_array_equal(first.x_train, again.x_train)
    assert not np.any(np.all(first.x_train == other.x_train, axis=(1, 2, 3)))
    assert not np.array_equal(first.y_train, other.y_train)


def test_a_linear_classifier_is_not_enough():
    from sklearn.linear_model import RidgeClassifier

    data = load("symbols", size=16, count=4000)
    linear = RidgeClassifier(100).fit(data.x_train.reshape(-1, 256) / 255, data.y_train)
    score = linear.score(data.x_test.reshape(-1, 256) / 255, data.y_test)
    assert 0.2 < score < 0.6


def test_pictures_are_drawn_once_and_kept(monkeypatch, cache):
    first = load("symbols", **SMALL)
    monkeypatch.setattr(drawing, "draw", lambda *arguments: pytest.fail("drawn again"))
    again = load("symbols", **SMALL)
    for ours, theirs in zip(first, again, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    again.x_train[:] = 0
    np.testing.assert_array_equal(load("symbols", **SMALL).x_train, first.x_train)


@pytest.mark.parametrize(
    "change", [{"seed": 1}, {"size": 33}, {"count": 91}, {"classes": ["xi", "pi", "plus minus"]}]
)
def test_other_options_are_kept_apart(change):
    first, other = load("symbols", **SMALL), load("symbols", **SMALL | change)
    assert digest(first.x_train) != digest(other.x_train)


def test_another_version_of_the_drawing_is_drawn_anew(monkeypatch):
    load("symbols", **SMALL)
    monkeypatch.setattr(symbols, "_VERSION", symbols._VERSION + 1)
    monkeypatch.setattr(drawing, "draw", lambda names, labels, *_: np.zeros((len(labels), 1)))
    assert load("symbols", **SMALL).x_train.sum() == 0
