// Turns a column of widgets into a named group that handles its own keys; invisible itself.
function render({ model, el }) {
  let gone = false;
  let watching;
  let placing;
  // Otherwise the notebook handles them: an arrow in a menu selects the next cell, a letter inserts or deletes one.
  const keep = (event) => {
    if (!(event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape")) event.stopPropagation();
  };
  // Keep descriptions unfolded when their figure is redrawn.
  const keepOpen = (panel) => {
    const open = new Set();
    const name = (one) => one.querySelector("summary")?.textContent;
    const note = (event) => event.target.isConnected && open[event.target.open ? "add" : "delete"](name(event.target));
    const again = () => panel.querySelectorAll("details:not([open])").forEach((one) => (one.open = open.has(name(one))));
    panel.addEventListener("toggle", note, true); // it does not bubble
    watching = new MutationObserver(again);
    watching.observe(panel, { childList: true, subtree: true });
  };
  // Keep the focus in a part that is redrawn; otherwise the next Tab would start at the top of the page.
  const keepPlace = (panel) => {
    const stops = "a[href], button, input, select, textarea, summary, [tabindex]";
    let place;
    const note = ({ target }) => {
      const part = target.closest(".widget-html");
      place = part && { one: target, part, number: [...part.querySelectorAll(stops)].indexOf(target) };
    };
    const leave = ({ target, relatedTarget }) => {
      if (relatedTarget) place = undefined;
      else setTimeout(() => (place?.one === target && target.isConnected ? (place = undefined) : 0));
    };
    const again = () => {
      if (!place || place.one.isConnected || document.activeElement !== document.body) return;
      const now = [...place.part.querySelectorAll(stops)];
      now[Math.min(place.number, now.length - 1)]?.focus({ preventScroll: true });
    };
    panel.addEventListener("focusin", note);
    panel.addEventListener("focusout", leave);
    placing = new MutationObserver(again);
    placing.observe(panel, { childList: true, subtree: true });
  };
  const settle = () => {
    const panel = el.closest(".btl");
    if (!panel) return gone || requestAnimationFrame(settle); // not yet in the page
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", model.get("label"));
    panel.addEventListener("keydown", keep);
    // Screen readers announce changes only in an element that already existed: the line itself, not new content.
    for (const line of panel.querySelectorAll(".btl-says")) line.setAttribute("role", "status");
    for (const box of panel.querySelectorAll(".widget-radio")) {
      box.setAttribute("role", "radiogroup");
      box.setAttribute("aria-label", box.querySelector(".widget-label")?.textContent ?? "");
    }
    keepOpen(panel);
    keepPlace(panel);
  };
  settle();
  return () => {
    gone = true;
    watching?.disconnect();
    placing?.disconnect();
  };
}
export default { render };
