import { KINDS, channelsOf, cost, outputs, reading, taps } from "./math.js";
import { element, plural, renew, say } from "../js/draw/draw.js";
import { arrowKeys, explorer, pointer, update } from "../js/frame/frame.js";

const NAMES = ["kind", "cells", "kernel", "stride", "dilation", "groups", "channels", "maps"];
const [CELL, ROW, GAP] = [46, 26, 96];
const WORDS = {
  plain: "every map reads every channel",
  grouped: "a map reads the channels of its own group only",
  depthwise: "a map reads one channel",
  separable: "first each channel on its own, then all channels at each place",
  pointwise: "a map reads every channel, at one place",
  transposed: "each input is spread over several outputs, with the weights of the kernel",
};
const round = (value) => value.toLocaleString("en");

function build({ model, el, signal }) {
  const title = element("p", { className: "cnn-sizes" });
  const svg = element("svg", { "aria-hidden": "true" });
  const stage = element("div", {
    className: "cnn-drawing cnn-family", role: "application", tabIndex: 0,
    "aria-label": "Outputs: arrow keys choose a map and a place",
  }, svg);
  const window = element("svg", { "aria-hidden": "true", class: "cnn-family-window" });
  const bars = element("div", { className: "cnn-bars" });
  const formula = element("p", { className: "cnn-sum" });
  const words = element("p", { className: "cnn-words", role: "status" });
  const side = element("div", { className: "cnn-family-side" },
    element("div", {}, element("p", { className: "cnn-title" }, "One kernel slice"), window),
    element("div", {}, element("p", { className: "cnn-title" }, "What it costs"), bars, formula));
  el.append(title, stage, side, words);

  let setting;
  let layout;
  const extent = () => [setting.maps, outputs(setting)];
  const chosen = () => model.get("output").map((at, axis) => Math.max(0, Math.min(extent()[axis] - 1, at)));
  const choose = (map, place) => update(model, { output: [map, place] });
  arrowKeys(stage, chosen, extent, choose, signal);
  pointer(svg, (y, x) => {
    const [maps, length] = extent();
    const place = Math.floor((x * layout.width - layout.outLeft) / layout.outCell);
    const map = Math.floor((y * layout.height) / ROW);
    if (map < maps && place >= 0 && place < length) choose(map, place);
  }, signal);

  const square = (x, y, width, className) => element("rect", { class: className, x: x + 1, y: y + 1, width: width - 2, height: ROW - 4, rx: 3 });
  const wire = (x1, y1, x2, y2, tap) => element("line", { class: `cnn-wire cnn-wire-${tap % 4}`, x1, y1, x2, y2 });

  function drawWires() {
    const { name, cells, channels, maps, stride, kernel } = setting;
    const [map, place] = chosen();
    const length = outputs(setting);
    const spread = name === "transposed" ? stride : 1; // zeros stand between the inputs
    const inCell = CELL / (spread > 1 ? 1.25 : 1);
    const width = Math.max(cells * spread, length) * inCell;
    const inStep = (width / cells) ;
    const outCell = width / length;
    const middle = name === "separable" ? channels * ROW + GAP : 0;
    const outHeight = maps * ROW;
    const [midTop, inTop] = [outHeight + GAP, outHeight + GAP + middle];
    layout = { width: width + 4, height: inTop + channels * ROW + 4, outLeft: 2, outCell };
    const inX = (cell) => cell * inStep + inStep / 2;
    const outX = (at) => at * outCell + outCell / 2;
    const boxes = [];
    const wires = [];
    for (let k = 0; k < maps; k++) {
      for (let at = 0; at < length; at++) {
        boxes.push(square(at * outCell, k * ROW, outCell, k === map && at === place ? "cnn-output cnn-lit" : "cnn-output"));
      }
    }
    const reads = new Map(taps(setting, place));
    const read = channelsOf(setting, map);
    if (name === "separable") {
      for (let c = 0; c < channels; c++) {
        for (let at = 0; at < length; at++) {
          boxes.push(square(at * outCell, midTop + c * ROW, outCell, at === place ? "cnn-cell cnn-lit" : "cnn-cell"));
        }
        wires.push(wire(outX(place), (map + 1) * ROW - 2, outX(place), midTop + c * ROW + 2, c));
        for (const [cell, tap] of reads) wires.push(wire(outX(place), midTop + (c + 1) * ROW - 2, inX(cell), inTop + c * ROW + 2, tap));
      }
    } else {
      for (const c of read) {
        for (const [cell, tap] of reads) wires.push(wire(outX(place), (map + 1) * ROW - 2, inX(cell), inTop + c * ROW + 2, tap));
      }
    }
    for (let c = 0; c < channels; c++) {
      for (let cell = 0; cell < cells; cell++) {
        const lit = reads.has(cell) && (name === "separable" || read.includes(c));
        const wide = spread > 1 ? outCell : inStep;
        const x = inX(cell) - wide / 2;
        boxes.push(square(x, inTop + c * ROW, wide, lit ? "cnn-cell cnn-lit" : "cnn-cell"));
        for (let zero = 1; zero < spread; zero++) {
          if (cell < cells - 1) boxes.push(square(x + zero * outCell, inTop + c * ROW, wide, "cnn-cell cnn-zero"));
        }
      }
    }
    if (name === "transposed") {
      for (let at = 0; at < length; at++) {
        const label = element("text", { class: "cnn-label", x: outX(at), y: ROW * 0.68 }, String(taps(setting, at).length));
        boxes.push(label);
      }
    }
    const label = (y, text) => element("text", { class: "cnn-family-label", x: 2, y }, text);
    const labels = [label(outHeight + 13, plural(maps, "map") + " out"), label(inTop - 8, plural(channels, "channel") + " in")];
    if (name === "separable") labels.push(label(midTop - 8, "each channel on its own"));
    svg.setAttribute("viewBox", `-2 -2 ${layout.width} ${layout.height}`);
    svg.style.width = `${layout.width}px`;
    renew(svg, ...wires, ...boxes, ...labels);
    return { reads: reads.size, channels: name === "separable" ? channels : read.length, kernel };
  }

  /** The kernel's cells in one, two or three dimensions, gaps of the dilation included. */
  function drawWindow() {
    const { kernel, dilation, dimensions } = setting;
    const unit = Math.max(5, Math.min(16, 110 / ((kernel - 1) * dilation + 1)));
    const parts = [];
    const [rows, slices] = [dimensions > 1 ? kernel : 1, dimensions > 2 ? kernel : 1];
    const shift = unit * 0.55;
    for (let s = slices - 1; s >= 0; s--) {
      for (let u = 0; u < rows; u++) {
        for (let v = 0; v < kernel; v++) {
          const [x, y] = [v * dilation * unit + s * shift * dilation, u * dilation * unit + (slices - 1 - s) * shift * dilation];
          parts.push(element("rect", { class: `cnn-tap cnn-tap-${v % 4}`, x, y, width: unit - 1, height: unit - 1, rx: 2 }));
        }
      }
    }
    const [across, high] = [kernel, rows].map((n) => ((n - 1) * dilation + 1) * unit + (slices - 1) * shift * dilation);
    window.setAttribute("viewBox", `0 0 ${across} ${high}`);
    window.style.width = `${across}px`;
    renew(window, ...parts);
  }

  function bar(name, value, most, lit) {
    const fill = element("span", { className: lit ? "cnn-fill cnn-limit" : "cnn-fill" });
    fill.style.width = `${Math.max((100 * value) / most, 0.5)}%`;
    return element("div", { className: "cnn-bar" },
      element("span", { className: "cnn-bar-name" }, name),
      element("span", { className: "cnn-track" }, fill),
      element("span", { className: "cnn-bar-value" }, round(value)));
  }

  return function draw() {
    const settings = Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));
    settings.dimensions = model.get("dimensions") + 1;
    setting = reading(settings);
    const plain = reading({ ...settings, kind: KINDS.indexOf("plain") });
    const [own, other] = [cost(setting), cost(plain)];
    const { name, cells, channels, maps, dimensions, kernel, groups } = setting;
    const sides = (n) => Array(dimensions).fill(n).join("×");
    say(title, `${sides(cells)}×${channels} → ${sides(outputs(setting))}×${maps}`);
    const wires = drawWires();
    drawWindow();
    const most = [Math.max(own.weights, other.weights), Math.max(own.macs, other.macs)];
    renew(
      bars,
      bar("weights", own.weights, most[0], true),
      bar("weights, plain", other.weights, most[0], false),
      bar("multiply-adds", own.macs, most[1], true),
      bar("multiply-adds, plain", other.macs, most[1], false),
    );
    const power = dimensions > 1 ? `${kernel}${"²³"[dimensions - 2]}` : `${kernel}`;
    say(formula, name === "separable"
      ? `weights = ${power}·${channels} + ${channels}·${maps} = ${round(own.weights)}`
      : `weights = ${power}·${channels}·${maps}${groups > 1 ? ` / ${groups}` : ""} = ${round(own.weights)}`);
    const [map, place] = chosen();
    const share = (value, whole) => `${Math.round((100 * value) / whole)} %`;
    say(words,
      `${name}: ${WORDS[name]}. Output ${place} of map ${map} reads ${plural(wires.reads, "place")} in ` +
      `${plural(wires.channels, "channel")}. ` +
      `${share(own.weights, other.weights)} of a plain convolution's weights, ${share(own.macs, other.macs)} of its multiply-adds.` +
      (name === "transposed" ? " The numbers in the first row count the inputs that reach each output." : ""));
  };
}

export default explorer(build);
