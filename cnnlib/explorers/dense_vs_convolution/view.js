import { element, renew, say } from "../js/draw/element.js";
import { brief, plural, three, whole } from "../js/draw/format.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowKeys, pointer } from "../js/frame/input.js";
import { drawingPanel, show } from "../js/frame/stage.js";
import { costs } from "./math.js";

const [SIZE, TOP, LEFT] = [130, 34, 6]; // of the drawn picture; the neuron is above it
const [WIDTH, HEIGHT] = [SIZE + 2 * LEFT, TOP + SIZE + 4];
const WIRES = 16; // drawn along a side, at most
const FINEST = 4; // units of the smallest pixels whose borders are drawn
const PIXELS = 38; // of a centimetre, as CSS counts

/** A picture below a neuron, which reads the lit cells. */
function wiring(name, label) {
  const panel = drawingPanel("cnn-wiring", label, { title: name });
  const caption = element("p", { className: "cnn-words" });
  panel.node.append(caption);
  return { ...panel, caption };
}

const rect = (className, x, y, width, height) =>
  element("rect", { class: className, x: LEFT + x, y: TOP + y, width, height });
const line = (className, x1, y1, x2, y2) => element("line", { class: className, x1, y1, x2, y2 });

/** The picture's pixels, and the wires of a neuron above [row, column] to those in [top, bottom, left, right]. */
function wires(side, [row, column], [top, bottom, left, right]) {
  const cell = SIZE / side;
  const unit = LEFT + (column + 0.5) * cell;
  const edges = cell < FINEST ? [] : Array.from({ length: side - 1 }, (_, i) => (i + 1) * cell).flatMap((at) => [
    line("cnn-edge", LEFT + at, TOP, LEFT + at, TOP + SIZE), line("cnn-edge", LEFT, TOP + at, LEFT + SIZE, TOP + at),
  ]);
  const some = (from, to) => {
    const count = Math.min(WIRES, to - from);
    return Array.from({ length: count }, (_, i) => (from + ((i + 0.5) * (to - from)) / count) * cell);
  };
  return [
    rect("cnn-picture", 0, 0, SIZE, SIZE),
    rect("cnn-pixels-read", left * cell, top * cell, (right - left) * cell, (bottom - top) * cell),
    ...edges,
    ...some(top, bottom).flatMap((y) => some(left, right).map((x) => line("cnn-edge cnn-lit cnn-thin", unit, 14, LEFT + x, TOP + y))),
    element("circle", { class: "cnn-unit", cx: unit, cy: 10, r: 8 }),
  ];
}

/** A length of so many centimetres in the unit that suits it. */
const long = (centimetres) =>
  centimetres < 100 ? `${three(centimetres)} cm` : centimetres < 1e5 ? `${three(centimetres / 100)} m` : `${three(centimetres / 1e5)} km`;

/** A bar to scale, which runs off its frame where it is too long for it. */
function bar(name, value, unit, lit) {
  const fill = element("span", { className: `cnn-fill${lit ? " cnn-limit" : ""}` });
  fill.style.width = `${Math.max(1, Math.min(2000, (value / unit) * PIXELS))}px`;
  return element("div", { className: "cnn-true-bar" },
    element("span", {}, `${name}: `, element("b", {}, whole(value)), `, a bar of ${long(value / unit)}`),
    element("span", { className: "cnn-track" }, fill));
}

function build({ el, read, signal, schedule }) {
  const dense = wiring("Dense: a neuron reads every pixel", "Dense layer: arrow keys choose a neuron");
  const convolution = wiring("Convolution: a neuron reads a window", "Convolution: arrow keys choose a neuron");
  const weights = element("div", { className: "cnn-true-bars" });
  const macs = element("p", { className: "cnn-macs" });
  el.append(element("div", { className: "cnn-wirings" }, dense.node, convolution.node),
    element("p", { className: "cnn-title" }, "Weights, to scale"), weights,
    macs);

  let place = [0.35, 0.45]; // of the neuron, as a share of the picture's side
  const neuron = (side) => place.map((share) => Math.min(side - 1, Math.floor(share * side)));
  const choose = (row, column) => {
    place = [row, column].map((index) => (index + 0.5) / read().side);
    schedule();
  };
  for (const { stage, picture } of [dense, convolution]) {
    arrowKeys(stage, () => neuron(read().side), () => [read().side, read().side], choose, signal);
    const share = (units) => Math.max(0, Math.min(0.999, units / SIZE));
    pointer(picture, (y, x) => {
      place = [share(y * HEIGHT - TOP), share(x * WIDTH - LEFT)];
      schedule();
    }, signal);
  }

  return function draw(settings) {
    const { side, channels, units, kernel, maps } = settings;
    const { inputs, ...found } = costs(settings);
    const [row, column] = neuron(side);
    const before = Math.floor((kernel - 1) / 2);
    const inside = (first) => [Math.max(0, first), Math.min(side, first + kernel)];
    show(dense.picture, wires(side, [row, column], [0, side, 0, side]), WIDTH, HEIGHT, { shown: WIDTH + 30 });
    show(convolution.picture, wires(side, [row, column], [...inside(row - before), ...inside(column - before)]), WIDTH, HEIGHT, { shown: WIDTH + 30 });
    say(dense.caption, `${plural(inputs, "weight")} for each neuron, used once`);
    say(convolution.caption, `${plural(kernel ** 2 * channels, "weight")} for each map, used at ${plural(side ** 2, "place")}`);
    renew(weights, bar("convolution", found.convolution.weights, found.convolution.weights, true), bar("dense", found.dense.weights, found.convolution.weights, false));
    const [much, more] = ["convolution", "dense"].map((name) => found[name].connections);
    renew(macs, element("b", {}, "Multiply-adds: "), element("span", {}, `convolution ${whole(much)}, dense ${whole(more)}, ${three(more / much)} times as many`));
    return (
      `${side}×${side}×${channels} = ${whole(inputs)} inputs. Dense, ${plural(units, "unit")}: ` +
      `${whole(found.dense.weights)} weights, with biases ${brief(found.dense.bytes, "B")}. ` +
      `Convolution ${kernel}×${kernel}, ${plural(maps, "map")}: ${plural(found.convolution.weights, "weight")}, ` +
      `with biases ${brief(found.convolution.bytes, "B")}, for ${whole(found.convolution.outputs)} neurons.`
    );
  };
}

export default explorer(build);
