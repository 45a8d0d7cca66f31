// Two places to drop files on, a field to paste a page into, what was read, and the report. No network requests.
// The model is a widget's, or that of the browser site's page: it carries steps to Python, and back what to show.
const PIECE = 4 * 2 ** 20; // bytes of a file per message: servers refuse larger ones
const PARTS = {
  article: ["The article", "Saved web page, Word, PDF, Markdown or plain text", ".html,.htm,.mhtml,.md,.txt,.docx,.pdf,.warc,.gz"],
  comments: ["The comments, if they are in a separate file", "CSV, spreadsheet, JSON, XML, chat or mail", ".csv,.tsv,.xlsx,.json,.jsonl,.ndjson,.xml,.gz,.txt,.mbox,.eml"],
};

function made(tag, properties = {}, ...inside) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
}

function render({ model, el }) {
  el.classList.add("btl", "btl-live", "btl-files", "mathjax_ignore", "tex2jax_ignore");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", "Drop your files");
  el.addEventListener("keydown", (event) => {
    const away = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape";
    if (!away) event.stopPropagation(); // else the notebook acts on it
  });
  const files = {}; // by part
  const read = made("button", { type: "button", textContent: "Read" });
  const write = made("button", { type: "button", textContent: "Write the report" });
  const status = made("p", { className: "btl-status" });
  status.setAttribute("role", "status");
  const listed = made("div");
  const log = made("details", { open: true, hidden: true }, made("summary", { textContent: "What was read, kept and left out" }), listed);
  const report = made("div", { className: "btl-report" });
  const pasted = made("textarea", { rows: 6, spellcheck: false });
  const lines = made("fieldset", { hidden: true }, made("legend", { textContent: "Lines of the pasted page" }));
  const boxes = {};
  for (const part of ["article", "solicitation", "comments"]) {
    boxes[part] = made("input", { type: "text", size: 9, placeholder: "none" });
    lines.append(made("label", {}, part, boxes[part]));
  }
  let busy = false;

  const refresh = (shown) => {
    for (const [button, off] of [[read, busy || shown.starting], [write, busy || !shown.ready]]) {
      button.setAttribute("aria-disabled", String(Boolean(off)));
    }
  };
  const say = (words) => (status.textContent = words);
  const forget = () => {
    log.hidden = lines.hidden = true;
    report.replaceChildren();
    for (const box of Object.values(boxes)) box.value = "";
    model.set?.("shown", { ...model.get("shown"), ready: false });
    refresh({ ...model.get("shown"), ready: false });
    if (!model.get("shown").starting) say(hasInput() ? "Press Read." : "Give an article, and comments if you have them; then press Read.");
  };
  const hasInput = () => Boolean(files.article || pasted.value.trim());

  const zone = (part) => {
    const [title, kinds, accept] = PARTS[part];
    const input = made("input", { type: "file", accept });
    const remove = made("button", { type: "button", hidden: true });
    const box = made("label", { className: "btl-drop" }, made("b", { textContent: title }), made("span", { textContent: "Drop the file here, or choose it:" }), input, made("small", { textContent: kinds }));
    const take = (file) => {
      files[part] = file;
      if (!file) input.value = "";
      remove.textContent = `Remove ${file?.name ?? ""}`;
      remove.hidden = !file;
      box.classList.toggle("btl-has-file", Boolean(file));
      forget();
    };
    input.addEventListener("change", () => input.files[0] && take(input.files[0]));
    remove.addEventListener("click", () => { take(undefined); input.focus(); });
    for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
      box.addEventListener(kind, (event) => {
        event.preventDefault();
        event.stopPropagation();
        box.classList.toggle("btl-over", kind.startsWith("dragenter") || kind === "dragover");
        if (kind !== "drop" || !event.dataTransfer.files[0]) return;
        input.files = event.dataTransfer.files; // shows its name
        take(event.dataTransfer.files[0]);
      });
    }
    return made("div", {}, box, remove);
  };

  const ask = async (asked) => {
    busy = true;
    refresh(model.get("shown"));
    for (const part of asked.parts ?? []) {
      const content = await files[part].arrayBuffer();
      for (let at = 0; at === 0 || at < content.byteLength; at += PIECE) {
        const piece = new DataView(content, at, Math.min(PIECE, content.byteLength - at));
        model.send({ do: "file", part, name: files[part].name, at }, undefined, [piece]);
      }
    }
    model.send(asked);
  };
  const isOff = (button) => button.getAttribute("aria-disabled") === "true";
  read.addEventListener("click", () => {
    if (isOff(read)) return;
    say("Reading ...");
    const given = lines.hidden ? {} : Object.fromEntries(Object.entries(boxes).map(([part, box]) => [part, box.value]));
    const parts = Object.keys(PARTS).filter((part) => files[part]);
    ask({ do: "read", parts, pasted: pasted.value, lines: given });
  });
  write.addEventListener("click", () => {
    if (isOff(write)) return;
    say("Measuring ... this can take a minute.");
    ask({ do: "report" });
  });
  pasted.addEventListener("input", forget);

  const draw = () => {
    const shown = model.get("shown");
    if (shown.turn === undefined) return;
    busy = false;
    if (shown.said) say(shown.said);
    listed.innerHTML = shown.listed ?? ""; // escaped by Python
    log.hidden = !shown.listed;
    for (const [part, box] of Object.entries(boxes)) box.value = shown.lines?.[part] ?? "";
    lines.hidden = !Object.keys(shown.lines ?? {}).length;
    report.replaceChildren();
    if (shown.report) {
      const href = URL.createObjectURL(new Blob([shown.report], { type: "text/html" }));
      const save = made("a", { className: "btl-download", download: "report.html", href, textContent: "Save the report" });
      const frame = made("iframe", { title: "The report", srcdoc: shown.report });
      frame.setAttribute("sandbox", "allow-downloads"); // no scripts; its tables can be saved
      report.append(made("p", {}, save), frame);
      save.focus();
    }
    refresh(shown);
  };

  el.append(
    made("p", { className: "btl-private", textContent: model.get("private") }),
    made("div", { className: "btl-sides" }, zone("article"), zone("comments")),
    made("label", { className: "btl-pasted" }, "Or paste the whole page here, article and comments together", pasted),
    lines,
    made("div", { className: "btl-answers" }, read, write),
    status,
    log,
    report,
  );
  model.on("change:shown", draw);
  forget();
  draw();
  return () => model.off("change:shown", draw);
}
export default { render };
