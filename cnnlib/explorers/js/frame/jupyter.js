// What ipywidgets leaves without a name for screen readers in the controls that it draws in Jupyter.

const PLAYER = ["Play or pause", "Start again"];

function name(controls) {
  for (const slider of controls.querySelectorAll(".widget-slider")) {
    const [label, handle, number] = ["label", "[role=slider]", "[contenteditable]"].map((part) => slider.querySelector(part));
    handle.ariaLabel = label.textContent;
    number.ariaLabel = `${label.textContent}, value`;
    number.role = "textbox";
  }
  for (const player of controls.querySelectorAll(".widget-play")) {
    PLAYER.forEach((text, i) => (player.children[i].ariaLabel = text));
  }
}

/** Name the parts of the controls above a view as soon as it is shown; returns the observer to disconnect. */
export function nameControls(view) {
  const shown = new ResizeObserver(() => {
    const controls = view.closest(".cnn-explorer.jupyter-widgets");
    if (controls) name(controls);
  });
  shown.observe(view);
  return shown;
}
