// What a page does once its explorers are drawn: run the scripts that the layout holds back,
// in their order; set the formulas; fetch the search index when the reader turns to the search
// field; let the keyboard scroll what is wider than the page.
{
  const searchIndex = document.currentScript.dataset.searchIndex;

  /** Run the script that a held-back element stands for; resolves when it has run. */
  const release = (held) => {
    const script = document.createElement("script");
    for (const { name, value } of held.attributes) {
      if (!["type", "async", "defer"].includes(name)) script.setAttribute(name, value);
    }
    script.textContent = held.textContent;
    script.async = false;
    const done = new Promise((go) => (held.hasAttribute("src") ? ["load", "error"].forEach((end) => script.addEventListener(end, go)) : go()));
    held.replaceWith(script);
    return done;
  };

  /** Fetch a script before its turn comes. */
  const fetchEarly = ({ src }) => {
    if (src) document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "script", href: src }));
  };

  /** Put code, formulas and figures that are wider than their place in the tab order, whenever they are. */
  const letKeyboardScroll = () => {
    const observer = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
      }
    });
    for (const box of document.querySelectorAll("pre, div.math, figure.cnn-figure")) observer.observe(box);
  };

  const idle = () =>
    new Promise((done) => {
      if (window.requestIdleCallback) requestIdleCallback(done, { timeout: 1000 });
      else setTimeout(done, 50);
    });

  /** Set the formulas, MathML until then, a few at a time, so that the page stays responsive. */
  const setFormulas = async () => {
    const formulas = [...document.querySelectorAll(".math[data-tex]")];
    while (formulas.length) {
      await idle();
      const next = formulas.splice(0, 6);
      for (const formula of next) formula.querySelector("math").replaceWith(formula.dataset.tex);
      await MathJax.typesetPromise(next);
    }
  };

  const run = async () => {
    const held = [...document.querySelectorAll('script[type="text/late"]')];
    held.forEach(fetchEarly);
    for (const script of held) await release(script);
    const { startup } = window.MathJax ?? {};
    if (startup) await (startup.promise = startup.promise.then(setFormulas));
    letKeyboardScroll();
  };

  const loadSearchIndex = (event) => {
    if (!event.target.matches('input[name="q"]')) return;
    document.removeEventListener("focusin", loadSearchIndex);
    const script = document.createElement("script");
    script.src = searchIndex;
    document.head.append(script);
  };

  document.addEventListener("focusin", loadSearchIndex);
  idle().then(run);
}
