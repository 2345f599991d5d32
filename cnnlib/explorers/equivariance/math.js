// Shifts, and the layers that may or may not commute with them.

/** The values moved down and right; what leaves comes in again, or is replaced by zeros. */
export function shifted({ data, shape: [height, width] }, { down, right, circular }) {
  const moved = new Float32Array(data.length);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      let [row, column] = [i - down, j - right];
      if (circular) [row, column] = [((row % height) + height) % height, ((column % width) + width) % width];
      else if (row < 0 || row >= height || column < 0 || column >= width) continue;
      moved[i * width + j] = data[row * width + column];
    }
  }
  return { data: moved, shape: [height, width] };
}

/** Cross-correlation with a square kernel of odd size, circular or with zeros around. */
export function filtered({ data, shape: [height, width] }, kernel, circular) {
  const reach = (kernel.length - 1) / 2;
  const out = new Float32Array(data.length);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let u = -reach; u <= reach; u++) {
        for (let v = -reach; v <= reach; v++) {
          let [row, column] = [i + u, j + v];
          if (circular) [row, column] = [(row + height) % height, (column + width) % width];
          else if (row < 0 || row >= height || column < 0 || column >= width) continue;
          sum += kernel[u + reach][v + reach] * data[row * width + column];
        }
      }
      out[i * width + j] = sum;
    }
  }
  return { data: out, shape: [height, width] };
}

/** Each column weighted from 0 at the left to 2 at the right. */
export function placed({ data, shape: [height, width] }) {
  return { data: data.map((value, at) => (value * 2 * (at % width)) / (width - 1)), shape: [height, width] };
}

/** A dense layer whose weights come from whole-number arithmetic, from -1 to 1. */
export function dense({ data, shape }) {
  const out = new Float32Array(data.length);
  for (let row = 0; row < data.length; row++) {
    let sum = 0;
    for (let column = 0; column < data.length; column++) {
      sum += (((row * 7919 + column * 104729 + row * column * 31) % 201) / 100 - 1) * data[column];
    }
    out[row] = sum;
  }
  return { data: out, shape };
}

/** Means of blocks of `factor` x `factor` pixels. */
export function shrunk({ data, shape: [height, width] }, factor) {
  const [rows, columns] = [height / factor, width / factor];
  const out = new Float32Array(rows * columns);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      out[Math.floor(i / factor) * columns + Math.floor(j / factor)] += data[i * width + j] / factor ** 2;
    }
  }
  return { data: out, shape: [rows, columns] };
}

/** Standard deviation. */
export function deviation({ data }) {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  return Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length);
}
