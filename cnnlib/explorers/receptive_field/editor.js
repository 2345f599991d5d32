// The card on which the chosen layer of a stack is changed.

import { clamp, count } from "./math.js";
import { zerosInWords } from "./table.js";
import { element, say } from "../js/draw/element.js";
import { numberEntry } from "../js/frame/input.js";

const NEW = { name: "", kind: "convolution", kernel: 3, stride: 1, padding: "valid", dilation: 1 };

const labelled = (text, input) => element("label", { className: "cnn-field" }, element("span", {}, text), input);

const select = (pairs) => element("select", {}, ...pairs.map(([value, textContent]) => element("option", { value, textContent })));

/** Inputs for a layer: { node, draw(layer) }; `change` receives what the reader enters. */
function layerFields({ kernel, stride, dilation, padding }, change, signal) {
  let shown;
  const kind = select([["convolution", "convolution"], ["pooling", "pooling"]]);
  const zeros = select([["valid", "valid"], ["same", "same"], ...count(1, padding + 1).map((p) => [p, `${zerosInWords(p)} a side`])]);
  const number = (max) => element("input", { type: "number", min: 1, max, step: 1, inputMode: "numeric" });
  const numbers = { kernel: number(kernel), stride: number(stride), dilation: number(dilation) };
  const show = {};
  for (const [name, input] of Object.entries(numbers)) {
    const enter = (entry) => {
      const value = clamp(Math.round(entry), 1, Number(input.max));
      if (value !== shown[name]) change({ [name]: value });
    };
    show[name] = numberEntry(input, enter, signal);
  }
  kind.onchange = () => change({ kind: kind.value });
  zeros.onchange = () => change({ padding: Number(zeros.value) || zeros.value });
  const node = element(
    "div",
    { className: "cnn-fields" },
    labelled("Kind", kind),
    labelled("Kernel", numbers.kernel),
    labelled("Stride", numbers.stride),
    labelled("Padding", zeros),
    labelled("Dilation", numbers.dilation),
  );
  // After an entry, a browser that fills in forms looks at every field of the page.
  const choose = (menu, value) => menu.value === String(value) || (menu.value = value);
  const draw = (layer) => {
    shown = layer;
    for (const field of node.children) field.hidden = !layer;
    if (!layer) return;
    choose(kind, layer.kind);
    choose(zeros, layer.padding || "valid"); // 0 zeros are "valid"
    for (const name of Object.keys(show)) show[name](layer[name]);
  };
  return { node, draw };
}

function swap(layers, l, other) {
  if (other < 1 || other > layers.length) return l;
  [layers[l - 1], layers[other - 1]] = [layers[other - 1], layers[l - 1]];
  return other;
}

/**
 * The card: { node, draw(layers, l) }. `edit(how)` gives `how(layers, l)` a copy of the stack to
 * change and the number of the chosen layer; it returns that of the layer that is chosen then.
 */
export function layerCard({ largest, deepest, edit, signal }) {
  const title = element("p", { className: "cnn-title" });
  const fields = layerFields(largest, (values) => edit((layers, l) => (Object.assign(layers[l - 1], values), l)), signal);
  const button = (textContent, how) => element("button", { type: "button", className: "cnn-button", textContent, onclick: () => edit(how) });
  const tools = {
    add: button("Add a layer above", (layers, l) => (layers.splice(l, 0, { ...NEW }), l + 1)),
    down: button("Move down", (layers, l) => swap(layers, l, l - 1)),
    up: button("Move up", (layers, l) => swap(layers, l, l + 1)),
    remove: button("Remove", (layers, l) => (layers.splice(l - 1, 1), layers.length)),
  };
  const node = element("div", { className: "cnn-layer-card" }, title, element("div", { className: "cnn-tools" }, ...Object.values(tools)), fields.node);

  function draw(layers, l) {
    const layer = layers[l - 1];
    say(title, layer ? `Layer ${l} of ${layers.length}${layer.name && `, ${layer.name}`}` : "Choose a layer to change it");
    fields.draw(layer);
    tools.add.hidden = layers.length >= deepest;
    tools.down.hidden = tools.up.hidden = tools.remove.hidden = !layer || layers.length < 2;
  }
  return { node, draw };
}
