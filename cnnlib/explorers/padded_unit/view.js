import { element } from "../js/draw/element.js";
import { plural } from "../js/draw/format.js";
import { figure } from "../js/frame/stage.js";

const READ = [5, 3, 6, 2, 4, 7, 3, 5];
const FOUND = [2, 3, 1, 4, 1, 1, 3, 2, 4, 3, 5, 2, 3, 4, 2, 5];
const [LEFT, PITCH, WIDE, UNIT] = [92, 30, 20, 7];
const ROWS = [["shortcut", 70], ["branch", 136], ["sum", 238]]; // names and the lines on which bars stand

export default figure({
  size: [LEFT + 16 * PITCH + 4, 262],
  label: "Maps: left and right arrow keys change how many the unit adds",
  step: ({ added }, [down, right]) => ({ added: added + right - down }),
  draw({ added, branch }) {
    const maps = READ.length + added;
    const x = (map) => LEFT + map * PITCH;
    const bar = (className, map, value, floor) => element("rect", { class: className, x: x(map), y: floor - UNIT * value, width: WIDE, height: UNIT * value });
    const number = (map, value, floor) => element("text", { class: "cnn-tick", x: x(map) + WIDE / 2, y: floor + 3, dy: "0.9em", "text-anchor": "middle" }, String(value));
    const column = (_, map) => {
      const [read, found] = [READ[map] ?? 0, branch ? FOUND[map] : 0];
      const [[, shortcut], [, above], [, sum]] = ROWS;
      return [
        bar("cnn-pen", map, read, shortcut),
        bar("cnn-cell cnn-lit", map, found, above),
        bar("cnn-pen", map, read, sum),
        bar("cnn-cell cnn-lit", map, found, sum - UNIT * read),
        ...[[read, shortcut], [found, above], [read + found, sum]].map(([value, floor]) => number(map, value, floor)),
      ];
    };
    return {
      title: "What a unit adds, map by map",
      parts: [
        ...ROWS.flatMap(([name, floor]) => [
          element("text", { class: "cnn-axis", x: LEFT - 14, y: floor - 12, "text-anchor": "end" }, name),
          element("line", { class: "cnn-grid", x1: LEFT - 6, x2: x(maps - 1) + WIDE + 6, y1: floor, y2: floor }),
        ]),
        ...Array.from({ length: maps }, column).flat(),
      ],
      words:
        `${plural(READ.length, "map")} are a sum of shortcut and branch. ` +
        (added ? `${plural(added, "map")} ${added === 1 ? "has" : "have"} zeros on the shortcut and ${added === 1 ? "comes" : "come"} from the branch alone. ` : "No map is new. ") +
        (branch ? "" : `Without the branch the unit gives what it reads${added ? " and zeros" : ""}.`),
    };
  },
});
