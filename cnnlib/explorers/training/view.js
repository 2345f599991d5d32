import { swatch } from "../js/draw/charts.js";
import { element, say } from "../js/draw/element.js";
import { percent, plural } from "../js/draw/format.js";
import { bytesOf, modelOf } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { widthOf } from "../js/frame/input.js";
import { network } from "../js/nn/network.js";
import { stream } from "../js/nn/random.js";
import { initialize } from "../js/nn/weights.js";
import { curvesOf } from "./curves.js";
import { deadIn, healthOf, kernelsOf, written } from "./health.js";
import { differences, plainWeights, planOf } from "./plan.js";
import { runOf } from "./run.js";

const [NARROW, BESIDE, WIDEST] = [560, 160, 460]; // CSS pixels: below the first the plots stand one under the other

/** The width of a plot, where the view has so much. */
const plotWidth = (room) => Math.max(240, Math.min(WIDEST, room <= NARROW ? room : (room - BESIDE) / 2));

/** What the model holds, as `planOf` takes it. */
async function given(model) {
  const lessons = await modelOf(model.widget_manager, model.get("lessons"));
  const heldOut = await modelOf(model.widget_manager, lessons.get("held_out"));
  const [layers, optimizers, epochs] = ["layers", "optimizers", "epochs"].map((name) => model.get(name));
  return {
    layers, optimizers, epochs,
    pictures: bytesOf(lessons.get("pictures")), labels: lessons.get("labels"), shuffled: lessons.get("shuffled"),
    tests: { pictures: bytesOf(heldOut.get("pixels")), classes: heldOut.get("labels") },
  };
}

const weightsOf = (net) => Object.fromEntries(net.layers.map(({ name, weights }) => [name, weights]));
const button = (text) => element("button", { type: "button", className: "cnn-button" }, text);

async function build({ model, el, read, set, signal, schedule }) {
  const held = await given(model);
  const { layers, epochs } = held;
  const [patients, labels] = ["patients", "labels"].map((name) => model.get(name));
  const names = Object.keys(patients.healthy); // of the settings of a run

  const plan = () => planOf(held, read());

  /** The network with the weights with which it begins. */
  function started() {
    const { open: { graph, weights }, begin: { initializer, seed } } = plan();
    const net = network(graph, weights);
    initialize(net, initializer, stream(4 * seed));
    return net;
  }

  /** Give the weights after so many steps to those who show them, or say why they cannot be taken. */
  function handOver(weights, step) {
    const { inputs, output } = read();
    const numbers = plainWeights(layers, weights, inputs);
    const missing = output === "relu" ? "a ReLU before its softmax cannot be taken over" : numbers.every(Number.isFinite) ? "" : "its weights are no numbers any more";
    const learned = step ? `after ${plural(step, "step")}` : "first weights, nothing learned yet";
    if (!missing) model.set("weights", new DataView(numbers.buffer));
    model.set("handed", missing ? `From before, not what is in training beside this: ${missing}.` : `In training beside this: ${learned}.`);
    model.save_changes();
  }

  const run = runOf({ plan, told: schedule, signal });
  const tools = Object.fromEntries(["Play", "One step", "Start again", "Keep this run"].map((text) => [text, button(text)]));
  const curves = curvesOf(epochs);
  const health = healthOf();
  const kernels = kernelsOf(layers.find(({ name }) => name === "conv1").shape[2]);
  const keys = element("p", { className: "cnn-keys" }, swatch("cnn-taught", "pictures learned from"), swatch("cnn-validated", "validation pictures"), swatch("cnn-train-guess", "guessing"));
  const [treated, kept] = ["cnn-train-told cnn-train-treated", "cnn-train-told"].map((className) => element("p", { className }));
  el.append(
    element("div", { className: "cnn-tools" }, ...Object.values(tools), treated),
    element("div", { className: "cnn-train-plots" }, ...curves.nodes, kernels.node),
    keys, kept, health.node,
  );
  const wide = widthOf(el, schedule, signal);

  let ghost = null; // the run that was kept, with its settings
  let turns = []; // the epochs at which the rate was changed
  let [fresh, planned, patient, rate, handed] = [null, null, null, null, null];
  const epochOf = (step) => (step * read().batch) / held.labels.length;
  const shownRun = () => ({ points: run.now().points.map((point) => ({ ...point, epoch: epochOf(point.step) })), turns });

  function restart() {
    turns = [];
    run.restart();
    schedule();
  }
  const answers = {
    Play: () => (run.now().playing ? run.pause() : run.play()),
    "One step": run.step,
    "Start again": restart,
    "Keep this run": () => {
      ghost = { ...shownRun(), settings: read() };
      schedule();
    },
  };
  for (const [name, answer] of Object.entries(answers)) tools[name].addEventListener("click", answer, { signal });

  /** Follow the settings: another patient's, another network's, another rate. */
  function follow() {
    const before = patient;
    patient = read().patient;
    if (before !== null && before !== patient) set(patients[patient]);
    const settings = read();
    const key = JSON.stringify(names.filter((name) => name !== "rate").map((name) => settings[name]));
    if (key !== planned || before !== patient) {
      turns = [];
      [planned, fresh] = [key, started()];
      if (before === null) handed = fresh; // which those who show it begin with
      run.restart();
    } else if (settings.rate !== rate) {
      if (run.now().step) turns.push(epochOf(run.now().step));
      run.turn();
    }
    rate = settings.rate;
  }

  const changes = (from, to) => differences(labels, names, from, to);

  /** What a patient has, or how it has been changed since it was chosen, in words. */
  function treatedWords() {
    const changed = changes(patients[patient], read());
    const said = changed ? `, changed: ${changed}` : `: ${changes(patients.healthy, read())}`;
    return patient === "healthy" && !changed ? "" : `Patient “${labels.patient[1][patient]}”${said}.`;
  }

  /** What differs between the run that was kept and this one, in words. */
  function keptWords() {
    if (!ghost) return "";
    const last = ghost.points.at(-1);
    return `Kept, pale: ${percent(last.tested.accuracy)} of the validation digits right. It had ${changes(read(), ghost.settings) || "the same settings"}.`;
  }

  function words({ step, points, playing, last }) {
    const learned = points.slice(1);
    const heard = playing ? learned.filter((_, i) => i % 6 === 5).at(-1) : learned.at(-1);
    if (!heard) return `${playing ? "Learning" : "Not begun (press Play)"}: ${held.labels.length} digits to learn from, ${held.tests.classes.length} to validate, ${epochs} epochs.`;
    const at = `Epoch ${Number(epochOf(heard.step).toFixed(2))}, step ${heard.step}${step >= last ? ", the last" : ""}`;
    const said = `loss ${written(heard.loss)}, ${percent(heard.accuracy)} right; validation: loss ${written(heard.tested.loss)}, ${percent(heard.tested.accuracy)} right.`;
    return `${at}: ${said} ${deadIn(heard.tested, fresh)}`;
  }

  return function draw() {
    follow();
    const now = run.now();
    const { told, playing, step, last } = now;
    const weights = told?.weights ?? weightsOf(fresh);
    const state = !told ? fresh : playing ? handed : told;
    if (state !== handed) {
      handed = state;
      handOver(weights, step);
    }
    say(tools.Play, playing ? "Pause" : "▶ Play");
    tools["One step"].disabled = playing || step >= last;
    tools["Keep this run"].disabled = !step;
    curves.draw(shownRun(), ghost, plotWidth(wide()));
    health.draw(told, fresh);
    kernels.draw(weightsOf(fresh).conv1.kernel, weights.conv1.kernel, themeOf(el).palette);
    say(treated, treatedWords());
    say(kept, keptWords());
    el.setAttribute("aria-busy", String(now.waiting && !playing));
    return words(now);
  };
}

export default explorer(build);
