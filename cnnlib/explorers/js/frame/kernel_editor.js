import { largest } from "../math/ops.js";
import { element } from "../draw/element.js";
import { short } from "../draw/format.js";
import { inkOn, signedColour } from "../draw/theme.js";
import { arrowKeys, numberEntry } from "./input.js";

const DRAG_PIXELS = 120; // dragging this far changes a weight by the scale's half width

/**
 * A grid of weights to edit: choose a cell (pointer, arrow keys), then drag it to the right or up, use
 * the slider or type a number. `changed(kernel)` receives the new list of rows; `colour` chooses that of a
 * cell, `of` tells several kernels of one explorer apart, kernels of up to `numbered` columns show their numbers,
 * and slider, drag and keys of a `whole` one keep to whole numbers. Returns { node, draw(kernel, palette) }.
 */
export function kernelEditor({ changed, signal, of = "", numbered = 7, whole = false, colour = ({ palette, value, limit }) => signedColour(palette, value, limit) }) {
  let kernel = [];
  let cells = [];
  let chosen = [0, 0];
  let scale = 1;
  let drawn = { key: "", palette: null };

  const grid = element("div", { className: "cnn-kernel", role: "grid", "aria-label": `Kernel weights${of}` });
  const slider = element("input", { type: "range", step: whole ? 1 : "any", "aria-label": "Weight" });
  const number = element("input", { type: "number", step: "any", "aria-label": "Weight, value" });
  const place = element("span", { className: "cnn-weight-place" });
  const weight = element("div", { className: "cnn-weight" }, place, slider, number);
  const node = element("div", { className: "cnn-kernel-editor" }, grid, weight);
  const showNumber = numberEntry(number, set, signal);
  const rounded = (value, digits) => Number(value.toFixed(whole ? 0 : digits));
  const nudge = () => (whole ? 1 : scale / 20);

  function set(value) {
    const [row, column] = chosen;
    changed(kernel.map((weights, i) => weights.map((old, j) => (i === row && j === column ? value : old))));
  }

  function choose(row, column, focus) {
    chosen = [row, column];
    showChosen();
    if (focus) cells[row][column].focus();
  }

  function showChosen() {
    const [row, column] = chosen;
    cells.forEach((line, i) =>
      line.forEach((cell, j) => {
        const here = i === row && j === column;
        cell.tabIndex = here ? 0 : -1;
        cell.setAttribute("aria-selected", here);
      }),
    );
    const value = kernel[row][column];
    place.textContent = `row ${row}, column ${column}`;
    slider.setAttribute("aria-label", `Weight${of} in ${place.textContent}`);
    number.setAttribute("aria-label", `Weight${of} in ${place.textContent}, value`);
    slider.min = -scale;
    slider.max = scale;
    slider.value = value;
    showNumber(Number(value.toFixed(4)));
  }

  function build(rows, columns) {
    cells = Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => element("div", { className: "cnn-cell", role: "gridcell" })),
    );
    grid.style.setProperty("--size", columns);
    grid.style.aspectRatio = `${columns} / ${rows}`;
    grid.replaceChildren(...cells.map((line) => element("div", { className: "cnn-row", role: "row" }, ...line)));
    chosen = [Math.min(chosen[0], rows - 1), Math.min(chosen[1], columns - 1)];
  }

  function at(target) {
    const cell = target.closest?.(".cnn-cell");
    const row = cells.findIndex((line) => line.includes(cell));
    return row < 0 ? null : [row, cells[row].indexOf(cell)];
  }

  let drag = null;
  const along = ({ clientX, clientY }) => clientX - clientY; // to the right and up
  const on = (target, name, action) => target.addEventListener(name, action, { signal });
  on(grid, "pointerdown", (event) => {
    const here = at(event.target);
    if (!here) return;
    choose(...here, true);
    drag = { from: along(event), value: kernel[here[0]][here[1]], scale };
    event.target.setPointerCapture(event.pointerId);
  });
  on(grid, "pointermove", (event) => {
    if (!drag || Math.abs(along(event) - drag.from) < 3) return;
    const value = drag.value + ((along(event) - drag.from) / DRAG_PIXELS) * drag.scale;
    set(rounded(value, 2));
  });
  for (const name of ["pointerup", "pointercancel"]) on(grid, name, () => (drag = null));
  on(grid, "keydown", (event) => {
    const [row, column] = chosen;
    if (event.key === "PageUp") set(rounded(kernel[row][column] + nudge(), 3));
    else if (event.key === "PageDown") set(rounded(kernel[row][column] - nudge(), 3));
    else if (event.key === "Delete" || event.key === "Backspace") set(0);
    else if (event.key === "Enter" || /^[-0-9.]$/.test(event.key)) {
      if (event.key !== "Enter") number.value = "";
      number.focus();
      if (event.key === "Enter") event.preventDefault();
      else return; // the key goes on into the number field
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  arrowKeys(grid, () => chosen, () => [kernel.length, kernel[0].length], (row, column) => choose(row, column, true), signal);
  on(slider, "input", () => set(rounded(slider.valueAsNumber, 3)));

  function draw(next, palette) {
    const key = String(next);
    kernel = next;
    if (key === drawn.key && palette === drawn.palette) return;
    drawn = { key, palette };
    const [rows, columns] = [kernel.length, kernel[0].length];
    if (cells.length !== rows || cells[0].length !== columns) build(rows, columns);
    const limit = largest(kernel.flat());
    if (!drag) scale = Math.max(1, Math.ceil(limit * 2));
    const numbers = columns <= numbered;
    kernel.forEach((line, i) =>
      line.forEach((value, j) => {
        const cell = cells[i][j];
        const ground = colour({ palette, value, limit, row: i, column: j });
        cell.style.background = `rgb(${ground})`;
        cell.style.color = inkOn(ground);
        cell.textContent = numbers ? short(value) : "";
        cell.setAttribute("aria-label", `row ${i}, column ${j}: ${cell.textContent || short(value, 4)}`);
      }),
    );
    showChosen();
  }

  return { node, draw };
}
