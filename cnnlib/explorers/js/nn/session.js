// The work that a page asks for beside its frames: a network is tested, or learns. A request is a
// message { do, ... }, a reply one that repeats the request's `do` and `id`:
//
//   { do: "open", graph, weights, tests: { pictures, classes, scale } }
//   { do: "test", changes: [{ name, weights: { kernel }, silent, cut }] }   -> { accuracy, predicted }
//   { do: "begin", data: { pictures, classes, scale }, size, seed, initializer, optimizer, settings, mixed, shift }
//   { do: "train", until, every, settings, watch: [names] }  -> { step, losses, accuracies, gradients, tested, weights }
//   { do: "report", watch: [names] }                         -> the same, without a step
//
// Learning is told of before the first step and every so many steps: losses and accuracies of the batches since
// it was last told, and how the network does on the tests.
//
// A new request ends the one before: where the reader moves on, nothing is computed to its end.

import { evaluator } from "./evaluation.js";
import { batch, chosen, network } from "./network.js";
import { layPictures, trainer } from "./trainer.js";

const CHUNK = 20; // pictures that are tested at once
const KEPT = 2e7; // results of layers, in numbers, that are kept for the next test

/** Tests a network on pictures; results of layers in front of what changes are kept, if there is room. */
function tester(net, tests) {
  const numbers = Array.from(tests.classes, (_, i) => i);
  const chunks = Array.from({ length: Math.ceil(numbers.length / CHUNK) }, (_, i) => numbers.slice(i * CHUNK, (i + 1) * CHUNK));
  const sizes = net.layers.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const keeps = sizes.reduce((a, b) => a + b) * numbers.length <= KEPT;
  const [runs, shared] = [[], new Map()];
  const changed = new Set();

  /** A batch for a chunk and, where it holds the results of an earlier test, what changed since then. */
  function prepared(k, from) {
    const n = chunks[k].length;
    if (runs[k]) return [runs[k], from];
    if (!shared.has(n) || keeps) shared.set(n, batch(net, n));
    const run = shared.get(n);
    if (keeps) runs[k] = run;
    layPictures(run, tests, chunks[k]);
    return [run, undefined];
  }
  return function* (names) {
    names.forEach((name) => changed.add(name));
    const stale = [...changed];
    const predicted = new Uint8Array(numbers.length);
    for (let k = 0; k < chunks.length; k++) {
      const [run, from] = prepared(k, stale);
      const output = run.forward({ from });
      const width = output.length / run.n;
      chunks[k].forEach((number, b) => (predicted[number] = chosen(net, output.subarray(b * width, (b + 1) * width))));
      yield;
    }
    changed.clear();
    const right = predicted.reduce((sum, label, i) => sum + (label === tests.classes[i]), 0);
    yield { accuracy: right / numbers.length, predicted };
  };
}

/** Change a layer as a request says. */
export function change(net, { name, weights = {}, silent, cut }) {
  const layer = net.named[name];
  for (const [key, data] of Object.entries(weights)) layer.weights[key].data.set(data);
  if (silent) layer.silent = new Set(silent);
  if (cut) layer.cut = new Set(cut);
}

/** A function that answers a request: a generator of replies, which gives way after each piece of work. */
export function session() {
  let net, test, judge, training, settings;
  let count = 0;
  let [losses, accuracies] = [[], []]; // of the batches since the last report

  function* report(watch) {
    const tested = judge && (yield* judge());
    const weights = Object.fromEntries(watch.map((name) => [name, net.named[name].weights]));
    yield { step: count, losses, accuracies, gradients: training.gradients(), tested, weights };
    [losses, accuracies] = [[], []];
  }
  const answers = {
    *open({ graph, weights, tests }) {
      net = network(graph, weights);
      test = tests && tester(net, tests);
      judge = tests && evaluator(net, tests);
    },
    *test({ changes = [] }) {
      changes.forEach((one) => change(net, one));
      yield* test(changes.map(({ name }) => name));
    },
    *begin({ data, ...options }) {
      settings = { ...options.settings };
      training = trainer(net, data, { ...options, settings });
      count = 0;
      [losses, accuracies] = [[], []];
    },
    *train({ until, every = 1, settings: wanted, watch = [] }) {
      Object.assign(settings, wanted);
      if (!count) yield* report(watch);
      while (count < until) {
        const { loss, accuracy } = training.step();
        losses.push(loss);
        accuracies.push(accuracy);
        count++;
        if (count % every && count < until) yield;
        else yield* report(watch);
      }
    },
    *report({ watch = [] }) {
      yield* report(watch);
    },
  };
  return (request) => answers[request.do](request);
}

/** Answer what comes in at a port, in slices of so many milliseconds, between which it listens. */
export function serve(port, slice, answer = session()) {
  let latest = 0;
  port.onmessage = ({ data: request }) => {
    const number = ++latest;
    const work = answer(request);
    (function go() {
      const end = performance.now() + slice;
      while (number === latest && performance.now() < end) {
        const { value, done } = work.next();
        if (value) port.postMessage({ do: request.do, id: request.id, ...value });
        if (done) return;
      }
      if (number === latest) setTimeout(go);
    })();
  };
}
