// Draws the parts of a LivePanel and reports user actions to Python. No network requests.
function render({ model, el }) {
  el.classList.add("btl", "btl-live", "mathjax_ignore", "tex2jax_ignore");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", model.get("label"));
  el.tabIndex = -1; // a click anywhere in the panel gives it the keys
  const drawn = new Map();
  let gone = false; // whether Python has stopped answering

  const draw = () => {
    const inside = el.contains(document.activeElement); // the keys stay here when what had them is drawn anew or gone
    const held = inside ? document.activeElement.dataset.id : undefined;
    for (const [name, html] of Object.entries(model.get("parts"))) {
      if (!drawn.has(name)) {
        const box = document.createElement("div");
        box.dataset.part = name;
        if (name === "status") box.setAttribute("role", "status"); // read out whenever it changes
        el.append(box);
        drawn.set(name, { box, html: "" });
      }
      const part = drawn.get(name);
      if (part.html === html) continue;
      const scrolled = new Map([...part.box.querySelectorAll("[data-scroll]")].map((one) => [one.dataset.scroll, one.scrollTop]));
      part.html = html;
      part.box.innerHTML = html;
      for (const one of part.box.querySelectorAll("[data-scroll]")) one.scrollTop = scrolled.get(one.dataset.scroll) || 0;
      const wanted = part.box.querySelector("[data-take-focus]");
      if (wanted && (inside || wanted.dataset.takeFocus === "always")) wanted.focus();
    }
    if (inside && !el.contains(document.activeElement)) {
      const again = [...el.querySelectorAll("[data-id]")].find((one) => one.dataset.id === held);
      (again || el.querySelector("button, select, input, [tabindex]"))?.focus({ preventScroll: true });
    }
  };

  // The kernel may be lost to low memory, sleep or a restart, and the page would not notice.
  const watch = () => {
    const EVERY = 2000, PATIENCE = 5000; // milliseconds
    let asked; // when the question was sent that has no answer yet
    const notice = document.createElement("p");
    notice.className = "btl-gone";
    notice.setAttribute("role", "alert");
    el.prepend(notice);
    const answer = (content) => {
      if (content?.here) asked = undefined;
    };
    model.on("msg:custom", answer);
    const timer = setInterval(() => {
      if (asked === undefined) {
        asked = Date.now();
        try {
          model.send({ do: "are you there" });
        } catch {} // a page without a kernel
      }
      const now = Date.now() - asked > PATIENCE;
      if (now === gone) return;
      gone = now;
      el.classList.toggle("btl-is-gone", gone);
      notice.textContent = gone
        ? "The notebook's kernel does not answer, so nothing is being saved and keys have no effect. " +
          "If this message stays, reload the page: what was saved is kept."
        : "";
    }, EVERY);
    return () => {
      clearInterval(timer);
      model.off("msg:custom", answer);
    };
  };

  const tell = (source, value) => {
    if (gone) return;
    const about = el.querySelector("[data-about]")?.dataset.about ?? "";
    const from = source.dataset.from && el.querySelector(`[data-id="${source.dataset.from}"]`);
    model.send({ do: source.dataset.do, value: from ? from.value : value, about });
  };
  const isField = (one) => one.matches("input, select, textarea");

  el.addEventListener("click", (event) => {
    const source = event.target.closest("[data-do]");
    if (source && !isField(source) && source.getAttribute("aria-disabled") !== "true") tell(source, source.dataset.value ?? "");
  });
  const tellOnce = (field) => {
    if (field.told !== field.value) tell(field, (field.told = field.value));
  };
  el.addEventListener("change", (event) => {
    if (event.target.matches("[data-do]")) tellOnce(event.target);
  });
  el.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "Escape") event.stopPropagation(); // else the notebook acts on it: 1 makes a heading, d d deletes
    if (event.repeat) return;
    if (isField(event.target)) {
      const start = el.querySelector(`[data-from="${event.target.dataset.id}"]`);
      if (event.key !== "Enter") return;
      event.preventDefault(); // else the same press would answer what is drawn next
      if (start) start.click();
      else if (event.target.matches("input[data-do]")) tellOnce(event.target); // the notebook may keep the change from us
      return;
    }
    const pressed = event.target.matches("[role=button]") && [" ", "Enter"].includes(event.key) && event.target;
    const wanted = pressed || [...el.querySelectorAll("button[data-key]")].find((one) => one.dataset.key.split(" ").includes(event.key));
    if (!wanted) return;
    event.preventDefault();
    event.stopPropagation();
    wanted.click();
  });
  model.on("change:parts", draw);
  draw();
  const stop = model.get("watched") ? watch() : () => {};
  return () => {
    stop();
    model.off("change:parts", draw);
  };
}
export default { render };
