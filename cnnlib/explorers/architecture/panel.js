// The figures of one box, and of the whole network, beside the drawing.

import { element, say } from "../js/draw/element.js";
import { brief, plural, whole } from "../js/draw/format.js";
import { repeated } from "./captions.js";

/** A share of 100 with its sign, small ones too. */
export function inPercent(value) {
  return value >= 10 || value === 0 ? `${Math.round(value)} %` : value < 0.1 ? "< 0.1 %" : `${value.toFixed(1)} %`;
}

function seen({ field, stride }) {
  if (!field) return "what could not be followed";
  return field === "all" ? "the whole input" : `${field.includes("×") ? field : `${field}×${field}`}, stride ${stride}`;
}

/** What a box is made of, in words, and which of its maps is shown. */
function made(item, graph) {
  const shown = item.face ? `; shown is map ${item.face.channel}` : "";
  return `${parts(item, graph)}${shown}`;
}

function parts(item, { items }) {
  if (!item.children) return `${item.kind} ${item.note}`.trim();
  const convolutions = item.layers.filter((id) => items[id].category === "convolution").length;
  const counted = [plural(item.layers.length, "layer"), plural(convolutions, "convolution")].join(", ");
  return item.fold ? `${repeated(item)}: ${counted}` : counted;
}

function rowsOf(item, { net }) {
  const counted = [["params", "Parameters", whole], ["macs", "MACs", whole], ["bytes", "Outputs in memory", (value) => brief(value, "B")]];
  const costs = counted.map(([figure, label, text]) => {
    const share = net[figure] ? (100 * (item[figure] ?? 0)) / net[figure] : 0;
    return [label, item[figure] === null ? "not counted" : text(item[figure]), item === net ? null : share];
  });
  return [["Output", item.shape.join("×"), null], ...costs, ["Receptive field", seen(item), null]];
}

function row([label, text, share]) {
  const value = element("dd", {}, text);
  if (share !== null) {
    const bar = element("span", { className: "cnn-arch-share", "aria-hidden": "true" }, element("span", {}));
    bar.firstChild.style.width = `${share}%`;
    value.append(element("span", { className: "cnn-arch-part" }, inPercent(share)), bar);
  }
  return element("div", {}, element("dt", {}, label), value);
}

/** The panel: { node, draw(item, graph, open) }, which returns what it shows in words. */
export function figuresPanel() {
  const title = element("p", { className: "cnn-title" });
  const kind = element("p", { className: "cnn-arch-kind" });
  const figures = element("dl", { className: "cnn-arch-figures" });

  function draw(item, graph, open) {
    const what = made(item, graph);
    say(title, item.name);
    say(kind, item === graph.net ? `the whole network: ${what}` : `${what}, in ${graph.net.name}`);
    figures.replaceChildren(...rowsOf(item, graph).map(row));
    const state = item.children && item !== graph.net ? ` ${open.has(item.name) ? "Open" : "Closed"} block.` : "";
    const costs = `${whole(item.params)} parameters, ${item.macs === null ? "MACs not counted" : `${whole(item.macs)} MACs`}`;
    const field = item === graph.net ? "" : `; each cell sees ${seen(item)}`;
    return `${item.name}: ${what}; ${costs}; output ${item.shape.join("×")}${field}.${state}`;
  }
  return { node: element("div", { className: "cnn-arch-panel" }, element("div", {}, title, kind), figures), draw };
}
