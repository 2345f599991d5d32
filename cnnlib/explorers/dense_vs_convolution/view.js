import { costs } from "./math.js";
import { element, renew, say } from "../js/draw/draw.js";
import { arrowKeys, explorer, pointer } from "../js/frame/frame.js";

const GRID = 12; // cells of the drawn picture along a side
const CELL = 13;
const HIGH = 1e12; // where the bars end
const round = (value) => value.toLocaleString("en");

function size(bytes) {
  const [unit, name] = bytes >= 1e9 ? [1e9, "GB"] : bytes >= 1e6 ? [1e6, "MB"] : [1e3, "kB"];
  return `${Number((bytes / unit).toPrecision(3))} ${name}`;
}

/** A picture below a neuron, which reads the lit cells. */
function wiring(name, ariaLabel) {
  const svg = element("svg", { "aria-hidden": "true" });
  const stage = element("div", { className: "cnn-drawing", role: "application", tabIndex: 0, "aria-label": ariaLabel }, svg);
  const title = element("p", { className: "cnn-title" }, name);
  const caption = element("p", { className: "cnn-words" });
  return { node: element("div", { className: "cnn-wiring" }, title, stage, caption), svg, stage, caption };
}

function build({ model, el, signal, schedule }) {
  const dense = wiring("Dense: a neuron reads every pixel", "Dense layer: arrow keys choose a neuron");
  const convolution = wiring("Convolution: a neuron reads a window", "Convolution: arrow keys choose a neuron");
  const bars = element("div", { className: "cnn-bars" });
  const words = element("p", { className: "cnn-words", role: "status" });
  el.append(element("div", { className: "cnn-wirings" }, dense.node, convolution.node),
    element("p", { className: "cnn-title" }, "Logarithmic scale: each step is a factor of ten"), bars, words);

  let neuron = [4, 5];
  let wired = ""; // what the two drawings show
  const choose = (row, column) => {
    neuron = [row, column];
    schedule();
  };
  for (const { stage, svg } of [dense, convolution]) {
    arrowKeys(stage, () => neuron, () => [GRID, GRID], choose, signal);
    pointer(svg, (y, x) => {
      const [row, column] = [(y * 215 - 55) / CELL, (x * GRID * CELL) / CELL];
      choose(Math.max(0, Math.min(GRID - 1, Math.floor(row))), Math.floor(column));
    }, signal);
  }

  function drawWiring({ svg }, reads) {
    const [top, width] = [55, GRID * CELL];
    const [row, column] = neuron;
    const x = (column + 0.5) * CELL;
    const cells = [];
    const wires = [];
    for (let i = 0; i < GRID; i++) {
      for (let j = 0; j < GRID; j++) {
        const lit = reads(i - row, j - column);
        cells.push(element("rect", { class: lit ? "cnn-cell cnn-lit" : "cnn-cell", x: j * CELL + 0.5, y: top + i * CELL + 0.5, width: CELL - 1, height: CELL - 1 }));
        if (lit) wires.push(element("line", { class: "cnn-edge cnn-lit cnn-thin", x1: x, y1: 14, x2: (j + 0.5) * CELL, y2: top + (i + 0.5) * CELL }));
      }
    }
    svg.setAttribute("viewBox", `-6 0 ${width + 12} ${top + GRID * CELL + 4}`);
    svg.style.width = `${width + 70}px`;
    renew(svg, ...cells, ...wires, element("circle", { class: "cnn-unit", cx: x, cy: 10, r: 8 }));
  }

  function bar(name, value, lit, text) {
    const fill = element("span", { className: lit ? "cnn-fill cnn-limit" : "cnn-fill" });
    fill.style.width = `${Math.max(0.5, (100 * Math.log10(Math.max(1, value))) / Math.log10(HIGH))}%`;
    return element("div", { className: "cnn-bar cnn-bar-wide" },
      element("span", { className: "cnn-bar-name" }, name),
      element("span", { className: "cnn-track" }, fill),
      element("span", { className: "cnn-bar-value" }, text));
  }

  return function draw() {
    const settings = Object.fromEntries(["side", "channels", "units", "kernel", "maps"].map((name) => [name, model.get(name)]));
    const found = costs(settings);
    const before = Math.floor((settings.kernel - 1) / 2);
    const key = `${neuron} ${settings.kernel}`;
    if (wired !== key) {
      const inside = (offset) => offset >= -before && offset < settings.kernel - before;
      drawWiring(dense, () => true);
      drawWiring(convolution, (u, v) => inside(u) && inside(v));
    }
    wired = key;
    say(dense.caption, `${round(found.inputs)} weights for each neuron, used once`);
    say(convolution.caption, `${round(settings.kernel ** 2 * settings.channels)} weights for each map, used at ${round(settings.side ** 2)} places`);
    renew(
      bars,
      bar("dense: weights", found.dense.weights, false, round(found.dense.weights)),
      bar("convolution: weights", found.convolution.weights, true, round(found.convolution.weights)),
      bar("dense: multiply-adds", found.dense.connections, false, round(found.dense.connections)),
      bar("convolution: multiply-adds", found.convolution.connections, true, round(found.convolution.connections)),
    );
    say(words,
      `${settings.side}×${settings.side}×${settings.channels} = ${round(found.inputs)} inputs. Dense, ${round(settings.units)} units: ` +
      `${round(found.dense.connections)} connections, ${size(found.dense.bytes)} of weights. ` +
      `Convolution ${settings.kernel}×${settings.kernel}, ${settings.maps} maps: ${round(found.convolution.weights)} weights, ` +
      `${size(found.convolution.bytes)}, for ${round(found.convolution.outputs)} neurons.`);
  };
}

export default explorer(build);
