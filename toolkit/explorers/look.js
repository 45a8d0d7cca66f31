// Makes a column of widgets one named group whose keys are its own; it shows nothing itself.
function render({ model, el }) {
  let gone = false;
  // Else the notebook takes them: an arrow in a menu selects the next cell, a letter makes or deletes one.
  const keep = (event) => {
    if (!(event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape")) event.stopPropagation();
  };
  const settle = () => {
    const panel = el.closest(".btl");
    if (!panel) return gone || requestAnimationFrame(settle); // not yet in the page
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", model.get("label"));
    panel.addEventListener("keydown", keep);
    // A screen reader follows only what was there before its words changed: the line itself, not what is put into it.
    for (const line of panel.querySelectorAll(".btl-says")) line.setAttribute("role", "status");
  };
  settle();
  return () => {
    gone = true;
  };
}
export default { render };
