import { element, say } from "../js/draw/element.js";
import { percent } from "../js/draw/format.js";
import { bytesOf } from "../js/draw/pictures.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { uploadButton } from "../js/frame/upload.js";
import { usualLimit } from "../js/math/ops.js";
import { given } from "../js/nn/given.js";
import { packed } from "./atlas.js";
import { classesOf } from "./classes.js";
import { effective, saidOf, toggled, valueAt, withEdit } from "./edits.js";
import { outstanding, sumOf } from "./explain.js";
import { receptiveField, sidesOf } from "./graph.js";
import { judging, liveNetwork } from "./live.js";
import { mapsOf } from "./maps.js";
import { openedOf } from "./opened.js";
import { fitted, groundOf, moved, stroke } from "./picture.js";
import { surfaceOf } from "./surface.js";
import { testsOf } from "./tests.js";

const SAMPLE = 12; // held-out pictures from which the colours' scales are taken
const PATIENCE = 300; // milliseconds without an answer, after which the progress is told
const WHITE = 127; // the largest value of a map as a byte
const KEPT = 100; // states that Undo goes back
const STATES = ["picture", "own", "right", "down", "turn", "edits"];

/** One scale of colours for each layer, that suits the trained network's maps of some pictures. */
function limitsOf(live) {
  const { layers } = live.drawn;
  const limits = layers.map(() => 0);
  for (let number = 0; number < SAMPLE; number++) {
    live.see(live.picture(number), []);
    layers.forEach((_, i) => (limits[i] = Math.max(limits[i], usualLimit(live.values(i).data))));
  }
  return limits;
}

/** The map that is opened first: of the first layer with a kernel the one with the most contrast. */
function firstMap({ drawn: { layers }, values }) {
  const layer = layers.findIndex(({ weights }) => weights.kernel);
  const { data } = values(layer);
  const count = layers[layer].shape.at(-1);
  const contrast = Array.from({ length: count }, (_, k) => {
    const map = data.filter((_, i) => i % count === k);
    const mean = map.reduce((a, b) => a + b, 0) / map.length;
    return map.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  });
  return [layer, contrast.indexOf(Math.max(...contrast))];
}

async function build({ model, el, read, set, signal, schedule }) {
  const data = await given(model);
  const led = model.get("led"); // by another explorer, on which the reader draws
  let live;
  try {
    live = liveNetwork(data);
  } catch (error) {
    el.append(element("p", { className: "cnn-error", role: "alert" }, error.message));
    return () => "There is no network to show.";
  }
  const { labels, names } = data;
  const { drawn: graph, shape } = live;
  let limits = limitsOf(live);
  const handed = model.get("weights");
  let loaded = handed.byteLength ? null : handed; // the weights that were handed over last
  const ground = groundOf(data.pictures, shape);
  const radius = Math.max(1.1, shape[0] / 24);
  const history = [];
  let right = []; // which held-out pictures are named rightly
  let naming = 0; // how many have been named anew
  let first = null; // how many the trained network does
  let [outputs, ghosts] = [null, null]; // what the network says of the classes
  let [gesture, kept, ghosted] = [0, -1, 0]; // movements of the hand; those of the last state kept and of the ghosts

  const started = () => gesture++;
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, started, { signal, capture: true });

  /** Keep the state for Undo, once for all that one movement of the hand changes. */
  function keep() {
    if (kept === gesture) return;
    kept = gesture;
    history.push(Object.fromEntries(STATES.map((name) => [name, model.get(name)])));
    if (history.length > KEPT) history.shift();
  }
  const change = (values) => {
    keep();
    set(values);
  };
  const breakIt = (edits) => change({ edits: effective(edits, trainedValue) });
  const trainedValue = (edit) => valueAt(live.trained.named[edit.layer].weights, edit);

  const still = { right: 0, down: 0, turn: 0 };
  let page = {}; // the picture as it was last made, and from what
  function pictureOf({ picture, own, right: across, down, turn }) {
    const key = `${across},${down},${turn}`;
    if (page.picture !== picture || page.own !== own || page.key !== key) {
      const base = picture < 0 ? bytesOf(own) : live.picture(picture);
      page = { picture, own, key, bytes: moved(base, shape, { right: across, down, turn, ground }) };
    }
    return page.bytes;
  }
  const setOwn = (bytes) => change({ own: new DataView(bytes.buffer), picture: -1, ...still });

  const surface = surfaceOf({
    shape, radius, schedule, signal,
    draw: (from, to, erases) =>
      setOwn(stroke(pictureOf(read()), shape, from, to, { radius: erases ? radius + 1 : radius, ink: erases ? ground : 255 - ground })),
  });
  const undo = element("button", { type: "button", className: "cnn-button" }, "Undo");
  const clear = element("button", { type: "button", className: "cnn-button" }, "Clear");
  undo.addEventListener("click", () => {
    if (history.length) set(history.pop());
  });
  clear.addEventListener("click", () => setOwn(new Uint8Array(shape.reduce((a, b) => a * b)).fill(ground)));
  const uploader = uploadButton({
    target: surface.stage, side: Math.max(shape[0], shape[1]), signal,
    accept: (picture) => setOwn(fitted(picture, shape, ground)),
  });
  surface.node.append(element("div", { className: "cnn-tools" }, ...(led ? [] : [undo]), clear, surface.eraser));

  /** The neuron of a map that stands out most, and the slice that adds most to it. */
  const neuronOf = (layer, channel) => {
    const at = outstanding(live.values(layer), sidesOf(graph.layers[layer]), channel);
    const sizes = sumOf(graph, layer, { k: channel, slice: 0, at, values: live.values })?.sums.map(Math.abs) ?? [0];
    return { layer: graph.layers[layer].name, channel, slice: sizes.indexOf(Math.max(...sizes)), row: at[0], column: at[1] };
  };
  const choose = (layer, channel) => set(neuronOf(layer, channel));
  live.see(pictureOf(read()), model.get("edits"));
  const opening = neuronOf(...firstMap(live));
  const chosenNow = () => (read().layer ? read() : { ...read(), ...opening });
  const toggle = (edit) => breakIt(toggled(read().edits, edit));
  const maps = mapsOf({ graph, names, choose, toggle, schedule, signal });
  const opened = openedOf({ graph, names, toggle, signal, choose: (values) => set({ ...lookedAt(chosenNow()), ...values }), change: (edit) => breakIt(withEdit(read().edits, edit)) });
  const classes = classesOf(names, live.nearest);
  const tests = testsOf({
    live, count: labels.length, names, labels, signal, chosen: () => read().picture, choose: (picture) => change({ picture, ...still }), upload: led ? undo : uploader.node,
  });
  const origin = element("p", { className: "cnn-origin", "aria-live": "polite" });
  const score = element("p", { className: "cnn-score", "aria-live": "polite" });
  const refusal = element("p", { className: "cnn-error", role: "alert" });
  el.append(
    refusal, origin, tests.node, element("div", { className: led ? "cnn-top cnn-led" : "cnn-top" }, ...(led ? [] : [surface.node]), opened.node, classes.node),
    element("div", { className: "cnn-abreast" }, score, maps.hint), maps.node,
  );

  const judge = judging(data, live, (guesses) => {
    naming = guesses.length;
    if (naming < labels.length) return tellScore();
    right = guesses.map((one, i) => one === labels[i]);
    if (judged === "[]") first = right.filter(Boolean).length;
    judgedFor = judged;
    schedule();
  }, signal);
  let [judged, judgedFor] = [null, null]; // the edits, as text, for which held-out pictures are being named, and were
  let asked = 0; // when

  function tellScore() {
    const { edits } = read();
    const count = right.filter(Boolean).length;
    const compared = edits.length && first !== null ? `, ${first} before` : "";
    const busy = judgedFor !== judged;
    const now = right.length ? `Right on ${count} of ${labels.length} held-out pictures${compared}.` : "";
    const progress = busy && performance.now() - asked > PATIENCE ? `Naming the held-out pictures: ${naming} of ${labels.length} …` : "";
    score.setAttribute("aria-busy", String(busy));
    maps.hint.hidden = edits.length > 0; // known by then, and the line of what is broken needs its room
    say(score, [saidOf(edits, graph, trainedValue), progress || now].join(" ").trim());
  }

  const lookedAt = ({ layer, channel, slice, row, column }) => ({ layer, channel, slice, row, column });
  const place = new Map(graph.layers.map(({ name }, i) => [name, i]));
  const chosenOf = ({ layer, channel, slice, row, column }) => ({ layer: place.get(layer), channel, slice, at: [row, column] });

  function contributions({ layer, channel }, { at }) {
    const [height, width] = sidesOf(graph.layers[layer]);
    const inside = [Math.min(at[0], height - 1), Math.min(at[1], width - 1)];
    const sum = sumOf(graph, layer, { k: channel, slice: 0, at: inside, values: live.values });
    const units = sum && ["Dense", "RBFOutput"].includes(graph.layers[layer].kind) && sum.sums.length === 1;
    return units ? sum.products.flat() : sum?.sums;
  }

  /** The slices of a map's kernel that are cut. */
  const severed = (edits, { layer, channel }) =>
    edits.filter((one) => one.layer === graph.layers[layer].name && one.slice?.[0] === channel).map((one) => one.slice[1]);

  const wanted = model.get("asked").map(([name, channel]) => ({ layer: place.get(name), channel }));
  let told = []; // the bytes of the maps that are asked for

  /** Tell those who show some of the maps what they are now. */
  function tellMaps() {
    const bytes = Int8Array.from(wanted.flatMap(({ layer, channel }) => {
      const { data, shape } = live.values(layer);
      const scale = WHITE / limits[layer];
      return [...data.filter((_, i) => i % shape.at(-1) === channel)].map((value) => Math.max(-WHITE, Math.min(WHITE, Math.round(scale * value))) || 0);
    }));
    if (bytes.every((value, i) => value === told[i])) return;
    told = bytes;
    model.set("maps", new DataView(bytes.buffer));
    model.save_changes();
  }

  /** Take the weights that were handed over, or say why they cannot be taken. */
  function load(weights) {
    loaded = weights;
    try {
      live.load(bytesOf(weights));
      say(refusal, "");
    } catch (error) {
      say(refusal, error.message);
      return;
    }
    limits = limitsOf(live);
    [judged, judgedFor, first] = [null, null, null];
  }

  return function draw(settings) {
    const { edits } = settings;
    if (settings.weights !== loaded) load(settings.weights);
    const picture = pictureOf(settings);
    const before = outputs;
    outputs = live.see(picture, edits);
    const best = live.chosen(outputs);
    tellMaps();
    ghosts ??= outputs;
    if (ghosted !== gesture && String(before) !== String(outputs)) [ghosts, ghosted] = [before, gesture];
    if (JSON.stringify(edits) !== judged) {
      judged = JSON.stringify(edits);
      [asked, naming] = [performance.now(), 0];
      judge();
    }
    const theme = themeOf(el);
    const chosen = chosenOf(chosenNow());
    const pointed = maps.pointed() ?? chosen;
    const same = pointed.layer === chosen.layer && pointed.channel === chosen.channel;
    const at = same ? chosen.at : outstanding(live.values(pointed.layer), sidesOf(graph.layers[pointed.layer]), pointed.channel);
    surface.paint(picture, chosen.layer ? receptiveField(graph.layers, pointed.layer, at) : null);
    maps.draw({ values: live.values, limits, colours: packed(theme.palette), chosen, best, contributions: (map) => contributions(map, { at }), severed: (map) => severed(edits, map) });
    const told = opened.draw(chosen, { values: live.values, edits, limit: limits[chosen.layer], theme });
    classes.draw(outputs, ghosts, best);
    tests.draw(settings.picture, right);
    say(origin, settings.origin);
    undo.disabled = !history.length;
    tellScore();
    return `${names[best]}, ${live.nearest ? `at distance ${outputs[best].toFixed(1)}` : percent(outputs[best])}. ${told}.`;
  };
}

export default explorer(build);
