import { axes, scale } from "../js/draw/charts.js";
import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const PLOT = { left: 66, right: 590, top: 10, bottom: 210 };
const PICTURES = ["40", "120", "400", "1,200"];
const place = (i) => PLOT.left + ((i + 0.5) * (PLOT.right - PLOT.left)) / PICTURES.length;
const up = scale(65, 100, PLOT.bottom, PLOT.top);
const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;

export default figure({
  size: [602, 276],
  label: "Runs: left and right arrow keys change the pictures, up and down shift them",
  step: ({ pictures, shifted }, [down, right]) => ({
    pictures: PICTURES[Math.min(3, Math.max(0, PICTURES.indexOf(pictures) + right))], shifted: down ? !shifted : shifted,
  }),
  draw({ pictures, shifted, runs }) {
    const of = (one, moved) => runs[`${one}${moved ? ", shifted" : ""}`];
    const way = (moved) => PICTURES.map((one, i) => `${place(i)} ${up(mean(of(one, moved).accuracy))}`).join("L");
    const column = (one, i) => {
      const { accuracy, interval } = of(one, shifted);
      return [
        element("line", { class: "cnn-stroke", x1: place(i) + 12, x2: place(i) + 12, y1: up(interval[0]), y2: up(interval[1]) }),
        ...accuracy.map((share) => element("circle", { class: one === pictures ? "cnn-dot" : "cnn-pen", "fill-opacity": one === pictures ? 1 : 0.4, cx: place(i), cy: up(share), r: 4 })),
      ];
    };
    const { accuracy, training, interval } = of(pictures, shifted);
    return {
      title: shifted ? "Shifted at random each time; pale: as they are" : "As they are; pale: shifted at random each time",
      parts: [
        ...axes(PLOT, { place: (one) => place(PICTURES.indexOf(one)), ticks: PICTURES, name: "pictures to learn from" }, { place: up, ticks: [70, 80, 90, 100], name: "new digits right, %" }),
        element("path", { class: "cnn-curve", "stroke-opacity": 0.3, d: `M${way(!shifted)}` }),
        element("path", { class: "cnn-curve", d: `M${way(shifted)}` }),
        ...PICTURES.flatMap(column),
      ],
      words: `From ${pictures} pictures: ${mean(accuracy).toFixed(1)} % of new digits right (95 %: ${interval[0].toFixed(1)} to ${interval[1].toFixed(1)}), ${mean(training).toFixed(1)} % of the training pictures.`,
    };
  },
});
