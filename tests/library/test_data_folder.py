"""Folders of pictures as readers have them: whatever is in them."""

import unicodedata
import warnings

import keras
import numpy as np
import pytest
from keras import Input, Sequential, layers
from PIL import Image

from cnnlib import live
from cnnlib.data import load
from cnnlib.data.dataset import sizes
from cnnlib.explorers import LiveNetworkExplorer

COLOURS = {"red": (250, 0, 0), "green": (0, 250, 0), "blue": (0, 0, 250)}
ORIENTATION = 0x0112  # the EXIF tag


def save(path, pixels, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.asarray(pixels, "uint8")).save(path, **options)
    return path


def plain(colour, shape=(12, 12)):
    return np.full((*shape, 3), colour)


def filled(root, count=10, names=COLOURS, ending="png"):
    """A folder per name, with pictures of one colour; the blue is the picture's number."""
    for name in names:
        for number in range(count):
            colour = (*COLOURS.get(name, (90, 90, 0))[:2], number)
            save(root / name / f"{number}.{ending}", plain(colour))
    return root


def in_order(data):
    """All pictures and classes of a dataset."""
    return (
        np.concatenate([data.x_train, data.x_val, data.x_test]),
        np.concatenate([data.y_train, data.y_val, data.y_test]),
    )


def only(root, size, **options):
    """The picture of the class "one", of which there are three the same."""
    images, labels = in_order(load("folder", path=root, size=size, **options))
    chosen = images[labels == 0]
    np.testing.assert_array_equal(chosen[0], chosen[1])
    return chosen[0]


def thrice(root, pixels, ending="png", **options):
    """Save a picture three times as the class "one", beside a class "two"."""
    filled(root, 3, ["two"])
    for number in range(3):
        save(root / "one" / f"{number}.{ending}", pixels, **options)
    return root


def test_subfolders_become_classes_split_as_the_other_datasets(tmp_path):
    data = load("folder", path=filled(tmp_path, 20), size=8)
    assert data.class_names == ("blue", "green", "red")
    assert (len(data.x_val), len(data.x_test)) == sizes(60)
    assert data.x_train.shape == (60 - sum(sizes(60)), 8, 8, 3)
    assert data.x_train.dtype == np.uint8
    assert data.y_train.dtype == np.int64
    for labels in (data.y_val, data.y_test):
        assert np.bincount(labels).min() >= 2
    images, labels = in_order(data)
    named = {2: 0, 1: 1}  # the channel that shows a class: red in channel 0, green in channel 1
    for label, channel in named.items():
        np.testing.assert_array_equal(images[..., channel].min((1, 2)) == 250, labels == label)
    numbers = images[:, 0, 0, 2]
    assert sorted(numbers[labels == 1]) == [*range(20)]  # every picture once


def test_the_split_depends_on_the_seed_alone(tmp_path):
    filled(tmp_path)
    first, again, other = (load("folder", path=str(tmp_path), seed=seed) for seed in (3, 3, 4))
    for one, same in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, same)
    assert not np.array_equal(first.x_train, other.x_train)


@pytest.mark.parametrize(("ending", "apart"), [("png", 0), ("bmp", 0), ("jpg", 3), ("webp", 9)])
def test_pictures_come_in_the_usual_formats(tmp_path, ending, apart):
    data = load("folder", path=filled(tmp_path, 4, ending=ending), size=16)
    red = data.x_train[data.y_train == 2]
    assert np.abs(red[0, :, :, 0].astype(int) - 250).max() <= apart


def test_the_centred_square_is_scaled(tmp_path):
    wide = np.zeros((32, 96, 3))
    wide[:, 32:64] = 200
    wide[:, :32] = 70
    np.testing.assert_array_equal(only(thrice(tmp_path / "wide", wide), 32), wide[:, 32:64])
    tall = wide.transpose(1, 0, 2)
    np.testing.assert_array_equal(only(thrice(tmp_path / "tall", tall), 32), tall[32:64])
    # half black, half white in squares smaller than a pixel
    board = np.kron(np.indices((64, 64)).sum(0) % 2, np.ones((2, 2)))[..., None] * np.full(3, 255)
    assert np.abs(only(thrice(tmp_path / "board", board), 8).astype(int) - 127).max() <= 2


def test_large_jpegs_are_scaled_as_well(tmp_path):
    ramp = np.tile(np.linspace(0, 255, 640)[:, None, None], (1, 640, 3))
    found = only(thrice(tmp_path, ramp, "jpg", quality=95), 8)[:, 0, 0]
    assert np.abs(found - (np.arange(8) + 0.5) / 8 * 255).max() < 4


def test_grey_is_one_channel_of_brightness(tmp_path):
    found = only(thrice(tmp_path, plain((200, 100, 50))), 8, grey=True)
    assert found.shape == (8, 8, 1)
    assert (found == round(0.299 * 200 + 0.587 * 100 + 0.114 * 50)).all()


@pytest.mark.parametrize("orientation", [3, 6, 8])
@pytest.mark.parametrize("ending", ["jpg", "png"])
def test_a_picture_is_turned_upright(tmp_path, orientation, ending):
    upright = np.zeros((16, 16, 3))
    upright[:8] = 255  # the sky
    turns = {3: 2, 6: 1, 8: 3}[orientation]  # quarters anticlockwise that the camera was off
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    found = only(thrice(tmp_path, np.rot90(upright, turns), ending, exif=exif), 16)
    assert np.abs(found.astype(int) - upright).max() < 20


def test_what_is_transparent_is_white(tmp_path):
    ink = np.zeros((8, 8, 4))
    ink[2, 3, 3] = 255
    found = only(thrice(tmp_path, ink), 8, grey=True)[..., 0]
    assert found[2, 3] == 0
    assert (found == 255).sum() == 63


def test_pictures_of_16_bits_and_of_a_palette_keep_their_tones(tmp_path):
    filled(tmp_path, 3, ["red"])
    deep = Image.fromarray((np.arange(64, dtype="uint16") * 1024).reshape(8, 8))
    few = Image.fromarray(plain((200, 100, 50), (8, 8)).astype("uint8")).quantize(4)
    for number in range(3):
        for name, image in (("a", deep), ("b", few)):
            (tmp_path / name).mkdir(exist_ok=True)
            image.save(tmp_path / name / f"{number}.png")
    images, labels = in_order(load("folder", path=tmp_path, size=8))
    np.testing.assert_array_equal(images[labels == 0][0, ..., 0].ravel(), np.arange(64) * 4)
    assert np.abs(images[labels == 1][0, 0, 0].astype(int) - [200, 100, 50]).max() < 4


def test_bad_files_are_counted_named_and_skipped(tmp_path):
    filled(tmp_path, 4)
    whole = save(tmp_path / "x.jpg", np.random.default_rng(0).integers(0, 255, (90, 90, 3)))
    (tmp_path / "blue" / "half.jpg").write_bytes(whole.read_bytes()[:1500])
    (tmp_path / "green" / "notes.txt").write_text("nine of ten")
    (tmp_path / "red" / "empty.png").write_bytes(b"")
    broken = bytearray((tmp_path / "red" / "0.png").read_bytes())
    broken[45:50] = b"wrong"
    (tmp_path / "red" / "broken.png").write_bytes(broken)
    with pytest.warns(UserWarning, match="skipped") as warned:
        data = load("folder", path=tmp_path, size=8)
    assert len(in_order(data)[0]) == 12
    (message,) = (str(one.message) for one in warned)
    assert message == (
        "5 files are skipped: x.jpg (in no class), blue/half.jpg (damaged), "
        "green/notes.txt (no picture), red/broken.png (damaged), red/empty.png (no picture)"
    )
    assert warned[0].filename == __file__


def test_of_many_bad_files_ten_are_named(tmp_path):
    filled(tmp_path, 3)
    for number in range(12):
        (tmp_path / "red" / f"{number:02}.txt").write_text("")
    expected = r"^12 files are skipped: red/00\.txt .*red/09\.txt \(no picture\), and 2 more$"
    with pytest.warns(UserWarning, match=expected):
        load("folder", path=tmp_path)


def test_hidden_files_and_folders_are_passed_over_in_silence(tmp_path):
    filled(tmp_path, 3)
    for name in (".DS_Store", "red/._0.png", ".cache/a/0.png", "red/.ipynb_checkpoints/0.png"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        data = load("folder", path=tmp_path)
    assert data.class_names == ("blue", "green", "red")


def test_folders_inside_a_class_belong_to_it(tmp_path):
    filled(tmp_path / "red", 2, ["old", "new/er"])
    filled(tmp_path, 3, ["green"])
    data = load("folder", path=tmp_path)
    assert data.class_names == ("green", "red")
    assert np.bincount(in_order(data)[1]).tolist() == [3, 4]


def test_names_may_be_written_in_any_script(tmp_path):
    apart = unicodedata.normalize("NFD", "Äpfel")
    filled(tmp_path, 3, [apart, "猫", "naïve γάτα 🐈"])
    (tmp_path / apart / "ö.txt").write_text("")
    with pytest.warns(UserWarning, match=r"^1 file is skipped: Äpfel/ö\.txt \(no picture\)$"):
        data = load("folder", path=tmp_path)
    assert data.class_names == ("naïve γάτα 🐈", "Äpfel", "猫")


def test_the_live_network_takes_what_comes_from_a_folder(tmp_path):
    data = load("folder", path=filled(tmp_path, 20), size=8)
    keras.utils.set_random_seed(0)
    ends = [layers.GlobalAveragePooling2D(), layers.Dense(3, "softmax")]
    model = Sequential([Input((8, 8, 3)), layers.Rescaling(1 / 255), layers.Conv2D(4, 3), *ends])
    exported = live.export(model, data.x_test, data.y_test)
    assert exported.accuracy.changed == 0
    explorer = LiveNetworkExplorer(exported, data.x_test, data.y_test, data.class_names)
    computed = explorer.compute()
    assert [*computed["probabilities"]] == ["blue", "green", "red"]
    assert computed["right"] == round(exported.accuracy.float16 * len(data.x_test))


def test_wrong_arguments_are_named(tmp_path):
    filled(tmp_path / "good", 3)
    filled(tmp_path / "one", 3, ["red"])
    file = save(tmp_path / "file.png", plain((1, 2, 3)))
    good = tmp_path / "good"
    for options, error, argument in (
        ({}, TypeError, "path"),
        ({"path": 3}, TypeError, "path"),
        ({"path": tmp_path / "nowhere"}, ValueError, "path"),
        ({"path": file}, ValueError, "path"),
        ({"path": tmp_path / "one"}, ValueError, "path"),
        ({"path": good, "size": 7}, ValueError, "size"),
        ({"path": good, "size": (8, 8)}, TypeError, "size"),
        ({"path": good, "grey": 1}, TypeError, "grey"),
        ({"path": good, "seed": -1}, ValueError, "seed"),
        ({"path": good, "colour": True}, TypeError, "options"),
    ):
        with pytest.raises(error, match=rf"^`{argument}` .*Received: "):
            load("folder", **options)


def test_a_class_that_is_empty_or_has_one_picture_is_named(tmp_path):
    filled(tmp_path, 3)
    (tmp_path / "empty").mkdir()
    save(tmp_path / "single" / "0.png", plain((1, 2, 3)))
    expected = r"at least 3 pictures of each class\. Received: 0 in 'empty', 1 in 'single'$"
    with pytest.raises(ValueError, match=expected):
        load("folder", path=tmp_path)


def test_the_folder_of_the_user_may_be_written_as_a_tilde(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    filled(tmp_path / "pets", 3)
    assert len(load("folder", path="~/pets").class_names) == 3
