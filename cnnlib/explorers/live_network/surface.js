// The page that the reader draws on: with the mouse, a finger, or a cursor that the keyboard moves.

import { element, renew } from "../js/draw/element.js";
import { arrowKeys, onKeys } from "../js/frame/input.js";
import { mapPanel } from "../js/frame/stage.js";

/** Bytes [height, width, 1 or 3] as a context's ImageData. */
export function imageOf(context, bytes, [height, width, channels]) {
  const image = context.createImageData(width, height);
  for (let i = 0; i < height * width; i++) {
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = bytes[i * channels + Math.min(c, channels - 1)];
    image.data[4 * i + 3] = 255;
  }
  return image;
}

/** Paint bytes of a shape on a canvas. */
export function paintBytes(canvas, bytes, [height, width, channels]) {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  context.putImageData(imageOf(context, bytes, [height, width, channels]), 0, 0);
}

/**
 * A drawing surface for pictures of `shape`. `draw(from, to, erases)` gets each piece of a line in pixels [y, x]. Returns
 * { node, title, stage, paint(bytes, field) }; `field` is what a chosen neuron sees, [top, bottom, left, right], or null.
 */
export function surfaceOf({ shape: [height, width, channels], radius, draw, schedule, signal }) {
  const panel = mapPanel("cnn-panel cnn-easel", {
    title: "Draw here", label: "Drawing surface: arrow keys move the pen, Space puts it down and lifts it, E takes the eraser",
  });
  const { stage, canvas, overlay, node } = panel;
  overlay.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const eraser = element("button", { type: "button", className: "cnn-button", "aria-pressed": "false" }, "Eraser");
  let cursor = [height >> 1, width >> 1];
  let down = false; // the keyboard's pen
  let last = null; // where the pointer was
  const erases = () => eraser.getAttribute("aria-pressed") === "true";
  const turn = () => eraser.setAttribute("aria-pressed", !erases());
  eraser.addEventListener("click", turn, { signal });

  const placeOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientY - box.top) / box.height) * height, ((event.clientX - box.left) / box.width) * width];
  };
  const on = (name, act) => stage.addEventListener(name, act, { signal });
  on("pointerdown", (event) => {
    if (event.button) return;
    stage.setPointerCapture(event.pointerId);
    last = placeOf(event);
    draw(last, last, erases());
  });
  on("pointermove", (event) => {
    if (!last) return;
    const pieces = event.getCoalescedEvents?.() ?? [];
    for (const piece of pieces.length ? pieces : [event]) {
      const next = placeOf(piece);
      draw(last, next, erases());
      last = next;
    }
  });
  for (const name of ["pointerup", "pointercancel"]) on(name, () => (last = null));
  for (const name of ["focus", "blur"]) on(name, schedule);

  const middle = ([y, x]) => [y + 0.5, x + 0.5];
  arrowKeys(stage, () => cursor, () => [height, width], (y, x) => {
    if (down) draw(middle(cursor), middle([y, x]), erases());
    cursor = [y, x];
    schedule();
  }, signal);
  onKeys(stage, [" ", "Enter"], () => {
    down = !down;
    if (down) draw(middle(cursor), middle(cursor), erases());
    schedule();
  }, signal);
  onKeys(stage, ["e", "E"], turn, signal);

  function paint(bytes, field) {
    paintBytes(canvas, bytes, [height, width, channels]);
    const seen = field ? [element("rect", { class: "cnn-window", x: field[2], y: field[0], width: field[3] - field[2], height: field[1] - field[0] })] : [];
    const [y, x] = middle(cursor);
    const pen = document.activeElement === stage && !last ? [element("circle", { class: down ? "cnn-nib cnn-inking" : "cnn-nib", cx: x, cy: y, r: radius + 0.5 })] : [];
    renew(overlay, ...seen, ...pen);
  }

  return { node, title: panel.title, stage, eraser, paint, penDown: () => down };
}
