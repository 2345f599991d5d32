// Drawing shared by the explorers: the palette, small canvases, elements.

function rgb(colour) {
  const hex = colour.trim().replace("#", "");
  return [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16));
}

let pageTheme = null; // the page's theme, until it changes

export function forgetTheme() {
  pageTheme = null;
}

/**
 * What canvases need of the page's theme: `palette`, 511 colours from negative over zero to
 * positive; `ink`, `line`, `lit` and `ground`; `surface` as numbers; `font`. Asking the page lays it
 * out, so that it is asked once.
 */
export function themeOf(el) {
  if (pageTheme) return pageTheme;
  const style = getComputedStyle(el);
  const colour = (name) => style.getPropertyValue(`--cnn-${name}`);
  const palette = mix(...["negative", "zero", "positive"].map((name) => rgb(colour(name))));
  const [ink, line, lit, ground] = ["ink", "line", "lit", "surface-2"].map(colour);
  const theme = { palette, ink, line, lit, ground, surface: rgb(colour("surface")), font: style.fontFamily };
  if (el.isConnected) pageTheme = theme;
  return theme;
}

function mix(negative, zero, positive) {
  return Array.from({ length: 511 }, (_, i) => {
    const t = Math.abs(i - 255) / 255;
    const end = i < 255 ? negative : positive;
    return zero.map((channel, c) => Math.round(channel + (end[c] - channel) * t));
  });
}

/** Colour of `value` on a scale from -limit to limit. */
export function signedColour(palette, value, limit) {
  const t = limit > 0 ? Math.max(-1, Math.min(1, value / limit)) : 0;
  return palette[255 + Math.round(255 * t)];
}

/** Whether dark ink reads better than light ink on this colour (Rec. 709 luminance). */
export function inkOn([r, g, b]) {
  const [R, G, B] = [r, g, b].map((c) => (c / 255) ** 2.2);
  return 0.2126 * R + 0.7152 * G + 0.0722 * B > 0.18 ? "#111" : "#fff";
}

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

/** An element with properties, attributes (those with a dash, and `role`) and children. */
export function element(tag, properties = {}, ...children) {
  const svg = ["svg", "g", "rect", "line", "path", "text", "circle", "pattern", "defs"].includes(tag);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (svg || name.includes("-") || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children);
  return node;
}

/** Make the children of `parent` look like `parts`, changing only what differs: nothing else is laid out and painted. */
export function renew(parent, ...parts) {
  const present = [...parent.childNodes];
  parts.forEach((part, i) => {
    const old = present[i];
    if (!old) parent.append(part);
    else if (old.isEqualNode(part)) return;
    else if (old.nodeName !== part.nodeName || !part.attributes) old.replaceWith(part);
    else {
      for (const { name } of [...old.attributes]) if (!part.hasAttribute(name)) old.removeAttribute(name);
      for (const { name, value } of part.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
      renew(old, ...part.childNodes);
    }
  });
  for (const node of present.slice(parts.length)) node.remove();
}

/** Put `text` into `node`; the page lays nothing out anew where it stands there already. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** "1 map", "2 maps". */
export const plural = (count, thing) => `${count} ${thing}${count === 1 ? "" : "s"}`;

/** A number short enough for a cell; a real minus sign. */
export function short(value, digits = 2) {
  const text = Number(value.toFixed(digits)).toString().replace("-", "−");
  return text.replace(/^(−?)0\./, "$1.");
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

const TABLE = 160; // CSS pixels

/** Values as coloured cells, with numbers where they can be read; null is a zero of the padding, drawn dashed. */
export function drawTable(canvas, values, { theme, limit, grey = false }) {
  const cell = TABLE / values.length;
  onSheet(canvas, TABLE, TABLE, (context) => {
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.setLineDash([3, 3]);
    context.font = `${Math.min(13, cell * 0.42)}px ${theme.font}`;
    values.forEach((line, i) =>
      line.forEach((value, j) => {
        const shade = Math.round((value ?? 0) * 255);
        const colour = grey ? [shade, shade, shade] : signedColour(theme.palette, value, limit);
        context.fillStyle = context.strokeStyle = value === null ? theme.ink : `rgb(${colour})`;
        if (value === null) context.strokeRect(j * cell + 1.5, i * cell + 1.5, cell - 4, cell - 4);
        else context.fillRect(j * cell, i * cell, cell - 1, cell - 1);
        if (cell < 20) return;
        if (value !== null) context.fillStyle = inkOn(colour);
        context.fillText(short(value ?? 0), (j + 0.5) * cell, (i + 0.5) * cell);
      }),
    );
  });
}

const [SCALE, BAR] = [240, 10]; // CSS pixels

/** A colour scale from `low` to `high` with its ends, its zero and a mark at `value`. */
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
    for (const [align, x, number] of [["left", 0, low], ["right", SCALE, high]]) {
      context.textAlign = align;
      context.fillText(short(number), x, 33);
    }
    if (!grey) {
      context.textAlign = "center";
      context.fillText("0", SCALE / 2, 33);
    }
  });
}
