import { swatch } from "../js/draw/charts.js";
import { element, say } from "../js/draw/element.js";
import { plural, signed } from "../js/draw/format.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, pointer, widthOf } from "../js/frame/input.js";
import { drawingPanel, legible, show } from "../js/frame/stage.js";
import { CELL, atEdge, inputDrawing, outputDrawing, rowDrawing, sumOf } from "./drawing.js";
import { axisOf, formula } from "./math.js";

const [TALL, OUT, GAP, NARROW] = [250, 150, 36, 440]; // CSS pixels: the grids' height, the output's width, what is between, a phone
const [DIGIT, DIGITS] = [0.37, 0.55]; // the scales below which cells do not hold one digit, or three

/** "row 3", "rows 3 to 5" or, where some lie between, "rows 3, 5, 7". */
function listed(word, taps) {
  if (taps.length === 1) return `${word} ${signed(taps[0])}`;
  if (taps[1] - taps[0] > 1) return `${word}s ${taps.map(signed).join(", ")}`;
  return `${word}s ${signed(taps[0])} to ${signed(taps.at(-1))}`;
}

function build({ el, read, set, signal, schedule }) {
  const wide = widthOf(el, schedule, signal);
  const row = drawingPanel("cnn-one-row", "One row: left and right arrow keys choose a neuron");
  const input = drawingPanel("cnn-input", "Input grid: arrow keys move the window");
  const output = drawingPanel("cnn-output", "Output grid: arrow keys choose a neuron");
  const sizes = element("p", { className: "cnn-sizes" });
  const key = element(
    "p",
    { className: "cnn-keys" },
    swatch("cnn-lit", "read by the chosen neuron"),
    swatch("cnn-zero", "zero of the padding"),
    swatch("cnn-ignored", "read by no neuron"),
  );
  el.classList.add("cnn-beside");
  el.append(sizes, row.node, element("div", { className: "cnn-grids" }, input.node, output.node), key);

  let rows;
  let columns;
  const ready = () => rows.outputs && columns.outputs;
  const last = () => Math.max(0, rows.outputs * columns.outputs - 1);
  const chosen = () => {
    if (!ready()) return [0, 0];
    const neuron = Math.min(read().neuron, last());
    return [Math.floor(neuron / columns.outputs), neuron % columns.outputs];
  };
  const choose = (i, j) => ready() && set({ neuron: i * columns.outputs + j });
  const cellAt = ({ from, to }, fraction) => from + fraction * (to - from);
  const nearest = (along, fraction) => {
    const middle = Math.floor(cellAt(along, fraction)) + along.before - (along.reach - 1) / 2;
    return Math.max(0, Math.min(along.outputs - 1, Math.round(middle / read().stride)));
  };
  for (const { stage } of [row, input, output]) arrowKeys(stage, chosen, () => [rows.outputs, columns.outputs], choose, signal);
  pointer(input.picture, (y, x) => choose(nearest(rows, y), nearest(columns, x)), signal);
  pointer(output.picture, (y, x) => choose(Math.floor(y * rows.outputs), Math.floor(x * columns.outputs)), signal);

  let dragging = false; // the row's edge, which makes the input wider
  pointer(row.picture, (y, x, { type, buttons, pointerId }) => {
    const near = atEdge(columns, [y, x]);
    if (type === "pointerdown" && near) row.picture.setPointerCapture(pointerId);
    dragging = buttons > 0 && (dragging || (type === "pointerdown" && near));
    row.picture.style.cursor = near || dragging ? "ew-resize" : "";
    if (dragging) set({ width: Math.round(cellAt(columns, x)) });
    else choose(chosen()[0], nearest(columns, x));
  }, signal);

  const put = ({ picture }, [parts, width, height], scale, least) => {
    show(picture, parts, width, height, { margin: 2, shown: scale * width });
    legible(picture, width, scale * width);
    picture.classList.toggle("cnn-crowded", scale < least);
  };
  /** The scale of a drawing that has so much room; that of the grids' heights is limited beside each other. */
  const fit = ([, width, height], across, down = Infinity) => Math.min(1, (across - 4) / width, down / height);

  function putGrids(grid, outputs) {
    const [room, ...tall] = wide() < NARROW ? [0] : [OUT + GAP, TALL];
    put(input, grid, fit(grid, wide() - room, ...tall), DIGIT);
    put(output, outputs, fit(outputs, room ? OUT : wide(), ...tall), DIGITS);
  }

  return function draw(settings) {
    const { width, height, kernel, stride, dilation, pixels } = settings;
    [rows, columns] = [axisOf(height, settings), axisOf(width, settings)];
    if (settings.last_neuron !== last()) set({ last_neuron: last() });
    if (ready() && settings.neuron > last()) set({ neuron: last() });
    const [i, j] = chosen();
    const layer = `${kernel}×${kernel} kernel, stride ${stride}${kernel > 1 ? `, dilation ${dilation}` : ""}`;
    say(row.title, `Row 0 alone: ${plural(width, "input")} below, ${plural(columns.outputs, "neuron")} above, each the sum of what it reads. Drag the row's edge.`);
    say(input.title, `Input ${height}×${width}`);
    say(output.title, `Output ${rows.outputs}×${columns.outputs}`);
    const line = rowDrawing(pixels[0], columns, stride, j);
    const [, long, high] = line;
    const longest = wide() < NARROW ? long : long + (pixels[0].length - width) * CELL; // as large while its edge is dragged
    put(row, line, fit([line, longest, high], wide()), DIGIT);
    putGrids(inputDrawing(pixels, rows, columns, [i, j]), outputDrawing(pixels, rows, columns, [i, j]));
    if (!ready()) {
      const tight = [[rows, "row"], [columns, "column"]].filter(([{ outputs }]) => !outputs);
      const has = tight.map(([{ cells }, word]) => plural(cells.length, word)).join(" and ");
      say(sizes, "No output");
      return `${layer}: the kernel spans ${rows.reach} cells, but the ${settings.padding === "valid" ? "" : "padded "}input has only ${has}.`;
    }
    say(sizes, `width ${formula(columns, settings)},  height ${formula(rows, settings)}`);
    const zeros = `zeros: ${columns.before} left, ${columns.after} right, ${rows.before} above, ${rows.after} below`;
    const ignored = `ignored: ${plural(columns.ignored.length, "column")}, ${plural(rows.ignored.length, "row")}`;
    const [down, across] = [rows.taps(i), columns.taps(j)];
    return `${layer}: ${height}×${width} → ${rows.outputs}×${columns.outputs}; ${zeros}; ${ignored}. Neuron (${i}, ${j}) reads ` +
      `${listed("row", down)}, ${listed("column", across)}; their sum is ${sumOf(pixels, rows, columns, down, across)}.`;
  };
}

export default explorer(build);
