import gzip
import hashlib
import io
import pickle
import socket
import sys
import tarfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import keras
import numpy as np
import pytest

from cnnlib.data import downloads, load


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture
def site(tmp_path):
    """Serve a folder on loopback; yields the folder and its address."""
    folder = tmp_path / "site"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def closed():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return f"http://127.0.0.1:{port}/"


@pytest.fixture
def redirect(monkeypatch, tmp_path):
    """Let Keras download from another address into a folder of the test's own."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    home = tmp_path / "keras"
    home.mkdir()

    def to(name, address, checksum=None):
        module = sys.modules[getattr(keras.datasets, name).load_data.__module__]

        def get_file(fname, origin, file_hash=None, **options):
            return keras.utils.get_file(
                fname,
                origin=address + origin.rpartition("/")[2],
                file_hash=checksum or file_hash,
                cache_dir=str(home),
                **options,
            )

        monkeypatch.setattr(module, "get_file", get_file)
        return home / "datasets"

    return to


def checksum(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def numbered(count):
    """Return images whose first two pixels are their number, and labels that go round."""
    images = np.zeros((count, 28, 28), np.uint8)
    images[:, 0, 0], images[:, 0, 1] = np.divmod(np.arange(count), 256)
    return images, (np.arange(count) % 10).astype(np.uint8)


def write_mnist(folder):
    (x_train, y_train), (x_test, y_test) = numbered(6000), numbered(50)
    file = folder / "mnist.npz"
    np.savez_compressed(file, x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
    return file


def write_fashion_mnist(folder):
    for start, (images, labels) in (("train", numbered(6000)), ("t10k", numbered(50))):
        for end, header, array in (("images-idx3", 16, images), ("labels-idx1", 8, labels)):
            packed = gzip.compress(bytes(header) + array.tobytes(), 1)
            (folder / f"{start}-{end}-ubyte.gz").write_bytes(packed)


def write_cifar10(folder):
    """Write one picture per file; Keras repeats those to train on to fill the place of 10,000."""
    file = folder / "cifar-10-python.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        for label, name in enumerate([*(f"data_batch_{i}" for i in range(1, 6)), "test_batch"]):
            red_green_blue = np.repeat(np.array([label, 10, 20], np.uint8), 1024)[None]
            batch = pickle.dumps({b"data": red_green_blue, b"labels": [label]}, protocol=4)
            member = tarfile.TarInfo(f"cifar-10-batches-py/{name}")
            member.size = len(batch)
            archive.addfile(member, io.BytesIO(batch))
    return file


def check_numbered(data):
    for images, labels in ((data.x_train, data.y_train), (data.x_val, data.y_val)):
        number = images[:, 0, 0, 0].astype(int) * 256 + images[:, 0, 1, 0]
        np.testing.assert_array_equal(number % 10, labels)
    assert data.x_train.shape == (1000, 28, 28, 1)
    assert data.x_test.shape == (50, 28, 28, 1)
    assert np.bincount(data.y_val).tolist() == [500] * 10
    assert data.x_train.dtype == np.uint8
    assert data.y_train.dtype == data.y_val.dtype == data.y_test.dtype == np.int64
    seen = np.concatenate([data.x_train, data.x_val])
    assert len(np.unique(seen, axis=0)) == 6000


def test_mnist_comes_through_keras(site, redirect):
    folder, address = site
    redirect("mnist", address, checksum(write_mnist(folder)))
    data = load("mnist")
    check_numbered(data)
    assert data.class_names == tuple("0123456789")
    other = load("mnist", seed=1)
    assert not np.array_equal(data.x_val, other.x_val)
    np.testing.assert_array_equal(data.x_test, other.x_test)


def test_fashion_mnist_comes_through_keras(site, redirect):
    folder, address = site
    write_fashion_mnist(folder)
    redirect("fashion_mnist", address)
    data = load("fashion_mnist")
    check_numbered(data)
    assert data.class_names[0] == "T-shirt/top"
    assert data.class_names[9] == "Ankle boot"


def test_cifar10_comes_through_keras(site, redirect):
    folder, address = site
    redirect("cifar10", address, checksum(write_cifar10(folder)))
    data = load("cifar10")
    assert data.x_train.shape == (45_000, 32, 32, 3)
    assert data.x_test.shape == (1, 32, 32, 3)
    assert data.y_test.tolist() == [5]
    assert np.bincount(data.y_val).tolist() == [1000] * 5
    np.testing.assert_array_equal(data.x_train[:, 5, 7, 0], data.y_train)
    assert data.x_train[0, 9, 9].tolist()[1:] == [10, 20]
    assert data.class_names[:2] == ("airplane", "automobile")


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist", "cifar10"])
def test_without_a_network_one_message_says_what_to_use(name, redirect, closed):
    redirect(name, closed)
    with pytest.raises(ConnectionError) as caught:
        load(name)
    message = str(caught.value)
    assert message.startswith(f'"{name}" needs the network once')
    assert 'load("digits")' in message
    assert "Received: URL fetch failure" in message
    assert "\n" not in message
    assert caught.value.__cause__ is caught.value.__context__ is None


def test_a_network_that_never_answers_is_no_network(redirect, monkeypatch):
    monkeypatch.setattr(downloads, "_PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        redirect("mnist", f"http://127.0.0.1:{silent.getsockname()[1]}/")
        with pytest.raises(ConnectionError, match=r'^"mnist" needs the network once.*timed out'):
            load("mnist")
    assert socket.getdefaulttimeout() is None


def test_a_page_that_is_not_there_is_no_network(site, redirect):
    redirect("mnist", site[1])
    with pytest.raises(ConnectionError, match="404"):
        load("mnist")


def test_a_file_that_is_not_the_real_one_is_refused(site, redirect):
    folder, address = site
    write_mnist(folder)
    redirect("mnist", address)
    with pytest.raises(OSError, match=r"^\"mnist\" is damaged; .*mnist\.npz.* Received: .*hash"):
        load("mnist")


def test_a_damaged_copy_is_named_and_can_be_replaced(site, redirect):
    folder, address = site
    write_fashion_mnist(folder)
    datasets = redirect("fashion_mnist", address)
    load("fashion_mnist")
    copy = datasets / "fashion-mnist"
    labels = copy / "train-labels-idx1-ubyte.gz"
    for damaged in (labels.read_bytes()[:-20], b"no archive", gzip.compress(b"short")):
        labels.write_bytes(damaged)
        with pytest.raises(OSError, match=r"is damaged; delete ~/\.keras/datasets/fashion-mnist "):
            load("fashion_mnist")
    labels.unlink()
    check_numbered(load("fashion_mnist"))


def test_an_error_that_has_nothing_to_do_with_the_data_is_left_alone(monkeypatch):
    def load_data():
        raise PermissionError("the folder is read-only")

    monkeypatch.setattr(keras.datasets.mnist, "load_data", load_data)
    with pytest.raises(PermissionError, match=r"^the folder is read-only$"):
        load("mnist")
