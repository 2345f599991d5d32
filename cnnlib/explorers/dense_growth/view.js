import { axes, linearTicks, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 72, right: 590, top: 22, bottom: 220 };
const TENTH = 0.1;

/** Per block the maps before its layers and behind each of them; and the trained parameters of the whole network. */
function grown(layersOf, growth, compression) {
  let [maps, parameters] = [2 * growth, 7 * 7 * 3 * 2 * growth + 4 * growth];
  const blocks = layersOf.map((layers, block) => {
    if (block) {
      const kept = Math.floor(compression * maps);
      parameters += 2 * maps + maps * kept;
      maps = kept;
    }
    const behind = [maps];
    for (let i = 0; i < layers; i++) {
      parameters += 2 * maps + 4 * maps * growth + 8 * growth + 36 * growth * growth;
      behind.push((maps += growth));
    }
    return behind;
  });
  return { blocks, parameters: parameters + 2 * maps + 1000 * (maps + 1) };
}

export default figure({
  size: [604, 272],
  label: "Staircase: left and right arrow keys change the growth rate, up and down the compression",
  step: ({ growth, compression }, [down, right]) => ({ growth: growth + 4 * right, compression: Number((compression - TENTH * down).toFixed(1)) }),
  draw({ network, growth, compression, blocks: all }) {
    const { blocks, parameters } = grown(all[network], growth, compression);
    const most = Math.max(...blocks.flat());
    const count = all[network].reduce((a, b) => a + b, 0);
    const [across, up] = [scale(0, count, PLOT.left, PLOT.right), scale(0, most, PLOT.bottom, PLOT.top)];
    const starts = blocks.map((_, block) => all[network].slice(0, block).reduce((a, b) => a + b, 0));
    const stairs = ([before, ...behind], block) => {
      const steps = behind.map((maps, i) => `V${up(maps).toFixed(1)}H${across(starts[block] + i + 1).toFixed(1)}`);
      return element("path", { class: "cnn-curve", d: `M${across(starts[block]).toFixed(1)} ${up(before).toFixed(1)}${steps.join("")}` });
    };
    const ends = blocks.map((behind) => behind.at(-1));
    const fall = (start, block) => (block ? [element("line", { class: "cnn-other-curve", x1: across(start), x2: across(start), y1: up(ends[block - 1]), y2: up(blocks[block][0]) })] : []);
    const name = (start, block) => element("text", { class: "cnn-tick", x: across(start + all[network][block] / 2), y: 8, dy: "0.35em", "text-anchor": "middle" }, block || network === "121" ? `block ${block + 1}` : "1");
    return {
      title: "Maps behind each layer; dashed: transitions",
      parts: [
        ...axes(PLOT, { place: across, ticks: starts.concat(count), name: "layers of the dense blocks" }, { place: up, ticks: linearTicks(0, most), text: whole, name: "maps" }),
        ...starts.flatMap(fall),
        ...starts.map(name),
        ...blocks.map(stairs),
      ],
      words:
        `DenseNet-${network} with k = ${growth} and θ = ${compression.toFixed(1)}: the blocks begin with ${blocks.map(([first]) => whole(first)).join(", ")} maps ` +
        `and end with ${ends.map(whole).join(", ")}. ${whole(parameters)} parameters.`,
    };
  },
});
