"""The small figures of "TensorFlow in one sitting" draw what TensorFlow computes."""

from itertools import product

import numpy as np
import pytest

from cnnlib import ops
from cnnlib.explorers import (
    BroadcastExplorer,
    LoopsExplorer,
    PipelineExplorer,
    PrefetchExplorer,
    TapeExplorer,
    TracingExplorer,
    TransformCostExplorer,
    UphillExplorer,
)
from cnnlib.explorers.loops import ALL, IMAGE, KERNELS

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def said(shown, made):
    """What explorers say on a page."""
    page, boxes = shown(*made)
    assert page.errors == []
    return [box.get_by_role("status").inner_text() for box in boxes]


def test_tensors_are_broadcast_or_refused_as_in_tensorflow(shown):
    shapes = list(product((1, 3), (1, 4), (1, 3), (1, 2, 4)))
    names = ("rows", "columns", "other_rows", "other_columns")
    made = [BroadcastExplorer(**dict(zip(names, shape, strict=True))) for shape in shapes]
    for explorer, words in zip(made, said(shown, made), strict=True):
        total = explorer.compute()
        if total is None:
            assert words.startswith("Refused: ")
        else:
            shape = f"[{total.shape[0]}, {total.shape[1]}]"
            assert f"shape {shape}; its last entry is {total[-1, -1]:g}." in words


@pytest.mark.parametrize("watch", [False, True])
def test_the_tape_ends_with_tensorflows_gradients(shown, watch):
    made = [TapeExplorer(step=4, weight=weight, watch=watch) for weight in range(-3, 4)]
    for explorer, words in zip(made, said(shown, made), strict=True):
        weight, *pixels = explorer.compute()
        assert f"together {weight:g}.".replace("-", "−") in words
        assert pixels == ([pixels[0]] * 2 if watch else [None, None])
        each = f"Each pixel gets {pixels[0]:g}." if watch else "The pixels get None"
        assert each.replace("-", "−") in words


@pytest.mark.parametrize("signature", [False, True])
def test_calls_run_the_graphs_that_tensorflow_makes(shown, signature):
    every = [6, 0, 3, 1, 5, 2, 4, 0, 5, 1, 6, 2, 3]
    lists = [every[:n] for n in range(1, len(every) + 1)]
    made = [TracingExplorer(calls=calls, declared_signature=signature) for calls in lists]
    ran = made[-1].compute()
    for n, words in enumerate(said(shown, made)):
        graph, earlier = ran[n], ran[:n]
        note = f"graph {graph} again" if graph in earlier else f"traced: graph {graph}"
        assert f": {'refused' if graph is None else note}. " in words
        count = len({one for one in ran[: n + 1] if one})
        assert words.endswith(f", {count} graph{'' if count == 1 else 's'}.")


def test_batches_come_when_the_slower_side_lets_them(words):
    made = [
        PrefetchExplorer(prepare=prepare, train=train, ahead=ahead, workers=workers)
        for prepare, train in ((30, 20), (40, 10), (10, 35), (20, 20))
        for ahead, workers in ((0, 1), (1, 1), (2, 2), (4, 4), (1, 3), (0, 2))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        starts = explorer.compute()
        assert numbers[:2] == [8, starts[-1][1] + explorer.train]
        assert numbers[2] == (starts[-1][1] - starts[-3][1]) / 2
        at_once = min(explorer.workers, explorer.ahead)
        slower = max(explorer.train, explorer.prepare / at_once) if at_once else None
        assert numbers[2] == (slower or explorer.prepare + explorer.train)


def test_six_loops_end_with_the_layers_maps(words):
    made = [LoopsExplorer(done=done) for done in (1, 7, 8, 9, 60, 143, ALL)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        maps = explorer.compute()
        done, _, _, _, m, i, j, held = numbers
        assert done == explorer.done
        assert held == maps[int(i), int(j), int(m)]
    expected = ops.conv2d(IMAGE[np.newaxis].astype("float32"), KERNELS.astype("float32"))[0]
    np.testing.assert_array_equal(LoopsExplorer(done=ALL).compute(), expected)


def test_the_transforms_operations_are_those_of_the_formula(words):
    made = [
        TransformCostExplorer(side=side, size=size, kept=kept)
        for side in (8, 48, 128)
        for size in (1, 5, 21)
        for kept in (False, True)
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        direct, through = explorer.compute()
        assert numbers[0] == explorer.size
        ratio = max(direct, through) / min(direct, through)
        assert numbers[4] == pytest.approx(ratio, rel=0.006)


@pytest.mark.parametrize("kernel", ["sobel_x", "sobel_y", "laplacian", "vertical_line"])
def test_pictures_climb_as_with_tensorflows_gradients(words, kernel):
    made = [UphillExplorer(kernel=kernel, step=step) for step in (0, 1, 5, 20)]
    for explorer, (step, mean) in zip(made, words(*made), strict=True):
        assert step == explorer.step
        assert mean == pytest.approx(explorer.compute()[1], rel=0.006)


def test_steps_of_a_pipeline_run_as_often_as_in_tensorflow(shown):
    made = [PipelineExplorer(cache=cache, epochs=2) for cache in range(6)]
    for explorer, words in zip(made, said(shown, made), strict=True):
        ran = ", ".join(f"{step} {count:,}" for step, count in explorer.compute().items())
        assert f"2 epochs: {ran} times." in words
