// Elements of the page, changed only where they differ.

/** An element with properties, attributes (those with a dash, and `role`) and children. */
export function element(tag, properties = {}, ...children) {
  const svg = ["svg", "g", "rect", "line", "path", "text", "circle", "image", "pattern", "defs"].includes(tag);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (svg || name.includes("-") || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children);
  return node;
}

/** Make the children of `parent` look like `parts`, changing only what differs: nothing else is laid out and painted. */
export function renew(parent, ...parts) {
  const present = [...parent.childNodes];
  parts.forEach((part, i) => {
    const old = present[i];
    if (!old) parent.append(part);
    else if (old.isEqualNode(part)) return;
    else if (old.nodeName !== part.nodeName || !part.attributes) old.replaceWith(part);
    else {
      for (const { name } of [...old.attributes]) if (!part.hasAttribute(name)) old.removeAttribute(name);
      for (const { name, value } of part.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
      renew(old, ...part.childNodes);
    }
  });
  for (const node of present.slice(parts.length)) node.remove();
}

/** Put `text` into `node`; the page lays nothing out anew where it stands there already. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
