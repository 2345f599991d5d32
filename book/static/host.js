// The page host: brings the widget state that a notebook saved to life on a static page.
// It draws the ipywidgets models listed in `views` as native HTML, mounts anywidget modules and
// carries out links. book/_ext/page_host.py holds the same list and fails the build on any other.
(() => {
  "use strict";

  const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';
  const VIEW = 'script[type="application/vnd.jupyter.widget-view+json"]';
  const REFERENCE = "IPY_MODEL_";
  let labels = 0;

  class Model {
    constructor(id, saved, shared, manager) {
      this.id = id;
      this.name = saved.model_name;
      this.state = saved.state;
      for (const [name, value] of Object.entries(this.state)) {
        if (value?.shared !== undefined) this.state[name] = shared[value.shared];
      }
      this.widget_manager = manager;
      this.listeners = new Map();
      for (const { path, data } of saved.buffers ?? []) {
        const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
        const owner = path.slice(0, -1).reduce((value, key) => value[key], this.state);
        owner[path.at(-1)] = new DataView(bytes.buffer);
      }
    }

    get(key) {
      return this.state[key];
    }

    set(key, value) {
      if (Object.is(this.state[key], value)) return;
      this.state[key] = value;
      this.emit(`change:${key}`, value);
      this.emit("change");
    }

    save_changes() {}

    send() {}

    on(names, callback) {
      for (const name of names.split(" ")) {
        if (!this.listeners.has(name)) this.listeners.set(name, new Set());
        this.listeners.get(name).add(callback);
      }
    }

    off(name, callback) {
      if (callback) this.listeners.get(name)?.delete(callback);
      else if (name) this.listeners.delete(name);
      else this.listeners.clear();
    }

    emit(name, ...values) {
      for (const callback of [...(this.listeners.get(name) ?? [])]) callback(...values);
    }
  }

  // Small helpers for the views

  function make(tag, properties = {}, ...children) {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  }

  /** Run `update` now and whenever one of `names` changes. */
  function follow(model, names, update) {
    model.on(names.map((name) => `change:${name}`).join(" "), update);
    update();
  }

  /** A labelled control: the description, then the inputs; the first one carries the label. */
  function row(model, kind, ...inputs) {
    const [input] = inputs;
    input.id = `cnn-control-${++labels}`;
    const label = make("label", { htmlFor: input.id });
    follow(model, ["description"], () => {
      label.textContent = model.get("description") ?? "";
      for (const other of inputs.slice(1)) other.setAttribute("aria-label", `${label.textContent}, value`);
      if (!label.textContent) input.setAttribute("aria-label", model.get("tooltip") || kind);
    });
    follow(model, ["disabled"], () => inputs.forEach((one) => (one.disabled = Boolean(model.get("disabled")))));
    return make("div", { className: `cnn-control cnn-${kind}` }, label, ...inputs);
  }

  const clamp = (model, value) => Math.min(model.get("max") ?? Infinity, Math.max(model.get("min") ?? -Infinity, value));

  /** Keep the value inside limits that a link may move. */
  function keepInside(model) {
    follow(model, ["min", "max"], () => model.set("value", clamp(model, model.get("value"))));
  }

  function limits(model, input) {
    follow(model, ["min", "max", "step"], () => {
      for (const name of ["min", "max"]) input[name] = model.get(name) ?? "";
      input.step = model.get("step") ?? "any";
    });
  }

  /** A number field whose entry counts when it is committed and legal. */
  function numberField(model, whole) {
    const input = make("input", { type: "number", inputMode: whole ? "numeric" : "decimal" });
    limits(model, input);
    follow(model, ["value"], () => {
      if (Number(input.value) !== model.get("value") || input.value === "") input.value = model.get("value");
    });
    input.addEventListener("change", () => {
      const entry = whole ? Math.round(input.valueAsNumber) : input.valueAsNumber;
      if (Number.isFinite(entry)) model.set("value", clamp(model, entry));
      input.value = model.get("value");
    });
    return input;
  }

  function rangeField(model, toPosition = (value) => value, fromPosition = (position) => position) {
    const input = make("input", { type: "range" });
    limits(model, input);
    const event = model.get("continuous_update") === false ? "change" : "input";
    input.addEventListener(event, () => model.set("value", fromPosition(input.valueAsNumber)));
    follow(model, ["value", "min", "max", "step"], () => (input.value = toPosition(model.get("value"))));
    return input;
  }

  // The views

  const slider = (whole) => (model) => {
    keepInside(model);
    const readout = model.get("readout") === false ? [] : [numberField(model, whole)];
    return row(model, "slider", rangeField(model), ...readout);
  };

  function logSlider(model) {
    const base = model.get("base");
    const field = rangeField(
      model,
      (value) => Math.log(value) / Math.log(base),
      (position) => base ** position,
    );
    const readout = make("output");
    follow(model, ["value"], () => {
      readout.textContent = Number(model.get("value").toPrecision(3));
      field.setAttribute("aria-valuetext", readout.textContent);
    });
    return row(model, "slider", field, readout);
  }

  function selectionSlider(model) {
    const names = model.get("_options_labels");
    const field = make("input", { type: "range", min: 0, max: names.length - 1, step: 1 });
    const readout = make("output");
    field.addEventListener("input", () => model.set("index", field.valueAsNumber));
    follow(model, ["index"], () => {
      field.value = model.get("index");
      readout.textContent = names[model.get("index")];
      field.setAttribute("aria-valuetext", readout.textContent);
    });
    return row(model, "slider", field, readout);
  }

  function dropdown(model) {
    const select = make("select");
    follow(model, ["_options_labels"], () => {
      select.replaceChildren(...model.get("_options_labels").map((name) => make("option", { textContent: name })));
    });
    follow(model, ["index"], () => (select.selectedIndex = model.get("index") ?? -1));
    select.addEventListener("change", () => model.set("index", select.selectedIndex));
    return row(model, "dropdown", select);
  }

  /** Radio buttons, drawn as such or as a row of buttons. */
  function choice(kind) {
    return (model) => {
      const group = `cnn-choice-${++labels}`;
      const inputs = model.get("_options_labels").map((name, index) => {
        const input = make("input", { type: "radio", name: group });
        input.addEventListener("change", () => model.set("index", index));
        return input;
      });
      follow(model, ["index"], () => inputs.forEach((input, index) => (input.checked = index === model.get("index"))));
      follow(model, ["disabled"], () => inputs.forEach((input) => (input.disabled = Boolean(model.get("disabled")))));
      const buttons = inputs.map((input, index) => make("label", {}, input, make("span", { textContent: model.get("_options_labels")[index] })));
      const legend = make("legend", { textContent: model.get("description") || "Choice" });
      return make("fieldset", { className: `cnn-control cnn-${kind}` }, legend, ...buttons);
    };
  }

  function checkbox(model) {
    const input = make("input", { type: "checkbox" });
    input.addEventListener("change", () => model.set("value", input.checked));
    follow(model, ["value"], () => (input.checked = Boolean(model.get("value"))));
    return row(model, "checkbox", input);
  }

  function toggleButton(model) {
    const button = make("button", { type: "button", className: "cnn-button" });
    button.addEventListener("click", () => model.set("value", !model.get("value")));
    follow(model, ["value"], () => button.setAttribute("aria-pressed", Boolean(model.get("value"))));
    follow(model, ["description"], () => (button.textContent = model.get("description")));
    follow(model, ["disabled"], () => (button.disabled = Boolean(model.get("disabled"))));
    return make("div", { className: "cnn-control" }, button);
  }

  const numberBox = (whole) => (model) => {
    keepInside(model);
    return row(model, "number", numberField(model, whole));
  };

  function play(model) {
    let timer = 0;
    const halt = () => {
      clearInterval(timer);
      timer = 0;
      model.set("playing", false);
    };
    const tick = () => {
      const next = model.get("value") + model.get("step");
      if (next <= model.get("max")) model.set("value", next);
      else if (model.get("repeat")) model.set("value", model.get("min"));
      else halt();
    };
    const start = () => {
      if (timer) return halt();
      if (model.get("value") >= model.get("max")) model.set("value", model.get("min"));
      timer = setInterval(tick, model.get("interval"));
      model.set("playing", true);
    };
    const button = make("button", { type: "button", className: "cnn-button", onclick: start });
    const rewind = make("button", { type: "button", className: "cnn-button", textContent: "Start again" });
    rewind.addEventListener("click", () => {
      halt();
      model.set("value", model.get("min"));
    });
    follow(model, ["playing"], () => (button.textContent = model.get("playing") ? "Pause" : "▶ Play"));
    return make("div", { className: "cnn-control cnn-play", role: "group", ariaLabel: model.get("description") || "Animation" }, button, rewind);
  }

  const text = (model) => {
    const node = make("span", { className: "cnn-label" });
    follow(model, ["value"], () => (node.textContent = model.get("value")));
    return node;
  };

  const html = (model) => {
    const node = make("div", { className: "cnn-html" });
    follow(model, ["value"], () => (node.innerHTML = model.get("value")));
    return node;
  };

  const box = (kind) => (model, host) => {
    const node = make("div", { className: `cnn-box cnn-${kind}` });
    node.append(...model.get("children").map((child) => host.draw(child)));
    return node;
  };

  const modules = new Map();
  const styles = new Set();

  /** A view's definition: from a script that the page has loaded, or from the source of a module. */
  function load(source) {
    if (source.script) return Promise.resolve(window.cnnViews?.[source.script]);
    if (!modules.has(source)) {
      const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
      modules.set(source, import(address).then((module) => module.default));
    }
    return modules.get(source);
  }

  function anywidget(model, host) {
    const el = make("div", { className: "cnn-anywidget" });
    const css = model.get("_css");
    if (css && !styles.has(css)) {
      styles.add(css);
      document.head.append(make("style", { textContent: css }));
    }
    el.ready = load(model.get("_esm")).then(async (found) => {
      const definition = typeof found === "function" ? await found() : found;
      await definition.initialize?.({ model });
      await definition.render?.({ model, el, experimental: {} });
      el.dataset.ready = "";
    });
    el.ready.catch((error) => {
      console.error(error);
      host.failed(el, "This figure could not start.");
    });
    return el;
  }

  const views = {
    IntSliderModel: slider(true),
    FloatSliderModel: slider(false),
    FloatLogSliderModel: logSlider,
    SelectionSliderModel: selectionSlider,
    DropdownModel: dropdown,
    RadioButtonsModel: choice("radio"),
    ToggleButtonsModel: choice("toggles"),
    ToggleButtonModel: toggleButton,
    CheckboxModel: checkbox,
    IntTextModel: numberBox(true),
    BoundedIntTextModel: numberBox(true),
    FloatTextModel: numberBox(false),
    BoundedFloatTextModel: numberBox(false),
    LabelModel: text,
    HTMLModel: html,
    BoxModel: box("hbox"),
    HBoxModel: box("hbox"),
    VBoxModel: box("vbox"),
    GridBoxModel: box("gridbox"),
    PlayModel: play,
    AnyModel: anywidget,
  };

  class Host {
    constructor(saved) {
      const manager = { get_model: async (id) => this.model(REFERENCE + id) };
      this.models = new Map(Object.entries(saved.state).map(([id, one]) => [id, new Model(id, one, saved.shared, manager)]));
      for (const model of this.models.values()) {
        if (model.name === "LinkModel") this.link(model, true);
        if (model.name === "DirectionalLinkModel") this.link(model, false);
      }
    }

    model(reference) {
      const found = this.models.get(reference.replace(REFERENCE, ""));
      if (!found) throw new Error(`No widget ${reference} on this page`);
      return found;
    }

    link(link, both) {
      const [source, from] = [this.model(link.get("source")[0]), link.get("source")[1]];
      const [target, to] = [this.model(link.get("target")[0]), link.get("target")[1]];
      const forth = () => target.set(to, source.get(from));
      source.on(`change:${from}`, forth);
      if (both) target.on(`change:${to}`, () => source.set(from, target.get(to)));
      forth();
    }

    draw(reference) {
      const model = this.model(reference);
      const view = views[model.name];
      if (!view) throw new Error(`The page host does not know ${model.name}`);
      const node = view(model, this);
      const layout = model.get("layout") && this.model(model.get("layout")).state;
      for (const [key, value] of Object.entries(layout ?? {})) {
        if (!key.startsWith("_") && value !== null) node.style.setProperty(key.replaceAll("_", "-"), value);
      }
      node.classList.add(...(model.get("_dom_classes") ?? []));
      return node;
    }

    failed(el, message) {
      const figure = el.closest(".cnn-live")?.nextElementSibling;
      if (figure?.matches(".cnn-static")) figure.classList.remove("cnn-replaced");
      el.replaceChildren(make("p", { className: "cnn-failed", textContent: message }));
    }

    /** Put the live view in front of `place`: a view script or the static figure that it replaces. */
    mount(place, id) {
      const live = make("div", { className: "cnn-live" });
      place.before(live);
      try {
        live.append(this.draw(id));
        place.classList.add("cnn-replaced");
      } catch (error) {
        console.error(error);
        live.remove();
      }
    }
  }

  function start() {
    const state = document.querySelector(STATE);
    if (!state) return;
    const host = new Host(JSON.parse(state.textContent));
    for (const script of document.querySelectorAll(VIEW)) host.mount(script, JSON.parse(script.textContent).model_id);
    for (const figure of document.querySelectorAll("[data-cnn-model]")) host.mount(figure, figure.dataset.cnnModel);
  }

  start();
})();
