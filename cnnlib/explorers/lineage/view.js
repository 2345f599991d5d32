import { element } from "../js/draw/element.js";
import { figure } from "../js/frame/stage.js";

const [LEFT, TOP, ROOM, TALL] = [136, 122, 454, 21];

const width = (networks) => Math.min(44, ROOM / networks.length); // of a column

/** The network at a place of the row, or the nearest one. */
const nearest = (networks, place) => networks[Math.max(0, Math.min(networks.length - 1, place))];

/** Ideas that a network takes over, brings as the first of the table, and leaves to others, in words. */
function told(ideas, at) {
  const having = (wanted) => ideas.filter(([, marks]) => wanted(marks));
  const taken = having((marks) => marks[at] === "x" && marks.indexOf("x") < at);
  const brought = having((marks) => marks.indexOf("x") === at);
  const left = having((marks) => marks[at] !== "x" && marks.indexOf("x") < at);
  const names = (found, extra = () => "") => found.map(([name, , before]) => name + extra(before)).join(", ") || "nothing";
  return `takes over ${names(taken)}; is the first here with ${names(brought, (before) => before && ` (before: ${before})`)}; leaves out ${names(left)}.`;
}

export default figure({
  size: [LEFT + ROOM + 42, 494],
  label: "Networks: left and right arrow keys go from one to the next",
  step({ network, networks }, [, right]) {
    const names = networks.map(([name]) => name);
    return { network: nearest(names, names.indexOf(network) + right) };
  },
  point: ({ networks }, [x], { type }) => (type === "pointerdown" ? { network: nearest(networks, Math.floor((x - LEFT) / width(networks)))[0] } : {}),
  draw({ network, networks, ideas }) {
    const wide = width(networks);
    const heads = networks.map(([, title]) => title.split(",")[0]);
    const chosen = networks.findIndex(([name]) => name === network);
    const height = TOP + ideas.length * TALL;
    const [x, y] = [(at) => LEFT + (at + 0.5) * wide, (row) => TOP + (row + 0.5) * TALL];
    const name = (words, at, how) => element("text", { class: "cnn-tick", x: at[0], y: at[1], ...how }, words);
    const square = (first, at, row) => element("rect", { class: first ? "cnn-cell cnn-lit" : "cnn-cell", x: x(at) - 8, y: y(row) - 8, width: 16, height: 16, rx: 4 });
    const shared = ([idea, marks], row) => {
      const [first, last] = [marks.indexOf("x"), marks.lastIndexOf("x")];
      return [
        name(idea, [0, y(row)], { dy: "0.35em" }),
        element("line", { class: "cnn-edge", x1: x(first), y1: y(row), x2: x(last), y2: y(row) }),
        ...[...marks].flatMap((mark, at) => (mark === "x" ? [square(at === first, at, row)] : [])),
      ];
    };
    return {
      height,
      parts: [
        element("rect", { class: "cnn-cell cnn-ignored", x: LEFT + chosen * wide, y: TOP - 4, width: wide, height: height - TOP + 4, rx: 6 }),
        ...heads.map((head, at) => name(head.replace(/-\d+$/, ""), [x(at) + 4, TOP - 12], { transform: `rotate(-75 ${x(at) + 4} ${TOP - 12})` })),
        ...ideas.flatMap(shared),
      ],
      words: `${heads[chosen]} ${told(ideas, chosen)}`,
    };
  },
});
