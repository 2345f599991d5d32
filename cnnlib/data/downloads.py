"""MNIST, Fashion-MNIST and CIFAR-10, which Keras downloads."""

import gzip
import http.client
import pickle
import socket
import tarfile
import zipfile
import zlib
from contextlib import contextmanager
from types import MappingProxyType

import numpy as np

from cnnlib.checks import check_integer
from cnnlib.data.dataset import Dataset, stratify
from cnnlib.data.stream import Stream

_VALIDATION = 5000  # images taken from those that the source has for training
_PATIENCE = 30  # seconds without an answer after which there is no network

# Where Keras keeps each set, in the folder `datasets` of its home, and its classes.
_FILES = MappingProxyType(
    {
        "mnist": "mnist.npz",
        "fashion_mnist": "fashion-mnist",
        "cifar10": "cifar-10-batches-py-target",
    }
)
_CLASSES = MappingProxyType(
    {
        "mnist": "0,1,2,3,4,5,6,7,8,9",
        "fashion_mnist": "T-shirt/top,Trouser,Pullover,Dress,Coat,"
        "Sandal,Shirt,Sneaker,Bag,Ankle boot",
        "cifar10": "airplane,automobile,bird,cat,deer,dog,frog,horse,ship,truck",
    }
)

_OFFLINE = (ConnectionError, TimeoutError, http.client.HTTPException)
_DAMAGED = (
    *(ValueError, KeyError, EOFError, FileNotFoundError, zlib.error, gzip.BadGzipFile),
    *(zipfile.BadZipFile, tarfile.TarError, pickle.UnpicklingError),
)


def download(name, seed=0):
    """Load a set of `keras.datasets` as a `Dataset`; see `cnnlib.data.load`."""
    seed = check_integer("seed", seed, least=0)
    (images, labels), (x_test, y_test) = _fetch(name)
    labels = labels.reshape(-1).astype(np.int64)
    train, val = stratify(labels, [_VALIDATION], Stream(seed))
    return Dataset(
        _with_channels(images[train]),
        labels[train],
        _with_channels(images[val]),
        labels[val],
        _with_channels(x_test),
        y_test.reshape(-1).astype(np.int64),
        tuple(_CLASSES[name].split(",")),
    )


def _with_channels(images):
    return images if images.ndim == 4 else images[..., None]


def _fetch(name):
    """Return Keras's ((images, labels), (images, labels)), or say in one line why not."""
    import keras

    source = getattr(keras.datasets, name)
    try:
        with _patience():
            return source.load_data()
    except _DAMAGED as error:
        remedy = f"delete ~/.keras/datasets/{_FILES[name]} and try again"
        problem = OSError(_message(name, f"is damaged; {remedy}", error))
    except Exception as error:
        # Keras turns the errors of urllib into plain exceptions.
        if not isinstance(error, _OFFLINE) and not str(error).startswith("URL fetch failure"):
            raise
        problem = ConnectionError(_message(name, "needs the network once; connect", error))
    raise problem


def _message(name, reason, error):
    return (
        f'"{name}" {reason}, or use load("digits") or load("symbols"), which need no network. '
        f"Received: {error or type(error).__name__}"
    )


@contextmanager
def _patience():
    """Let no connection wait for ever, as one does behind some firewalls."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_PATIENCE)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)
