"""The reader's own picture in the convolution explorer."""

import numpy as np
import pytest
from browsing import drawing, redrawn, settle
from PIL import Image

pytest_plugins = ("book_build", "browser_fixtures")


@pytest.fixture
def explorer(visit):
    return visit.open("foundations/filters.html").locator(".cnn-explorer").first


def saved(path, pixels):
    Image.fromarray(pixels).save(path)
    return path


def upload(explorer, path):
    """Choose a file and wait for what the explorer says about it."""
    explorer.locator("input[type=file]").set_input_files(path)
    message = explorer.get_by_role("alert").filter(has_text=path.name)
    message.wait_for()
    settle(explorer.page)
    return message.inner_text()


def state(explorer):
    """All that a new picture would change: the controls, the words and the drawings."""
    settle(explorer.page)
    values = "all => all.map((one) => [one.value, one.checked, one.selectedIndex])"
    return [
        explorer.locator("input:not([type=file]), select").evaluate_all(values),
        explorer.locator("p:not([role=alert])").all_inner_texts(),
        explorer.locator("canvas").evaluate_all("all => all.map((one) => one.toDataURL())"),
        explorer.locator("svg, [role=grid]").evaluate_all("all => all.map((one) => one.outerHTML)"),
    ]


def shown(explorer):
    """The grey values of the picture's canvas."""
    pixels = explorer.locator(".cnn-input canvas").evaluate(
        "(one) => [one.height, one.width, [...one.getContext('2d')"
        ".getImageData(0, 0, one.width, one.height).data]]"
    )
    height, width, values = pixels
    return np.uint8(values).reshape(height, width, 4)[:, :, 0]


def test_a_picture_is_used_pixel_by_pixel(explorer, tmp_path):
    pattern = np.random.default_rng(0).integers(0, 256, (40, 60), "uint8")
    before = drawing(explorer.locator(".cnn-anywidget"))
    message = upload(explorer, saved(tmp_path / "pattern.png", pattern))
    assert "60×40, shown at 60×40" in message
    assert redrawn(explorer.locator(".cnn-anywidget"), before)
    np.testing.assert_array_equal(shown(explorer), pattern)
    assert "40×60 →" in explorer.get_by_role("status").inner_text()
    assert explorer.get_by_label("Picture", exact=True).input_value() == "your own"


def test_a_colour_picture_becomes_grey_as_pillow_makes_it(explorer, tmp_path):
    colours = np.random.default_rng(1).integers(0, 256, (24, 32, 3), "uint8")
    upload(explorer, saved(tmp_path / "colours.png", colours))
    grey = np.array(Image.fromarray(colours).convert("L"))
    np.testing.assert_array_equal(shown(explorer), grey)


def test_a_twelve_megapixel_photograph_is_scaled_down(explorer, tmp_path):
    ramp = np.broadcast_to(np.linspace(0, 255, 4000).astype("uint8"), (3000, 4000))
    message = upload(explorer, saved(tmp_path / "photograph.jpg", ramp))
    assert "4000×3000, shown at 128×96" in message
    wanted = np.broadcast_to(np.linspace(0, 255, 128), (96, 128))
    np.testing.assert_allclose(shown(explorer).astype(float), wanted, atol=4)


def test_forty_megapixels_are_refused_and_change_nothing(explorer, tmp_path):
    before = state(explorer)
    message = upload(explorer, saved(tmp_path / "large.png", np.zeros((5000, 8000), "uint8")))
    assert "40.0 megapixels" in message
    assert state(explorer) == before


def test_a_file_that_is_no_picture_is_refused_and_changes_nothing(explorer, tmp_path):
    path = tmp_path / "letter.png"
    path.write_text("Dear reader, this is no picture.")
    before = state(explorer)
    assert "is not a picture" in upload(explorer, path)
    assert state(explorer) == before


def test_a_refused_file_keeps_the_reader_s_own_picture(explorer, tmp_path):
    pattern = np.random.default_rng(2).integers(0, 256, (30, 30), "uint8")
    upload(explorer, saved(tmp_path / "pattern.png", pattern))
    before = state(explorer)
    (tmp_path / "letter.txt").write_text("no picture")
    upload(explorer, tmp_path / "letter.txt")
    assert state(explorer) == before


def test_a_refused_file_may_be_followed_by_a_good_one(explorer, tmp_path):
    (tmp_path / "letter.txt").write_text("no picture")
    upload(explorer, tmp_path / "letter.txt")
    pattern = np.full((20, 20), 77, "uint8")
    upload(explorer, saved(tmp_path / "pattern.png", pattern))
    np.testing.assert_array_equal(shown(explorer), pattern)


def test_a_picture_dropped_on_the_explorer_is_used(explorer, tmp_path):
    path = saved(tmp_path / "dropped.png", np.full((20, 30), 99, "uint8"))
    explorer.locator(".cnn-input .cnn-stage").evaluate(
        """(stage, bytes) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array(bytes)], "dropped.png"));
          const how = { dataTransfer: transfer, bubbles: true, cancelable: true };
          stage.dispatchEvent(new DragEvent("drop", how));
        }""",
        list(path.read_bytes()),
    )
    explorer.get_by_role("alert").filter(has_text="dropped.png").wait_for()
    settle(explorer.page)
    np.testing.assert_array_equal(shown(explorer), np.full((20, 30), 99))


def test_a_picture_smaller_than_the_kernel_is_said_and_can_be_left(explorer, tmp_path):
    explorer.get_by_label("Padding", exact=True).press("Home")  # valid
    settle(explorer.page)
    before, said = shown(explorer), explorer.get_by_role("status").inner_text()
    upload(explorer, saved(tmp_path / "dot.png", np.zeros((1, 1), "uint8")))
    assert "does not fit into 1×1" in explorer.get_by_role("status").inner_text()
    explorer.get_by_label("Picture", exact=True).press("Home")
    settle(explorer.page)
    np.testing.assert_array_equal(shown(explorer), before)
    assert explorer.get_by_role("status").inner_text() == said
