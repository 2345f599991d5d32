// Maps side by side on one canvas, a pixel for each cell; the page magnifies it.

/**
 * Paint all channels of { data, shape: [height, width, count] } in `columns`, on a scale from -limit to limit;
 * `colours` are 511 packed words.
 */
export function paintMaps(canvas, { data, shape: [height, width, count] }, columns, colours, limit) {
  const across = columns * width;
  const rows = Math.ceil(count / columns);
  if (canvas.width !== across || canvas.height !== rows * height) Object.assign(canvas, { width: across, height: rows * height });
  const context = canvas.getContext("2d");
  const image = context.createImageData(across, rows * height);
  const words = new Uint32Array(image.data.buffer);
  const scale = limit > 0 ? 255 / limit : 0;
  for (let k = 0; k < count; k++) {
    const corner = Math.floor(k / columns) * height * across + (k % columns) * width;
    for (let y = 0, from = k; y < height; y++) {
      for (let x = 0, to = corner + y * across; x < width; x++, to++, from += count) {
        const step = Math.round(data[from] * scale);
        words[to] = colours[255 + (step > 255 ? 255 : step < -255 ? -255 : step)];
      }
    }
  }
  context.putImageData(image, 0, 0);
}

/** A palette of `signedColour` as words of pixels. */
export const packed = (palette) => Uint32Array.from(palette, ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0);

/** Shades from black at 0 to white at the limit. */
export const GREYS = Uint32Array.from({ length: 511 }, (_, i) => {
  const shade = Math.max(0, i - 255);
  return ((255 << 24) | (shade << 16) | (shade << 8) | shade) >>> 0;
});
