"""Input pipelines of `tf.data`, each against the plain one, before two devices.

Pictures lie in JPEG files of 256x256 pixels. The pipeline reads a file, decodes it, and augments
it: a random crop, a random flip, smaller, brighter or darker. Batches of 32 go to the device. That
is this computer, which trains a small network; or it is "elsewhere": a stand-in for an accelerator
which waits for as long as a batch is to take there, and leaves this computer's cores alone.

Epochs of a pipeline and of the plain one take turns, so that whatever else the machine does meets
both. The first epoch of each, in which a cache is filled, is not counted. In the runs in which
nothing helps, each step is also timed alone, batch by batch; those spans the chapter's timeline is
drawn from. See the chapter "More than one device".
"""

import io
import statistics
import tempfile
import time
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from cnnlib import data
from cnnlib.experiments._declaration import Rule, TimedExperiment

SIDE, CROP, SMALL, BATCH = 256, 224, 64, 32

PICTURES = ("astronaut", "coffee", "chelsea", "temple", "flower")

WAIT = 0.015
"""Seconds that a batch takes on the stand-in."""

WORKERS = 2
"""Pictures that the parallel pipelines decode, or augment, at the same time."""

HELPS = {
    "nothing": (),
    "parallel": ("parallel",),
    "prefetch": ("prefetch",),
    "cache": ("cache",),
    "all three": ("parallel", "prefetch", "cache"),
}
"""What a pipeline is called -> what helps it."""

DEVICES = ("elsewhere", "here")


def _rule(claim, help_, place, **ends):
    return Rule(claim, "ratio", f"{help_}, {place}", unit="of the plain time", **ends)


EXPERIMENT = TimedExperiment(
    question="What do a parallel map, prefetching and a cache save of an epoch's time, where the "
    "device computes elsewhere and where it is this computer itself?",
    claim="Preparing in parallel, preparing ahead of the device, and keeping what is prepared make "
    "an input pipeline faster.",
    source="Murray, Simsa, Klimovic & Indyk 2021, section 3",
    variants={
        f"{name}, {place}": {"helps": helps, "place": place}
        for place in DEVICES
        for name, helps in HELPS.items()
    },
    scales={
        "glimpse": {"pictures": 64, "rounds": 1},
        "small": {"pictures": 320, "rounds": 4},
        "full": {"pictures": 3200, "rounds": 10},
    },
    seeds={"glimpse": 1, "small": 5, "full": 10},
    measures={
        "size": "kilobytes of all files",
        "ratio": "time of an epoch over that of the plain pipeline, medians of the rounds",
        "epoch": "milliseconds an epoch, the median",
        "spans": "milliseconds that each batch takes alone: to read, decode, augment, train",
    },
    times=("ratio", "epoch", "spans"),
    rules=(
        _rule("A parallel map helps a device elsewhere.", "parallel", "elsewhere", below=1),
        _rule("Prefetching helps a device elsewhere.", "prefetch", "elsewhere", below=1),
        _rule("A cache behind decoding helps a device elsewhere.", "cache", "elsewhere", below=1),
        _rule("All three take less than half the time.", "all three", "elsewhere", below=0.5),
        _rule("A parallel map helps where this computer trains.", "parallel", "here", below=1),
        _rule("Prefetching helps where this computer trains.", "prefetch", "here", below=1),
        _rule("A cache helps where this computer trains.", "cache", "here", below=1),
    ),
)


def measure(seed, helps, place, pictures, rounds):
    """Time epochs of a pipeline and of the plain one, in turns.

    Args:
        seed: of the pictures and of their changes.
        helps: those of "parallel", "prefetch" and "cache" that the pipeline has.
        place: where the device is, one of `DEVICES`.
        pictures: how many files there are.
        rounds: of an epoch each.

    Returns:
        The measures; the spans are None where something helps.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = write(Path(folder), pictures, seed)
        size = sum(Path(path).stat().st_size for path in paths)
        train = device(place)
        streams = [stream(paths, seed, help_) for help_ in (helps, ())]
        times = [[_epoch(one, train) for one in streams] for _ in range(rounds + 1)][1:]
        epoch, plain = (statistics.median(column) for column in zip(*times, strict=True))
        return {
            "size": size // 1000,
            "ratio": round(epoch / plain, 3),
            "epoch": round(epoch, 2),
            "spans": None if helps else _alone(paths, seed, train),
        }


def write(folder, count, seed):
    """Write JPEG files: crops of photographs.

    Args:
        folder: a `pathlib.Path`.
        count: how many.
        seed: of what is cut out.

    Returns:
        List of their paths, strings.
    """
    random = np.random.default_rng(seed)
    photographs = [data.picture(name) for name in PICTURES]
    paths = []
    for number in range(count):
        photograph = photographs[number % len(photographs)]
        top, left = (random.integers(side - SIDE + 1) for side in photograph.shape[:2])
        crop = photograph[top : top + SIDE, left : left + SIDE]
        paths.append(str(folder / f"{number:04}.jpg"))
        file = io.BytesIO()
        Image.fromarray(crop).save(file, "JPEG", quality=90)
        Path(paths[-1]).write_bytes(file.getvalue())
    return paths


def decode(file):
    """Return the pixels of a JPEG file's bytes, uint8 [SIDE, SIDE, 3]."""
    import tensorflow as tf

    return tf.ensure_shape(tf.io.decode_jpeg(file, channels=3), [SIDE, SIDE, 3])


def augment(image, seed):
    """Return a random crop of a picture, flipped or not, smaller, brighter or darker.

    Args:
        image: uint8 [SIDE, SIDE, 3].
        seed: two integers.

    Returns:
        float32 [SMALL, SMALL, 3], from 0 to 255 and a little beyond.
    """
    import tensorflow as tf

    crop = tf.image.stateless_random_crop(image, [CROP, CROP, 3], seed)
    crop = tf.image.stateless_random_flip_left_right(crop, seed)
    small = tf.image.resize(crop, [SMALL, SMALL])
    return tf.image.stateless_random_brightness(small, 30.0, seed)


def stream(paths, seed, helps):
    """Return batches of pictures, read from files and augmented anew in every epoch.

    Args:
        paths: of the files.
        seed: of the changes.
        helps: as in `measure`.

    Returns:
        A `tf.data.Dataset` of float32 [BATCH, SMALL, SMALL, 3].
    """
    import tensorflow as tf

    workers = WORKERS if "parallel" in helps else None
    images = tf.data.Dataset.from_tensor_slices(paths)
    images = images.map(tf.io.read_file, num_parallel_calls=workers)
    images = images.map(decode, num_parallel_calls=workers)
    if "cache" in helps:
        images = images.cache()
    both = tf.data.Dataset.zip(images, _seeds(seed))
    batches = both.map(augment, num_parallel_calls=workers).batch(BATCH)
    if "prefetch" in helps:
        batches = batches.prefetch(2)
    return batches.with_options(_options())


@cache
def device(place):
    """Return a function that trains on a batch.

    Args:
        place: one of `DEVICES`.

    Returns:
        A function of float32 [BATCH, SMALL, SMALL, 3].
    """
    if place == "elsewhere":
        return lambda batch: time.sleep(WAIT)
    import tensorflow as tf
    from keras import Input, Sequential, layers

    network = [Input((SMALL, SMALL, 3)), layers.Rescaling(1 / 255)]
    for maps in (16, 32):
        network.append(layers.Conv2D(maps, 3, padding="same", activation="relu"))
        network.append(layers.MaxPooling2D(2))
    model = Sequential([*network, layers.GlobalAveragePooling2D(), layers.Dense(1)])
    model.compile("sgd", "mse")
    targets = tf.zeros([BATCH, 1])
    return lambda batch: model.train_on_batch(batch, targets)


def _options():
    """Return options under which TensorFlow leaves the pipeline as it was written."""
    import tensorflow as tf

    options = tf.data.Options()
    options.autotune.enabled = False
    options.experimental_optimization.apply_default_optimizations = False
    return options


def _seeds(seed):
    """Return a stream of pairs of random integers without an end."""
    import tensorflow as tf

    numbers = tf.data.Dataset.random(seed=seed, rerandomize_each_iteration=True)
    return numbers.batch(2, drop_remainder=True)


def _epoch(batches, train):
    """Return the milliseconds of an epoch."""
    start = time.perf_counter()
    for batch in batches:
        train(batch)
    return 1e3 * (time.perf_counter() - start)


def _alone(paths, seed, train):
    """Return the milliseconds of each step alone, a list for each batch."""
    import tensorflow as tf

    def timed(images, step):
        return _gaps(images.map(step).batch(BATCH).with_options(_options()))

    slices = tf.data.Dataset.from_tensor_slices
    files = [tf.io.read_file(path) for path in paths]
    pictures = np.stack([decode(file) for file in files])
    prepared = list(stream(paths, seed, ()))
    spans = [
        timed(slices(paths), tf.io.read_file),
        timed(slices(files), decode),
        timed(tf.data.Dataset.zip(slices(pictures), _seeds(seed)), augment),
        [_epoch([batch], train) for batch in prepared],
    ]
    return np.round(np.transpose(spans), 2).tolist()


def _gaps(batches):
    """Return how many milliseconds each batch takes to come."""
    iterator, spent = iter(batches), []
    while True:
        start = time.perf_counter()
        if next(iterator, None) is None:
            return spent
        spent.append(1e3 * (time.perf_counter() - start))
