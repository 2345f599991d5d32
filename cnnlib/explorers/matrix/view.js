import { element, say } from "../js/draw/element.js";
import { enclosed, plural, short } from "../js/draw/format.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, pointer, widthOf } from "../js/frame/input.js";
import { kernelEditor } from "../js/frame/kernel_editor.js";
import { drawingPanel } from "../js/frame/stage.js";
import { resizeKernel } from "../js/math/ops.js";
import { drawInput, drawMatrix, drawOutput } from "./drawing.js";
import { matrixOf, times, transposed } from "./math.js";

/** The kernel with `size` rows and columns: what is cut off lies at its end. */
const resized = (kernel, size) =>
  size > kernel.length ? resizeKernel(kernel, size) : kernel.slice(0, size).map((line) => line.slice(0, size));

function build({ model, el, read, set, signal, schedule }) {
  const colours = model.get("colours");
  const matrixBox = drawingPanel("cnn-matrix", "Matrix: up and down arrow keys choose a row", { tag: "canvas" });
  const left = drawingPanel("cnn-vector-in", "Grid that the row reads: arrow keys choose a row of the matrix that reads the cell");
  const right = drawingPanel("cnn-vector-out", "Grid that the matrix gives: arrow keys choose a cell, that is, a row");
  const sizes = element("p", { className: "cnn-sizes" });
  const sum = element("p", { className: "cnn-sum cnn-row-sum" });
  const editor = kernelEditor({ changed: (kernel) => set({ kernel }), signal, whole: true, colour: ({ row, column }) => colours[row][column] });
  const kernelTitle = element("p", { className: "cnn-title" });
  const kernelBox = element("div", { className: "cnn-matrix-kernel" }, kernelTitle, editor.node);
  const sides = element("div", { className: "cnn-matrix-sides" }, left.node, right.node, kernelBox);
  el.append(sizes, element("div", { className: "cnn-matrix-views" }, matrixBox.node, sides), sum);
  const widths = [matrixBox, left, right].map(({ node }) => widthOf(node, schedule, signal));

  let state;
  const chosen = () => Math.max(0, Math.min(read().row, state.matrix.rows - 1));
  const choose = (row) => state.matrix.rows && set({ row: Math.max(0, Math.min(state.matrix.rows - 1, row)) });
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

  /** Bring the kernel to its size, and the row into the matrix. */
  function settle() {
    const { size, kernel } = read();
    if (kernel.length !== size) set({ kernel: resized(kernel, size) });
    const settings = read();
    const plain = matrixOf(settings);
    const back = settings.transpose;
    const [picture, output] = [[settings.height, settings.width], [plain.outHeight, plain.outWidth]];
    state = {
      matrix: back && plain.rows ? transposed(plain) : plain,
      into: back ? output : picture,
      out: back ? picture : output,
    };
    const last = Math.max(0, state.matrix.rows - 1);
    if (settings.last_row !== last) set({ last_row: last });
    if (settings.row > last) set({ row: last });
    return settings;
  }

  return function draw() {
    const { height, width, kernel, size, stride, padding, transpose: back, ...settings } = settle();
    const flip = settings.flip && size > 1;
    const theme = themeOf(el);
    const { matrix, into, out } = state;
    const turn = (index) => (flip ? size - 1 - index : index);
    const colourOf = ({ u, v }) => colours[turn(u)][turn(v)];
    editor.draw(kernel, theme.palette);
    say(kernelTitle, `Kernel ${size}×${size}${flip ? ", turned when used" : ""}`);
    el.classList.toggle("cnn-empty", !matrix.rows || !matrix.columns);
    if (!matrix.rows || !matrix.columns) {
      say(sizes, "No output");
      say(sum, "");
      return `The ${size}×${size} kernel does not fit into the picture of ${height}×${width}.`;
    }
    const vector = Array.from({ length: matrix.columns }, (_, i) => i + 1);
    const values = times(matrix, vector);
    const used = matrix.taps.flat().length;
    say(sizes, `${matrix.rows}×${matrix.columns} matrix: ${used} of ${matrix.rows * matrix.columns} entries are weights`);
    say(matrixBox.title, back ? "Transposed matrix: a row is a pixel, a column a neuron" : "Matrix: a row is a neuron, a column a pixel");
    say(left.title, back ? `What comes back, ${into.join("×")}` : `Picture ${into.join("×")}`);
    say(right.title, back ? `Pixels ${out.join("×")}` : `Outputs ${out.join("×")}`);
    const row = chosen();
    const line = matrix.taps[row];
    const [wide, ...sideways] = widths.map((width) => width());
    drawMatrix(matrixBox.picture, state, row, { wide, theme, colourOf });
    drawInput(left.picture, into, vector, sideways[0], { font: theme.font, line, colourOf });
    drawOutput(right.picture, out, values, sideways[1], { font: theme.font, row });
    const term = ({ column, weight }) => `${short(vector[column])}·${enclosed(short(weight))}`;
    say(sum, line.length ? `${line.map(term).join(" + ")} = ${short(values[row])}` : "nothing reads this pixel: 0");
    const place = `(${Math.floor(row / out[1])}, ${row % out[1]})`;
    const kind = flip ? "convolution proper" : "cross-correlation";
    const how = size > 1 ? `${kind}, ${padding}` : "1×1 kernel";
    return (
      `${how}, stride ${stride}. Row ${row}: ` +
      (back
        ? `pixel ${place} collects what ${plural(line.length, "neuron")} that read it ${line.length === 1 ? "sends" : "send"} back, ${short(values[row])}.`
        : `neuron ${place} reads ${plural(line.length, "pixel")} and answers ${short(values[row])}.`)
    );
  };
}

export default explorer(build);
