// A native range input with a label and its value as text: keyboard, screen reader and touch work as usual.
function render({ model, el }) {
  const id = crypto.getRandomValues(new Uint32Array(2)).join("-");
  const label = document.createElement("label");
  const range = document.createElement("input");
  const said = document.createElement("output");
  label.htmlFor = said.htmlFor = range.id = `btl-${id}`;
  range.type = "range";
  said.setAttribute("aria-live", "off"); // the range announces its value itself
  el.classList.add("btl-slider");
  el.append(label, range, said);
  const draw = () => {
    const words = model.get("labels")[model.get("value")] ?? "";
    label.textContent = model.get("label");
    range.min = 0;
    range.max = model.get("labels").length - 1;
    range.value = model.get("value");
    range.setAttribute("aria-valuetext", words);
    said.textContent = words;
  };
  range.addEventListener("input", () => {
    model.set("value", Number(range.value));
    model.save_changes();
  });
  model.on("change", draw);
  draw();
  return () => model.off("change", draw);
}
export default { render };
