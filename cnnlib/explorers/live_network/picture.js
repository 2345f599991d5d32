// The reader's picture: bytes [height, width, channels] that are drawn on, shifted and turned.

/** What an empty page is: 0 or 255, whichever the corners of the pictures are nearer to. */
export function groundOf(pictures, [height, width, channels]) {
  const corners = [0, width - 1, (height - 1) * width, height * width - 1];
  let [sum, count] = [0, 0];
  for (let from = 0; from < pictures.length; from += height * width * channels) {
    for (const corner of corners) {
      for (let c = 0; c < channels; c++, count++) sum += pictures[from + corner * channels + c];
    }
  }
  return sum / count < 128 ? 0 : 255;
}

/** A line of the pen from one place to another, in pixels [y, x]; `ink` is 255 or 0. */
export function stroke(picture, [height, width, channels], from, to, { radius, ink }) {
  const drawn = Uint8Array.from(picture);
  const [dy, dx] = [to[0] - from[0], to[1] - from[1]];
  const length = dy * dy + dx * dx;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const along = length ? Math.max(0, Math.min(1, ((y + 0.5 - from[0]) * dy + (x + 0.5 - from[1]) * dx) / length)) : 0;
      const away = Math.hypot(y + 0.5 - from[0] - along * dy, x + 0.5 - from[1] - along * dx);
      const cover = Math.max(0, Math.min(1, radius + 0.5 - away));
      if (!cover) continue;
      for (let c = 0, at = (y * width + x) * channels; c < channels; c++, at++) {
        drawn[at] = ink ? Math.max(drawn[at], Math.round(255 * cover)) : Math.min(drawn[at], Math.round(255 * (1 - cover)));
      }
    }
  }
  return drawn;
}

/** The picture shifted by pixels and turned by degrees clockwise about its middle, bilinear, on an empty page. */
export function moved(picture, [height, width, channels], { right, down, turn, ground }) {
  if (!right && !down && !turn) return picture;
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const result = new Uint8Array(picture.length);
  const value = (y, x, c) => (y >= 0 && x >= 0 && y < height && x < width ? picture[(y * width + x) * channels + c] : ground);
  for (let i = 0, at = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const [dy, dx] = [i - down - (height - 1) / 2, j - right - (width - 1) / 2];
      const [y, x] = [(height - 1) / 2 + cos * dy - sin * dx, (width - 1) / 2 + sin * dy + cos * dx];
      const [top, left] = [Math.floor(y), Math.floor(x)];
      const [v, u] = [y - top, x - left];
      for (let c = 0; c < channels; c++, at++) {
        const upper = (1 - u) * value(top, left, c) + u * value(top, left + 1, c);
        const lower = (1 - u) * value(top + 1, left, c) + u * value(top + 1, left + 1, c);
        result[at] = Math.round((1 - v) * upper + v * lower);
      }
    }
  }
  return result;
}

/** An uploaded grey picture in the middle of an empty page, turned into its negative where its own ground is the opposite. */
export function fitted({ height: tall, width: wide, pixels }, [height, width, channels], ground) {
  const negative = groundOf(pixels, [tall, wide, 1]) !== ground;
  const [top, left] = [Math.max(0, height - tall) >> 1, Math.max(0, width - wide) >> 1];
  const result = new Uint8Array(height * width * channels).fill(ground);
  for (let y = 0; y < Math.min(tall, height); y++) {
    for (let x = 0; x < Math.min(wide, width); x++) {
      const value = pixels[y * wide + x];
      const at = ((y + top) * width + x + left) * channels;
      result.fill(negative ? 255 - value : value, at, at + channels);
    }
  }
  return result;
}
