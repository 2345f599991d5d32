// Weights as bytes, and where they start when a network is to learn.

/** What the eight bits of a byte do to a checksum. */
const CRC = Int32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = (byte >>> 1) ^ (byte & 1 ? 0xedb88320 : 0);
  return byte;
});

/** The checksum of zip files. */
export function crc32(bytes) {
  let sum = -1;
  for (const byte of bytes) sum = (sum >>> 8) ^ CRC[(sum ^ byte) & 255];
  return ~sum >>> 0;
}

/** A number of 16 bits: sign, five bits of exponent, ten of fraction. */
function half(bits) {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const size = exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24;
  return bits & 0x8000 ? -size : size;
}

/** How many weights a graph has. */
const size = (graph) => graph.layers.flatMap((layer) => layer.weights).reduce((sum, { shape }) => sum + count(shape), 0);

/** The float32 numbers in bytes; throws where they are not a graph's. */
export function checked(graph, bytes) {
  const numbers = bytes.byteLength === 4 * size(graph) ? new Float32Array(bytes.slice().buffer) : null;
  if (numbers?.every(Number.isFinite)) return numbers;
  const received = numbers ? "numbers that are not finite" : `${bytes.byteLength} bytes`;
  throw new Error(`The weights do not suit the network "${graph.name}": ${size(graph)} numbers of 4 bytes were expected. Received: ${received}`);
}

/** The float16 numbers of a graph, of `cnnlib.live.export`; throws where they are not its own. */
export function decoded(graph, bytes) {
  const expected = size(graph);
  if (bytes.byteLength !== 2 * expected || crc32(bytes) !== graph.crc32)
    throw new Error(
      `The weights of the network "${graph.name}" are damaged, or another network's: ` +
        `${2 * expected} bytes with the checksum ${graph.crc32} were expected. Received: ${bytes.byteLength} bytes`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const numbers = new Float32Array(expected);
  for (let i = 0; i < expected; i++) numbers[i] = half(view.getUint16(2 * i, true));
  return numbers;
}

/** How many numbers a shape holds. */
export const count = (shape) => shape.reduce((product, length) => product * length, 1);

/** Keras's numbers of inputs and outputs of a kernel. */
function fans(shape) {
  const cells = count(shape.slice(0, -2));
  return { inputs: cells * shape.at(-2), outputs: cells * shape.at(-1) };
}

const uniform = (limit) => (random) => (2 * random() - 1) * limit;
const normal = (deviation) => (random) => deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** How a kernel of a shape may start: name -> function of the shape that gives one number after another.
    Glorot and Bengio, AISTATS 2010; He, Zhang, Ren and Sun, ICCV 2015. */
export const INITIALIZERS = {
  zeros: () => () => 0,
  glorot_uniform: (shape) => uniform(Math.sqrt(6 / (fans(shape).inputs + fans(shape).outputs))),
  he_uniform: (shape) => uniform(Math.sqrt(6 / fans(shape).inputs)),
  he_normal: (shape) => normal(Math.sqrt(2 / fans(shape).inputs)),
  random_normal: () => normal(0.05),
  large: () => normal(1),
};

const CONSTANTS = { bias: 0, beta: 0, gamma: 1, moving_mean: 0, moving_variance: 1, coefficient: 1 / 4 };

/** Give a network's weights the values with which learning starts, kernels by an initializer; centers stay. */
export function initialize(net, initializer, random) {
  for (const layer of net.layers)
    for (const [name, { shape, data }] of Object.entries(layer.weights)) {
      if (name === "centers") continue;
      const draw = name in CONSTANTS ? () => CONSTANTS[name] : INITIALIZERS[initializer](shape);
      for (let i = 0; i < data.length; i++) data[i] = draw(random);
    }
}
