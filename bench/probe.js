// Runs in every measured page before the page's own scripts.
// The end of a frame: a message posted in requestAnimationFrame arrives when the frame's styles,
// layout and painting are done.
window.probe = (() => {
  const afterFrame = (callback) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => callback(performance.now());
      port2.postMessage(null);
    });

  const presses = [];
  let watching = null;

  /**
   * Forget what was watched before; from now on, for every `type` event, add to `presses`:
   * shown: from the event's timeStamp to the end of the first frame after which `look()`, which
   *   describes the pixels, returns something new. It is called once the time has been taken.
   * script: how long the page's own computing and drawing take, those while the event is handled
   *   and those in the animation callbacks that it asks for meanwhile.
   */
  function watch(type, look) {
    watching?.abort();
    watching = new AbortController();
    const { signal } = watching;
    presses.length = 0;
    let last = look();
    let press = null;
    const check = (now) => {
      if (signal.aborted) return;
      const seen = look();
      if (seen === last) return afterFrame(check);
      last = seen;
      presses.push({ shown: now - press.start, script: press.script });
    };
    const begin = () => (press.script -= performance.now());
    const end = () => (press.script += performance.now());
    const first = (event) => {
      press = { start: event.timeStamp, script: 0 };
      requestAnimationFrame(begin);
      afterFrame(check);
      begin();
    };
    const handled = () => {
      end();
      requestAnimationFrame(end);
    };
    addEventListener(type, first, { capture: true, signal });
    addEventListener(type, handled, { signal });
  }

  /** `usable`: end of the first frame with an explorer in it; `blocked`: all long tasks together. */
  const load = { usable: 0, blocked: 0 };
  const tasks = new PerformanceObserver((list) => {
    for (const task of list.getEntries()) load.blocked += task.duration;
  });
  tasks.observe({ type: "longtask", buffered: true });
  const arrivals = new MutationObserver(() => {
    if (!document.querySelector(".cnn-anywidget[data-ready]")) return;
    arrivals.disconnect();
    afterFrame((now) => (load.usable = now));
  });
  arrivals.observe(document, { childList: true, subtree: true, attributeFilter: ["data-ready"] });

  return { presses, watch, load };
})();
