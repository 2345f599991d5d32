"""The small figures of convolution as a matrix and receptive fields draw what Python computes."""

import numpy as np
import pytest

from cnnlib.explorers import (
    BranchesExplorer,
    ChangedPixelExplorer,
    EigenwaveExplorer,
    FlipExplorer,
    JoinedFieldsExplorer,
    LearnedShiftExplorer,
    OnePixelExplorer,
    PathsExplorer,
    SeenPatchExplorer,
    SmallKernelsExplorer,
    WindowsExplorer,
    WinnerExplorer,
)

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_wires_lead_to_what_numpy_multiplies(words):
    made = [
        FlipExplorer(formula=formula, output=output)
        for formula in ("correlation", "convolution")
        for output in range(2, 6)
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[0] == explorer.output
        assert numbers[-1] == explorer.compute()


def test_waves_pass_a_ring_unchanged_and_no_row_with_zeros_at_its_ends(words):
    made = [
        EigenwaveExplorer(waves=waves, border=border)
        for border in ("circular", "zeros")
        for waves in range(7)
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        _, wave, answer = explorer.compute()
        factor = numbers[-1]
        differing = int((abs(answer - factor * wave) > 0.01).sum())
        if explorer.border == "circular":
            assert numbers[:2] == [explorer.waves, explorer.waves if factor else 0]
            assert differing == 0
        else:
            assert numbers[:2] == [explorer.waves, differing]
            assert differing > 0


def test_windows_and_matrix_are_as_large_as_numpy_makes_them(words):
    made = [
        WindowsExplorer(side=side, size=size, kernels=kernels)
        for side, size, kernels in ((48, 3, 1), (8, 7, 64), (64, 1, 3))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        *_, matrix, with_windows = explorer.compute()
        assert numbers[:3] == [explorer.kernels, with_windows, matrix]
        assert matrix == with_windows * explorer.side**2 / explorer.size**2


def test_patches_are_as_large_as_the_fields_of_the_model(words):
    from cnnlib import analyze

    fields = [layer.receptive_field for layer in analyze("VGG16", classes=0).layers]
    sides = sorted({field.size[0] for field in fields if field})
    made = [SeenPatchExplorer(layer=layer) for layer in (0, 3, 10, 18)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert numbers[-1] == explorer.compute()
        assert explorer.compute() in [1, *sides]


def test_small_kernels_have_the_weights_of_their_shapes(words):
    made = [SmallKernelsExplorer(layers=layers) for layers in range(1, 7)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        side, stacked, single = explorer.compute()
        assert numbers == [explorer.layers, 3, 3, side, side, stacked, side, side, single]


def test_the_neurons_that_notice_are_those_that_numpy_changes(words):
    made = [ChangedPixelExplorer(pixel=pixel) for pixel in range(24)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        counts = [len(those) for those in explorer.compute()[1:]]
        assert numbers[:2] == [explorer.pixel, sum(counts)]
        assert numbers[2::2] == counts


def test_branches_are_centred_where_the_geometry_says(words):
    made = [BranchesExplorer(side=side, neuron=n) for side in range(7, 15) for n in (0, 2, 3, 6)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        assert (numbers[3], numbers[5]) == explorer.compute()


def test_most_paths_end_in_the_middle_as_in_numpy(words):
    made = [PathsExplorer(layers=layers) for layers in (1, 2, 5, 17, 40)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        layers, shares = explorer.layers, explorer.compute()
        *_, middle = numbers
        reach = int(middle) // 2
        assert numbers[:2] == [layers, len(shares)]
        assert shares[layers - reach : layers + reach + 1].sum() >= 0.95
        assert shares[layers - reach + 1 : layers + reach].sum() < 0.95


def test_a_shift_is_learned_in_the_page_as_in_python(words):
    made = [
        LearnedShiftExplorer(columns=columns, steps=steps)
        for columns in (0, 4, 5, 6)
        for steps in (0, 40, 200)
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        wanted = np.zeros(12)
        wanted[explorer.columns] = 1
        error = ((np.append(explorer.compute()[:6][::-1], 0) - wanted[:7]) ** 2).sum()
        error += (explorer.compute()[6:] ** 2).sum()
        assert numbers[-1] == pytest.approx(error, abs=0.0051)


@pytest.mark.parametrize("pooling", ["max", "average"])
def test_the_gradient_reaches_whom_tensorflow_says(words, pooling):
    made = [
        WinnerExplorer(pooling=pooling, pixel=pixel, value=value)
        for pixel, value in ((2, 60), (2, 99), (5, 0), (0, 80), (7, 80))
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        pooled, gradient = explorer.compute()
        reached = np.flatnonzero(gradient)
        assert numbers[0] == pytest.approx(pooled, abs=0.051)
        assert numbers[-2:] == [len(reached), 8]
        if pooling == "max":
            assert numbers[1] == reached[0]


def test_one_pixel_gets_the_answers_of_tensorflow(words):
    made = [OnePixelExplorer(pixel=pixel) for pixel in range(16)]
    for explorer, numbers in zip(made, words(*made), strict=True):
        answers = explorer.compute()
        assert numbers[0] == numbers[-1] == explorer.pixel
        assert numbers[3] == np.count_nonzero(answers)
        assert numbers[5:9] == list(answers)


def test_branches_see_together_what_reaches_their_neuron_in_tensorflow(words):
    made = [
        JoinedFieldsExplorer(layers=layers, dilation=dilation)
        for layers in range(5)
        for dilation in range(8)
    ]
    for explorer, numbers in zip(made, words(*made), strict=True):
        seen = explorer.compute()
        field = seen[-1] - seen[0] + 1
        assert numbers[:2] == [explorer.layers, 2 * explorer.layers + 1]
        assert numbers[-2 if explorer.dilation > explorer.layers else -1] == field
        assert len(seen) == (numbers[-1] if explorer.dilation > explorer.layers else field)
