import { element } from "../js/draw/element.js";
import { three, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [CHANNELS, GROUPS, LEFT, MOST, PITCH] = [64, 4, 120, 370, 34];

export default figure({
  size: [680, 4 * PITCH],
  label: "Weights: left and right arrow keys change the maps, up and down the kernel",
  step: ({ maps, kernel }, [down, right]) => ({ maps: maps + 8 * right, kernel: kernel - down }),
  draw({ maps, kernel }) {
    const plain = kernel ** 2 * CHANNELS * maps;
    const counts = {
      plain,
      [`${GROUPS} groups`]: plain / GROUPS,
      separable: kernel ** 2 * CHANNELS + CHANNELS * maps,
      "1×1": CHANNELS * maps,
    };
    const rows = Object.entries(counts);
    const scale = MOST / Math.max(...Object.values(counts));
    return {
      parts: rows.flatMap(([name, count], row) => [
        element("text", { class: "cnn-axis", x: 0, y: row * PITCH + 21 }, name),
        element("rect", { class: name === "separable" ? "cnn-cell cnn-lit" : "cnn-cell", x: LEFT, y: row * PITCH + 5, width: scale * count, height: PITCH - 10, rx: 3 }),
        element("text", { class: "cnn-tick", x: LEFT + scale * count + 8, y: row * PITCH + 21 }, `${whole(count)}, ${three((100 * count) / plain)} %`),
      ]),
      words: `${kernel}×${kernel} kernels from ${CHANNELS} channels to ${maps} maps: ${rows.map(([name, count]) => `${name} ${whole(count)}`).join(", ")} weights.`,
    };
  },
});
