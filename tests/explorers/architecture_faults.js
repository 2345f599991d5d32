// What is wrong with the drawings of a network: `data` is { network, opened }, `ops` the modules.

const faults = [];
const graph = decode(data.network);
const near = (a, b) => Math.abs(a - b) < 1e-6;
const inside = (a, b) => a.x > b.x - 1e-6 && a.y > b.y - 1e-6
  && a.x + a.width < b.x + b.width + 1e-6 && a.y + a.height < b.y + b.height + 1e-6;
const meet = (a, b) => a.x + a.width > b.x + 1e-6 && b.x + b.width > a.x + 1e-6
  && a.y + a.height > b.y + 1e-6 && b.y + b.height > a.y + 1e-6;
const pairs = (list) => list.flatMap((a, i) => list.slice(i + 1).map((b) => [a, b]));
for (const [state, names] of [["start", data.opened], ["closed", []], ["all", data.network.blocks.map(([name]) => name)]]) {
  for (const room of [[780, 400], [310, 480]]) {
    const fault = (...words) => faults.push([state, room[0], ...words].join(" "));
    const [picture] = fitted([graph], new Set(names), room);
    const { boxes, scale } = picture;
    const boxOf = new Map(boxes.map((box) => [box.item.id, box]));
    if (picture.width * scale > room[0] + 1e-6 || picture.height * scale > room[1] + 1e-6) fault("is larger than its room");
    for (const parent of new Set(boxes.map(({ item }) => item.parent))) {
      const children = boxes.filter(({ item }) => item.parent === parent);
      for (const [a, b] of pairs(children)) if (meet(a, b)) fault(a.item.name, "meets", b.item.name);
      const frame = boxOf.get(parent) ?? { x: 0, y: 0, ...picture };
      for (const box of children) if (!inside(box, frame)) fault(box.item.name, "leaves its block");
    }
    const ratios = boxes.filter((box) => !box.open && !box.symbol).flatMap(({ item, body }) => {
      const { width, height } = measures(item.shape);
      return [body.width / width, body.height / height];
    });
    if (ratios.some((ratio) => !near(ratio, ratios[0]))) fault("has two scales");
    for (const { from, to, points } of [...picture.edges, ...picture.arcs]) {
      const [[x, y], [u, v]] = [points[0], points.at(-1)];
      const [start, end] = [boxOf.get(from), boxOf.get(to)];
      const right = start && (start.body ?? start);
      if (right && x < right.x + right.width - 1e-6) fault("an edge begins inside", start.item.name);
      if (right && (y < right.y || y > right.y + right.height)) fault("an edge begins beside", start.item.name);
      const body = end && (end.body ?? end);
      if (body && (u < body.x - 1e-6 || u > body.x + body.width || v < body.y - 1e-6 || v > body.y + body.height)) fault("an edge ends beside", end.item.name);
    }
    for (const zoom of [1, 2.5, 64]) {
      const size = scale * zoom;
      const texts = captions(picture, graph, size).map(({ text, x, y, open, sign, id }) => {
        const width = textWidth(text) / size;
        return { text, sign, owner: boxOf.get(id), x: open ? x : x - width / 2, y: y - 8.6 / size, width, height: 11 / size };
      }).filter(({ sign }) => !sign);
      for (const one of texts) {
        const { x, y, width, height } = one.owner;
        if (!inside(one, { x: x - 5, y, width: width + 10, height })) fault(one.text, "leaves its box", one.owner.item.name);
      }
      texts.sort((a, b) => a.y - b.y);
      texts.forEach((a, i) => {
        for (let j = i + 1; j < texts.length && texts[j].y < a.y + a.height; j++) if (meet(a, texts[j])) fault(a.text, "covers", texts[j].text);
      });
      if (room[0] > 400 && zoom === 64 && texts.length < boxes.filter(({ symbol, words }) => !symbol && words).length) fault("lacks captions");
    }
  }
}
return [...new Set(faults)].slice(0, 20);
