import { element } from "../js/draw/element.js";
import { brief, whole } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const [LEFT, PITCH, TOP, LOW] = [4, 16, 40, 210];
const FLOWS = [["entry flow", 1, 4], ["middle flow", 5, 12], ["exit flow", 13, 14]];

const countOf = { weights: ({ halves }) => halves[0] + halves[1], macs: ({ macs }) => macs };
const flowOf = ({ module }) => FLOWS.find(([, , last]) => module <= last)[0];

function said(one, number) {
  const [depthwise, pointwise] = one.halves;
  const plain = 9 * one.read * one.maps;
  const what = depthwise
    ? `separable, ${whole(depthwise)} depthwise and ${whole(pointwise)} pointwise weights, where a plain one would have ${whole(plain)}`
    : `plain, ${whole(pointwise)} weights`;
  return `Convolution ${number} of 36, module ${one.module}, ${flowOf(one)}: ${what}; from ${whole(one.read)} to ${whole(one.maps)} maps of ${one.side}×${one.side}, ${brief(one.macs)} multiply-adds.`;
}

export default figure({
  size: [LEFT + 36 * PITCH + 4, LOW + 48],
  label: "Convolutions: left and right arrow keys go from one to the next",
  step: ({ number }, [down, right]) => ({ number: number + right + down }),
  ends: [{ number: 1 }, { number: 36 }],
  point: (_, [x]) => ({ number: Math.floor((x - LEFT) / PITCH) + 1 }),
  draw({ number, height, convolutions }) {
    const counts = convolutions.map(countOf[height]);
    const most = Math.max(...counts);
    const x = (place) => LEFT + place * PITCH;
    const frames = FLOWS.flatMap(([name, first, last]) => {
      const inside = convolutions.flatMap(({ module }, i) => (module >= first && module <= last ? [i] : []));
      return [
        element("rect", { class: "cnn-cell", x: x(inside[0]), y: TOP - 8, width: inside.length * PITCH - 2, height: LOW - TOP + 12, rx: 3 }),
        element("text", { class: "cnn-axis", x: x(inside[0]), y: 22 }, name),
      ];
    });
    return {
      parts: [
        ...frames,
        ...counts.map((count, i) => {
          const high = Math.max(1, ((LOW - TOP) * count) / most);
          return element("rect", { class: i === number - 1 ? "cnn-cell cnn-lit" : "cnn-pen", x: x(i) + 2, y: LOW - high, width: PITCH - 6, height: high });
        }),
        ...convolutions.flatMap(({ module }, i) => (convolutions[i - 1]?.module === module || module % 2 === 0
          ? []
          : [element("text", { class: "cnn-tick", x: x(i) + 2, y: LOW + 18 }, module)])),
        element("text", { class: "cnn-axis", x: x(18), y: LOW + 40, "text-anchor": "middle" }, "module"),
      ],
      words: said(convolutions[number - 1], number),
    };
  },
});
