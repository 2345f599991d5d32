// The controls of one layer of a stack.

import { clamp, count } from "./math.js";
import { zerosInWords } from "./table.js";
import { element } from "../js/draw/draw.js";

/** Labelled inputs of a layer; `change` receives what the reader enters. */
export function layerEditor(model, selected, change) {
  const { kernel, stride, dilation, padding } = model.get("largest");
  const labelled = (text, input) => element("label", { className: "cnn-field" }, element("span", {}, text), input);
  const options = (pairs) => pairs.map(([value, textContent]) => element("option", { value, textContent }));
  const kind = element("select", {}, ...options([["convolution", "convolution"], ["pooling", "pooling"]]));
  const zeros = element("select", {}, ...options([["valid", "valid"], ["same", "same"], ...count(1, padding + 1).map((p) => [p, `${zerosInWords(p)} a side`])]));
  const number = (max) => element("input", { type: "number", min: 1, max, step: 1, inputMode: "numeric" });
  const numbers = { kernel: number(kernel), stride: number(stride), dilation: number(dilation) };
  for (const [name, input] of Object.entries(numbers)) {
    input.onchange = () => {
      const entry = Math.round(input.valueAsNumber);
      if (Number.isFinite(entry)) change({ [name]: clamp(entry, 1, Number(input.max)) });
      input.value = selected()?.[name] ?? "";
    };
  }
  kind.onchange = () => change({ kind: kind.value });
  zeros.onchange = () => change({ padding: Number(zeros.value) || zeros.value });
  const fields = [
    labelled("Kind", kind),
    labelled("Kernel", numbers.kernel),
    labelled("Stride", numbers.stride),
    labelled("Padding", zeros),
    labelled("Dilation", numbers.dilation),
  ];
  // After an entry, a browser that fills in forms looks at every field of the page.
  const enter = (input, value) => input.value === String(value) || (input.value = value);
  const draw = (layer) => {
    for (const field of fields) field.hidden = !layer;
    if (!layer) return;
    enter(kind, layer.kind);
    enter(zeros, layer.padding || "valid"); // 0 zeros are "valid"
    for (const [name, input] of Object.entries(numbers)) {
      if (document.activeElement !== input || Number(input.value) !== layer[name]) enter(input, layer[name]);
    }
  };
  return { fields, draw };
}
