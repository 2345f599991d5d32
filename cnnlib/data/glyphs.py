"""Glyphs of matplotlib's fonts as distance maps, from which symbols of any size are drawn.

A glyph is filled on a fine grid and stored as two maps: the signed distance to its outline, which
draws it as printed (and bolder or lighter, after adding a constant), and the distance to its
skeleton, which draws it with a pen of constant width.
"""

import logging
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from matplotlib import get_data_path
from scipy.ndimage import distance_transform_edt
from skimage.morphology import skeletonize

from cnnlib.data.alphabet import ALPHABET, LEFT_OUT, UNICODE_FONTS

GRID = 128  # cells along each side of a map
SPAN = 96  # cells along the longer side of the glyph, which lies in the middle
UNITS = 64  # stored distances are whole numbers of 1/64 cell

_FINE = 2  # the grid that is filled is this much finer
_STEPS = 8  # straight pieces in place of each curve of an outline
_SUBCELLS = 256  # steps of a fine cell in which corners are placed


@cache
def glyph_maps(name):
    """Compute the distance maps of a symbol in every font that has it.

    Everything up to the filled grid is whole numbers, the distances are square roots of whole
    numbers: the maps hold the same bytes on every machine.

    Args:
        name: a key of `ALPHABET`.

    Returns:
        int16 array [fonts, GRID, GRID, 2] in steps of 1/UNITS cell: the distance to the outline,
        positive inside, and the distance to the skeleton, negative everywhere off it.
    """
    character, *places = ALPHABET[name]
    family = LEFT_OUT.get(name)
    fonts = [font for font in UNICODE_FONTS if not (family and font.startswith(family))]
    places = [(font, ord(character)) for font in fonts] + places
    outlines = [_outline(font, code) for font, code in places]
    return np.stack([_distances(_fill(edges)) for edges in outlines if edges is not None])


@cache
def _font(name):
    """Open a font of matplotlib's: its glyphs by name, and their names by character code."""
    file = Path(get_data_path(), "fonts", "ttf", f"{name}.ttf")
    font = TTFont(BytesIO(file.read_bytes()))
    # Computer Modern was made before the date from which fontTools believes in dates.
    logger = logging.getLogger("fontTools.ttLib.tables._h_e_a_d")
    logger.disabled = True
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    logger.disabled = False
    return glyphs, names


def _outline(font, code):
    """Read the edges of a glyph, or None where the font does not have it.

    Returns:
        int64 array [edges, 2 ends, x and y], in equal fractions of the font's whole units.
    """
    glyphs, names = _font(font)
    if code not in names:
        return None
    pen = _Edges(glyphs)
    glyphs[names[code]].draw(pen)
    return np.array(pen.edges)


class _Edges(BasePen):
    """Collects an outline as straight edges, in whole numbers.

    Points of a font are whole or half-way between two that are. _STEPS**2 is the divisor of the
    points on a curve.
    """

    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.edges = []

    def _moveTo(self, point):
        self.start = self.last = self._whole(point)

    def _lineTo(self, point):
        self._edge(self._whole(point))

    def _qCurveToOne(self, control, end):
        start, control, end = self.last, self._whole(control), self._whole(end)
        for t in range(1, _STEPS + 1):
            s = _STEPS - t
            self._edge((s * s * start + 2 * s * t * control + t * t * end) // _STEPS**2)

    def _closePath(self):
        self._edge(self.start)

    def _whole(self, point):
        return np.rint(np.multiply(point, 2)).astype(np.int64) * _STEPS**2

    def _edge(self, point):
        self.edges.append((self.last, point))
        self.last = point


def _fill(edges):
    """Mark the cells whose centres lie inside an outline (nonzero winding).

    Args:
        edges: int64 array [edges, 2 ends, x and y].

    Returns:
        Boolean array [GRID * _FINE, GRID * _FINE], rows from the top, the glyph in the middle.
    """
    side = GRID * _FINE
    low, high = edges.min(axis=(0, 1)), edges.max(axis=(0, 1))
    places = (2 * edges - low - high) * (SPAN * _FINE * _SUBCELLS) // (2 * (high - low).max())
    x, y = np.moveaxis(places * [1, -1] + side * _SUBCELLS // 2, -1, 0)
    centres = np.arange(side) * _SUBCELLS + _SUBCELLS // 2
    up, down = y.min(axis=1), y.max(axis=1)
    edge, row = np.nonzero((up[:, None] <= centres) & (centres < down[:, None]))
    (x0, x1), (y0, y1) = x[edge].T, y[edge].T
    crossing = x0 + (centres[row] - y0) * (x1 - x0) // (y1 - y0)
    turns = np.zeros((side, side + 1), np.int64)
    column = (crossing + _SUBCELLS // 2) // _SUBCELLS
    np.add.at(turns, (row, column), np.where(y1 > y0, 1, -1))
    return np.cumsum(turns[:, :-1], axis=1) != 0


def _distances(inside):
    """Measure how far each cell of the coarse grid is from the outline and from the skeleton."""
    outline = np.where(
        inside, distance_transform_edt(inside) - 0.5, 0.5 - distance_transform_edt(~inside)
    )
    skeleton = -distance_transform_edt(~skeletonize(inside))
    maps = np.stack([outline, skeleton], axis=-1)
    coarse = maps[::2, ::2] + maps[1::2, ::2] + maps[::2, 1::2] + maps[1::2, 1::2]
    return np.rint(coarse * (UNITS / _FINE / 4)).astype(np.int16)
