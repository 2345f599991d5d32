// Layers that join several, or lay values out anew; see convolutions.js for what each gets and
// returns. An input that is cut (`layer.cut`, a Set of their indices) counts as what changes
// nothing: 0 in a sum, 1 in a product, a closed gate.

/** For each value of one picture's result, the place of the input's value that is repeated there. */
function repeated(from, to) {
  const shape = [...to.map(() => 1), ...from].slice(-to.length);
  const places = new Int32Array(to.reduce((a, b) => a * b, 1));
  for (let i = 0; i < places.length; i++) {
    let rest = i;
    let step = 1;
    for (let axis = to.length - 1; axis >= 0; axis--) {
      if (shape[axis] > 1) places[i] += (rest % to[axis]) * step;
      rest = Math.floor(rest / to[axis]);
      step *= shape[axis];
    }
  }
  return places;
}

/** Calls visit(place in the result, place in the input) for all values of n pictures. */
function pairs(n, from, to) {
  const size = to.reduce((a, b) => a * b, 1);
  const step = from.reduce((a, b) => a * b, 1);
  if (size === step) return (visit) => {
    for (let i = 0; i < n * size; i++) visit(i, i);
  };
  const places = repeated(from, to);
  return (visit) => {
    for (let b = 0; b < n; b++) for (let i = 0; i < size; i++) visit(b * size + i, b * step + places[i]);
  };
}

export function Add(layer, n, xs, y) {
  const paired = xs.map((x) => pairs(n, x.shape, y.shape));
  return {
    forward() {
      y.data.fill(0);
      xs.forEach(({ data }, k) => {
        if (!layer.cut.has(k)) paired[k]((i, at) => (y.data[i] += data[at]));
      });
    },
    backward() {
      xs.forEach(({ grad }, k) => {
        if (grad && !layer.cut.has(k)) paired[k]((i, at) => (grad[at] += y.grad[i]));
      });
    },
  };
}

export function Multiply(layer, n, xs, y) {
  const paired = xs.map((x) => pairs(n, x.shape, y.shape));
  /** Multiply `to` by all inputs but one. */
  function multiply(to, but) {
    xs.forEach(({ data }, k) => {
      if (k !== but && !layer.cut.has(k)) paired[k]((i, at) => (to[i] *= data[at]));
    });
    return to;
  }
  return {
    forward() {
      multiply(y.data.fill(1));
    },
    backward() {
      xs.forEach(({ grad }, k) => {
        if (!grad || layer.cut.has(k)) return;
        const back = multiply(y.grad.slice(), k);
        paired[k]((i, at) => (grad[at] += back[i]));
      });
    },
  };
}

/** y = h t + x (1 - t) */
export function HighwayGate(layer, n, [h, x, t], y) {
  return {
    forward() {
      for (let i = 0; i < y.data.length; i++) {
        const gate = layer.cut.has(2) ? 0 : t.data[i];
        y.data[i] = h.data[i] * gate + x.data[i] * (1 - gate);
      }
    },
    backward() {
      for (let i = 0; i < y.data.length; i++) {
        const gate = layer.cut.has(2) ? 0 : t.data[i];
        if (h.grad) h.grad[i] += y.grad[i] * gate;
        if (x.grad) x.grad[i] += y.grad[i] * (1 - gate);
        if (t.grad && !layer.cut.has(2)) t.grad[i] += y.grad[i] * (h.data[i] - x.data[i]);
      }
    },
  };
}

export function Concatenate(layer, n, xs, y) {
  const width = y.shape.at(-1);
  const widths = xs.map((x) => x.shape.at(-1));
  const firsts = widths.map((_, k) => widths.slice(0, k).reduce((a, b) => a + b, 0));
  return {
    forward() {
      xs.forEach(({ data }, k) => {
        for (let i = 0, at = 0; i < data.length; at += width)
          for (let c = 0; c < widths[k]; c++, i++) y.data[at + firsts[k] + c] = layer.cut.has(k) ? 0 : data[i];
      });
    },
    backward() {
      xs.forEach(({ grad }, k) => {
        if (!grad || layer.cut.has(k)) return;
        for (let i = 0, at = 0; i < grad.length; at += width)
          for (let c = 0; c < widths[k]; c++, i++) grad[i] += y.grad[at + firsts[k] + c];
      });
    },
  };
}

/** A layer that puts each value somewhere among zeros. */
function placed(x, y, place) {
  const places = Int32Array.from({ length: x.data.length }, (_, i) => place(i));
  return {
    forward() {
      for (let i = 0; i < places.length; i++) y.data[places[i]] = x.data[i];
    },
    backward() {
      if (x.grad) for (let i = 0; i < places.length; i++) x.grad[i] += y.grad[places[i]];
    },
  };
}

export function PadChannels(_, n, [x], y) {
  const [from, to] = [x.shape.at(-1), y.shape.at(-1)];
  return placed(x, y, (i) => Math.floor(i / from) * to + (i % from));
}

export function ZeroPadding2D({ config: { padding } }, n, [x], y) {
  const [height, width, channels] = x.shape;
  const [[top], [left]] = padding;
  return placed(x, y, (i) => {
    const pixel = Math.floor(i / channels);
    const line = Math.floor(pixel / width);
    const first = Math.floor(line / height) * y.shape[0] + top;
    return ((first + (line % height)) * y.shape[1] + left + (pixel % width)) * channels + (i % channels);
  });
}
