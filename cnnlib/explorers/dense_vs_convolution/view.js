import { drawBars } from "../js/draw/charts.js";
import { element, say } from "../js/draw/element.js";
import { brief, whole } from "../js/draw/format.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, pointer } from "../js/frame/input.js";
import { drawingPanel, show } from "../js/frame/stage.js";
import { costs } from "./math.js";

const GRID = 12; // cells of the drawn picture along a side
const CELL = 13;
const [TOP, LEFT] = [55, 6]; // of the drawn picture; the neuron is above it
const [WIDTH, HEIGHT] = [GRID * CELL + 2 * LEFT, TOP + GRID * CELL + 4];
const HIGH = 1e12; // where the bars end

/** A picture below a neuron, which reads the lit cells. */
function wiring(name, label) {
  const panel = drawingPanel("cnn-wiring", label, { title: name });
  const caption = element("p", { className: "cnn-words" });
  panel.node.append(caption);
  return { ...panel, caption };
}

/** The picture's cells and the wires of a neuron; `reads(down, right)` says whether it reads the cell so far from it. */
function wires([row, column], reads) {
  const [unit, cells, lines] = [LEFT + (column + 0.5) * CELL, [], []];
  for (let i = 0; i < GRID; i++) {
    for (let j = 0; j < GRID; j++) {
      const lit = reads(i - row, j - column);
      const [x, y] = [LEFT + j * CELL, TOP + i * CELL];
      const side = CELL - 1;
      cells.push(element("rect", { class: lit ? "cnn-cell cnn-lit" : "cnn-cell", x: x + 0.5, y: y + 0.5, width: side, height: side }));
      if (lit) lines.push(element("line", { class: "cnn-edge cnn-lit cnn-thin", x1: unit, y1: 14, x2: x + CELL / 2, y2: y + CELL / 2 }));
    }
  }
  return [...cells, ...lines, element("circle", { class: "cnn-unit", cx: unit, cy: 10, r: 8 })];
}

function build({ el, signal, schedule }) {
  const dense = wiring("Dense: a neuron reads every pixel", "Dense layer: arrow keys choose a neuron");
  const convolution = wiring("Convolution: a neuron reads a window", "Convolution: arrow keys choose a neuron");
  const bars = element("div", { className: "cnn-bars cnn-bars-wide" });
  el.append(element("div", { className: "cnn-wirings" }, dense.node, convolution.node),
    element("p", { className: "cnn-title" }, "Logarithmic scale: each step is a factor of ten"), bars);

  let neuron = [4, 5];
  let wired = ""; // what the two drawings show
  const choose = (row, column) => {
    neuron = [row, column];
    schedule();
  };
  const cell = (units) => Math.max(0, Math.min(GRID - 1, Math.floor(units / CELL)));
  for (const { stage, picture } of [dense, convolution]) {
    arrowKeys(stage, () => neuron, () => [GRID, GRID], choose, signal);
    pointer(picture, (y, x) => choose(cell(y * HEIGHT - TOP), cell(x * WIDTH - LEFT)), signal);
  }

  function wire({ picture }, reads) {
    show(picture, wires(neuron, reads), WIDTH, HEIGHT, { shown: WIDTH + 58 });
  }

  const bar = (name, value, lit) => ({ name, share: Math.log10(value) / Math.log10(HIGH), text: whole(value), lit });

  return function draw(settings) {
    const { side, channels, units, kernel, maps } = settings;
    const { inputs, ...found } = costs(settings);
    const before = Math.floor((kernel - 1) / 2);
    const key = `${neuron} ${kernel}`;
    if (wired !== key) {
      const inside = (offset) => offset >= -before && offset < kernel - before;
      wire(dense, () => true);
      wire(convolution, (down, right) => inside(down) && inside(right));
    }
    wired = key;
    say(dense.caption, `${whole(inputs)} weights for each neuron, used once`);
    say(convolution.caption, `${whole(kernel ** 2 * channels)} weights for each map, used at ${whole(side ** 2)} places`);
    drawBars(bars, [
      bar("dense: weights", found.dense.weights, false),
      bar("convolution: weights", found.convolution.weights, true),
      bar("dense: multiply-adds", found.dense.connections, false),
      bar("convolution: multiply-adds", found.convolution.connections, true),
    ]);
    return (
      `${side}×${side}×${channels} = ${whole(inputs)} inputs. Dense, ${whole(units)} units: ` +
      `${whole(found.dense.connections)} connections, ${brief(found.dense.bytes, "B")} of weights. ` +
      `Convolution ${kernel}×${kernel}, ${maps} maps: ${whole(found.convolution.weights)} weights, ` +
      `${brief(found.convolution.bytes, "B")}, for ${whole(found.convolution.outputs)} neurons.`
    );
  };
}

export default explorer(build);
