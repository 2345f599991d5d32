"""The promises of "TensorFlow in one sitting"."""

import numpy as np
import pytest
from browsing import settle
from hands import INTO_VIEW, numbers
from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

(
    roofline,
    tensors,
    tape,
    uphill,
    tracing,
    pipeline,
    prefetch,
    block,
    loops,
    windows,
    transform,
    layers,
) = (Try("foundations/tensorflow", number) for number in range(1, 13))

MACHINES = "Machines"


def intensity(explorer):
    """Operations per byte."""
    return numbers(explorer.words())[0]


def limit(explorer):
    """What limits the layer: "arithmetic" or "memory"."""
    return explorer.words().partition(" is the limit")[0].rsplit(" ", 1)[-1]


def dot(explorer):
    """Where the layer's dot stands, from left to right."""
    return float(explorer.view.locator("circle.cnn-point").get_attribute("cx"))


def counts(explorer):
    """How often each step of the pipeline runs."""
    said = explorer.words().partition(": ")[2].partition(" times")[0]
    return {step: numbers(count)[0] for step, count in (one.split(" ") for one in said.split(", "))}


@roofline.step(1, "8725b178")
def test_a_relu_makes_one_operation_for_eight_bytes(explorer):
    before = dot(explorer)
    explorer.choose("Layer", "ReLU alone")
    assert intensity(explorer) == pytest.approx(1 / 8, abs=0.001)
    assert dot(explorer) < before
    names = explorer.view.locator("text.cnn-name").all_text_contents()
    assert len(names) == 5
    explorer.key(MACHINES, *["ArrowUp"] * 5)
    for _ in names:
        assert limit(explorer) == "memory"
        explorer.key(MACHINES, "ArrowDown")
    explorer.choose("Machine", "two CPU cores")


@roofline.step(2, "0868dedd")
def test_a_depthwise_convolution_slides_to_the_left(explorer):
    explorer.choose("Layer", "convolution")
    before, operations = dot(explorer), explorer.view.get_by_text("to compute").inner_text()
    assert intensity(explorer) == 132
    assert limit(explorer) == "arithmetic"
    explorer.choose("Layer", "depthwise")
    assert intensity(explorer) == 2.25
    assert limit(explorer) == "memory"
    assert dot(explorer) < before
    fewer = explorer.view.get_by_text("to compute").inner_text()
    assert numbers(operations)[0] / numbers(fewer)[0] == pytest.approx(64, rel=0.01)


@roofline.step(3, "f23d5e29")
def test_the_bend_and_not_the_speed_decides(explorer):
    explorer.choose("Layer", "convolution")
    explorer.set("Kernel size", 1)
    found = {}
    explorer.key(MACHINES, *["ArrowUp"] * 5)
    for _ in range(5):
        name = explorer.view.locator("text.cnn-name.cnn-chosen").text_content()
        found[name] = limit(explorer)
        explorer.key(MACHINES, "ArrowDown")
    assert found == {
        "H100": "memory",
        "A100": "arithmetic",
        "T4": "memory",
        "GTX 580": "arithmetic",
        "two cores": "arithmetic",
    }


@roofline.step(4, "64f7a64a")
def test_a_batch_shares_the_weights(explorer):
    explorer.choose("Machine", "T4")
    sizes = {"Side of the maps": 7, "Kernel size": 3, "Channels in": 512, "Maps out": 512}
    for name, size in sizes.items():
        explorer.set(name, size)
    assert intensity(explorer) == 24
    assert limit(explorer) == "memory"
    before = dot(explorer)
    explorer.set("Batch", 64)
    assert intensity(explorer) == 664
    assert dot(explorer) > before
    assert limit(explorer) == "arithmetic"


def drag(explorer, *places):
    """Press the pointer on the first place of a small figure, in its units, and drag it on."""
    drawing = explorer.view.locator(".cnn-small svg")
    drawing.evaluate(INTO_VIEW)
    box, width = drawing.bounding_box(), float(drawing.get_attribute("viewBox").split()[2])
    scale, mouse = box["width"] / width, explorer.page.mouse
    for number, (x, y) in enumerate(places):
        mouse.move(box["x"] + x * scale, box["y"] + y * scale)
        if not number:
            mouse.down()
    mouse.up()
    settle(explorer.page)


@tensors.step(1, "681855c9")
def test_a_column_and_a_row_are_repeated_to_a_matrix(explorer):
    drag(explorer, (262, 28), (382, 28))
    assert [explorer.value(f"Second: {name}") for name in ("rows", "columns")] == [1, 4]
    explorer.press("Reset")
    explorer.set("Second: rows", 1)
    explorer.set("Second: columns", 4)
    assert "shape [3, 4]; its last entry is 34" in explorer.words()
    assert explorer.view.locator(".cnn-zero").count() == 3 * 3 + 2 * 4


@tensors.step(2, "839d7ede")
def test_two_and_four_do_not_fit(explorer):
    explorer.set("First: columns", 2)
    assert explorer.words() == "Refused: 2 and 4 are not equal, and neither is 1."


@tensors.step(3, "678b6b06")
def test_a_row_meets_every_row(explorer):
    explorer.set("First: columns", 4)
    assert "shape [3, 4]; its last entry is 124" in explorer.words()
    assert explorer.view.locator(".cnn-zero").count() == 2 * 4


def gradients(explorer):
    """The gradients that are written into boxes."""
    found = explorer.view.locator("svg text").all_text_contents()
    return [one.removeprefix("gradient ") for one in found if one.startswith("gradient ")]


@tape.step(1, "6184134e")
def test_the_tape_gives_box_after_box_its_derivative(explorer):
    known = []
    for _ in explorer.slide("Operations played back", 3):
        known.append(len(gradients(explorer)))
    assert known == sorted(set(known))
    assert explorer.words().endswith("The weight gets 5·3 = 15 through q.")


@tape.step(2, "ff39ec67")
def test_the_weight_s_two_gradients_are_added(explorer):
    explorer.set("Operations played back", 4)
    assert "10 through p, together 25." in explorer.words()
    assert "25" in gradients(explorer)


@tape.step(3, "89d51555")
def test_constants_have_no_gradient_until_they_are_watched(explorer):
    assert gradients(explorer).count("None") == 2
    explorer.tick("tape.watch(pixels)")
    assert "None" not in gradients(explorer)
    assert "Each pixel gets 5." in explorer.words()


def signs_of_cells(explorer):
    """The signs of the picture's cells, 24 rows of 24."""
    cells = explorer.view.locator("svg rect").evaluate_all(
        "all => all.filter((one) => one.getAttribute('width') === '9')"
        ".map((one) => (one.classList.contains('cnn-excites') ? 1 : -1))"
    )
    return np.reshape(cells, (24, 24))


@uphill.step(1, "a986a78b")
def test_sobel_likes_stripes_of_two_and_two_columns(explorer):
    assert numbers(explorer.words())[1] == 13.9
    explorer.set("Steps uphill", 20)
    assert numbers(explorer.words())[1] == 71.2
    signs = signs_of_cells(explorer)
    assert (signs[1:] == signs[:-1]).mean() > 0.8
    assert (signs[:, 2:] == -signs[:, :-2]).mean() > 0.8
    assert (signs[:, 4:] == signs[:, :-4]).mean() > 0.7


@uphill.step(2, "851c86c7")
def test_the_laplacian_likes_a_checkerboard(explorer):
    explorer.choose("Kernel", "Laplacian")
    signs = signs_of_cells(explorer)
    for other, one in ((signs[1:], signs[:-1]), (signs[:, 1:], signs[:, :-1])):
        assert (other == -one).mean() > 0.75


@tracing.step(1, "0f33c562")
def test_a_shape_that_was_seen_finds_its_graph(explorer):
    for size in (8, 16, 8):
        explorer.click(f"tf.ones([{size}, {size}])")
    assert explorer.words().endswith("graph 1 again. 3 calls, 2 graphs.")


@tracing.step(2, "cb0a1baf")
def test_python_numbers_have_a_graph_each_and_tensors_share_one(explorer):
    for argument in ("1", "2", "tf.constant(1.0)", "tf.constant(2.0)"):
        explorer.click(argument)
    notes = explorer.view.locator("svg text").all_text_contents()
    assert [f"traced: graph {n}" in notes for n in (3, 4, 5)] == [True] * 3
    assert explorer.words() == "f(tf.constant(2.0)): graph 5 again. 7 calls, 5 graphs."


@tracing.step(3, "297f5510")
def test_a_signature_has_one_graph_and_refuses_what_is_no_matrix(explorer):
    explorer.tick("input_signature: any size")
    notes = explorer.view.locator("svg text").all_text_contents()
    assert notes.count("traced: graph 1") == 1
    assert notes.count("graph 1 again") == 2
    assert notes.count("refused") == 4


@pipeline.step(1, "3a452cb7")
def test_steps_before_the_cache_run_once(explorer):
    assert counts(explorer) == {
        "read": 1221,
        "prepare": 1221,
        "shuffle": 3663,
        "vary": 3663,
        "batch": 60,
    }


@pipeline.step(2, "1b59692b")
def test_without_a_cache_every_step_runs_in_every_epoch(explorer):
    explorer.set("Cache behind step", 0)
    assert explorer.shows("No cache")
    assert counts(explorer)["read"] == counts(explorer)["prepare"] == 3 * 1221


@pipeline.step(3, "a6ed30da")
def test_a_late_cache_repeats_the_first_epoch(explorer):
    explorer.set("Cache behind step", 4)
    assert [*counts(explorer).values()] == [1221] * 4 + [60]
    assert explorer.shows("order and variants are kept")


@prefetch.step(1, "516204d7")
def test_one_batch_ahead_leaves_the_pace_to_the_slower_side(explorer):
    assert numbers(explorer.words())[:2] == [8, 400]
    explorer.set("Batches ahead", 1)
    assert numbers(explorer.words())[:3] == [8, 260, explorer.value("Prepare a batch, ms")]


@prefetch.step(2, "17da806d")
def test_more_workers_help_where_a_longer_buffer_does_not(explorer):
    explorer.set("Batches ahead", 4)
    assert numbers(explorer.words())[1] == 260
    explorer.set("Workers", 2)
    assert numbers(explorer.words()) == [8, 190, explorer.value("Train on it, ms"), 84]


@block.step(1, "339ef92e")
def test_the_parameters_depend_on_the_channels(explorer):
    assert explorer.shows("= 80 parameters")
    explorer.set("Maps below", 3)
    assert explorer.shows("= 224 parameters")


@loops.step(1, "c1ee307d")
def test_eight_multiply_adds_make_a_neuron(explorer):
    explorer.set("Multiply-adds", 2)
    assert explorer.shows("i = 0, j = 0, m = 0, u = 0, v = 0, c = 1")
    explorer.set("Multiply-adds", 9)
    assert "goes into map 1," in explorer.words()
    explorer.set("Multiply-adds", 8)
    assert "goes into map 0, row 0, column 0," in explorer.words()


@loops.step(2, "523156f6")
def test_144_multiply_adds_make_eighteen_neurons(explorer):
    inputs = 2 * 4 * 4 + 2 * 2 * 2 * 2
    filled = explorer.view.locator("svg .cnn-label").all_text_contents
    assert len([one for one in filled() if one]) == inputs + 1
    explorer.set("Multiply-adds", 144)
    assert explorer.words().startswith("144 multiply-adds of 144: ")
    assert len([one for one in filled() if one]) == inputs + 18


@windows.step(1, "2e94db76")
def test_the_windows_shrink_beside_the_matrix(explorer):
    written = explorer.view.locator("svg rect.cnn-bulk").nth(1)
    before = written.bounding_box()["width"]
    explorer.set("Picture side", 48)
    assert written.bounding_box()["width"] < before / 3
    assert explorer.shows(f"{44**2 * 25:,}")
    assert explorer.shows(f"{44**2 * 16 * 48**2:,}")


@transform.step(1, "481f9e2e")
def test_the_transform_makes_fewer_operations_from_five_on(explorer):
    explorer.set("Kernel size", 1)
    assert "590 k operations directly, 11 M through" in explorer.words()
    explorer.set("Kernel size", 21)
    assert round(21**2 * 589_824 / 1e6) == 260
    assert "260 M operations directly, 23.8 M through" in explorer.words()
    assert explorer.words().endswith("fewer from 5×5 on.")


@transform.step(2, "a1c2e3ab")
def test_kept_spectra_pay_from_three_on(explorer):
    explorer.tick("Spectra of the kernels are kept")
    assert explorer.words().endswith("fewer from 3×3 on.")


@layers.step(1, "74a0126b")
def test_two_of_five_layers_are_limited_by_memory(explorer):
    found = []
    for kind in ("ReLU alone", "depthwise"):
        explorer.choose("Layer", kind)
        found.append(limit(explorer))
    explorer.choose("Layer", "convolution")
    for kernel, maps in ((1, 64), (3, 64), (3, 256)):
        explorer.set("Kernel size", kernel)
        explorer.set("Channels in", maps)
        explorer.set("Maps out", maps)
        found.append(limit(explorer))
    assert found == ["memory"] * 2 + ["arithmetic"] * 3
