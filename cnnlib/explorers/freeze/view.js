import { swatch } from "../js/draw/charts.js";
import { element, say } from "../js/draw/element.js";
import { brief, plural, whole } from "../js/draw/format.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps, onKeys, widthOf } from "../js/frame/input.js";
import { drawing, legible, show } from "../js/frame/stage.js";

const [PITCH, WIDE, BASE, TALL, BAR] = [40, 32, 190, 126, 9];
const WIDTH = 15 * PITCH + 10;

function build({ el, model, read, set, signal, schedule }) {
  const [modules, heads] = [model.get("modules"), model.get("heads")];
  const last = modules.length;
  const most = Math.sqrt(Math.max(...modules.map(({ learned }) => learned), ...Object.values(heads)));
  const { stage, picture } = drawing("Modules: left and right arrow keys choose one, Space freezes or thaws it, Home and End freeze or thaw all", { className: "cnn-small" });
  const keys = element("p", { className: "cnn-keys" }, swatch("cnn-lit", "learns"), swatch("cnn-zero", "frozen"));
  const note = element("p", { className: "cnn-keys" });
  el.append(stage, note, keys);
  const wide = widthOf(el, schedule, signal);
  const toggled = (number) => {
    const { frozen } = read();
    return frozen.includes(number) ? frozen.filter((one) => one !== number) : [...frozen, number].sort((a, b) => a - b);
  };
  const toggle = (number) => number >= 1 && number <= last && set({ frozen: toggled(number), at: number });
  arrowSteps(stage, (down, right) => set({ at: Math.max(1, Math.min(last, read().at + right + down)) }), signal);
  onKeys(stage, [" ", "Enter"], () => toggle(read().at), signal);
  onKeys(stage, ["Home", "End"], (key) => set({ frozen: key === "Home" ? modules.map((_, i) => i + 1) : [] }), signal);
  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    toggle(Math.floor(((event.clientX - box.left) / box.width * WIDTH - 4) / PITCH) + 1);
  }, { signal });

  return ({ frozen, head, inference, at }) => {
    const thawed = modules.filter((_, i) => !frozen.includes(i + 1));
    const sum = (list, key) => list.reduce((all, one) => all + one[key], 0);
    const trained = sum(thawed, "learned") + heads[head];
    const moving = inference ? 0 : sum(thawed, "statistics");
    const all = sum(modules, "learned") + sum(modules, "statistics") + heads[head];
    const column = (x, count, learns, name, chosen) => {
      const height = Math.max(3, (TALL * Math.sqrt(count)) / most);
      return [
        element("rect", { class: learns ? "cnn-cell cnn-lit" : "cnn-cell cnn-zero", x, y: BASE - height, width: WIDE, height, rx: 3 }),
        element("text", { class: "cnn-tick", transform: `translate(${x + WIDE / 2} ${BASE - height - 5}) rotate(-90)`, dy: "0.35em" }, brief(count).replace(" ", "")),
        element("text", { class: "cnn-axis", x: x + WIDE / 2, y: BASE + 17, "text-anchor": "middle" }, name),
        ...(chosen ? [element("rect", { class: "cnn-window", x: x - 2, y: BASE + 3, width: WIDE + 4, height: 18, rx: 3 })] : []),
      ];
    };
    const statistics = modules.map((one, i) => element("rect", {
      class: !inference && !frozen.includes(i + 1) ? "cnn-cell cnn-lit" : "cnn-cell cnn-zero",
      x: 4 + i * PITCH, y: BASE + 28, width: WIDE, height: BAR, rx: 3,
    }));
    show(picture, [
      ...modules.flatMap(({ learned }, i) => column(4 + i * PITCH, learned, !frozen.includes(i + 1), String(i + 1), i + 1 === at && document.activeElement === stage)),
      ...column(4 + last * PITCH, heads[head], true, "head", false),
      ...statistics,
    ], WIDTH, BASE + 40);
    say(note, `Height: square root of the number. Below: statistics of batch normalization, which no gradient changes: ${inference ? "all stay" : "those of thawed modules follow the batches"}`);
    legible(picture, WIDTH, wide());
    const stays = moving ? `${whole(moving)} statistics of batch normalization follow the batches.` : `All statistics of batch normalization stay${inference ? "" : ": frozen layers keep theirs in either mode"}.`;
    return `${frozen.length === last ? "The whole trunk is frozen" : frozen.length ? `${plural(frozen.length, "module")} of ${last} frozen` : "Nothing is frozen"}: training changes ${whole(trained)} of ${whole(all)} numbers. ${stays}`;
  };
}

export default explorer(build);
