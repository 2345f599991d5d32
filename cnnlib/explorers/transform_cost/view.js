import { axes, linearTicks, logTicks, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { brief, three } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CHANNELS, MAPS, LARGEST] = [8, 16, 21];
const BOX = { left: 104, right: 620, top: 26, bottom: 186 };
const across = scale(1, LARGEST, BOX.left, BOX.right);

/** Operations of a layer, directly and through the transform. */
function costs(side, size, kept) {
  const pixels = (side + size - 1) ** 2;
  const pictures = CHANNELS + MAPS + (kept ? 0 : CHANNELS * MAPS);
  return {
    direct: 2 * side ** 2 * size ** 2 * CHANNELS * MAPS,
    through: pictures * 2.5 * pixels * Math.log2(pixels) + 4 * pixels * CHANNELS * MAPS,
  };
}

export default figure({
  size: [640, 250],
  label: "Operations: left and right arrow keys change the kernel, up and down the map",
  step: ({ side, size }, [down, right]) => ({ side: side - 8 * down, size: size + right }),
  point: (_, [x]) => ({ size: Math.round(1 + ((x - BOX.left) / (BOX.right - BOX.left)) * (LARGEST - 1)) }),
  draw({ side, size, kept }) {
    const every = Array.from({ length: LARGEST }, (_, i) => costs(side, i + 1, kept));
    const all = every.flatMap(Object.values);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const up = scale(low, high, BOX.bottom, BOX.top, { log: true });
    const line = (name, look) => element("path", { class: look, d: `M${every.map((one, i) => `${across(i + 1)},${up(one[name])}`).join("L")}` });
    const now = every[size - 1];
    const dot = (name) => element("circle", { class: "cnn-dot", cx: across(size), cy: up(now[name]), r: 6 });
    const name = (which, words, dy) => element("text", { class: "cnn-axis", x: BOX.right - 4, y: up(every.at(-1)[which]) + dy, "text-anchor": "end" }, words);
    const pays = every.findIndex(({ direct, through }) => through < direct) + 1;
    const [less, more] = now.direct < now.through ? ["directly", "through the transform"] : ["through the transform", "directly"];
    const ratio = Math.max(now.direct, now.through) / Math.min(now.direct, now.through);
    return {
      parts: [
        ...axes(BOX, { place: across, ticks: linearTicks(1, LARGEST), name: "kernel size" }, { place: up, ticks: logTicks(low, high), text: (value) => brief(value), name: "operations" }),
        line("direct", "cnn-direct"),
        line("through", "cnn-curve"),
        dot("direct"),
        dot("through"),
        name("direct", "directly", -8),
        name("through", "through the transform", 34),
      ],
      words:
        `${size}×${size}: ${brief(now.direct)} operations directly, ${brief(now.through)} through the transform: ${three(ratio)} times as many ${more} as ${less}. ` +
        (pays ? `The transform needs fewer from ${pays}×${pays} on.` : "The transform never needs fewer here."),
    };
  },
});
