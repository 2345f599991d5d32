// Where arrow keys lead in an arranged network: pure functions.

import { FRAME } from "./layout.js";

/** The box that an arrow key, Home or End leads to from box `id`, or `id` where there is none. */
export function neighbour(graph, picture, id, key) {
  const { boxes } = picture;
  if (key === "Home") return boxes[0].item.id;
  if (key === "End") return boxes.at(-1).item.id;
  const placed = new Map(boxes.map((box) => [box.item.id, box]));
  const here = placed.get(id);
  if (key === "ArrowLeft" || key === "ArrowRight") return beside(boxes, here, key === "ArrowLeft" ? -1 : 1);
  const ids = key === "ArrowDown" ? below(graph, placed, id) : above(graph, placed, id);
  const far = (other) => Math.abs(middle(placed.get(other)) - middle(here));
  return ids.length ? ids.reduce((best, other) => (far(other) < far(best) ? other : best)) : id;
}

const middle = (box) => box.x + box.width / 2;

/** The height of what names a box: all of it, or the title of an open block. */
const tall = (box) => (box.open ? FRAME.top : box.height);

function beside(boxes, here, way) {
  const level = (box) => box.y < here.y + tall(here) && box.y + tall(box) > here.y;
  const ahead = (box) => way * (middle(box) - middle(here));
  const others = boxes.filter((box) => box !== here && level(box) && ahead(box) > 1);
  return others.reduce((best, box) => (best && ahead(best) <= ahead(box) ? best : box), null)?.item.id ?? here.item.id;
}

/** Ids at the ends of the edges that leave a box; an open block leads into itself. */
function below(graph, placed, id) {
  if (placed.get(id).open) {
    const entries = graph.edges.get(id).filter(([from]) => from === "in");
    return entries.length ? entries.map(([, to]) => to) : graph.at(id).children.slice(0, 1);
  }
  return leaving(graph, id);
}

function leaving(graph, id) {
  const { parent } = graph.at(id);
  const ids = graph.edges.get(parent).filter(([from]) => from === id).map(([, to]) => to);
  return ids.flatMap((to) => (to === "out" ? leaving(graph, parent) : [to]));
}

/** Ids from which edges come to a box; the first boxes of an open block hang on its title. */
function above(graph, placed, id) {
  const { parent } = graph.at(id);
  const ids = graph.edges.get(parent).filter(([, to]) => to === id).map(([from]) => from);
  if (!ids.length && parent >= 0) return [parent];
  return ids.flatMap((from) => (from === "in" ? [parent] : ends(graph, placed, from)));
}

/** The last boxes of an open block; any other box itself. */
function ends(graph, placed, id) {
  if (!placed.get(id).open) return [id];
  const exits = graph.edges.get(id).filter(([, to]) => to === "out").map(([from]) => from);
  const last = exits.length ? exits : graph.at(id).children.slice(-1);
  return last.flatMap((one) => ends(graph, placed, one));
}
