"""The small figures draw what Python computes."""

import re

import numpy as np
import pytest

from cnnlib import filters, geometry
from cnnlib.explorers import (
    CheckerboardExplorer,
    DesignedFeaturesExplorer,
    EvenWindowExplorer,
    FitExplorer,
    GradientExplorer,
    ImpulseExplorer,
    InvarianceExplorer,
    LearningCurvesExplorer,
    OrientationExplorer,
    OverlapExplorer,
    SharedGradientExplorer,
    SharingExplorer,
    ShuffleExplorer,
    UnsharpExplorer,
    WaveExplorer,
)
from cnnlib.explorers.orientation import answer
from cnnlib.explorers.wave import KERNELS

pytest_plugins = "browser_fixtures"


@pytest.fixture
def words(shown):
    """Gives what explorers say on a page, and the numbers in it."""

    def read(*made):
        page, boxes = shown(*made)
        assert page.errors == []
        said = [box.get_by_role("status").inner_text() for box in boxes]
        number = re.compile(r"(?<![\w.])−?(?:\d+(?:\.\d+)?|\.\d+)")
        return [[float(one.replace("−", "-")) for one in number.findall(text)] for text in said]

    return read


def test_the_neuron_answers_in_the_page_as_in_python(words):
    made = [OrientationExplorer(angle=angle) for angle in range(-90, 91, 15)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[0] == explorer.angle
        assert numbers[1] == pytest.approx(100 * explorer.compute(), abs=0.51)


def test_the_bar_is_the_chapters_picture_turned():
    from scipy.ndimage import rotate

    bar = np.zeros((31, 31), "float32")
    bar[5:26, 14:17] = 1
    field = filters.vertical_line() - filters.vertical_line().mean()
    for angle in (0, 15, 30, 45, 60, 90):
        seen = rotate(bar, angle, reshape=False, order=1)[12:19, 12:19]
        assert answer(angle) == pytest.approx(max(0, (seen * field).sum()), abs=1e-5)


def test_waves_come_out_as_high_as_in_tensorflow(words):
    made = [WaveExplorer(kernel=kernel, waves=n) for kernel in KERNELS for n in (0, 3, 16, 29, 32)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        wave, out = explorer.compute()
        transform = abs(np.fft.rfft(out))[explorer.waves] / abs(np.fft.rfft(wave))[explorer.waves]
        assert numbers[:2] == [explorer.waves, explorer.waves]
        assert numbers[2] == pytest.approx(100 * transform, abs=0.51)


def test_fields_together_are_as_long_as_the_formula_says(words):
    made = [
        OverlapExplorer(field=field, jump=jump, kernel=kernel)
        for field, jump, kernel in ((8, 2, 3), (1, 1, 5), (12, 6, 4), (3, 6, 2), (5, 1, 1))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        field, jump, kernel = explorer.settings().values()
        assert explorer.compute() in numbers
        assert explorer.compute() == field + (kernel - 1) * jump
    stack = [(3, 1), (2, 2), (3, 1)]
    below = geometry.receptive_field(stack[:2])
    assert OverlapExplorer(field=below.size, jump=2, kernel=3).compute() == (
        geometry.receptive_field(stack).size
    )


@pytest.mark.parametrize("way", ["transposed", "enlarge"])
def test_the_four_kinds_of_places_get_what_tensorflow_gives(words, way):
    made = [
        CheckerboardExplorer(size=size, weights=weights, way=way)
        for size in range(2, 8)
        for weights in ("equal", "binomial")
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        found = explorer.compute()
        places = [found[i::2, j::2] for i in (0, 1) for j in (0, 1)]
        assert all(np.ptp(place) < 1e-5 for place in places)
        said = sorted(numbers[-4:])
        assert said == pytest.approx(sorted(place[0, 0] for place in places), abs=0.0051)


def test_a_gradient_has_the_answers_of_sobels_filters(words):
    made = [GradientExplorer(angle=angle) for angle in range(-180, 181, 45)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[0] == explorer.angle
        assert numbers[1:] == pytest.approx(explorer.compute(), abs=0.0051)


def test_dots_get_what_tensorflow_gives(words):
    made = [
        ImpulseExplorer(kernel=kernel, dots=dots, row=row, column=column)
        for kernel in ("corner", "edges", "mean")
        for dots, row, column in ((1, 3, 4), (1, 0, 8), (2, 6, 2), (3, 5, 4))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        _, answers = explorer.compute()
        assert numbers[-3] == np.count_nonzero(abs(answers) > 1e-6)
        assert numbers[-1] == pytest.approx(abs(answers).max(), abs=0.0051)


def test_a_window_moves_a_dot_as_in_python(words):
    made = [EvenWindowExplorer(size=size, layers=n) for size in range(1, 12) for n in (1, 4)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        row = explorer.compute()
        assert row.sum() == pytest.approx(1)
        assert numbers[-2] == pytest.approx(row @ np.arange(len(row)), abs=0.051)
        assert numbers[-1] == pytest.approx((explorer.size % 2 == 0) * explorer.layers / 2)


def test_a_kernel_has_the_weights_and_neurons_that_keras_counts(words):
    made = [SharingExplorer(kernel=kernel) for kernel in range(1, 9)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        weights, neurons, dense = explorer.compute()
        assert numbers[2:4] == [weights, neurons]
        assert dense == 64 * neurons


def test_a_shuffled_digit_gets_the_answers_of_python(words):
    made = [ShuffleExplorer(digit=n, shuffled=on) for n in range(10) for on in (False, True)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        answer, window = explorer.compute()
        assert [numbers[1], numbers[-1]] == pytest.approx([answer, window], abs=0.0051)


def test_a_fit_has_the_errors_of_numpys(words):
    made = [
        FitExplorer(examples=examples, parameters=parameters)
        for examples, parameters in ((8, 8), (8, 4), (40, 12), (4, 12), (12, 1), (20, 8))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[-2:] == pytest.approx(explorer.compute(), abs=0.0051)


def test_curves_need_the_pictures_that_the_experiment_counted(words):
    from cnnlib import experiments

    made = [
        LearningCurvesExplorer(pixels=pixels, right=right)
        for pixels, right in (("whole", 90), ("whole", 80), ("anywhere", 40), ("anywhere", 30))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[1:3] == pytest.approx(list(explorer.compute().values()), abs=0.51)
    stored = experiments.results("shuffled_pixels").groupby("variant")["needed"].mean()
    assert made[0].compute()["dense"] == pytest.approx(2 ** stored["dense"], abs=0.1)
    assert LearningCurvesExplorer(pixels="anywhere", right=90).compute()["dense"] is None


def test_designed_features_change_as_in_python(words):
    made = [DesignedFeaturesExplorer(symbol=n, right=right) for n in (0, 4, 9) for right in (1, 4)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        expected = [100 * share for share in explorer.compute()]
        assert [numbers[3], numbers[5]] == pytest.approx(expected, abs=1)


def test_an_edge_is_sharpened_as_in_python(words):
    made = [UnsharpExplorer(size=n, amount=amount) for n in (1, 5, 9) for amount in (0.0, 1.5, 3.0)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        sharp = explorer.compute()[2]
        assert numbers[-2:] == pytest.approx([sharp.min(), sharp.max()], abs=0.0051)


def test_a_thing_that_moves_has_the_answers_of_python(words):
    made = [InvarianceExplorer(place=n, window=w) for n in (0, 8, 31) for w in (1, 5, 8, 32)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[-3:] == pytest.approx(explorer.compute(), abs=0.0051)


def test_parts_of_a_gradient_add_up_to_tensorflows(words):
    import tensorflow as tf

    made = [SharedGradientExplorer(weight=weight, place=n) for weight, n in ((1.0, 0), (-0.2, 9))]
    for explorer, numbers in zip(made, words(*made), strict=True):
        kernel = tf.Variable([-0.5, explorer.weight, -0.5])
        row = tf.constant(explorer.row)[tf.newaxis, :, tf.newaxis]
        with tf.GradientTape() as tape:
            answers = tf.nn.conv1d(row, kernel[:, tf.newaxis, tf.newaxis], 1, "VALID")
            loss = tf.reduce_sum(answers**2) / 2
        expected = tape.gradient(loss, kernel)[1].numpy()
        assert explorer.compute().sum() == pytest.approx(expected, abs=1e-4)
        assert numbers[-1] == pytest.approx(expected, abs=0.0051)
        assert numbers[3] == pytest.approx(explorer.compute()[explorer.place], abs=0.0051)
