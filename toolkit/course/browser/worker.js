// Python for the page "Drop your files", in a thread of its own. All that it loads is beside this file.
let act;
const answer = (done) => self.postMessage(done);
const ready = (async () => {
  const here = new URL("./static/pyodide/", self.location.href).href;
  const { loadPyodide } = await import(`${here}pyodide.mjs`);
  const python = await loadPyodide({ indexURL: here, lockFileURL: `${here}pyodide-lock.json`, packages: ["below-the-line"] });
  act = python.runPython(`
import json
from toolkit.reports.from_files import FilesToReport
steps = FilesToReport()
lambda asked, content: json.dumps(steps.act(json.loads(asked), content.to_bytes()))`);
  answer({ started: true });
})().catch((error) => answer({ said: `Python did not start: ${error.message}`, starting: true }));

self.onmessage = async ({ data: { asked, content } }) => {
  await ready;
  try {
    const done = JSON.parse(act(JSON.stringify(asked), content));
    if (asked.do !== "file") answer(done);
  } catch (error) {
    const last = String(error.message).trim().split("\n").pop();
    answer({ said: `The program failed, and your input is kept: ${last}` });
  }
};
