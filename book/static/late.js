// What a page does once its explorers are drawn: run the scripts that the layout holds back,
// in their order; fetch the search index when the reader turns to the search field; let the
// keyboard scroll formulas that are wider than the page.
{
  const searchIndex = document.currentScript.dataset.searchIndex;

  /** The script that a held-back element stands for; inline ones need an address to keep order. */
  const release = (held) => {
    const script = document.createElement("script");
    for (const { name, value } of held.attributes) {
      if (!["type", "async", "defer"].includes(name)) script.setAttribute(name, value);
    }
    if (!held.hasAttribute("src")) {
      script.src = URL.createObjectURL(new Blob([held.textContent], { type: "text/javascript" }));
    }
    script.async = false;
    held.replaceWith(script);
    return script;
  };

  const makeFormulasScrollable = () => {
    for (const box of document.querySelectorAll("div.math")) {
      box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1;
    }
  };

  const run = () => {
    const scripts = [...document.querySelectorAll('script[type="text/late"]')].map(release);
    scripts.at(-1)?.addEventListener("load", () => {
      window.MathJax?.startup?.promise.then(() => {
        makeFormulasScrollable();
        addEventListener("resize", makeFormulasScrollable);
      });
    });
  };

  const loadSearchIndex = (event) => {
    if (!event.target.matches('input[name="q"]')) return;
    document.removeEventListener("focusin", loadSearchIndex);
    const script = document.createElement("script");
    script.src = searchIndex;
    document.head.append(script);
  };

  document.addEventListener("focusin", loadSearchIndex);
  if (window.requestIdleCallback) requestIdleCallback(run, { timeout: 1000 });
  else setTimeout(run, 200);
}
