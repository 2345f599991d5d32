// Where arrow keys lead in an arranged network: pure functions.

/** The box that an arrow key, Home or End leads to from box `id`, or `id` where there is none. */
export function neighbour(graph, picture, id, key) {
  const { boxes } = picture;
  if (key === "Home") return boxes[0].item.id;
  if (key === "End") return boxes.at(-1).item.id;
  const placed = new Map(boxes.map((box) => [box.item.id, box]));
  const here = placed.get(id);
  if (key === "ArrowUp" || key === "ArrowDown") return beside(boxes, here, key === "ArrowUp" ? -1 : 1);
  const links = [...picture.edges, ...picture.arcs];
  const ids = key === "ArrowRight" ? ahead(graph, links, placed, id) : back(graph, links, placed, id);
  const far = (other) => Math.abs(middle(placed.get(other)) - middle(here));
  return ids.length ? ids.reduce((best, other) => (far(other) < far(best) ? other : best)) : id;
}

const middle = ({ y, height }) => y + height / 2;
const centre = ({ x, width }) => x + width / 2;

/** The nearest box above or below that is neither around nor inside this one. */
function beside(boxes, here, way) {
  const holds = (one, other) => one.open && one.item.layers.includes(other.item.layers[0]);
  const off = (box) => way * (middle(box) - middle(here));
  const others = boxes.filter((box) => !holds(box, here) && !holds(here, box) && off(box) > Math.abs(centre(box) - centre(here)) / 2 + 1);
  const far = (box) => off(box) + 2 * Math.abs(centre(box) - centre(here));
  return others.reduce((best, box) => (best && far(best) <= far(box) ? best : box), null)?.item.id ?? here.item.id;
}

const targets = (links, block, id) => links.filter((link) => link.block === block && link.from === id).map(({ to }) => to);
const sources = (links, block, id) => links.filter((link) => link.block === block && link.to === id).map(({ from }) => from);

/** Ids at the ends of the edges that leave a box; an open block leads into itself. */
function ahead(graph, links, placed, id) {
  if (!placed.get(id).open) return leaving(graph, links, id);
  const entries = targets(links, id, "in").filter((to) => to !== "out");
  return entries.length ? entries : graph.at(id).children.filter((child) => placed.has(child)).slice(0, 1);
}

function leaving(graph, links, id) {
  const { parent } = graph.at(id);
  return targets(links, parent, id).flatMap((to) => (to === "out" ? leaving(graph, links, parent) : [to]));
}

/** Ids from which edges come to a box; the first boxes of an open block hang on its title. */
function back(graph, links, placed, id) {
  const { parent } = graph.at(id);
  const ids = sources(links, parent, id);
  if (!ids.length && parent >= 0) return [parent];
  return ids.flatMap((from) => (from === "in" ? [parent] : ends(graph, links, placed, from)));
}

/** The last boxes of an open block; any other box itself. */
function ends(graph, links, placed, id) {
  if (!placed.get(id).open) return [id];
  const exits = sources(links, id, "out").filter((from) => from !== "in");
  const last = exits.length ? exits : graph.at(id).children.filter((child) => placed.has(child)).slice(-1);
  return last.flatMap((one) => ends(graph, links, placed, one));
}
