// The page "Drop your files": the panel of explore_files, with Python in a worker of this page in the place of a kernel.
import panel from "./files.js";

const worker = new Worker("./worker.js", { type: "module" });
const listeners = new Set();
const state = {
  private: "Nothing leaves this computer: Python reads the files inside this page.",
  shown: { starting: true, turn: 0, said: "Python is starting. This takes about ten seconds, or longer the first time. You can choose files now." },
};
const model = {
  get: (name) => state[name],
  set: (name, value) => (state[name] = value),
  on: (_, listener) => listeners.add(listener),
  off: (_, listener) => listeners.delete(listener),
  send: (asked, _, [piece] = []) => {
    const content = piece ? new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength).slice() : new Uint8Array();
    worker.postMessage({ asked, content }, [content.buffer]);
  },
};
worker.onmessage = ({ data: { started, ...done } }) => {
  if (started) Object.assign(done, { starting: false, said: "Python is ready. Give an article, and comments if you have them; then press Read." });
  state.shown = { ...state.shown, ...done, turn: state.shown.turn + 1 };
  for (const listener of listeners) listener();
};
worker.onerror = () => worker.onmessage({ data: { said: "Python did not start. Load the page again; if that does not help, use another browser.", starting: true } });
const place = document.getElementById("panel");
place.replaceChildren();
panel.render({ model, el: place });
