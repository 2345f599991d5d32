import { PADDINGS, matrixOf, times, transposed } from "./math.js";
import { resizeKernel, largest } from "../js/math/ops.js";
import { element, inkOn, onSheet, plural, renew, say, short, signedColour, themeOf } from "../js/draw/draw.js";
import { arrowKeys, explorer, pointer, update } from "../js/frame/frame.js";
import { kernelEditor } from "../js/frame/kernel_editor.js";

const WIDE = 640; // units of the matrix's drawing
const EDGE = 2; // room for the chosen row's frame
const CELL = 40; // and of a grid's
const ROOM = 15; // in which a number can be read

const number = (value) => short(value, 2);

function rectangle(x, y, width, height, className, more = {}) {
  return element("rect", { class: className, x, y, width, height, ...more });
}

function text(x, y, value, size, className = "cnn-label") {
  return element("text", { class: className, x, y: y + size * 0.35, style: `font-size:${size}px` }, value);
}

/** A cell in the colour of a weight, with its number where there is room. */
function weighted(x, y, side, weight, palette, limit) {
  const colour = signedColour(palette, weight, limit);
  const cell = rectangle(x + 0.5, y + 0.5, side - 1, side - 1, "cnn-entry", { style: `fill:rgb(${colour})` });
  if (side < ROOM) return [cell];
  const label = text(x + side / 2, y + side / 2, number(weight), Math.min(13, side * 0.42));
  label.style.fill = inkOn(colour);
  return [cell, label];
}

/** A drawing, "svg" or "canvas", under a title that arrow keys and the pointer can explore. */
function drawing(tag, name, ariaLabel) {
  const picture = element(tag, { "aria-hidden": "true" });
  const stage = element("div", { className: "cnn-drawing", role: "application", tabIndex: 0, "aria-label": ariaLabel }, picture);
  const title = element("p", { className: "cnn-title" });
  return { node: element("div", { className: `cnn-${name}` }, title, stage), title, stage, picture };
}

function show(svg, parts, width, height, shown = width) {
  svg.setAttribute("viewBox", `-2 -2 ${width + 4} ${height + 4}`);
  svg.style.width = `${shown}px`;
  renew(svg, ...parts);
}

function build({ model, el, signal }) {
  const matrixBox = drawing("canvas", "matrix", "Matrix: up and down arrow keys choose a row");
  const left = drawing("svg", "vector-in", "Grid that the row reads: arrow keys choose a row of the matrix that reads the cell");
  const right = drawing("svg", "vector-out", "Grid that the matrix gives: arrow keys choose a cell, that is, a row");
  const sizes = element("p", { className: "cnn-sizes" });
  const sum = element("p", { className: "cnn-sum cnn-row-sum" });
  const words = element("p", { className: "cnn-words", role: "status" });
  const editor = kernelEditor({ changed: (kernel) => update(model, { kernel }), signal });
  const kernelTitle = element("p", { className: "cnn-title" });
  const kernelBox = element("div", { className: "cnn-matrix-kernel" }, kernelTitle, editor.node);
  const grids = element("div", { className: "cnn-grids cnn-matrix-grids" }, left.node, kernelBox, right.node);
  el.append(sizes, matrixBox.node, grids, sum, words);

  let state;
  const chosen = () => Math.max(0, Math.min(model.get("row"), state.matrix.rows - 1));
  const choose = (row) => state.matrix.rows && update(model, { row: Math.max(0, Math.min(state.matrix.rows - 1, row)) });
  const onGrid = (columns) => [Math.floor(chosen() / columns), chosen() % columns];
  // A cell of the left grid chooses the row that weighs it most.
  const reader = (column) => {
    const weights = state.matrix.taps.map((line) => Math.abs(line.find((tap) => tap.column === column)?.weight ?? 0));
    const most = Math.max(...weights);
    if (most > 0) choose(weights.indexOf(most));
  };
  arrowKeys(matrixBox.stage, () => [chosen(), 0], () => [state.matrix.rows, 1], (row) => choose(row), signal);
  arrowKeys(right.stage, () => onGrid(state.out[1]), () => state.out, (i, j) => choose(i * state.out[1] + j), signal);
  arrowKeys(left.stage, () => [chosen(), 0], () => [state.matrix.rows, 1], (row) => choose(row), signal);
  pointer(matrixBox.picture, (y) => choose(Math.floor(y * state.matrix.rows)), signal);
  pointer(right.picture, (y, x) => choose(Math.floor(y * state.out[0]) * state.out[1] + Math.floor(x * state.out[1])), signal);
  pointer(left.picture, (y, x) => reader(Math.floor(y * state.into[0]) * state.into[1] + Math.floor(x * state.into[1])), signal);

  function settle() {
    const size = model.get("size");
    if (model.get("kernel").length !== size) {
      const grown = size > model.get("kernel").length ? resizeKernel(model.get("kernel"), size) : model.get("kernel").slice(0, size).map((line) => line.slice(0, size));
      update(model, { kernel: grown });
    }
    const kernel = model.get("kernel");
    const [height, width] = [model.get("height"), model.get("width")];
    const plain = matrixOf({ height, width, kernel, stride: model.get("stride"), padding: model.get("padding"), flip: model.get("flip") });
    const back = model.get("transpose");
    const [picture, output] = [[height, width], [plain.outHeight, plain.outWidth]];
    state = {
      kernel,
      back,
      matrix: back && plain.rows ? transposed(plain) : plain,
      into: back ? output : picture,
      out: back ? picture : output,
    };
    const last = Math.max(0, state.matrix.rows - 1);
    if (model.get("last_row") !== last) update(model, { last_row: last });
    if (model.get("row") > last) update(model, { row: last });
  }

  function drawMatrix(theme, limit) {
    const { matrix, into, out } = state;
    const cell = Math.min(30, WIDE / matrix.columns);
    const [width, height] = [matrix.columns * cell, matrix.rows * cell];
    matrixBox.picture.style.width = `${width + 2 * EDGE}px`;
    onSheet(matrixBox.picture, width + 2 * EDGE, height + 2 * EDGE, (context) => {
      context.translate(EDGE, EDGE);
      context.fillStyle = theme.ground;
      context.fillRect(0, 0, width, height);
      context.fillStyle = theme.line;
      for (let block = into[1]; block < matrix.columns; block += into[1]) context.fillRect(block * cell - 0.5, 0, 1, height);
      for (let block = out[1]; block < matrix.rows; block += out[1]) context.fillRect(0, block * cell - 0.5, width, 1);
      context.font = `${Math.min(13, cell * 0.42)}px ${theme.font}`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      matrix.taps.forEach((line, i) => {
        for (const { column, weight } of line) {
          const colour = signedColour(theme.palette, weight, limit);
          context.fillStyle = `rgb(${colour})`;
          context.fillRect(column * cell + 0.5, i * cell + 0.5, cell - 1, cell - 1);
          if (cell < ROOM) continue;
          context.fillStyle = inkOn(colour);
          context.fillText(number(weight), (column + 0.5) * cell, (i + 0.5) * cell);
        }
      });
      for (const [lineWidth, strokeStyle] of [[4, "#000"], [2.5, theme.lit]]) {
        Object.assign(context, { lineWidth, strokeStyle });
        context.strokeRect(0, chosen() * cell, width, cell);
      }
    });
  }

  function drawInput(values, palette, limit) {
    const [rows, columns] = state.into;
    const lit = new Map(state.matrix.taps[chosen()].map((tap) => [tap.column, tap.weight]));
    const parts = [];
    for (let at = 0; at < rows * columns; at++) {
      const [x, y] = [(at % columns) * CELL, Math.floor(at / columns) * CELL];
      parts.push(rectangle(x + 1, y + 1, CELL - 2, CELL - 2, lit.has(at) ? "cnn-cell cnn-lit" : "cnn-cell", { rx: 4 }));
      if (lit.has(at)) {
        parts.push(...weighted(x + CELL - 20, y + CELL - 20, 18, lit.get(at), palette, limit));
        parts.push(text(x + 13, y + 14, number(values[at]), 12));
      } else parts.push(text(x + CELL / 2, y + CELL / 2, number(values[at]), 13));
    }
    show(left.picture, parts, columns * CELL, rows * CELL);
  }

  function drawOutput(values) {
    const [rows, columns] = state.out;
    const parts = values.flatMap((value, at) => {
      const [x, y] = [(at % columns) * CELL, Math.floor(at / columns) * CELL];
      const lit = at === chosen() ? "cnn-output cnn-lit" : "cnn-output";
      const label = number(value);
      return [rectangle(x + 1, y + 1, CELL - 2, CELL - 2, lit, { rx: 4 }), text(x + CELL / 2, y + CELL / 2, label, label.length > 4 ? 10 : 12)];
    });
    show(right.picture, parts, columns * CELL, rows * CELL);
  }

  return function draw() {
    settle();
    const theme = themeOf(el);
    const { matrix, kernel, back, into, out } = state;
    const limit = largest(kernel.flat()) || 1;
    editor.draw(kernel, theme.palette);
    say(kernelTitle, `Kernel ${kernel.length}×${kernel.length}${model.get("flip") ? ", turned when used" : ""}`);
    el.classList.toggle("cnn-empty", !matrix.rows || !matrix.columns);
    if (!matrix.rows || !matrix.columns) {
      say(sizes, "No output");
      say(sum, "");
      say(words, `The ${kernel.length}×${kernel.length} kernel does not fit into the picture of ${into.join("×")}.`);
      return;
    }
    const vector = Array.from({ length: matrix.columns }, (_, i) => i + 1);
    const values = times(matrix, vector);
    const used = matrix.taps.flat().length;
    say(sizes, `${matrix.rows}×${matrix.columns} matrix: ${used} of ${matrix.rows * matrix.columns} entries are weights`);
    say(matrixBox.title, back ? "Transposed matrix: a row is a pixel, a column a neuron" : "Matrix: a row is a neuron, a column a pixel");
    say(left.title, back ? `What comes back, ${into.join("×")}` : `Picture ${into.join("×")}`);
    say(right.title, back ? `Pixels ${out.join("×")}` : `Outputs ${out.join("×")}`);
    drawMatrix(theme, limit);
    drawInput(vector, theme.palette, limit);
    drawOutput(values);
    const row = chosen();
    const line = matrix.taps[row];
    const term = ({ column, weight }) => `${number(vector[column])}·${weight < 0 ? `(${number(weight)})` : number(weight)}`;
    say(sum, line.length ? `${line.map(term).join(" + ")} = ${number(values[row])}` : "nothing reads this pixel: 0");
    const place = `(${Math.floor(row / out[1])}, ${row % out[1]})`;
    const kind = model.get("flip") ? "convolution proper" : "cross-correlation";
    say(words,
      `${kind}, ${PADDINGS[model.get("padding")]}, stride ${model.get("stride")}. Row ${row}: ` +
      (back
        ? `pixel ${place} collects what ${plural(line.length, "neuron")} that read it send back, ${number(values[row])}.`
        : `neuron ${place} reads ${plural(line.length, "pixel")} and answers ${number(values[row])}.`));
  };
}

export default explorer(build);
