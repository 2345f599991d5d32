from pathlib import Path

import numpy as np
import pytest

from cnnlib.data.cache import cached, folder


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "cnnlib"


def never():
    pytest.fail("computed although it is in the cache")


def make():
    return np.arange(60_000, dtype=np.uint8).reshape(200, 300)


def only_file(cache):
    (file,) = cache.iterdir()
    return file


def test_an_array_is_computed_once(cache):
    first = cached("numbers", (1, "a"), make)
    again = cached("numbers", (1, "a"), never)
    np.testing.assert_array_equal(first, again)
    assert again.dtype == np.uint8
    assert again.flags.writeable
    assert only_file(cache).name.startswith("numbers-")


def test_another_name_or_key_is_another_array():
    for name, key in (("a", (1, 2)), ("a", (12,)), ("a", ("1", 2)), ("b", (1, 2))):
        cached(name, key, lambda key=key: np.array([str(key)]))
        assert cached(name, key, never) == str(key)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: b"not a file of arrays" * 100,
        lambda data: data[:30_000] + bytes([data[30_000] ^ 1]) + data[30_001:],
    ],
    ids=["cut short", "empty", "something else", "one wrong bit"],
)
def test_a_damaged_file_is_written_anew(cache, damage):
    cached("numbers", 0, make)
    file = only_file(cache)
    good = file.read_bytes()
    file.write_bytes(damage(good))
    np.testing.assert_array_equal(cached("numbers", 0, make), make())
    np.testing.assert_array_equal(cached("numbers", 0, never), make())


def test_a_cache_that_cannot_be_written_costs_a_warning(cache):
    cache.write_text("a file where the folder should be")
    with pytest.warns(UserWarning, match="`numbers` cannot be kept"):
        np.testing.assert_array_equal(cached("numbers", 0, make), make())


def test_an_interrupted_write_leaves_nothing_behind(cache, monkeypatch):
    def interrupted(file, **arrays):
        file.write(b"half of it")
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "savez", interrupted)
    with pytest.raises(KeyboardInterrupt):
        cached("numbers", 0, make)
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize(
    ("system", "place"), [("linux", ".cache"), ("darwin", "Library/Caches"), ("win32", "Local")]
)
def test_the_folder_is_where_the_system_keeps_caches(monkeypatch, tmp_path, system, place):
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    monkeypatch.setattr("sys.platform", system)
    assert folder() == Path(tmp_path, place, "cnnlib")
