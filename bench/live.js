// Times networks in node: js/nn alone and beside ConvNetJS. Reads { engine, convnetjs, networks, lessons } from
// its input, writes { stroke, edit, symbols, residual, ours, theirs, run }: lists of milliseconds, of
// pictures a second, and of seconds.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { engine, convnetjs, networks, lessons } = JSON.parse(readFileSync(0, "utf8"));
const nn = await import(`data:text/javascript;base64,${engine}`);
const { Net, SGDTrainer, Vol } = createRequire(import.meta.url)(convnetjs);
const random = nn.stream(1);
const [BATCH, TESTS] = [20, 200];

function open(name) {
  const { graph, weights } = networks[name];
  return [graph, new Uint8Array(Buffer.from(weights, "base64"))];
}

function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const repeated = (count, work) => Array.from({ length: count }, () => timed(work));
const picture = (size) => Float32Array.from({ length: size }, random);

/** Milliseconds from a picture to all maps. */
function forward(name, count) {
  const run = nn.batch(nn.network(...open(name)), 1);
  run.input.data.set(picture(run.input.data.length));
  repeated(10, () => run.forward());
  return repeated(count, () => run.forward());
}

/** Milliseconds from an edit of a layer to the classes of the test pictures. */
function edited(name, layer, count) {
  const [graph, weights] = open(name);
  const size = graph.layers[0].shape.reduce((a, b) => a * b);
  const answer = nn.judge();
  const ask = (request) => [...answer(request)];
  ask({ do: "open", graph, weights, pictures: picture(TESTS * size) });
  ask({ do: "judge", changes: [] });
  return repeated(count, () => ask({ do: "judge", changes: [{ name: layer }] }));
}

/** Seconds that a run of the TrainingExplorer takes, with its tests after each half epoch. */
function run({ how, ...held }) {
  const { open, begin, settings, last, every } = nn.planOf(held, how);
  const net = nn.network(open.graph, open.weights);
  const training = nn.trainer(net, begin.data, { ...begin, settings });
  const judge = nn.evaluator(net, open.tests);
  return timed(() => {
    for (let i = 1; i <= last; i++) {
      training.step();
      if (i % every === 0) [...judge()];
    }
  }) / 1000;
}

/** A function that takes one step of training with js/nn. */
function ours() {
  const net = nn.network(...open("digits"));
  const data = { pictures: picture(BATCH * 784), classes: Array.from({ length: BATCH }, (_, i) => i % 10) };
  const settings = { learning_rate: 0.01, momentum: 0.9 };
  const options = { size: BATCH, seed: 1, initializer: "glorot_uniform", optimizer: "sgd", settings };
  return nn.trainer(net, data, options).step;
}

/** The same with ConvNetJS. */
function theirs() {
  const net = new Net();
  net.makeLayers([
    { type: "input", out_sx: 28, out_sy: 28, out_depth: 1 },
    { type: "conv", sx: 5, filters: 8, stride: 1, pad: 2, activation: "relu" },
    { type: "pool", sx: 2, stride: 2 },
    { type: "conv", sx: 5, filters: 16, stride: 1, pad: 2, activation: "relu" },
    { type: "pool", sx: 2, stride: 2 },
    { type: "softmax", num_classes: 10 },
  ]);
  const trainer = new SGDTrainer(net, { learning_rate: 0.01, momentum: 0.9, batch_size: BATCH, l2_decay: 0 });
  const pictures = Array.from({ length: BATCH }, () => {
    const volume = new Vol(28, 28, 1, 0);
    volume.w.set(picture(784));
    return volume;
  });
  return () => pictures.forEach((volume, i) => trainer.train(volume, i % 10));
}

const steps = { ours: ours(), theirs: theirs() };
const rates = { ours: [], theirs: [] };
for (let round = 0; round < 12; round++)
  for (const [who, step] of Object.entries(steps)) {
    const milliseconds = repeated(5, step).reduce((a, b) => a + b);
    if (round >= 2) rates[who].push((5 * BATCH * 1000) / milliseconds);
  }

const symbols = Object.fromEntries(["conv1", "conv3_1_conv1", "fc"].map((layer) => [layer, edited("symbols", layer, 5)]));
const figures = { stroke: forward("lenet", 100), edit: edited("lenet", "C1", 10), symbols, residual: forward("residual", 30), run: [1, 2, 3].map(() => run(lessons)), ...rates };
process.stdout.write(JSON.stringify(figures));
