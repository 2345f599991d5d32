// The page's colours, and those of signed values.

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
 * positive; `ink`, `line`, `lit` and `ground`; `font`. Asking the page lays it out, so that it is
 * asked once.
 */
export function themeOf(el) {
  if (pageTheme) return pageTheme;
  const style = getComputedStyle(el);
  const colour = (name) => style.getPropertyValue(`--cnn-${name}`);
  const palette = mix(...["negative", "zero", "positive"].map((name) => rgb(colour(name))));
  const [ink, line, lit, ground] = ["ink", "line", "lit", "surface-2"].map(colour);
  const theme = { palette, ink, line, lit, ground, font: style.fontFamily };
  if (el.isConnected) pageTheme = theme;
  return theme;
}

/** 511 colours from `negative` over `zero` to `positive`. */
export function mix(negative, zero, positive) {
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
  return 0.2126 * R + 0.7152 * G + 0.0722 * B > 0.18 ? "#000" : "#fff";
}
