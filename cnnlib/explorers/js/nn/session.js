// The work that a page asks for beside its frames: a network is tested, or learns. A request is a
// message { do, ... }, a reply one that repeats the request's `do` and `id`:
//
//   { do: "open", graph, weights, tests: { pictures, classes, scale } }
//   { do: "test", changes: [{ name, weights: { kernel }, silent, cut }] }   -> { loss, accuracy, predicted, layers }
//   { do: "begin", data: { pictures, classes, scale }, size, seed, initializer, optimizer, settings, mixed, shift }
//   { do: "train", until, every, settings, watch: [names] }  -> { step, losses, accuracies, gradients, tested, weights }
//   { do: "report", watch: [names] }                         -> the same, without a step
//
// A new request ends the one before: where the reader moves on, nothing is computed to its end.

import { network } from "./network.js";
import { tester } from "./tester.js";
import { trainer, weighted } from "./trainer.js";

function change(net, { name, weights = {}, silent, cut }) {
  const layer = net.named[name];
  for (const [key, data] of Object.entries(weights)) layer.weights[key].data.set(data);
  if (silent) layer.silent = new Set(silent);
  if (cut) layer.cut = new Set(cut);
}

/** A function that answers a request: a generator of replies, which gives way after each piece of work. */
export function session() {
  let net, test, training, settings;
  let count = 0;
  let [losses, accuracies] = [[], []]; // of the steps since the last reply

  /** Tell how far the network has learned; `tested` where there are pictures for it. */
  function* report(watch) {
    const tested = test && (yield* test(weighted(net).map(({ name }) => name)));
    const weights = Object.fromEntries(watch.map((name) => [name, net.named[name].weights]));
    yield { step: count, losses, accuracies, gradients: training.gradients(), tested, weights };
    [losses, accuracies] = [[], []];
  }
  const answers = {
    *open({ graph, weights, tests }) {
      net = network(graph, weights);
      test = tests && tester(net, tests);
    },
    *test({ changes = [] }) {
      changes.forEach((one) => change(net, one));
      yield yield* test(changes.map(({ name }) => name));
    },
    *begin({ data, ...options }) {
      settings = { ...options.settings };
      training = trainer(net, data, { ...options, settings });
      count = 0;
      [losses, accuracies] = [[], []];
    },
    *train({ until, every = 1, settings: wanted, watch = [] }) {
      Object.assign(settings, wanted);
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
export function serve(port, slice) {
  const answer = session();
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
