// Drawing shared by the explorers: the palette, small canvases, elements.

function rgb(colour) {
  const hex = colour.trim().replace("#", "");
  return [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16));
}

const palettes = new Map(); // by their three colours

/** 511 colours from negative over zero to positive, read from the page's theme. */
export function signedPalette(el) {
  const style = getComputedStyle(el);
  const colours = ["negative", "zero", "positive"].map((name) => style.getPropertyValue(`--cnn-${name}`));
  const key = colours.join();
  if (!palettes.has(key)) palettes.set(key, mix(...colours.map(rgb)));
  return palettes.get(key);
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

/** Put `text` into `node`; the page lays nothing out anew where it stands there already. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A number short enough for a cell; a real minus sign. */
export function short(value, digits = 2) {
  const text = Number(value.toFixed(digits)).toString().replace("-", "−");
  return text.replace(/^(−?)0\./, "$1.");
}

/** A canvas with as many device pixels as it needs to be sharp; returns its 2-D context. */
function sharp(canvas, width, height) {
  const ratio = globalThis.devicePixelRatio || 1;
  const [columns, rows] = [width, height].map((length) => Math.round(length * ratio));
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

const TABLE = 160; // CSS pixels

/** Values as coloured cells, with numbers where they can be read; null is a zero of the padding, drawn dashed. */
export function drawTable(canvas, values, { palette, limit, grey = false }) {
  const context = sharp(canvas, TABLE, TABLE);
  const style = getComputedStyle(canvas);
  const cell = TABLE / values.length;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.setLineDash([3, 3]);
  context.font = `${Math.min(13, cell * 0.42)}px ${style.fontFamily}`;
  values.forEach((line, i) =>
    line.forEach((value, j) => {
      const shade = Math.round((value ?? 0) * 255);
      const colour = grey ? [shade, shade, shade] : signedColour(palette, value, limit);
      context.fillStyle = context.strokeStyle = value === null ? style.color : `rgb(${colour})`;
      if (value === null) context.strokeRect(j * cell + 1.5, i * cell + 1.5, cell - 4, cell - 4);
      else context.fillRect(j * cell, i * cell, cell - 1, cell - 1);
      if (cell < 20) return;
      if (value !== null) context.fillStyle = inkOn(colour);
      context.fillText(short(value ?? 0), (j + 0.5) * cell, (i + 0.5) * cell);
    }),
  );
}

/** A colour scale from `low` to `high` with its ends, its zero and a mark at `value`. */
export function drawScale(canvas, { low, high, grey, palette, value }) {
  const [width, bar] = [240, 10];
  const context = sharp(canvas, width, 34);
  const style = getComputedStyle(canvas);
  const shades = context.createLinearGradient(0, 0, width, 0);
  const stops = grey ? [[0, 0, 0], [255, 255, 255]] : [palette[0], palette[255], palette[510]];
  stops.forEach((colour, i) => shades.addColorStop(i / (stops.length - 1), `rgb(${colour})`));
  context.fillStyle = shades;
  context.fillRect(0, 6, width, bar);
  context.fillStyle = style.color;
  const place = high > low ? Math.max(5, Math.min(width - 5, ((value - low) / (high - low)) * width)) : width / 2;
  context.beginPath();
  context.moveTo(place, 8);
  context.lineTo(place - 5, 0);
  context.lineTo(place + 5, 0);
  context.fill();
  context.font = `12px ${style.fontFamily}`;
  context.textBaseline = "bottom";
  for (const [align, x, number] of [["left", 0, low], ["right", width, high]]) {
    context.textAlign = align;
    context.fillText(short(number), x, 33);
  }
  if (!grey) {
    context.textAlign = "center";
    context.fillText("0", width / 2, 33);
  }
}
