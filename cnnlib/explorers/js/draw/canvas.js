// Pictures, maps and tables on canvases.

import { short } from "./format.js";
import { inkOn, signedColour } from "./theme.js";

function paint(canvas, height, width, pixel) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  if (!width || !height) return;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  for (let i = 0; i < words.length; i++) words[i] = pixel(i);
  context.putImageData(image, 0, 0);
}

const packed = ([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r;

/** Grey picture: `low` is drawn black and `high` white. */
export function paintGrey(canvas, { data, shape: [height, width] }, low, high) {
  const scale = high > low ? 255 / (high - low) : 0;
  paint(canvas, height, width, (i) => {
    const grey = Math.max(0, Math.min(255, Math.round((data[i] - low) * scale)));
    return packed([grey, grey, grey]);
  });
}

/** Signed map on a scale from -limit to limit. */
export function paintSigned(canvas, { data, shape: [height, width] }, palette, limit) {
  const colours = Uint32Array.from(palette, packed);
  const scale = limit > 0 ? 255 / limit : 0;
  paint(canvas, height, width, (i) => colours[255 + Math.max(-255, Math.min(255, Math.round(data[i] * scale)))]);
}

let sheet = null;

/**
 * Draw on a canvas with as many device pixels as it needs to be sharp; `draw` gets a 2-D context in
 * CSS pixels. It is another canvas's: text on one that belongs to the page lays out the page.
 */
export function onSheet(canvas, width, height, draw) {
  const ratio = globalThis.devicePixelRatio || 1;
  const [columns, rows] = [width, height].map((length) => Math.round(length * ratio));
  sheet ??= new OffscreenCanvas(1, 1);
  if (sheet.width < columns) sheet.width = columns;
  if (sheet.height < rows) sheet.height = rows;
  const context = sheet.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.save();
  draw(context);
  context.restore();
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  const shown = canvas.getContext("2d");
  shown.clearRect(0, 0, columns, rows);
  shown.drawImage(sheet, 0, 0, columns, rows, 0, 0, columns, rows);
}

const [TABLE, LETTERS, ROOM] = [160, 9.5, 18]; // CSS pixels: a table, its smallest numbers, the smallest cell that has one

/**
 * Values as coloured cells, with numbers where they can be read; null is a zero of the padding, drawn
 * dashed. A page that has no room for `side` pixels shows it `shown` pixels wide.
 */
export function drawTable(canvas, values, { theme, limit, grey = false, side = TABLE, shown = side }) {
  const cell = side / Math.max(values.length, values[0].length);
  const shrunk = Math.max(1, side / (shown || side));
  onSheet(canvas, side, side, (context) => {
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.setLineDash([3, 3]);
    context.font = `${Math.max(LETTERS * shrunk, Math.min(16, cell * 0.42))}px ${theme.font}`;
    values.forEach((line, i) =>
      line.forEach((value, j) => {
        const shade = Math.round((value ?? 0) * 255);
        const colour = grey ? [shade, shade, shade] : signedColour(theme.palette, value, limit);
        context.fillStyle = context.strokeStyle = value === null ? theme.ink : `rgb(${colour})`;
        if (value === null) context.strokeRect(j * cell + 1.5, i * cell + 1.5, cell - 4, cell - 4);
        else context.fillRect(j * cell, i * cell, cell - 1, cell - 1);
        if (cell < ROOM * shrunk) return;
        if (value !== null) context.fillStyle = inkOn(colour);
        context.fillText(short(value ?? 0), (j + 0.5) * cell, (i + 0.5) * cell, cell - 3);
      }),
    );
  });
}

const [SCALE, BAR] = [150, 10]; // CSS pixels

/** A colour scale from `low` to `high` with its ends, in signed colours also its zero, and a mark at `value`. */
export function drawScale(canvas, { low, high, grey, theme: { palette, ink, font }, value }) {
  const stops = grey ? [[0, 0, 0], [255, 255, 255]] : [palette[0], palette[255], palette[510]];
  const place = high > low ? Math.max(5, Math.min(SCALE - 5, ((value - low) / (high - low)) * SCALE)) : SCALE / 2;
  onSheet(canvas, SCALE, 34, (context) => {
    const shades = context.createLinearGradient(0, 0, SCALE, 0);
    stops.forEach((colour, i) => shades.addColorStop(i / (stops.length - 1), `rgb(${colour})`));
    context.fillStyle = shades;
    context.fillRect(0, 6, SCALE, BAR);
    context.fillStyle = ink;
    context.beginPath();
    context.moveTo(place, 8);
    context.lineTo(place - 5, 0);
    context.lineTo(place + 5, 0);
    context.fill();
    context.font = `12px ${font}`;
    context.textBaseline = "bottom";
    const end = (value) => short(value, Math.abs(value) < 100 ? 2 : 0);
    const beyond = grey ? ["", ""] : ["≤ ", "≥ "]; // the few strongest values have the colours of the ends
    for (const [align, x, text] of [["left", 0, beyond[0] + end(low)], ["right", SCALE, beyond[1] + end(high)]]) {
      context.textAlign = align;
      context.fillText(text, x, 33);
    }
    if (!grey) {
      context.textAlign = "center";
      context.fillText("0", SCALE / 2, 33);
    }
  });
}
