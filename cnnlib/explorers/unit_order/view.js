import { element } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const BRANCH = { post: ["conv", "BN", "ReLU", "conv", "BN"], pre: ["BN", "ReLU", "conv", "BN", "ReLU", "conv"] };
const [UNITS, START, WIDE, TRUNK, TOP, ROW, BOX] = [3, 18, 183, 44, 74, 24, 56];

const tenth = (value) => Math.round(10 * value) / 10 || 0;
const said = (value) => signed(value.toFixed(1));

/** What each unit gives, and whether something stops the number, unit by unit. */
function passed({ order, x, added }) {
  let value = tenth(x);
  return Array.from({ length: UNITS }, () => {
    const total = tenth(value + added);
    const stopped = order === "post" && total <= 0;
    value = stopped ? 0 : total;
    return { value, stopped };
  });
}

const label = (text, x, y) => element("text", { class: "cnn-tick", x, y, dy: "0.35em", "text-anchor": "middle" }, text);
const box = (text, x, y) => [element("rect", { class: "cnn-part", x: x - BOX / 2, y: y - ROW / 2, width: BOX, height: ROW }), label(text, x, y)];
const line = (d, className = "cnn-detour") => element("path", { class: className, d });

function unit(order, left, { value, stopped }, open) {
  const [column, sum, bottom] = [left + 48, left + 100, TOP + ROW * BRANCH[order].length];
  return [
    line(`M${left + 8} ${TRUNK}V60H${column}V${TOP}`),
    line(`M${column} ${bottom}v8H${sum}V${TRUNK + 8}`),
    line(`M${left} ${TRUNK}H${sum}`, open ? "cnn-trunk" : "cnn-trunk cnn-shut"),
    line(`M${sum} ${TRUNK}H${left + WIDE}`, open && !stopped ? "cnn-trunk" : "cnn-trunk cnn-shut"),
    ...BRANCH[order].flatMap((text, row) => box(text, column, TOP + ROW * (row + 0.5))),
    element("circle", { class: "cnn-part", cx: sum, cy: TRUNK, r: 9 }),
    label("+", sum, TRUNK),
    ...(order === "post" ? box("ReLU", sum + 42, TRUNK) : []),
    label(said(value), left + WIDE, TRUNK - 24),
  ];
}

export default figure({
  size: [590, 240],
  label: "Units: left and right arrow keys change x, up and down what each branch adds",
  step: ({ x, added }, [down, right]) => ({ x: tenth(x + 0.1 * right), added: tenth(added - 0.1 * down) }),
  draw(settings) {
    const units = passed(settings);
    const shut = units.findIndex(({ stopped }) => stopped);
    const open = (i) => shut < 0 || i <= shut;
    return {
      title: "What the shortcuts carry (thick and green: as far as the slope along them is 1)",
      parts: [label(said(settings.x), START, TRUNK - 24), ...units.flatMap((one, i) => unit(settings.order, START + WIDE * i, one, open(i)))],
      words: `From ${said(settings.x)}, the units give ${units.map(({ value }) => said(value)).join(", ")}. Along the shortcuts, the slope from end to end is ${shut < 0 ? 1 : 0}.`,
    };
  },
});
