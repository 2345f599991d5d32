// Poolings; see convolutions.js for what each function gets and returns.

import { finish } from "./convolutions.js";
import { windows } from "./windows.js";

const geometry = ({ pool_size: size, strides, padding }) => ({ size, strides, padding });

export function MaxPooling2D(layer, n, [x], y) {
  const channels = x.shape[2];
  const place = windows(n, x.shape, geometry(layer.config), -Infinity);
  const padded = place.untouched ? x.data : place.space();
  const room = x.grad && !place.untouched && place.space();
  const chosen = new Int32Array(y.data.length); // where each result came from
  return {
    forward() {
      if (!place.untouched) place.pad(x.data, padded);
      for (let i = 0, j = 0; i < place.rows.length; i++)
        for (let c = 0; c < channels; c++, j++) {
          let best = place.rows[i] + c;
          for (let k = 1; k < place.cells.length; k++) {
            const at = place.rows[i] + place.cells[k] + c;
            if (padded[at] > padded[best]) best = at;
          }
          chosen[j] = best;
          y.data[j] = padded[best];
        }
    },
    backward() {
      if (!x.grad) return;
      const to = place.untouched ? x.grad : room.fill(0);
      for (let j = 0; j < chosen.length; j++) to[chosen[j]] += y.grad[j];
      if (room) place.crop(room, x.grad);
    },
  };
}

export function AveragePooling2D(layer, n, [x], y) {
  const channels = x.shape[2];
  const place = windows(n, x.shape, geometry(layer.config));
  const padded = place.untouched ? x.data : place.space();
  const room = x.grad && !place.untouched && place.space();
  const shares = realCells(x.shape, layer.config).map((count) => 1 / count);
  return {
    forward() {
      if (!place.untouched) place.pad(x.data, padded);
      for (let i = 0, j = 0; i < place.rows.length; i++)
        for (let c = 0; c < channels; c++, j++) {
          let sum = 0;
          for (let k = 0; k < place.cells.length; k++) sum += padded[place.rows[i] + place.cells[k] + c];
          y.data[j] = sum * shares[i % shares.length];
        }
    },
    backward() {
      if (!x.grad) return;
      const to = place.untouched ? x.grad : room.fill(0);
      for (let i = 0, j = 0; i < place.rows.length; i++)
        for (let c = 0; c < channels; c++, j++) {
          const each = y.grad[j] * shares[i % shares.length];
          for (let k = 0; k < place.cells.length; k++) to[place.rows[i] + place.cells[k] + c] += each;
        }
      if (room) place.crop(room, x.grad);
    },
  };
}

/** How many pixels of each window lie in the picture: padding is not averaged. */
function realCells([height, width], config) {
  const place = windows(1, [height, width, 1], geometry(config));
  const padded = place.space();
  place.pad(new Float32Array(height * width).fill(1), padded);
  return Float64Array.from(place.rows, (row) => place.cells.reduce((sum, cell) => sum + padded[row + cell], 0));
}

/** The sums of windows, times a coefficient of their map, plus its bias. */
export function TrainableAveragePooling2D(layer, n, [x], y) {
  const { coefficient } = layer.weights;
  const channels = x.shape[2];
  const cells = layer.config.pool_size[0] * layer.config.pool_size[1];
  const size = y.data.length;
  const means = { shape: y.shape, data: new Float32Array(size), grad: y.grad && new Float32Array(size) };
  const pooled = AveragePooling2D({ config: { ...layer.config, padding: "valid" } }, n, [x], means);
  const ends = finish(layer, y);
  return {
    forward() {
      pooled.forward();
      for (let i = 0; i < size; i++) y.data[i] = cells * means.data[i] * coefficient.data[i % channels];
      ends.forward();
    },
    backward(fused) {
      ends.backward(fused);
      for (let i = 0; i < size; i++) {
        coefficient.grad[i % channels] += cells * means.data[i] * y.grad[i];
        means.grad[i] = cells * coefficient.data[i % channels] * y.grad[i];
      }
      pooled.backward();
    },
  };
}

export function GlobalAveragePooling2D(_, n, [x], y) {
  const channels = x.shape[2];
  const pixels = x.shape[0] * x.shape[1];
  return {
    forward() {
      y.data.fill(0);
      for (let b = 0, i = 0; b < n; b++)
        for (let p = 0; p < pixels; p++)
          for (let c = 0; c < channels; c++) y.data[b * channels + c] += x.data[i++] / pixels;
    },
    backward() {
      if (!x.grad) return;
      for (let b = 0, i = 0; b < n; b++)
        for (let p = 0; p < pixels; p++)
          for (let c = 0; c < channels; c++) x.grad[i++] += y.grad[b * channels + c] / pixels;
    },
  };
}

/** The largest of `count` values `step` apart for each result, which begin at first(j). */
function largest(x, y, count, step, first) {
  return {
    forward() {
      for (let j = 0; j < y.data.length; j++) {
        let best = -Infinity;
        for (let k = 0, at = first(j); k < count; k++, at += step) if (x.data[at] > best) best = x.data[at];
        y.data[j] = best;
      }
    },
    backward() {
      if (!x.grad) return;
      for (let j = 0; j < y.data.length; j++) {
        let winners = 0; // that are equal share the gradient, as in TensorFlow's reduce_max
        for (let k = 0, at = first(j); k < count; k++, at += step) if (x.data[at] === y.data[j]) winners++;
        for (let k = 0, at = first(j); k < count; k++, at += step)
          if (x.data[at] === y.data[j]) x.grad[at] += y.grad[j] / winners;
      }
    },
  };
}

export function GlobalMaxPooling2D(_, n, [x], y) {
  const channels = x.shape[2];
  const pixels = x.shape[0] * x.shape[1];
  return largest(x, y, pixels, channels, (j) => Math.floor(j / channels) * pixels * channels + (j % channels));
}

export function DepthwiseMaxPooling2D({ config: { pool_size: size } }, n, [x], y) {
  return largest(x, y, size, 1, (j) => j * size);
}
