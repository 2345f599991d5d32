// Where a session works: in a Web Worker, made of the modules' own source, so that no file has to
// be found. That goes in a page of the book, in JupyterLab and in a page from a disk. A page whose
// policy forbids workers of its own making works in slices between its frames instead.

import { serve } from "./session.js";
import { source } from "./session.js?source";

const SESSION = { serve, source };

const SLICE = { worker: 50, page: 8 }; // milliseconds from one look at the messages to the next

/** A worker that has answered, or null where there is none to be had. */
async function hired(source) {
  const text = `${source}.serve(self, ${SLICE.worker}); postMessage("ready");`;
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    const worker = new Worker(address);
    return await new Promise((resolve, reject) => {
      worker.onmessage = () => resolve(worker);
      worker.onerror = reject;
    });
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Start a session: { port, where, end }. Requests go to port.postMessage, replies come to
    port.onmessage; `where` is "worker" or "page". Another module may do the work: { serve, source }
    are the function of that name that it exports and its text. */
export async function startSession({ serve, source } = SESSION) {
  const worker = await hired(source);
  if (worker) return { port: worker, where: "worker", end: () => worker.terminate() };
  const { port1, port2 } = new MessageChannel();
  serve(port1, SLICE.page);
  return { port: port2, where: "page", end: () => port1.close() };
}
