// What every explorer does alike: read its settings, draw once per frame, say what is shown, follow
// the theme, start anew, clean up.

import { element, say } from "../draw/element.js";
import { forgetTheme } from "../draw/theme.js";
import { nameControls } from "./jupyter.js";

/** Call `changed` when the page switches between light and dark. */
function watchTheme(changed, signal) {
  const observer = new MutationObserver(changed);
  const watch = { attributes: true, attributeFilter: ["data-theme", "theme", "data-jp-theme-light", "class"] };
  observer.observe(document.documentElement, watch);
  observer.observe(document.body, watch);
  signal.addEventListener("abort", () => observer.disconnect());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed, { signal });
}

function update(model, values) {
  for (const [name, value] of Object.entries(values)) model.set(name, value);
  model.save_changes();
}

/** Whether a setting counts: one of its rules { name: [values] } holds. */
export const counts = (rules, settings) =>
  rules.some((rule) => Object.entries(rule).every(([name, values]) => values.includes(settings[name])));

/** Functions that read a model's settings, options by their names, and set some of them likewise, inside their range. */
function settingsOf(model) {
  const { names, options, range } = model.get("declared");
  const read = () =>
    Object.fromEntries(names.map((name) => [name, name in options ? options[name][model.get(name)] : model.get(name)]));
  const held = (name, value) => {
    if (name in options) return options[name].indexOf(value);
    return name in range ? Math.max(range[name][0], Math.min(range[name][1], value)) : value;
  };
  const set = (values) =>
    update(model, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, held(name, value)])));
  return { read, set };
}

/**
 * An anywidget front-end module. `build({ model, el, signal, schedule, read, set })` makes the
 * elements once and returns (perhaps later) the function that draws: it gets the settings, options
 * by their names, and returns what is shown in words. It may correct settings with `set` before it
 * reads them anew: only what others change is drawn again.
 */
export function explorer(build) {
  async function render({ model, el }) {
    const { start, when } = model.get("declared");
    const { read, set } = settingsOf(model);
    const words = element("p", { className: "cnn-words", role: "status" });
    const reset = element("button", { type: "button", className: "cnn-button cnn-reset" }, "Reset");
    const body = element("div");
    el.classList.add("cnn-view");
    el.append(body, element("div", { className: "cnn-foot" }, words, reset));
    let run;

    async function begin() {
      const { signal } = (run = new AbortController());
      let show = null;
      let drawing = false;
      let frame = 0;
      const draw = () => {
        frame = 0;
        drawing = true;
        try {
          const said = show(read());
          if (said !== undefined) say(words, said);
          const settings = read();
          for (const [name, rules] of Object.entries(when)) {
            const off = !counts(rules, settings);
            if (model.get(`${name}_off`) !== off) update(model, { [`${name}_off`]: off });
          }
        } finally {
          drawing = false;
        }
      };
      const schedule = () => show && (frame ||= requestAnimationFrame(draw));
      const changed = () => drawing || schedule();
      signal.addEventListener("abort", () => cancelAnimationFrame(frame));
      body.replaceChildren();
      body.className = "";
      const built = await build({ model, el: body, signal, schedule, read, set });
      if (signal.aborted) return;
      show = built;
      model.on("change", changed);
      signal.addEventListener("abort", () => model.off("change", changed));
      watchTheme(() => {
        forgetTheme();
        schedule();
      }, signal);
      draw();
    }

    reset.addEventListener("click", () => {
      run.abort();
      update(model, start);
      begin();
    });
    const named = nameControls(el);
    await begin();
    return () => {
      named.disconnect();
      run.abort();
    };
  }
  return { render };
}
