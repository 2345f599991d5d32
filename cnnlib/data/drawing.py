"""Draw symbols as they look on paper: by many hands, in many prints, among other marks.

Repeatable to the byte: every number that a pixel depends on comes from a `Stream`, from the
whole numbers of `glyph_maps`, or from these by additions, multiplications, divisions, roundings
and square roots, each done alone on a whole array. IEEE 754 fixes the result of every one of
them. Whatever may differ between processors is avoided: sums over an axis, products of
floating-point matrices, sines and exponentials. So a rotation is made from tan(angle / 2), and
the elastic distortion is a product of integer matrices.

Lengths are in units of the picture's side unless a name says otherwise; x runs to the right and
y down from the middle.
"""

import numpy as np

from cnnlib.data.glyphs import GRID, SPAN, UNITS, glyph_maps
from cnnlib.data.stream import Stream

_BATCH = 2**15  # pixels, at least one picture, that are drawn together from one stream
_KNOTS = 4  # steps of the elastic distortion's lattice along a side
_PRECISION = 2**12  # steps of the whole numbers in the elastic distortion


def draw(names, labels, size, seed):
    """Draw one picture for each label.

    Args:
        names: the symbols, keys of `ALPHABET`, that the labels count.
        labels: int array [n].
        size: side of the pictures in pixels.
        seed: integer of at least 0.

    Returns:
        uint8 array [n, size, size, 1]: dark ink on light paper.
    """
    fonts = [glyph_maps(name) for name in names]
    counts = np.array([len(font) for font in fonts])
    starts = np.cumsum(counts) - counts
    maps = np.concatenate(fonts)
    images = np.empty((len(labels), size, size, 1), np.uint8)
    step = max(1, _BATCH // size**2)
    for first in range(0, len(labels), step):
        chosen = labels[first : first + step]
        sheet = _Sheet(maps, len(chosen), size, Stream(seed, 1, first))
        glyphs = starts[chosen] + sheet.stream.integers(counts[chosen], len(chosen))
        images[first : first + step, :, :, 0] = sheet.draw(glyphs)
    return images


class _Sheet:
    """Pictures that are drawn together; every random array holds a value for each of them."""

    def __init__(self, maps, count, size, stream):
        # The two distances of a cell are fetched as one 32-bit word.
        self.cells = maps.view(np.int32).reshape(-1)
        self.count, self.size, self.stream = count, size, stream
        centres = (np.arange(size, dtype=np.float32) + np.float32(0.5)) / size - np.float32(0.5)
        self.x, self.y = centres[None, None, :], centres[None, :, None]
        self.span = self.random(0.5, 0.76)
        self.hand = self.random(0.3, 1)  # 0: the font's own strokes; 1: a pen's, all alike
        self.pen = np.maximum(self.random(0.016, 0.045), np.float32(0.6 / size))
        self.boldness = self.random(-0.006, 0.015)
        self.softness = self.random(1, 1 + size / 40)  # pixels over which an edge fades

    def random(self, low, high):
        return self.stream.uniform(low, high, self.count, 1, 1).astype(np.float32)

    def some(self, share):
        return np.flatnonzero(self.stream.uniform(0, 1, self.count) < share)

    def draw(self, glyphs):
        """Return uint8 [count, size, size], with the glyph of each picture."""
        bend = self.bend()
        x, y = self.x + bend[:, 0], self.y + bend[:, 1]
        room = (1 - self.span) / 2
        place = room * self.random(-0.9, 0.9), room * self.random(-0.9, 0.9)
        ink = self.glyph(glyphs, x, y, *place, np.arange(self.count))
        self.add_neighbours(ink, x, y)
        for _ in range(2):
            self.add_strokes(ink, x, y)
        paper = self.paper()
        darkest = self.random(0, 0.35)
        values = paper + (darkest - paper) * ink + self.grain() * self.random(0, 0.14)
        return np.floor(np.clip(values, 0, 1) * 255 + np.float32(0.5)).astype(np.uint8)

    def bend(self):
        """Draw elastic distortions, [count, 2, size, size], in the manner of Simard et al. 2003.

        They smooth noise with a Gaussian; a cubic B-spline, which is close to one, needs noise
        only at a few knots.
        """
        knots = np.arange(-1, _KNOTS + 2)
        away = np.abs((self.x.reshape(-1, 1) + np.float32(0.5)) * _KNOTS - knots)
        near, far = np.minimum(away, 1), np.clip(away, 1, 2)
        spline = 1 / 2 - near * near * (1 - near / 2) + (2 - far) * (2 - far) * (2 - far) / 6
        weights = np.rint(spline * _PRECISION).astype(np.int64)
        shape = self.count, 2, len(knots), len(knots)
        noise = self.stream.integers(2 * _PRECISION + 1, *shape) - _PRECISION
        smooth = (weights @ noise @ weights.T).astype(np.float32) / np.float32(_PRECISION**3)
        return smooth * self.random(0, 0.11)[:, None]

    def glyph(self, glyphs, x, y, right, down, which):
        """Return the ink, 0 to 1, of glyphs at (right, down) in the pictures numbered `which`."""
        half = self.random(-0.13, 0.13)[which]
        cosine, sine = (1 - half * half) / (1 + half * half), 2 * half / (1 + half * half)
        shear, stretch = self.random(-0.25, 0.25)[which], self.random(0.88, 1.14)[which]
        cell = self.span[which] / SPAN
        x, y = x[which] - right[which], y[which] - down[which]
        x, y = cosine * x + sine * y, cosine * y - sine * x
        x, y = (x + shear * y) * stretch / cell, y / (stretch * cell)
        outline, skeleton = self.distances(glyphs, x, y)
        printed = outline * cell + self.boldness[which]
        written = skeleton * cell + self.pen[which]
        return self.fade(printed + self.hand[which] * (written - printed), which)

    def distances(self, glyphs, x, y):
        """Interpolate the glyphs' two maps at (x, y), all in cells."""
        middle, last = np.float32(GRID / 2 - 0.5), np.float32(GRID - 1.001)
        x, y = np.clip(x + middle, 0, last), np.clip(y + middle, 0, last)
        column, row = x.astype(np.int32), y.astype(np.int32)
        right, down = (x - column)[..., None], (y - row)[..., None]
        corner = (glyphs.astype(np.int32)[:, None, None] * GRID + row) * GRID + column

        def fetch(offset):
            pairs = self.cells[corner + offset].view(np.int16)
            return pairs.reshape(*corner.shape, 2).astype(np.float32)

        upper, lower = fetch(0), fetch(GRID)
        upper += right * (fetch(1) - upper)
        lower += right * (fetch(GRID + 1) - lower)
        upper += down * (lower - upper)
        return upper[..., 0] / UNITS, upper[..., 1] / UNITS

    def fade(self, distance, which):
        return np.clip(distance * (self.size / self.softness[which]) + np.float32(0.5), 0, 1)

    def at_the_edge(self, away):
        """Return points that lie `away` from the middle towards a random side of the picture."""
        along = self.random(-0.4, 0.4)
        side = self.stream.integers(4, self.count, 1, 1)
        away = np.where(side % 2, away, -away)
        return np.where(side < 2, away, along), np.where(side < 2, along, away)

    def add_neighbours(self, ink, x, y):
        """Let a part of another symbol reach into a third of the pictures."""
        right, down = self.at_the_edge(0.5 + self.span * self.random(0.15, 0.45))
        glyphs = self.stream.integers(len(self.cells) // GRID**2, self.count)
        which = self.some(0.35)
        ink[which] = np.maximum(ink[which], self.glyph(glyphs[which], x, y, right, down, which))

    def add_strokes(self, ink, x, y):
        """Let the pen slip near the edge of a quarter of the pictures."""
        right, down = self.at_the_edge(self.random(0.4, 0.6))
        across, along = self.random(-0.3, 0.3), self.random(-0.3, 0.3)
        length = np.maximum(across * across + along * along, np.float32(1e-4))
        which = self.some(0.25)
        x, y = x[which] - right[which], y[which] - down[which]
        across, along = across[which], along[which]
        part = np.clip((x * across + y * along) / length[which], 0, 1)
        x, y = x - part * across, y - part * along
        stroke = self.fade(self.pen[which] - np.sqrt(x * x + y * y), which)
        ink[which] = np.maximum(ink[which], stroke)

    def paper(self):
        """Draw unevenly lit paper, [count, size, size]: blank, ruled, or ruled in squares."""
        light = self.random(0.78, 1) + self.random(-0.2, 0.2) * self.x
        light = light + self.random(-0.2, 0.2) * self.y
        spacing, tilt = self.random(0.14, 0.4), self.random(-0.1, 0.1)
        strength = self.random(0.06, 0.3)
        width = np.maximum(self.random(0.001, 0.005), np.float32(0.5 / self.size))
        for axis, share in ((self.y + tilt * self.x, 0.5), (self.x - tilt * self.y, 0.25)):
            which = self.some(share)
            turns = axis[which] / spacing[which] + self.random(0, 1)[which]
            apart = np.abs(turns - np.rint(turns)) * spacing[which]
            line = self.fade(width[which] - apart, which)
            light[which] = light[which] - strength[which] * line
        return light

    def grain(self):
        """Draw noise from -1 to 1, [count, size, size]: the difference of two random bytes."""
        words = self.stream.raw(self.count, -(-self.size * self.size // 4)).astype("<u8")
        octets = words.view(np.uint8).astype(np.int16)[:, : 2 * self.size * self.size]
        noise = (octets[:, ::2] - octets[:, 1::2]).astype(np.float32) / 256
        return noise.reshape(self.count, self.size, self.size)
