from pathlib import Path

import matplotlib
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from cnnlib.data import symbol_names
from cnnlib.data.alphabet import ALPHABET
from cnnlib.data.glyphs import GRID, SPAN, UNITS, glyph_maps


def freetype(font, code):
    """Fill a glyph by Pillow and FreeType, and look it up at the cells of the maps."""
    file = Path(matplotlib.get_data_path(), "fonts", "ttf", f"{font}.ttf")
    image = Image.new("L", (3000, 3000))
    ImageDraw.Draw(image).text((900, 500), chr(code), 255, ImageFont.truetype(file, 1200))
    glyph = np.asarray(image.crop(image.getbbox())) > 127
    scale = max(glyph.shape) / SPAN
    axis = (np.arange(GRID) + 0.5 - GRID / 2) * scale
    rows, columns = (np.rint(axis + side / 2 - 0.5).astype(int) for side in glyph.shape)
    padded = np.pad(glyph, GRID * 10)
    return padded[np.ix_(rows + GRID * 10, columns + GRID * 10)]


@pytest.mark.parametrize("name", ["pi", "percent", "plus minus", "not equal", "theta", "integral"])
@pytest.mark.parametrize("font", ["STIXGeneral", "STIXGeneralBol"])
def test_outlines_are_filled_as_freetype_fills_them(name, font):
    inside = freetype(font, ord(ALPHABET[name][0]))
    wrong = [
        np.sum((outline > 0) != inside, where=np.abs(outline) >= UNITS)
        for outline in glyph_maps(name)[..., 0]
    ]
    assert min(wrong) == 0
    assert max(wrong) > 100


def test_distances_are_those_of_a_bar():
    # A minus sign is a bar as long as the span: its distances are known.
    maps = glyph_maps("minus")[0] / UNITS
    column = maps[:, GRID // 2]
    thickness = np.sum(column[:, 0] > 0)
    assert column[:, 0].max() == pytest.approx(thickness / 2, abs=1)
    slopes = np.diff(column[:, 0])
    np.testing.assert_allclose(slopes[: GRID // 2 - 1], 1, atol=0.6)
    np.testing.assert_allclose(slopes[GRID // 2 :], -1, atol=0.6)
    from_middle = np.abs(np.arange(GRID) - (GRID - 1) / 2)
    np.testing.assert_allclose(column[:, 1], -from_middle, atol=1)
    assert np.sum(maps[GRID // 2, :, 0] > 0) == SPAN


@pytest.mark.parametrize("name", symbol_names())
def test_every_symbol_lies_whole_in_the_middle_in_several_fonts(name):
    maps = glyph_maps(name)
    assert len(maps) >= 4
    for outline, skeleton in np.moveaxis(maps, -1, 1):
        rows, columns = np.nonzero(outline > 0)
        extents = np.ptp(rows) + 1, np.ptp(columns) + 1
        assert max(extents) == pytest.approx(SPAN, abs=2)
        assert abs(rows.min() + rows.max() + 1 - GRID) <= 2
        assert abs(columns.min() + columns.max() + 1 - GRID) <= 2
        assert np.all(outline[skeleton > -UNITS / 2] > -UNITS)


def test_the_fonts_of_a_symbol_differ():
    maps = glyph_maps("partial")
    assert len(np.unique(maps, axis=0)) > len(maps) / 2
