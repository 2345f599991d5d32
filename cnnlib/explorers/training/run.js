// A run of training, beside the page: see js/nn/session.js for what is asked and told.

import { startSession } from "../js/nn/worker.js";

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * `plan()` says how a run begins: { open, begin, settings, last, every }. `told` is called when something is new.
 * Returns { now(), play(), pause(), step(), restart(), turn() }; now() is { step, points, last, told, playing }: a point
 * is { step, loss, accuracy, tested }, without loss and accuracy before the first step, `last` the number of the last
 * step, and `told` what the session said last.
 */
export function runOf({ plan, told, signal }) {
  let session = null;
  let id = 0; // of the run that is asked for: what is told of others is not heard
  let run;

  async function ask(request) {
    const message = { ...request, id };
    session ??= startSession();
    const { port } = await session;
    if (signal.aborted) return;
    port.onmessage = hear;
    port.postMessage(message);
  }
  signal.addEventListener("abort", () => session?.then(({ end }) => end()));

  function hear({ data }) {
    if (data.id !== id) return;
    if (data.losses.length || !run.points.length) {
      run.points.push({ step: data.step, loss: mean(data.losses), accuracy: mean(data.accuracies), tested: data.tested });
    }
    Object.assign(run, { step: data.step, told: data, waiting: run.waiting && data.do === "train" && !data.step });
    if (run.step >= run.last) run.playing = false;
    told();
  }

  function train(until) {
    const { open, begin, settings, every } = plan();
    if (!run.begun) {
      ask({ do: "open", ...open });
      ask({ do: "begin", ...begin, settings });
      run.begun = true;
    }
    run.waiting = true;
    ask({ do: "train", until, every, settings, watch: open.watch });
    told();
  }

  function restart() {
    const going = run?.playing;
    id++;
    run = { step: 0, points: [], last: plan().last, told: null, begun: false, playing: false, waiting: false };
    if (going) play();
  }

  function play() {
    if (run.step >= run.last) restart();
    run.playing = true;
    train(run.last);
  }

  function pause() {
    run.playing = false;
    ask({ do: "report", watch: plan().open.watch });
    told();
  }

  return {
    now: () => run,
    play,
    pause,
    restart,
    step: () => train(run.step + 1),
    /** Go on at another rate. */
    turn: () => run.playing && train(run.last),
  };
}
